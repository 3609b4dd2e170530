"""Which mails of a replay the storm brakes would have let go."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.automation.brakes import OVER_ALL, PER_CASE
from desk.automation.replay.postbag import Postbag

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAILS = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(["a@x.example", "b@x.example"]),
              st.integers(1, 4)), max_size=150,
)  # fmt: skip


def let_go(mails: list[tuple[int, str, int]]) -> list[int]:
    bag = Postbag()
    for minute, address, case in mails:
        bag.put(address, START + timedelta(minutes=minute), case, 1)
    return sorted(one.number for one in bag.sent())


@given(MAILS)
def test_they_go_as_the_brakes_say_in_the_order_of_time(mails: list[tuple[int, str, int]]) -> None:
    gone: list[int] = []
    for number in sorted(range(len(mails)), key=lambda at: mails[at][0]):
        minute, address, case = mails[number]
        before = [mails[at] for at in gone if mails[at][1] == address]
        over = [
            sum(one[0] > minute - minutes for one in its) >= most
            for limits, its in ((OVER_ALL, before), (PER_CASE, [b for b in before if b[2] == case]))
            for most, minutes in limits
        ]
        gone += [] if any(over) else [number]
    assert let_go(mails) == sorted(gone)


def test_a_storm_over_many_cases_is_held_whatever_the_order_of_the_walk() -> None:
    storm = [(minute, "a@x.example", case) for case in range(40) for minute in (case % 5, 30)]
    assert len(let_go(storm)) == 60
    assert len(let_go(storm[::-1])) == 60
    assert len(let_go([(0, f"{case}@x.example", case) for case in range(40)])) == 40
