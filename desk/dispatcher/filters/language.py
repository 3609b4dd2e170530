"""Who takes it speaks the client's language."""

from datetime import datetime

from babel import Locale, UnknownLocaleError

from core.i18n import N_, _, locale
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class Speaks(Filter):
    key = "language"
    phrase = N_("lacks %(language)s")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        if not work.language or work.language in agent.languages:
            return None
        return Reason(self.key, (work.language,))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrase, language=_named(str(values[0])))


def _named(code: str) -> str:
    """In the reader's language; the code itself where nobody knows it."""
    try:
        return Locale.parse(code).get_display_name(locale()) or code
    except (UnknownLocaleError, ValueError):
        return code
