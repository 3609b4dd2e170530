"""Addresses of other programs that the product may call: none of its own house, unless listed.

`LINIYA_WEBHOOK_HOSTS` lists hosts ("host" or "host:port", with commas between them) that may stand
in a private network and may be called without TLS.
"""

import hashlib
import hmac
import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.i18n import N_

LONGEST = 300
PORTS = {"https": 443, "http": 80}
_NAME = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?", re.ASCII)
_TARGET = re.compile(r"[!-~]*", re.ASCII)  # printable, no blanks

NO_ADDRESS = N_("Write an address that begins with https://")
NOT_ASCII = N_("Write the address in Latin letters, digits and percent codes.")
NEEDS_TLS = N_("Only https is allowed, unless the host is listed in LINIYA_WEBHOOK_HOSTS.")
HIDDEN_NAME = N_("An address holds no name, password or mark (#).")
INSIDE = N_("The address is in a private network and not listed in LINIYA_WEBHOOK_HOSTS.")
IN_THE_HOUSE = "%s is in a private network and not listed in LINIYA_WEBHOOK_HOSTS"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BadAddress(ValueError):
    """It can't be called; the message is untranslated."""


@dataclass(frozen=True)
class Address:
    """Where a call goes. `target` = path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str
    listed: bool = False

    @property
    def netloc(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def address_of(text: str, listed: str) -> Address:
    """BadAddress for what is no address, or may not be called. `listed` as in the settings."""
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise BadAddress(NOT_ASCII)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadAddress(NO_ADDRESS) from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not _is_host(host) or len(text) > LONGEST:
        raise BadAddress(NO_ADDRESS)
    if parts.username is not None or parts.password is not None or "#" in text:
        raise BadAddress(HIDDEN_NAME)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _TARGET.fullmatch(target) or "{{" in text:
        raise BadAddress(NOT_ASCII)
    port = port or PORTS[parts.scheme]
    known = _hosts(listed)
    is_listed = host in known or f"{host}:{port}" in known
    if parts.scheme == "http" and not is_listed:
        raise BadAddress(NEEDS_TLS)
    if not is_listed and _is_inside(host):
        raise BadAddress(INSIDE)
    return Address(parts.scheme, host, port, target, is_listed)


def resolved(address: Address) -> Sequence[tuple[socket.AddressFamily, str]]:
    """What to connect to: these very addresses, for the name may mean others a moment later.

    BadAddress when any of them is in the house; OSError when the name is not known.
    """
    if _is_number(address.host):
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        hosts = [(family, address.host)]
    else:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        hosts = [(family, str(where[0])) for family, _kind, _number, _name, where in found]
    if not address.listed and not all(is_public(host) for _family, host in hosts):
        raise BadAddress(IN_THE_HOUSE % address.host)
    return list(dict.fromkeys(hosts))


def is_public(text: str) -> bool:
    """Whether it is an address of the open internet, whatever way it is wrapped in."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def key_for(secret: str, host: str) -> str:
    """What calls to this host are signed with: each host has a key of its own."""
    return hmac.new(secret.encode(), f"liniya.webhook.{host}".encode(), hashlib.sha256).hexdigest()


def signature(key: str, timestamp: str, body: bytes) -> str:
    signed = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def _is_host(host: str) -> bool:
    return _is_number(host) or bool(_NAME.fullmatch(host)) and len(host) <= 253


def _is_inside(host: str) -> bool:
    """As far as it can be told before a name is looked up; 127.1 is a number too."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host if ":" in host else socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return False


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _hosts(listed: str) -> frozenset[str]:
    parts = (part.strip().lower() for part in listed.split(","))
    return frozenset(part.replace("[", "").replace("]", "") for part in parts if part)
