"""Word conditions: modes, forms and derivations, denial, places, and how often they are right."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.automation.words import Mode, Words
from tests.unit import (
    held_out_later,
    held_out_messages,
    held_out_third,
    labelled_messages,
    more_labelled_messages,
)
from tests.unit.labelled_messages import Labelled


def seen(words: Words, text: str) -> list[str]:
    return [text[start:end] for start, end in words.find(text)]


class TestModes:
    def test_any_is_one_of_the_phrases(self) -> None:
        words = Words(("жалоба", "верните деньги"))
        assert words.holds("Примите жалобу")
        assert words.holds("Когда вернёте мои деньги?")
        assert not words.holds("Деньги получил")

    def test_all_is_every_phrase_wherever_it_stands(self) -> None:
        words = Words(("возврат", "чек"), "all")
        assert seen(words, "Чек приложил. Сегодня жду ответа, нужен возврат") == ["Чек", "возврат"]
        assert not words.holds("Нужен возврат")
        assert words.find("Нужен возврат") == []

    def test_none_holds_when_nothing_is_found_and_shows_what_spoils_it(self) -> None:
        words = Words(("возврат", "жалоба"), "none")
        assert words.holds("Где мой заказ?")
        assert not words.holds("Жалоба на курьера")
        assert seen(words, "Жалоба на курьера") == ["Жалоба"]

    def test_near_has_a_limit_of_words_between_and_no_order(self) -> None:
        words = Words(("задержка доставки",), "near", within=1)
        assert seen(words, "С доставкой опять задержки") == ["доставкой", "задержки"]
        assert not words.holds("Доставка вчера вечером задержалась")
        assert Words(("задержка доставки",), "near", within=2).holds(
            "Доставка вчера вечером задержалась"
        )

    def test_small_words_are_not_counted(self) -> None:
        words = Words(("ошибка оплаты",), "near", within=0)
        assert words.holds("Ошибка у нас при оплате")

    def test_phrase_keeps_order_and_neighbours(self) -> None:
        words = Words(("личный кабинет",), "phrase")
        assert seen(words, "Не пускает в личном кабинете!") == ["личном кабинете"]
        assert not words.holds("Кабинет личный")
        assert not words.holds("Личный, тёплый кабинет")

    def test_phrase_with_a_denial_has_it_in_its_place(self) -> None:
        words = Words(("заказ не доставили",), "phrase")
        assert seen(words, "Вчера заказ так и не доставили") == []
        assert seen(words, "Вчера заказ не доставлен") == ["заказ не доставлен"]
        assert not words.holds("Вчера заказ доставили")

    def test_exact_knows_letters_only(self) -> None:
        words = Words(("Ёлка зелёная",), "exact")
        assert seen(words, "«елка ЗЕЛЕНАЯ», без скидки") == ["елка ЗЕЛЕНАЯ"]
        assert not words.holds("Ёлки зелёные")
        assert Words(("задержек",), "exact").holds("Без задержек")

    def test_what_cannot_be_looked_for_is_refused(self) -> None:
        with pytest.raises(ValueError, match="without words"):
            Words(("", " … "))
        with pytest.raises(ValueError, match="by 'nearly'"):
            Words(("чек",), "nearly")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="within -1"):
            Words(("чек",), within=-1)


class TestForms:
    def test_lookalike_letters_case_and_yo(self) -> None:
        assert Words(("отчёт",)).holds("ОТЧETЫ не грузятся")

    def test_small_words_of_a_phrase_are_not_sought(self) -> None:
        assert Words(("проблема с оплатой",)).holds("Проблемы при оплате")

    def test_a_phrase_of_small_words_is_itself(self) -> None:
        assert Words(("для нас",)).holds("Это для нас важно")

    def test_whole_words_only(self) -> None:
        assert not Words(("чек",)).holds("Человек из Чекалина")


class TestDenial:
    @pytest.mark.parametrize(
        "text",
        [
            "Без задержек",
            "Доставка без задержки",
            "Не было никаких задержек",
            "Без каких-либо долгих задержек",
            "Задержек нет",
            "Задержек больше не наблюдаю",
            "Без потерь и задержек",
            "Нет проблем с задержками",
            "Нас не задержали",
            "Ни одной задержки за год",
            "Нигде ни одна задержка не замечена",
            "Задержку не хотим",
            "Не прошу о задержке",
        ],
    )
    def test_what_is_denied_is_not_found(self, text: str) -> None:
        assert not Words(("задержка",)).holds(text)
        assert Words(("задержка",), guard_negation=False).holds(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Нет, опять задержка",
            "Не только задержка, но и хамство",
            "Не обошлось без задержки",
            "Меня не устраивает задержка",
            "Не предупредили о задержке",
            "Связи нет. Задержка третий день",
            "Не привезли и задержали",
            "Не одна задержка была",
            "Ни ответа, опять задержка",
            "Я не просил о задержке",
        ],
    )
    def test_what_only_stands_beside_a_denial_is_found(self, text: str) -> None:
        assert Words(("задержка",)).holds(text)

    @pytest.mark.parametrize(
        "text", ["not delayed", "no delay", "It wasn’t delayed", "never delays"]
    )
    def test_english_denials(self, text: str) -> None:
        assert not Words(("delay",)).holds(text)

    @pytest.mark.parametrize(
        ("phrase", "text", "is_about"),
        [
            ("refund", "We are not asking for any refund", False),
            ("refund", "I don't want a refund, just the right size", False),
            ("refund", "Not looking for a refund here", False),
            ("refund", "I did not ask for a refund, why did you send one?", True),
            ("refund", "Not happy with the refund I got", True),
            ("refund", "I do not want to wait for my refund", True),
            ("broken", "I don't want a broken printer, replace it", True),
            ("сломанный", "Не хочу сломанный терминал", True),
            ("возврат", "Возврат не прошу, замените", False),
            ("возврат", "Не хочу ждать возврата месяц", True),
        ],
    )
    def test_who_does_not_wish_for_a_thing_denies_it(
        self, phrase: str, text: str, is_about: bool
    ) -> None:
        assert Words((phrase,)).holds(text) is is_about

    def test_what_was_due_and_did_not_come_is_found(self) -> None:
        assert Words(("возврат",)).holds("Деньги так и не вернули")
        assert not Words(("возврат",)).holds("Деньги не возвращайте")

    @pytest.mark.parametrize("text", ["Не доставили", "Не был доставлен", "Доставки нет"])
    def test_a_phrase_that_denies_is_found_where_its_word_is_denied(self, text: str) -> None:
        assert Words(("не доставили",)).holds(text)
        assert not Words(("не доставили",)).holds("Доставили, но не то")

    def test_to_cease_doing_is_to_deny_it(self) -> None:
        assert Words(("не работает терминал",)).holds("После обновления терминал перестал работать")
        assert not Words(("app crashes",)).holds("The app stopped crashing")
        assert Words(("work has stopped",), "phrase").holds("Our work has stopped, please help")
        assert not Words(("work has stopped",), "phrase").holds("The work goes on")
        assert Words(("зависает",)).holds("Не перестаёт зависать")

    def test_what_was_not_given_is_missing(self) -> None:
        for text in ("Чек не дали", "Не выдали мне чек", "Чек так и не пришёл", "чека нет"):
            assert Words(("нет чека",)).holds(text), text
        assert not Words(("нет чека",)).holds("Чек пришёл, нет сдачи")

    def test_who_does_not_want_it_denies_it(self) -> None:
        assert not Words(("отмена заказа",)).holds("Отменять заказ не хочу")
        assert not Words(("отмена заказа",)).holds("Не собираюсь отменять заказ")
        assert Words(("отмена заказа",)).holds("Не могу отменить заказ")

    def test_nobody_is_a_word_to_look_for_too(self) -> None:
        assert Words(("никто не отвечает",)).holds("Почему мне никто не ответил?")
        assert not Words(("никто не отвечает",)).holds("Оператор не ответил")


KNOWN = (labelled_messages, more_labelled_messages)


def score(*sets: Labelled) -> tuple[float, float, list[tuple[str, str]], list[tuple[str, str]]]:
    """Precision, recall, what was missed, what was wrong."""
    right, missed, wrong = 0, [], []
    for labelled in sets:
        for phrase, (about, others) in labelled.items():
            words = Words((phrase,))
            right += sum(map(words.holds, about))
            missed += [(phrase, text) for text in about if not words.holds(text)]
            wrong += [(phrase, text) for text in others if words.holds(text)]
    return right / (right + len(wrong)), right / (right + len(missed)), missed, wrong


def messages(*sets: Labelled) -> int:
    return sum(len(a) + len(b) for labelled in sets for a, b in labelled.values())


@pytest.mark.parametrize(
    ("language", "precision", "recall"), [("RUSSIAN", 0.98, 0.985), ("ENGLISH", 0.985, 0.975)]
)
def test_clients_messages_are_told_apart(language: str, precision: float, recall: float) -> None:
    """Those that the rules were made with: they must not be forgotten."""
    sets = [getattr(each, language) for each in KNOWN]
    reached = score(*sets)
    sys.stdout.write(f"{language}: precision {reached[0]:.3f}, recall {reached[1]:.3f}\n")
    assert reached[0] >= precision, reached[3]
    assert reached[1] >= recall, reached[2]


@pytest.mark.parametrize(
    ("language", "precision", "recall"), [("RUSSIAN", 0.95, 0.9), ("ENGLISH", 0.93, 0.9)]
)
def test_messages_that_were_not_used_for_mending(
    language: str, precision: float, recall: float
) -> None:
    """What fails is not named: whoever reads it can't forget it. See benchmarks.words."""
    found = score(getattr(held_out_messages, language))[:2]
    assert found[0] >= precision
    assert found[1] >= recall


