"""A mail keeps its subject on the way, however long and in whichever letters."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from channels.email.compose import compose
from channels.sending import Item

SUBJECTS = (
    "Клиент написал по № 1037: Нужна копия чека с терминала",
    "Новое обращение для вас: № 1231: How do I top up my account with a cash payment?",
    "Short",
    "You get this because you wrote to us, and it is rather long for one line of a mail",
    "слово " * 41 + "конец",
    "👍 " * 60 + "!",
)


def received(
    subject: str, recipient: str = "ivan@sevsklad.example", *, utf8: bool = False
) -> bytes:
    payload = {"subject": subject, "text": "Здравствуйте!", "html": "<p>Здравствуйте!</p>"}
    item = Item(
        id=1,
        recipient=recipient,
        message_id="<1@kurier.example>",
        payload=payload,
        sender="help@kurier.example",
        sender_name="Курьер+",
        thread="<case-1@kurier.example>",
    )
    message = compose(item)
    return message.as_bytes(policy=message.policy.clone(utf8=utf8))


def parsed(raw: bytes) -> EmailMessage:
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)  # type: ignore[arg-type]
    return message


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("utf8", [False, True])
def test_a_subject_arrives_as_it_was_written(subject: str, utf8: bool) -> None:
    raw = received(subject, utf8=utf8)
    assert parsed(raw)["Subject"] == subject
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in head.split(b"\r\n")) <= 78


def test_a_name_in_other_letters_is_kept_and_its_domain_told_as_servers_know_it() -> None:
    to = parsed(received("Ответ", "иван@почта.рф", utf8=True))["To"]
    assert to == "иван@xn--80a1acny.xn--p1ai"
