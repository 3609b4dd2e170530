"""Settings of one installation: from LINIYA_* environment variables, with safe defaults."""

import os
import secrets
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from core.i18n import _
from core.wanted import masked, wanted

MEGABYTE = 1024 * 1024
SECRETS = ("secret_key", "smtp_url", "database_url")  # never printed whole


class BadSetting(ValueError):
    """A setting has a value that can't be used; the message says which and why."""


@dataclass(frozen=True)
class Config:
    """Effective settings. Paths are absolute; sizes in bytes; times in seconds."""

    data: Path
    database_url: str = ""
    secret_key: str = ""
    base_url: str = ""
    host: str = "127.0.0.1"
    port: int = 5000
    smtp_url: str | None = None  # smtp://user:password@host:port, smtps:// or smtp+starttls://
    mail_from: str = "support@localhost"
    webhook_hosts: str = ""  # host or host:port, with commas: may be private and without TLS
    assets: str = "cdn"
    threads: int = 24
    max_request_bytes: int = 210 * MEGABYTE  # ten files of the largest size, and the text
    max_text_bytes: int = 2 * MEGABYTE  # of all fields of a form together
    max_attachment_bytes: int = 20 * MEGABYTE
    secure_cookies: bool = False
    trusted_proxies: int = 0
    testing: bool = False

    @classmethod
    def load(cls, data: Path | str | None = None, **overrides: Any) -> "Config":
        """Read the environment; `overrides` win. Raises BadSetting."""
        read = {f.name: os.environ.get(f"LINIYA_{f.name.upper()}") for f in fields(cls)}
        given = {name: value for name, value in read.items() if value not in (None, "")}
        given |= {name: value for name, value in overrides.items() if value is not None}
        folder = Path(data or given.pop("data", None) or "data").expanduser().absolute()
        given.pop("data", None)
        config = cls(data=folder, **{name: _typed(name, given[name]) for name in given})
        for name in given:
            _refuse(name, given[name], wanted(name, getattr(config, name)))
        return config._completed()

    def _completed(self) -> "Config":
        changes: dict[str, Any] = {}
        if not self.database_url:
            changes["database_url"] = f"sqlite:///{self.data / 'liniya.sqlite3'}"
        if not self.base_url:
            changes["base_url"] = f"http://{self.host}:{self.port}"
        if not self.secret_key:
            changes["secret_key"] = stored_secret(self.data)
        return replace(self, **changes)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def stored_secret(data: Path) -> str:
    """The secret of this data folder, made on first use and kept in data/secret_key (mode 600)."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _typed(name: str, value: Any) -> Any:
    kind = {f.name: f.type for f in fields(Config)}[name]
    if not isinstance(value, str) or kind not in (int, bool):
        return value
    try:
        return int(value) if kind is int else _yes(value)
    except ValueError:
        said = _("a whole number is wanted") if kind is int else _("yes or no is wanted")
        _refuse(name, value, said)


def _refuse(name: str, value: Any, why: str) -> None:
    if why:
        told = {"name": f"LINIYA_{name.upper()}", "value": masked(str(value)), "why": why}
        raise BadSetting(_("%(name)s is “%(value)s”; %(why)s.", **told))


def _yes(value: str) -> bool:
    if value.lower() in ("1", "yes", "true", "on"):
        return True
    if value.lower() in ("0", "no", "false", "off"):
        return False
    raise ValueError(value)
