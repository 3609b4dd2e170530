"""Sends over SMTP: smtp://user:password@host:port, smtp+starttls://... or smtps://..."""

import smtplib
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

from channels.email.compose import address_of, compose
from channels.sending import Item, Refused, TryLater
from core.failpoints import failpoint
from core.wanted import SMTP_PORTS as PORTS

TIMEOUT_S = 20


class SmtpSender:
    """One connection, opened at the first item and reused for the batch."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        if self._url.scheme not in PORTS or not self._url.hostname:
            raise ValueError("an SMTP address looks like smtp://user:password@host:port")
        self._smtp: smtplib.SMTP | None = None

    def send(self, item: Item) -> str:
        message = compose(item)
        try:
            smtp = self._connected()
            failpoint("email.before_data")
            smtp.send_message(message, item.sender, [address_of(item)])
            failpoint("email.after_250")
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _verdict(code, said) from error
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _verdict(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:  # the letters of the name before the @
            raise Refused(f"the mail server takes no such address: {error}") from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TryLater(f"{type(error).__name__}: {error}") from error
        return "250"

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = _open(self._url)
        return self._smtp


def _open(url: SplitResult) -> smtplib.SMTP:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    smtp: smtplib.SMTP
    if url.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    else:
        smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    if url.scheme == "smtp+starttls":
        smtp.starttls(context=ssl.create_default_context())
    if url.username:
        smtp.login(unquote(url.username), unquote(url.password or ""))
    return smtp


def _verdict(code: int, said: bytes | str) -> Exception:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = f"{code} {words}"[:500]
    return TryLater(text) if code < 500 else Refused(text)
