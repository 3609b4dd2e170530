"""What an event says of a ticket by itself: what it is about, and who wrote."""

from collections.abc import Mapping

from desk.automation.subjects import subjects_of
from models import ParticipantKind

_CLIENT = str(ParticipantKind.CLIENT)
_OTHERS = tuple(str(kind) for kind in ParticipantKind if kind != ParticipantKind.CLIENT)
_AUTHORS: Mapping[str, tuple[str, ...]] = {"client_replied": (_CLIENT,), "agent_replied": _OTHERS}


def given(kind: str) -> dict[str, tuple[str, ...]]:
    """By field, the only values that it can have at an event of this kind."""
    found = {"kind": tuple(subjects_of([kind]))}
    return found | ({"message_author": _AUTHORS[kind]} if kind in _AUTHORS else {})
