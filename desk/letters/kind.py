"""One kind of letter: its own text, what may stand in it, how it becomes a mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.i18n import N_, _
from desk.automation.moment import Occurrence
from desk.automation.placeholders import PLACEHOLDERS
from desk.mails import Letter
from models import Case, Staff

INTERNAL = ("counter.late",)  # placeholders that no client reads
OWN = {  # beside those of triggers
    "answer.author": N_("First name of who answers"),
    "notice": N_("What happened, in one sentence"),
    "who": N_("Who did it"),
    "details": N_("What else there is to know: the counter and its limit, the chain of triggers"),
    "words": N_("What was written on the ticket"),
    "reader.first_name": N_("First name of the colleague who reads the letter"),
    "count": N_("How many notices"),
}


@dataclass(frozen=True)
class Words:
    """What may be written anew. An empty `title` = the subject stands above the letter."""

    subject: str
    body: str
    title: str = ""


@dataclass(frozen=True)
class Given:
    """What one letter is drawn from. `values` go before placeholders; `told` is for the kind."""

    case: Case | None
    occurrence: Occurrence = Occurrence()
    values: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[Any] = ()


@dataclass(frozen=True)
class Drawn:
    """Words with everything filled in; `below` stands under the quote."""

    subject: str
    title: str
    paragraphs: list[str]
    quote: str
    below: list[str]


class Kind:
    """`if_off` = what it means to switch the letter off; empty when it can't be."""

    key: str = ""
    label: str = ""
    explained: str = ""
    to_client: bool = False
    is_about_ticket: bool = True
    body_may_be_empty: bool = False
    if_off: str = ""
    own: tuple[str, ...] = ()  # of OWN

    def built_in(self) -> Words:
        """In the language in force."""
        raise NotImplementedError

    def built_in_for(self, given: Given) -> Words:
        """The same, where it depends on what there is to tell."""
        return self.built_in()

    def letter(self, drawn: Drawn, given: Given) -> Letter:
        """With the button and the footer, which no text can take away."""
        raise NotImplementedError

    def sample(self, case: Case | None, reader: Staff) -> Given:
        """As if it were written now, about a real ticket."""
        raise NotImplementedError

    @property
    def variables(self) -> dict[str, str]:
        """What may stand in it, with its explanation, in the reader's language."""
        found = {key: each.label for key, each in PLACEHOLDERS.items() if self._fits(key)}
        found = {**{key: OWN[key] for key in self.own}, **found}
        return {key: _(label) for key, label in found.items()}

    def allows(self, name: str) -> bool:
        return name in self.own or (name in PLACEHOLDERS and self._fits(name))

    def _fits(self, key: str) -> bool:
        if self.to_client:
            return key not in INTERNAL
        return self.is_about_ticket and key != "message" or key == "company"