def test_english_messages_written_after_the_last_mending() -> None:
    """Few, and half of them near misses. "Not asking for a refund" among them was mended since."""
    precision, recall = score(held_out_later.ENGLISH)[:2]
    assert precision >= 0.94
    assert recall >= 0.95


@pytest.mark.parametrize(("language", "precision"), [("RUSSIAN", 0.8), ("ENGLISH", 0.84)])
def test_messages_written_before_the_rules_were_asked(language: str, precision: float) -> None:
    """Half of them are near misses: the words of the phrase, said of something else."""
    found = score(getattr(held_out_third, language))[:2]
    assert found[0] >= precision
    assert found[1] >= 0.93


@pytest.mark.parametrize(
    ("text", "is_about"),
    [
        ("We refunded nothing this week", False),
        ("They are refunding nobody", False),
        ("You refunded none of it", False),
        ("I was refunded. Nothing else came", True),
        ("After the refund nothing works", True),
        ("Refunded, nothing more to say", True),
    ],
)
def test_a_doing_done_to_nothing_is_denied(text: str, is_about: bool) -> None:
    assert Words(("refund",)).holds(text) is is_about


def test_there_are_enough_messages() -> None:
    everything = (*KNOWN, held_out_messages)
    assert messages(*(each.RUSSIAN for each in everything)) >= 390
    assert messages(*(each.ENGLISH for each in everything)) >= 210


