"""A mail server on loopback that keeps what it was given."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Received:
    """One delivery: the envelope as the server saw it, and the parsed mail."""

    sender: str
    recipients: list[str]
    mail: EmailMessage


@dataclass
class Sink:
    """`received` in order of arrival; set `answer` to a 4xx or 5xx to refuse."""

    url: str
    port: int
    received: list[Received] = field(default_factory=list)
    answer: str = "250 kept"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.received.append(Received(envelope.mail_from, envelope.rcpt_tos, mail))
        return self.answer

    def to(self, address: str) -> list[EmailMessage]:
        return [one.mail for one in self.received if address in one.recipients]

    def clear(self) -> None:
        self.received.clear()
        self.answer = "250 kept"


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[Sink]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    sink = Sink(f"smtp://127.0.0.1:{port}", port)
    controller = Controller(sink, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def smtp(smtp_server: Sink) -> Sink:
    """An empty sink; give its `url` to whoever sends."""
    smtp_server.clear()
    return smtp_server
