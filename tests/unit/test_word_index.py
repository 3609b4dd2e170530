"""Many word conditions asked at once say what each says; synonyms and places of what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.synonyms import MAX_ALTERNATIVES, Synonyms
from core.text import fold, spans_of
from desk.automation.operators import OPERATORS
from desk.automation.reading import Reading
from desk.automation.word_index import WordIndex
from desk.automation.words import Mode, Words
from tests.unit import labelled_messages, more_labelled_messages
from tests.unit.test_words import MODES, PIECES

GROUPS = Synonyms(
    [["курьер", "доставщик", "водитель"], ["ЛК", "личный кабинет"], ["refund", "money back"]]
)
PHRASES = st.lists(st.sampled_from(PIECES[:12]), min_size=1, max_size=3).map(" ".join)


def conditions() -> st.SearchStrategy[list[Words]]:
    spoken = st.lists(PHRASES, min_size=1, max_size=3).map(tuple)
    sensible = spoken.filter(lambda said: any(any(map(str.isalnum, each)) for each in said))
    made = st.builds(Words, sensible, st.sampled_from(MODES), synonyms=st.just(GROUPS))
    return st.lists(made, max_size=8)


@given(conditions(), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_all_at_once_say_what_each_says(asked: list[Words], text: str) -> None:
    held = {at for at, each in enumerate(asked) if each.holds(text)}
    assert WordIndex(asked).which(text) == held


def test_on_the_messages_of_clients() -> None:
    labelled = {**labelled_messages.RUSSIAN, **more_labelled_messages.RUSSIAN}
    modes: tuple[Mode, ...] = ("any", "none", "phrase", "exact")
    asked = [Words((phrase,), mode) for phrase in labelled for mode in modes]
    asked.append(Words(("деньги", "возврат"), "all"))
    index = WordIndex(asked)
    for sides in labelled.values():
        for text in (*sides[0], *sides[1]):
            assert index.which(text) == {at for at, each in enumerate(asked) if each.holds(text)}


@pytest.mark.parametrize(
    "text", ["", "  ", "слово", "а-б, в.г", "\u00adтер\u00adминал\n\nчек", "x" * 999]
)
def test_a_reading_knows_its_words_and_their_places(text: str) -> None:
    reading = Reading(text)
    assert len(reading.roots) == len(reading.plain) == len(reading.places)
    assert frozenset(reading.roots) == reading.present
    assert [fold(text[start:end]) for start, end in reading.places] == reading.plain


class TestSynonyms:
    def test_one_stands_for_the_others(self) -> None:
        words = Words(("курьер опоздал",), synonyms=GROUPS)
        assert words.holds("Доставщики опаздывают")
        assert words.holds("Опоздал водитель")
        assert not words.holds("Оператор опоздал")

    def test_several_words_stand_for_one(self) -> None:
        assert Words(("ошибка в ЛК",), synonyms=GROUPS).holds("В личном кабинете ошибка")
        assert Words(("личный кабинет",), "phrase", synonyms=GROUPS).holds("Не пускает в ЛК")
        assert Words(("money back",), synonyms=GROUPS).holds("When will I be refunded?")

    def test_what_is_denied_is_denied_by_any_name(self) -> None:
        words = Words(("курьер опоздал",), synonyms=GROUPS)
        assert not words.holds("Водитель не опоздал")

    def test_exact_knows_none(self) -> None:
        assert not Words(("курьер",), "exact", synonyms=GROUPS).holds("водитель")

    def test_found_places_are_those_of_the_text(self) -> None:
        text = "Приехал водитель, а не курьер"
        found = Words(("доставщик",), guard_negation=False, synonyms=GROUPS).find(text)
        assert [text[start:end] for start, end in found] == ["водитель", "курьер"]

    def test_a_phrase_without_synonyms_stays_as_it_is(self) -> None:
        assert GROUPS.alternatives("Нет чека!") == ["Нет чека!"]

    def test_many_are_bounded(self) -> None:
        groups = Synonyms([f"{letter}{n}" for n in range(30)] for letter in "абвг")
        assert len(groups.alternatives("а1 б1 в1 г1")) <= MAX_ALTERNATIVES


class TestPlaces:
    @pytest.mark.parametrize(
        ("operator", "value", "text", "found"),
        [
            ("contains", "чек", "Где ЧЕК и чёк?", ["ЧЕК", "чёк"]),
            ("not_contains", "чек", "Где чек?", ["чек"]),
            ("starts_with", "re:", "RE: RE: чек", ["RE:"]),
            ("starts_with", "чек", "где чек", []),
            ("ends_with", "чек", "чек, чек ", ["чек"]),
            ("matches", r"\d+", "12 и 7", ["12", "7"]),
            ("words", {"phrases": ["нет чека"]}, "Чека нет", ["Чека"]),
            ("is", "чек", "чек", []),
            ("contains", "чек", None, []),
        ],
    )
    def test_operators_tell_what_matched(
        self, operator: str, value: object, text: str, found: list[str]
    ) -> None:
        spans = OPERATORS[operator].spans(value, text)
        assert [text[start:end] for start, end in spans] == found

    @given(st.text("аёЁe\u0301\u0306и№ .", max_size=12), st.text("аеe№.", min_size=1, max_size=2))
    def test_places_are_where_the_folded_text_has_it(self, text: str, part: str) -> None:
        found = spans_of(part, text)
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert bool(found) == (fold(part) in fold(text)) or "\u0306" in text or "\u0301" in text
