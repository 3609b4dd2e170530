"""Who takes it has each skill that it needs, at the level that it needs."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class Skilled(Filter):
    """Values: skill, level had (0 for none), level needed, for each that falls short."""

    key = "skills"
    phrase = N_("lacks %(skills)s")
    phrase_of_one = N_("“%(skill)s” at level %(needed)s (has %(had)s)")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        for skill, needed in work.needs.items():
            if agent.skills.get(skill, 0) < needed:
                return Reason(self.key, _short(agent, work))
        return None

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        said = [
            _(self.phrase_of_one, skill=names("skill", int(skill or 0)), had=had, needed=needed)
            for skill, had, needed in zip(values[::3], values[1::3], values[2::3], strict=True)
        ]
        return _(self.phrase, skills=", ".join(said))


def _short(agent: Agent, work: Demand) -> tuple[Value, ...]:
    found: list[Value] = []
    for skill, needed in sorted(work.needs.items()):
        had = agent.skills.get(skill, 0)
        if had < needed:
            found += (skill, had, needed)
    return tuple(found)