PIECES = (
    *("доставка", "задержали", "не", "без", "нет", "и", "ещё", "никаких", "так", "Ёж", "5", "'"),
    *("no", "not", "delay", "delivery", "yet", "nobody", ". ", ", ", " — ", "\n"),
)
MODES: tuple[Mode, ...] = ("any", "all", "phrase", "near", "exact", "none")


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(MODES))
def test_places_lie_in_the_text_and_agree_with_the_answer(parts: list[str], mode: Mode) -> None:
    text = " ".join(parts)
    for phrases in (("задержка доставки", "no delay"), ("не доставили",), ("нет",), ("delay",)):
        words = Words(phrases, mode)
        places = words.find(text)
        assert words.holds(text) == (not places if mode == "none" else bool(places))
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(set(places))


@pytest.mark.parametrize("word", ["и", "не", "задержка", "5"])
def test_a_long_text_of_one_word_is_read_to_its_end(word: str) -> None:
    text = f"{word} " * 50_000 + "задержка"
    assert Words(("задержка",)).holds(text) == (word != "не")


@pytest.mark.parametrize("noun", ["интернет интернета", "отопление отопления", "вода воды"])
@pytest.mark.parametrize(
    "text",
    [
        "{} опять нет",
        "{} до сих пор нет",
        "{} пока нет",
        "{} третий день нет",
        "{} в доме нет",
        "нет до сих пор {}",
        "у нас нет {}",
    ],
)
def test_what_is_lacking_is_found_whatever_the_noun(noun: str, text: str) -> None:
    plain, lacked = noun.split()
    assert Words((f"нет {lacked}",)).holds(text.format(lacked))
    assert not Words((f"нет {lacked}",)).holds(f"Теперь {plain} есть, спасибо")


@pytest.mark.parametrize(
    ("text", "is_lacking"),
    [
        ("Горячей воды третий день нет", True),
        ("Нет воды горячей", True),
        ("горячая вода отсутствует", True),
        ("Холодной воды нет", False),
        ("Горячая вода есть", False),
    ],
)
def test_a_denial_is_of_the_noun_behind_its_adjective(text: str, is_lacking: bool) -> None:
    assert Words(("нет горячей воды",)).holds(text) is is_lacking
