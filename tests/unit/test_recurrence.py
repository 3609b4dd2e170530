"""Turns of repeating events: the same as a general library finds, and an end in any case."""

from datetime import datetime
from random import Random
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped] # comes with icalendar

from core import clock
from desk.recurrence import Rule

UNTIL = datetime(2030, 1, 1)  # noqa: DTZ001 - by the wall clock, as all turns
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def parts(text: str) -> dict[str, Any]:
    return dict(icalendar.vRecur.from_ical(text))  # type: ignore[no-untyped-call]


def rule_by_dice(dice: Random) -> str:
    frequency = dice.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    said = [f"FREQ={frequency}", f"INTERVAL={dice.choice([1, 1, 1, 2, 3, 5])}"]
    if dice.random() < 0.5:
        wide = frequency in ("MONTHLY", "YEARLY")
        # The library takes plain and counted days of one rule for two demands: not mixed here.
        ordinals = ["1", "2", "-1", "5"] if wide and dice.random() < 0.5 else [""]
        chosen = dice.sample(DAYS, dice.randint(1, 3))
        said.append("BYDAY=" + ",".join(dice.choice(ordinals) + day for day in chosen))
    elif frequency != "WEEKLY" and dice.random() < 0.5:
        some = dice.sample([1, 5, 13, 28, 29, 30, 31, -1, -3], dice.randint(1, 3))
        said.append("BYMONTHDAY=" + ",".join(map(str, some)))
    if dice.random() < 0.4:
        some = dice.sample(range(1, 13), dice.randint(1, 4))
        said.append("BYMONTH=" + ",".join(map(str, some)))
    if len(said) > 2 and dice.random() < 0.25:
        said.append(f"BYSETPOS={dice.choice([1, -1, 2])}")
    if frequency == "WEEKLY" and dice.random() < 0.3:
        said.append("WKST=SU")
    return ";".join(said)


@pytest.mark.parametrize("seed", range(80))
def test_the_same_as_a_general_library(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - the same rules each time
    text = rule_by_dice(dice)
    begins = UNTIL.replace(year=2024, month=dice.randint(1, 12), day=dice.randint(1, 28), hour=9)
    found = list(Rule.of(parts(text)).turns(begins, UNTIL))
    assert found == list(rrulestr(text, dtstart=begins).replace(until=UNTIL)), text


@pytest.mark.parametrize(
    "text",
    ["FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYWEEKNO=3", "FREQ=DAILY;BYHOUR=9"],
)
def test_what_is_not_understood(text: str) -> None:
    with pytest.raises(ValueError, match="FREQ"):
        Rule.of(parts(text))


@pytest.mark.parametrize("frequency", ["DAILY", "MONTHLY", "YEARLY"])
def test_a_day_that_never_comes_ends(frequency: str) -> None:
    rule = Rule.of(parts(f"FREQ={frequency};BYMONTH=2;BYMONTHDAY=30"))
    elapsed = clock.stopwatch()
    assert list(rule.turns(UNTIL.replace(year=2000), UNTIL)) == []
    assert elapsed() < 1000
