"""Passwords, tokens and the headers that every answer carries."""

import hashlib
import hmac
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Response, current_app
from itsdangerous import BadSignature, URLSafeSerializer

from core import outside
from core.assets import vendored

CDN = "https://cdn.jsdelivr.net"
MIN_PASSWORD = 8


@cache
def _hasher(cheap: bool) -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()


def _current() -> PasswordHasher:
    return _hasher(bool(current_app.config.get("TESTING")))


def hash_password(password: str) -> str:
    return _current().hash(password)


def is_password(stored: str | None, given: str) -> bool:
    """Compare; an account without password costs the same time as one with."""
    try:
        return _current().verify(stored or _nobody(), given) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody_hash(cheap: bool) -> str:
    return _hasher(cheap).hash(secrets.token_urlsafe(16))


def _nobody() -> str:
    return _nobody_hash(bool(current_app.config.get("TESTING")))


def new_token() -> str:
    """256 bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What of a token is kept in the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(text: str, purpose: str) -> str:
    """To tell later whether it was the same text; without our key nothing can be guessed."""
    key = f"{purpose}.{current_app.config['SECRET_KEY']}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def sign(value: object, purpose: str) -> str:
    """A text in an address that nobody else could have made; the same value gives the same text."""
    return _signer(purpose).dumps(value)


def unsign(token: str, purpose: str) -> object | None:
    """What was signed, or None when the text is not ours."""
    try:
        value: object = _signer(purpose).loads(token)
    except BadSignature:
        return None
    return value


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"liniya.{purpose}")


def listed_hosts() -> str:
    """Hosts of the own network that webhooks may call; see core.outside."""
    return str(current_app.config["LINIYA"].webhook_hosts) if current_app else ""


def webhook_key(host: str) -> str:
    return outside.key_for(current_app.config["LINIYA"].secret_key, host)


def harden(response: Response) -> Response:
    """Content security policy without unsafe-*, and its companions."""
    is_remote = (
        current_app.config["LINIYA"].assets == "cdn"
    )  # that one file, nothing else of theirs
    script = f"'self' {vendored('htmx.org')['cdn']}" if is_remote else "'self'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src {script}; style-src 'self'; img-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-cache")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    return response
