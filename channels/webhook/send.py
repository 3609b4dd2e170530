"""Calls other programs: one signed POST each, nothing followed, little of the answer read."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from channels.sending import Item, Refused, TryLater
from core import clock, outside
from core.config import Config
from core.failpoints import failpoint
from core.outside import Address, BadAddress

TIMEOUT_S = 10.0  # for all of a call, however slowly the other side speaks
MOST_READ = 64 * 1024  # bytes of an answer; what else comes is left
LATER = (408, 425, 429)
AGENT = "Liniya"


class WebhookSender:
    """A host that did not answer is not waited for again in the same batch."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._silent: set[str] = set()

    def send(self, item: Item) -> str:
        """The code of the answer."""
        try:
            address = outside.address_of(item.recipient, self._config.webhook_hosts)
            if address.netloc in self._silent:
                raise TryLater("it did not answer a moment ago")
            code = self._posted(address, item)
        except BadAddress as error:
            raise Refused(str(error)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._silent.add(address.netloc)
            raise TryLater(f"{type(error).__name__}: {error}"[:500]) from error
        if 200 <= code < 300:
            return str(code)
        raise _verdict(code)

    def close(self) -> None:
        """Nothing is kept open."""

    def _posted(self, address: Address, item: Item) -> int:
        body = item.payload["text"].encode()
        with _connected(address) as connection:
            failpoint("webhook.before_post")
            headers = self._headers(address, item, body)
            connection.request("POST", address.target, body, headers)
            answer = connection.getresponse()
            answer.read(MOST_READ)
            failpoint("webhook.after_answer")
            return answer.status

    def _headers(self, address: Address, item: Item, body: bytes) -> dict[str, str]:
        timestamp = str(int(clock.now().timestamp()))
        key = outside.key_for(self._config.secret_key, address.host)
        return {
            "Host": address.netloc,
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": AGENT,
            "Connection": "close",
            "Idempotency-Key": item.message_id.strip("<>"),
            "X-Liniya-Timestamp": timestamp,
            "X-Liniya-Signature": outside.signature(key, timestamp, body),
        }


@contextmanager
def _connected(address: Address) -> Iterator[http.client.HTTPConnection]:
    """To the very addresses that were looked at, under the name that was asked for."""
    wires = [_socket(address)]
    watch = Timer(TIMEOUT_S, _cut, [wires])
    watch.daemon = True
    watch.start()
    try:
        if address.scheme == "https":
            _secured(wires, address.host)
        connection = http.client.HTTPConnection(address.host, address.port, timeout=TIMEOUT_S)
        connection.sock = wires[0]
        yield connection
    finally:
        watch.cancel()
        wires[0].close()


def _secured(wires: list[socket.socket], host: str) -> None:
    """What is watched is the secured socket: it takes the plain one over."""
    secure = ssl.create_default_context()
    wire = secure.wrap_socket(wires[0], server_hostname=host, do_handshake_on_connect=False)
    wires[0] = wire
    wire.do_handshake()


def _socket(address: Address) -> socket.socket:
    last: OSError = OSError("the name has no address")
    for family, host in outside.resolved(address):
        wire = socket.socket(family, socket.SOCK_STREAM)
        wire.settimeout(TIMEOUT_S)
        try:
            wire.connect((host, address.port))
        except OSError as error:
            wire.close()
            last = error
        else:
            return wire
    raise last


def _cut(wires: list[socket.socket]) -> None:
    """Whoever waits for it gets an error at once."""
    with suppress(OSError):
        socket.socket.shutdown(wires[0], socket.SHUT_RDWR)


def _verdict(code: int) -> Exception:
    words = http.client.responses.get(code, "")
    if 300 <= code < 400:
        return Refused(f"{code} {words}: it sends on to another address, which is not followed")
    later = code in LATER or code >= 500
    return TryLater(f"{code} {words}") if later else Refused(f"{code} {words}")
