"""What values settings may have: each check gives what is wanted, empty when it fits."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

from core.i18n import N_, _

SMTP_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SMTP = N_("an address like smtp://user:password@host:port is wanted, or smtp+starttls://, smtps://")
_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
_PASSWORD = re.compile(r"(://[^/]*?:)[^/]*@")


def wanted(name: str, value: Any) -> str:
    """In the language in force."""
    check = _CHECKS.get(name)
    return _(check(value)) if check and value not in (None, "") else ""


def masked(value: str) -> str:
    """Without the password of an address."""
    return _PASSWORD.sub(r"\1***@", value)


def _split(value: str) -> SplitResult | None:
    """None for what is no address of a host; a port outside of its range is none either."""
    try:
        parts = urlsplit(value)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _smtp(value: str) -> str:
    parts = _split(value)
    return "" if parts and parts.scheme in SMTP_PORTS else SMTP


def _web(value: str) -> str:
    parts = _split(value)
    fits = parts and parts.scheme in ("http", "https")
    return "" if fits else N_("an address like https://help.example.com is wanted")


def _mail(value: str) -> str:
    fits = _ADDRESS.fullmatch(value)
    return "" if fits else N_("an e-mail address like support@example.com is wanted")


def _at_least(least: int, said: str) -> Callable[[int], str]:
    return lambda value: "" if value >= least else said


SOME, MORE = N_("a whole number from 0 is wanted"), N_("a whole number from 1 is wanted")
_CHECKS: dict[str, Callable[[Any], str]] = {
    "smtp_url": _smtp,
    "base_url": _web,
    "mail_from": _mail,
    "assets": lambda value: "" if value in ("cdn", "local") else N_("it is either cdn or local"),
    "threads": _at_least(1, MORE),
    "trusted_proxies": _at_least(0, SOME),
    "max_request_bytes": _at_least(1, MORE),
    "max_text_bytes": _at_least(1, MORE),
    "max_attachment_bytes": _at_least(1, MORE),
}
