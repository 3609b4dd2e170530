"""The letters to clients: received, answered, solved."""

from dataclasses import replace

from core.db import db
from core.i18n import N_, _
from desk import access, mails, public_face
from desk.letters.kind import Drawn, Given, Kind, Words
from desk.mails import Letter
from models import Case, Message, Participant, Staff

HIDDEN = "hidden"  # who answers has no name for clients


class ToClient(Kind):
    to_client = True

    def letter(self, drawn: Drawn, given: Given) -> Letter:
        case = given.case
        assert case is not None  # noqa: S101 - these letters are about a ticket
        return Letter(
            title=drawn.title,
            paragraphs=drawn.paragraphs,
            quote=drawn.quote,
            below=drawn.below,
            button=(_("Open the request"), mails.link_of(case, to_client=True)),
            after=_("To add something, open the request and write there."),
            case=case,
            path=True,
            reason=mails.client_reason(),
        )

    def sample(self, case: Case | None, reader: Staff) -> Given:
        return Given(case)


class Created(ToClient):
    key = "created"
    label = N_("We got your request")
    explained = N_("Written when a request comes in, by the trigger that sends this letter.")
    if_off = N_(
        "Clients then hear nothing until somebody answers: neither the number of their request, nor"
        " by when we answer, nor the link to it."
    )

    def built_in(self) -> Words:
        return Words(
            subject=_("We got your request No. {{ ticket.number }}"),
            body=_(
                "{{ greeting }}\n\nwe got your request “{{ ticket.subject }}” and passed it to the "
                "person who will answer. The answer is due: {{ promise }}."
            ),
        )


class Answered(ToClient):
    key = "answered"
    label = N_("Answer of a colleague")
    explained = N_("Written each time a colleague answers the client.")
    own = ("answer.author",)

    def built_in(self) -> Words:
        return Words(
            subject="{{ ticket.subject }} [#{{ ticket.number }}]",
            title=_(
                "%(name)s answered your request No. %(number)s",
                name="{{ answer.author }}",
                number="{{ ticket.number }}",
            ),
            body="{{ message }}",
        )

    def built_in_for(self, given: Given) -> Words:
        words = self.built_in()
        if HIDDEN not in given.told:
            return words
        return replace(
            words, title=_("Answer to your request No. %(number)s", number="{{ ticket.number }}")
        )

    def sample(self, case: Case | None, reader: Staff) -> Given:
        assert case is not None  # noqa: S101 - it is about a ticket
        query = access.public_messages(case).where(Message.author_id != case.requester_id)
        last = db.session.scalars(query.order_by(None).order_by(Message.id.desc()).limit(1)).first()
        text = last.words if last else _("Here stands what the colleague wrote.")
        return self.given(case, text, last.author if last else reader)

    @staticmethod
    def given(case: Case, text: str, author: Participant) -> Given:
        """Experts whom clients shall not know by name go by the company's."""
        hidden = public_face.is_hidden(author, on=case)
        name = public_face.company() if hidden else public_face.name_of(author)
        values = {"message": text, "answer.author": name}
        return Given(case, values=values, told=(HIDDEN,) if hidden else ())


class Solved(ToClient):
    key = "solved"
    label = N_("Your request is solved")
    explained = N_("Written when a request is solved, by the trigger that sends this letter.")
    if_off = N_(
        "Clients then are not told that their request is solved, nor asked whether something is"
        " left to do."
    )

    def built_in(self) -> Words:
        return Words(
            subject=_("Request No. {{ ticket.number }} is solved"),
            body=_(
                "{{ greeting }}\n\nyour request “{{ ticket.subject }}” is solved. If something is "
                "left to do, open it and write: it will be opened again."
            ),
        )


CREATED, ANSWERED, SOLVED = Created(), Answered(), Solved()
SENT_BY_TRIGGERS = {each.key: each for each in (CREATED, SOLVED)}
