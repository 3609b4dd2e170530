"""Why a mail or call did not arrive, in words: programs tell it in English, with codes."""

import re

from core.i18n import N_, _

# By the name of the error, as senders keep it: "gaierror: [Errno -2] Name or service not known".
_KINDS = {
    "gaierror": N_("the name of the server is not known"),
    "ConnectionRefusedError": N_("nobody answers at this address and port"),
    "ConnectionResetError": N_("the connection was cut"),
    "RemoteDisconnected": N_("the connection was cut"),
    "IncompleteRead": N_("the connection was cut"),
    "BrokenPipeError": N_("the connection was cut"),
    "SMTPServerDisconnected": N_("the connection was cut"),
    "TimeoutError": N_("no answer in time"),
    "SSLCertVerificationError": N_("the certificate of the server is not trusted"),
    "SSLError": N_("no secure connection could be made"),
    "SMTPAuthenticationError": N_("the mail server does not take the name and password"),
    "SMTPConnectError": N_("the mail server refused the connection"),
}
_NAMED = re.compile(r"(\w+): ")


def in_words(error: str) -> str:
    """With what the program said; that alone where it is not known."""
    found = _NAMED.match(error)
    said = _KINDS.get(found[1]) if found else None
    return f"{_(said)} ({error})" if said else error
