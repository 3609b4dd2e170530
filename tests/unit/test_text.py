"""One spelling, places in the original, stems."""

import string
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import Token, fold, stem, stems, tokens

TYPED = st.text(
    string.ascii_letters + string.digits + " .,-'’\n" + "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЁЙ№éß",
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ёлка", "елка"),
        ("«ЕЩЁ» раз", "«еще» раз"),
        ("Dostavka", "dostavka"),
        ("за\u0301мок", "замок"),
        ("зай\u00adка", "зайка"),
        (unicodedata.normalize("NFD", "Йод ещё"), "йод еще"),
        ("ﬁne ①", "fine 1"),
        ("Café Straße", "cafe strasse"),
        ("заказ №5", "заказ #5"),
        ("Don’t", "don't"),
    ],
)
def test_what_reads_alike_is_spelled_alike(written: str, read: str) -> None:
    assert fold(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("зaкaз", "заказ"),  # Latin a
        ("ДOCTABKA", "доставка"),  # only Д is Cyrillic
        ("pаssword", "password"),  # Cyrillic а
        ("IТ", "it"),
        ("SMSки", "smsки"),  # meant to be of both scripts
        ("cop", "cop"),
        ("сор", "сор"),
    ],
)
def test_lookalike_letters_follow_the_script_of_their_word(written: str, read: str) -> None:
    assert fold(written) == read


@given(TYPED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_tokens_keep_their_place_in_the_original() -> None:
    text = "Онлайн-касса №5: «ещё» не пришла, client’s order_id"
    assert [text[t.start : t.end] for t in tokens(text)] == [
        *("Онлайн", "касса", "5", "ещё", "не", "пришла", "client’s", "order", "id"),
    ]
    assert tokens("«Ещё»") == [Token("еще", 1, 4)]


@given(st.text(max_size=80))
def test_tokens_go_forward_and_are_the_folded_original(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.word == fold(text[token.start : token.end])
        end = token.end
    assert stems(text) == [stem(token.word) for token in tokens(text)]


@pytest.mark.parametrize(
    "forms",
    [
        ("доставка", "доставки", "ДОСТАВКОЙ", "дocтавку"),
        ("зелёный", "зеленого", "Зелёными"),
        ("возврат", "возвраты", "возвратов"),
        ("delay", "Delayed", "delays", "delaying"),
        ("client", "client's", "clients’"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_a_megabyte_without_a_space_is_cut_into_words_of_bounded_length() -> None:
    assert max(len(token.word) for token in tokens("ж" * 1_000_000)) <= 40


def test_stems_are_the_same_from_many_threads() -> None:
    endings = ["а", "и", "ой", "у", "ами", "е", "ах", "ам"]
    forms = [f"ветк{n}{ending}" for n in range(300) for ending in endings]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem, forms)) == [stem.__wrapped__(form) for form in forms]
