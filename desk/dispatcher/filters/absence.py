"""Who is absent gets nothing, whatever the shift says."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher import until
from desk.dispatcher.agent import AbsenceKind, Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class NotAbsent(Filter):
    key = "absence"
    phrase = N_("absent until %(until)s: %(kind)s")
    phrase_without_end = N_("absent: %(kind)s")
    phrase_of_stand_in = N_("%(absent)s; stand-in: %(name)s")
    kinds = {AbsenceKind.PLANNED: N_("planned"), AbsenceKind.SICK: N_("sick")}

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        absence = agent.absence
        if absence is None or (absence.until is not None and absence.until <= at):
            return None
        values = str(absence.kind), until.kept(absence.until), absence.stand_in
        return Reason(self.key, values)

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        kept, end, stand_in = values
        kind = _(self.kinds[AbsenceKind(str(kept))])
        said = _(self.phrase_without_end, kind=kind)
        if end is not None:
            said = _(self.phrase, until=until.told(end, at), kind=kind)
        if stand_in is None:
            return said
        return _(self.phrase_of_stand_in, absent=said, name=names("agent", int(stand_in)))
