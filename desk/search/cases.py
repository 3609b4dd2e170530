"""Finding cases by words of their subject and messages: for agents."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from core.db import db, put_rows, table
from core.text import words
from desk.search.analysis import LITTLE, term, terms
from desk.search.backend import full_text
from desk.search.keyboard import other_layout
from models import Case
from models.search import CaseIndex

MOST_STEMS = 2_000  # of one case
MOST_WORDS = 12  # of one query
LONGEST_QUERY = 1_000
NEWEST = 5_000  # of the cases that have the words, the newest that are looked at
NEWEST_OF_A_WORD = 1_000
SHORTEST_BEGINNING = 3


def index_cases(texts: Mapping[int, str], *, new: Collection[int | None] = ()) -> None:
    """Let each case be found by its text too: the subject, then each message as it is written.

    `new`: have only just begun, so they are not in the index yet.
    """
    held = held_by(set(texts).difference(new))
    more = {number: [*held.get(number, "").split(), *terms(texts[number])] for number in texts}
    put_cases(held, {number: stems_of(found) for number, found in more.items()})


def held_by(cases: Collection[int]) -> dict[int, str]:
    """{case: what it is found by}, locked; without those that are found by nothing."""
    if not cases:
        return {}
    return {row.case_id: row.stems for row in db.session.execute(_HELD, {"cases": sorted(cases)})}


def stems_of(found: Iterable[str]) -> str:
    return " ".join(islice(dict.fromkeys(found), MOST_STEMS))


def put_cases(held: Mapping[int, str], stems: Mapping[int, str]) -> None:
    """Let each case be found by its stems; `held` is what they were found by so far."""
    new = {number: its for number, its in stems.items() if number not in held}
    others = {number: its for number, its in stems.items() if held.get(number, its) != its}
    if others:
        full_text().drop_cases({number: held[number] for number in others})
    put_rows(_CHANGE, [{"number": n, "stems": its} for n, its in others.items()])
    put_rows(_PUT, [{"case_id": n, "stems": its} for n, its in new.items()])
    full_text().put_cases(new | others)


_ROWS = table(CaseIndex)
_HELD = (
    select(_ROWS.c.case_id, _ROWS.c.stems)
    .where(_ROWS.c.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(_ROWS.c.case_id)
    .with_for_update()
)
_PUT = insert(_ROWS)
_CHANGE = update(_ROWS).where(_ROWS.c.case_id == bindparam("number"))


def forget_case(case_id: int) -> None:
    """Take a case out; to index it anew, call `index_cases` with each of its texts."""
    row = db.session.get(CaseIndex, case_id)
    if row is not None:
        full_text().drop_cases({case_id: row.stems})
        db.session.delete(row)
        db.session.flush()


def search_cases(query: str, *, limit: int = 50, allowed: Select[Any] | None = None) -> list[int]:
    """Numbers of cases, best first: those with all the words, newest first; else with any.

    `allowed` selects the cases that may be seen. A word in the wrong layout is tried too.
    """
    query = query[:LONGEST_QUERY]
    for text in (query, other_layout(query)):
        stems, beginning = _wanted(text)
        if stems or beginning:
            found = _ids(stems, beginning, NEWEST, limit, allowed)
            if found:
                return found
    return _with_any(query, limit, allowed)


def _wanted(text: str) -> tuple[list[str], str]:
    """The stems that must be there, and the beginning of a word that is still being typed."""
    found = list(dict.fromkeys(stem for word in words(text) if (stem := term(word))))
    telling = [stem for stem in found if stem not in LITTLE] or found
    last = telling[-1] if telling and text[-1:].isalnum() else ""
    if len(last) < SHORTEST_BEGINNING:
        return telling[:MOST_WORDS], ""
    return telling[:-1][:MOST_WORDS], last


def _with_any(query: str, limit: int, allowed: Select[Any] | None) -> list[int]:
    """By the number of words a case has, rare ones telling more; the newest among equals."""
    stems, beginning = _wanted(query)
    scores: Counter[int] = Counter()
    lists = [_ids([stem], "", NEWEST_OF_A_WORD, NEWEST_OF_A_WORD, allowed) for stem in stems]
    if beginning:
        lists.append(_ids([], beginning, NEWEST_OF_A_WORD, NEWEST_OF_A_WORD, allowed))
    for found in lists:
        for case_id in found:
            scores[case_id] += 2 * NEWEST_OF_A_WORD - len(found)
    return sorted(scores, key=lambda case_id: (-scores[case_id], -case_id))[:limit]


def _ids(
    stems: Sequence[str], beginning: str, newest: int, limit: int, allowed: Select[Any] | None
) -> list[int]:
    found = full_text().case_ids(stems, beginning, newest).subquery()
    wanted = select(found.c.case_id).order_by(found.c.case_id.desc()).limit(limit)
    if allowed is not None:
        wanted = wanted.where(found.c.case_id.in_(allowed.with_only_columns(Case.id)))
    return list(db.session.scalars(wanted))
