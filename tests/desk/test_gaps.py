"""What people need to know and no article tells: found, ranked, decided, and found again."""

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import feedback, gaps, linked, tickets
from desk.errors import Invalid
from desk.gaps.asked import Asked
from desk.gaps.grouping import groups
from models import Article, ArticleText, Case, Client, GapState, KnowledgeGap, Staff
from tests.support.faq import answer
from tests.support.people import customer
from tests.support.tickets import opened


def looks(said: str, who: str, hits: int = 0, opens: int | None = None) -> None:
    feedback.record_search(said, locale="ru", hits=hits, visitor=who)
    if opens is not None:
        feedback.clicked(opens, visitor=who, locale="ru")


def found(state: GapState = GapState.OPEN) -> list[KnowledgeGap]:
    db.session.rollback()
    return gaps.shelf(state)


def told(state: GapState = GapState.OPEN) -> list[tuple[str, str, int]]:
    return [(row.kind, row.said, row.clients) for row in found(state)]


def decide(row: KnowledgeGap, state: GapState, by: Staff) -> None:
    with bus.unit_of_work():
        gaps.decide(gaps.gap_for(row.id), state, by=by)


def test_searches_in_vain_grouped_by_their_words(clock: Frozen, ivan: Client) -> None:
    for who, said in enumerate(("возврат терминала", "возврат терминалов", "терминал на возврат")):
        looks(said, f"v{who}")
    looks("возврат терминала", "v0")
    looks("зимние шины", "v9")
    gaps.find()
    assert [row[2] for row in told()] == [3, 1]
    first = found()[0]
    assert sorted(first.examples) == [
        "возврат терминала",
        "возврат терминалов",
        "терминал на возврат",
    ]
    gaps.find()
    assert [row[2] for row in told()] == [3, 1]
    clock.advance(days=91)
    gaps.find()
    assert told() == []


def test_who_went_on_and_opened_something_left_no_gap(clock: Frozen, ivan: Client) -> None:
    number = answer("Возврат денег", slug="vozvrat")
    looks("ничего такого", "v1")
    clock.advance(minutes=2)
    looks("возврат денег", "v1", hits=1, opens=number)
    looks("другое совсем", "v2", hits=1, opens=number)
    clock.advance(hours=3)
    looks("зимние шины", "v2")
    gaps.find()
    assert told() == [("search", "зимние шины", 1)]


def test_what_is_answered_by_now_is_no_gap(clock: Frozen, ivan: Client) -> None:
    looks("куда вернуть шины", "v1")
    gaps.find()
    assert len(told()) == 1
    answer("Куда вернуть шины", slug="shiny")
    gaps.find()
    assert told() == []
    for who in range(3):  # it is found, and nobody opens it
        looks("куда вернуть шины", f"w{who}", hits=1)
    gaps.find()
    assert [row[2] for row in told()] == [4]


def test_tickets_of_one_matter_answered_by_hand(clock: Frozen, ivan: Client, masha: Staff) -> None:
    number = answer("Лента", slug="lenta")
    subjects = ("Не печатает чек терминал", "Терминал не печатает чек", "Чек не печатает терминал")
    cases = []
    for at, subject in enumerate(subjects):
        who = ivan if at == 0 else customer(f"Клиент {at}", f"k{at}@sevsklad.example")
        ticket = opened(who, subject, text="Не печатает чек терминал!").id
        with bus.unit_of_work():
            case = db.session.get_one(Case, ticket)
            tickets.reply(case, "Замените ленту.", by=masha)
            tickets.solve(case, by=masha)
        cases.append(ticket)
    gaps.find()
    (row,) = found()
    assert (row.kind, row.clients, sorted(row.examples)) == ("tickets", 3, cases)
    with bus.unit_of_work():
        case = db.session.get_one(Case, cases[0])
        tickets.reply(case, f"Смотрите /ru/a/{number}-lenta", by=masha)
    gaps.find()
    assert told() == []


def test_articles_that_do_not_help(clock: Frozen, ivan: Client) -> None:
    number, good = answer("Плохая", slug="plohaya"), answer("Хорошая", slug="horoshaya")
    with bus.unit_of_work():
        for who in "abc":
            feedback.vote(db.session.get_one(Article, number), visitor=who, value=-1)
            feedback.vote(db.session.get_one(Article, good), visitor=who, value=1)
    cases = [opened(ivan, f"Пишу {at}").id for at in range(2)]
    with bus.unit_of_work():
        for each in cases:
            linked.read_before(db.session.get_one(Case, each), [number, good])
    gaps.find()
    (row,) = found()
    assert (row.kind, row.said, row.clients, row.article_id) == ("article", "Плохая", 5, number)
    assert row.examples == cases[::-1]


def test_what_was_decided_hides_what_was_said_before(
    clock: Frozen, ivan: Client, masha: Staff
) -> None:
    looks("зимние шины", "v1")
    gaps.find()
    decide(found()[0], GapState.DISMISSED, masha)
    gaps.find()
    assert (told(), len(told(GapState.DISMISSED))) == ([], 1)
    clock.advance(days=1)
    looks("зимняя шина", "v2")
    gaps.find()
    assert told() == [("search", "зимняя шина", 1)]
    decide(found(GapState.DISMISSED)[0], GapState.OPEN, masha)
    gaps.find()
    assert [row[2] for row in told()] == [2]


def test_it_is_this_article(clock: Frozen, ivan: Client, masha: Staff) -> None:
    number = answer("Возврат колёс", slug="kolesa")
    for who in range(3):
        looks("вернуть колеса шины", f"v{who}", hits=1)
    gaps.find()
    row = found()[0]
    assert row.article_id == number
    with bus.unit_of_work():
        assert gaps.mean(gaps.gap_for(row.id), by=masha) == 1
    text = db.session.query(ArticleText).filter_by(article_id=number).one()
    assert text.learned == "вернуть колеса шины"
    assert len(told(GapState.DONE)) == 1
    with bus.unit_of_work():
        gaps.gap_for(row.id).article_id = None
    with bus.unit_of_work(), pytest.raises(Invalid):
        gaps.mean(gaps.gap_for(row.id), by=masha)


def test_seeds_take_what_is_like_them(clock: Frozen) -> None:
    at = now()
    asked = [Asked(said, said, at) for said in ("зимние шины", "летние коврики")]
    first, second = groups(asked, ["шины зимние"])
    assert {first.seed, second.seed} == {0, None}
    assert groups([], ["что-то"]) == []
    assert sum(group.people for group in groups(asked * 2)) == 2
