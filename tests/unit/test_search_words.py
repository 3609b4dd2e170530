"""The pure parts of the search: what is typed, what was meant, what is shown."""

import pytest

from core import html, markdown
from desk.search.analysis import LITTLE, LONGEST_TERM, term, terms
from desk.search.counting import Counting, Said
from desk.search.digest import digest_of
from desk.search.keyboard import by_sound, other_layout
from desk.search.matching import Matches
from desk.search.postings import Held, Postings
from desk.search.ranking import Ranked, rank
from desk.search.reading import MOST_PARTS, Reading, read
from desk.search.slips import is_slip
from desk.search.snippet import LENGTH, marked, snippet
from desk.search.vocabulary import Vocabulary

WORDS = (
    *("лицензия", "пароль", "доставка", "доставить", "курьер", "курица", "восстановить"),
    *("адрес", "заказ", "windows", "видео"),
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    rows = [(term(word), word, number) for number, word in enumerate(WORDS, start=1)]
    return Vocabulary(rows, articles=20, mean_length=10)


def stems(reading: Reading) -> list[str]:
    return [part.stem for part in reading.parts]


def test_terms_are_stems_of_letters_and_digits_only() -> None:
    assert terms("Ёлочные don't №42 — C++") == ["елочн", "dont", "42", "c"]
    assert all(each.isalnum() for each in terms("ﷺ ½ ŉ x' o'clock ₽"))
    assert len(term("а" * 40)) == LONGEST_TERM


def test_question_words_say_something() -> None:
    assert not LITTLE & set(terms("кто что как где когда почему who what how where when why"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("GHBDTN", "привет"),
        ("зфыыцщкв", "password"),
        ("j,]tv", "объем"),
        ("`krf", "ёлка"),
    ],
)
def test_the_same_keys_in_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


def test_russian_by_its_sound() -> None:
    said = "oplatit zakaz schyot yasno sushchnost tsena khorosho"
    meant = "оплатит заказ щёт ясно сущност цена хорошо"
    assert by_sound(said) == meant


def test_known_words_are_left_alone(vocabulary: Vocabulary) -> None:
    reading = read("Доставкой курьеру ", vocabulary)
    assert stems(reading) == [term("доставка"), term("курьер")]
    assert not reading.is_repaired
    assert reading.understood == "Доставкой курьеру"


def test_a_vowel_that_comes_and_goes_is_no_mistake() -> None:
    rows = [(term(word), word, 3) for word in ("посылка", "письмо", "звонка", "день")]
    known = Vocabulary(rows, articles=20, mean_length=10)
    for typed, word in (("посылок ", "посылка"), ("писем ", "письмо"), ("звонок ", "звонка")):
        reading = read(typed, known)
        assert (stems(reading), reading.is_repaired, reading.known) == ([term(word)], False, 1)
    assert stems(read("пять дней ", known))[-1] == term("день")


def test_a_slip_keeps_the_ending_that_was_typed(vocabulary: Vocabulary) -> None:
    assert read("лецензиями ", vocabulary).understood == "лицензиями"


@pytest.mark.parametrize(
    "typed",
    ["хочу адрес", "снова заказ", "found видео", "пароль don't", "ok заказ", "сто руб за заказ"],
)
def test_a_word_of_the_language_is_no_mistake(typed: str) -> None:
    """Even where no article has it and some has one that is like it."""
    said = ("ходу", "слова", "fund", "done", "адрес", "заказ", "видео", "пароль", "he", "а", "ок")
    alike = Vocabulary([(term(word), word, 3) for word in said], articles=9, mean_length=9)
    reading = read(f"{typed} ", alike)
    assert reading.understood == typed
    assert not reading.is_repaired


def test_what_is_hardly_a_slip_helps_silently_and_alone_is_said(vocabulary: Vocabulary) -> None:
    helps = read("курьяр доставкобот ", vocabulary), read("адрес курпер ", vocabulary)
    assert helps[0].understood == "курьер доставкобот"
    assert helps[1].understood == "адрес курпер"
    assert stems(helps[1]) == [term("адрес"), term("курьер")]
    alone = read("курпер ", vocabulary)
    assert (alone.understood, alone.is_repaired) == ("курьер", True)


SLIPS = (
    ("паролль", "пароль", True),  # struck twice, at the end too
    ("посылак", "посылка", True),  # swapped
    ("востановить", "восстановить", True),  # left out
    ("лецензия", "лицензия", True),  # heard
    ("лиуензия", "лицензия", True),  # the key beside
    ("верефецировать", "верифицировать", True),  # two in a long word
    ("хочу", "ходу", False),
    ("свернуть", "вернуть", False),
    ("feel", "fee", False),
    ("пишут", "пишет", False),
    ("cost", "lost", False),
    ("списали", "скачали", False),
    ("пароль", "пароль", False),
    ("", "пароль", False),
)


@pytest.mark.parametrize(("typed", "meant", "expected"), SLIPS)
def test_slips_of_finger_and_ear(typed: str, meant: str, expected: bool) -> None:
    assert is_slip(typed, meant) is expected


@pytest.mark.parametrize("typed", ["елочные ", "ёлочные ", "Ёлочные  "])
def test_a_rare_word_is_not_made_another_one_that_is_only_like_it(typed: str) -> None:
    personal = Vocabulary([(term("личные"), "личные", 3)], articles=9, mean_length=9)
    reading = read(typed, personal)
    assert (reading.understood, reading.is_repaired) == (typed.strip(), False)
    assert stems(reading) == ["елочн"]


def test_a_guess_is_said_in_a_word_that_is_known() -> None:
    batteries = Vocabulary([(term("батареи"), "батареи", 3)], articles=9, mean_length=9)
    assert read("базары ", batteries).understood == "батареи"


def test_a_little_word_is_not_the_beginning_of_another(vocabulary: Vocabulary) -> None:
    words = [("theme", "theme", 1), ("нет", "нет", 1), ("нетбук", "нетбук", 1)]
    little = Vocabulary(words, articles=5, mean_length=5)
    assert [part.stems for part in read("the", little).parts] == [(("the", 1.0),)]
    assert len(read("them", little).parts[0].stems) == 1
    assert stems(read("нетбу", little)) == ["нетбук"]


def test_layouts_may_be_mixed(vocabulary: Vocabulary) -> None:
    reading = read("kbwtypbz windows ", vocabulary)
    assert stems(reading) == [term("лицензия"), "window"]
    assert reading.understood == "лицензия windows"


def test_short_words_and_numbers_are_not_guessed_at(vocabulary: Vocabulary) -> None:
    assert not read("вид 1024 ", vocabulary).is_repaired


def test_an_unfinished_word_is_completed_and_not_repaired(vocabulary: Vocabulary) -> None:
    reading = read("достав", vocabulary)
    assert not reading.is_repaired
    assert {stem for stem, _weight in reading.parts[0].stems} == {
        term("доставка"),
        term("доставить"),
    }


def test_a_rest_of_letters_in_another_layout_is_no_beginning() -> None:
    english = Vocabulary([("kmart", "kmart", 1), ("f", "f", 1)], articles=5, mean_length=5)
    assert not read("дирижабль", english).is_repaired  # lbhb;f,km on the other keys
    assert read("лоьфк", english).understood == "лоьфк"
    assert read("льф", english).understood == "kma"


def test_exact_is_exact(vocabulary: Vocabulary) -> None:
    reading = read("kbwtypbz лецензия дост", vocabulary, exact=True)
    assert stems(reading) == [term("kbwtypbz"), term("лецензия"), term("дост")]


def test_a_long_query_is_bounded(vocabulary: Vocabulary) -> None:
    assert len(read("слово" * 5_000, vocabulary).parts) <= MOST_PARTS
    assert len(read(" ".join(f"слово{n}" for n in range(5_000)), vocabulary).parts) == MOST_PARTS


def test_rare_words_tell_more(vocabulary: Vocabulary) -> None:
    assert vocabulary.idf("нет такого") > vocabulary.idf(term("лицензия"))
    assert vocabulary.idf(term("лицензия")) > vocabulary.idf(term("видео"))


class Text:
    """A candidate with a title and a body."""

    def __init__(self, text_id: int, title: str, body: str, aliases: str = "") -> None:
        self.text_id = text_id
        self.title, self.opening = self._stems(title), self._stems(body)
        self.aliases = "\n".join(map(self._stems, aliases.splitlines()))
        (found,) = Counting().count([Said(title, aliases.splitlines(), "", body)])
        self.held = Held(text_id, "public", found.length, found.entries)

    @staticmethod
    def _stems(text: str) -> str:
        return f" {' '.join(terms(text))} "


def ranked(query: str, texts: list[Text], vocabulary: Vocabulary) -> list[Ranked]:
    reading = read(query, vocabulary)
    postings = Postings([each.held for each in texts])
    matches = Matches(reading, postings, vocabulary, ("public",))
    digests = {each.text_id: digest_of(each, vocabulary) for each in texts}
    return rank(reading, digests, matches, vocabulary)


def test_the_title_tells_more_than_an_alias_and_that_more_than_the_body(
    vocabulary: Vocabulary,
) -> None:
    texts = [
        Text(1, "Заказ", "Курьер привезёт пароль к двери дома"),
        Text(2, "Пароль", "Курьер привезёт заказ к двери дома"),
        Text(3, "Заказ", "Курьер привезёт адрес к двери дома", aliases="пароль для входа\nвидео"),
    ]
    found = ranked("пароль ", texts, vocabulary)
    assert [each.text_id for each in found] == [2, 3, 1]
    assert found[0].likeness == pytest.approx(1)
    assert found[0].coverage == pytest.approx(1)


def test_the_one_word_in_a_title_tells_more_than_a_short_alias_that_has_it() -> None:
    said = ("доставка", "отказаться", "перенести", "заказ", "день", "отменить", "курьер")
    known = Vocabulary([(term(each), each, 3) for each in said], articles=20, mean_length=10)
    texts = [
        Text(1, "Отменить заказ", "Заказ и доставка", aliases="отказаться курьеру от доставки"),
        Text(2, "Перенести доставку заказа", "Курьер привезёт заказ к двери дома"),
    ]
    for query in ("доставка", "доставка ", "достав", "моя доставка"):
        assert [each.text_id for each in ranked(query, texts, known)] == [2, 1], query


def test_a_word_said_twice_in_a_row_counts_once() -> None:
    said = Said("Пароль", ["пароля"] * 2, "", "очень очень очень. Пароль")
    other = Said("Очень", [], "пароли", "")
    counting = Counting()
    found = [*counting.count([said]), *counting.count([other, Said("", [], "", "")])]
    postings = Postings(
        Held(number, "public", each.length, each.entries) for number, each in enumerate(found)
    )

    def often(word: str) -> list[list[int]]:
        return [each.tolist() for each in postings.of(term(word))]

    assert often("очень") == [[0, 1], [1, 6]]
    assert often("пароль") == [[0, 1], [6 + 4 + 4 + 1, 2]]
    assert [each.length for each in found] == [7, 2, 0]
    assert (counting.stems, counting.shown) == (["парол", "очен"], ["пароль", "очень"])
    assert found[0].fields["aliases"] == " парол \n парол "


def test_equals_keep_one_order(vocabulary: Vocabulary) -> None:
    texts = [Text(number, "Пароль", "") for number in (3, 1, 2)]
    assert [each.text_id for each in ranked("пароль", texts, vocabulary)] == [1, 2, 3]


def test_marks_stand_around_whole_words() -> None:
    assert marked("Пароли <b>", {term("пароль")}) == "<mark>Пароли</mark> &lt;b&gt;"


def test_a_passage_shows_the_words_that_were_looked_for() -> None:
    text = f"{'Начало длинного текста. ' * 30}Введите новый пароль дважды. {'Ещё слова. ' * 30}"
    passage = snippet(text, {term("пароль")})
    assert "Введите новый <mark>пароль</mark> дважды" in passage
    assert passage.endswith("…")
    assert len(passage) <= LENGTH + len("<mark></mark>……")


def test_headings_items_and_cells_do_not_run_together() -> None:
    page = markdown.render(
        "## Сроки\n\n| Как платили | Когда придут |\n|---|---|\n| Картой | 3 дня |\n\n"
        "- первое\n- второе.\n\nПишите\nв поддержку"
    )
    shown = snippet(html.plain(page), {term("платить")})
    assert shown == (
        "Как <mark>платили</mark> · Когда придут · Картой · 3 дня · первое · второе."
        " Пишите в поддержку"
    )


def test_without_a_word_the_passage_is_the_summary() -> None:
    assert snippet("Текст", {"нет"}, otherwise="О <чём> это") == "О &lt;чём&gt; это"
    assert snippet("Текст & всё", {"нет"}) == "Текст &amp; всё"
