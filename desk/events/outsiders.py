"""Talks with outsiders about a case. No rule listens to them yet; clients never see them."""

from dataclasses import dataclass

from core.i18n import _
from desk.events.event import CaseEvent


@dataclass(frozen=True, kw_only=True)
class _Outside(CaseEvent):
    """`data` = {question, name}, and {message} where words were said."""

    @property
    def name(self) -> str:
        return str(self.data["name"])


@dataclass(frozen=True, kw_only=True)
class OutsiderAsked(_Outside):
    kind = "outsider_asked"

    def sentence(self) -> str:
        return _("Question to an outsider: %(name)s", name=self.name)


@dataclass(frozen=True, kw_only=True)
class OutsiderAnswered(_Outside):
    kind = "outsider_answered"

    def sentence(self) -> str:
        return _("Answer of an outsider: %(name)s", name=self.name)


@dataclass(frozen=True, kw_only=True)
class OutsideQuestionRevoked(_Outside):
    kind = "outside_question_revoked"

    def sentence(self) -> str:
        return _("Question to an outsider withdrawn: %(name)s", name=self.name)
