"""Articles as files: out and in again without a difference, from other systems, and bad files."""

import io
import zipfile

import pytest

from core import bus
from core.db import db
from desk import faq_files
from desk.errors import Invalid
from desk.faq_files import Outcome, Read
from models import Article, ArticleCategory, ArticleState, ArticleText, OldAddress, Staff
from tests.support.faq import answer

HEAD = """---
title: "Смена адреса"
section: Доставка
state: published
summary: Пока не выехал
alias: поменять адрес
alias: другой адрес
old: /hc/ru/articles/360
---

## Пока на складе

Нажмите **кнопку**.
"""


def brought(*files: tuple[str, str | bytes], dry: bool = False) -> tuple[Read, Outcome]:
    made = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    read = faq_files.read_files(made)
    with bus.unit_of_work():
        outcome = faq_files.bring_in(read.pieces, by=None, dry=dry)
    return read, outcome


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.changed, outcome.same


def taken() -> list[tuple[str, str]]:
    with bus.unit_of_work(writes=False):
        return list(faq_files.files())


def test_out_and_in_again_is_no_difference(masha: Staff) -> None:
    answer("Смена адреса", "A new address")
    answer("Черновик", state=ArticleState.DRAFT, slug="draft")
    before = taken()
    assert [path for path, _text in before] == [
        "delivery/1-otvet.ru.md",
        "delivery/1-otvet.en.md",
        "delivery/2-draft.ru.md",
    ]
    _read, outcome = brought(*before)
    assert (counts(outcome), outcome.problems) == ((0, 0, 2), [])
    assert taken() == before


def test_a_head_a_section_and_an_old_address(masha: Staff) -> None:
    _read, looked = brought(("any/adres.ru.md", HEAD), dry=True)
    assert counts(looked) == (1, 0, 0)
    assert db.session.query(Article).count() == 0
    assert db.session.query(ArticleCategory).count() == 0
    english = HEAD.replace('"Смена адреса"', "A new address").replace("section: Доставка\n", "")
    _read, outcome = brought(("any/adres.ru.md", HEAD), ("any/adres.en.md", english))
    assert counts(outcome) == (1, 0, 0)
    article = db.session.query(Article).one()
    assert article.category.name_ru == "Доставка"
    assert {text.locale: text.title for text in article.texts} == {
        "ru": "Смена адреса",
        "en": "A new address",
    }
    text = article.text_in("ru")
    assert text is not None
    assert (text.summary, text.aliases) == ("Пока не выехал", "поменять адрес\nдругой адрес")
    assert text.body.startswith("## Пока на складе")
    assert db.session.get_one(OldAddress, "/hc/ru/articles/360").article_id == article.id
    _read, again = brought(("any/adres.ru.md", HEAD.replace("кнопку", "ссылку")))
    assert counts(again) == (0, 1, 0)


def test_html_of_another_system(masha: Staff) -> None:
    page = """<html><head><title>Сайт</title></head><body><nav>Меню</nav><main>
    <h1>Где посылка</h1><script>alert(1)</script><h2>Номер</h2>
    <ol><li>Откройте <b>письмо</b></li></ol>
    <p><a href="/x" onclick="y()">Сюда</a></p></main></body></html>"""
    _read, outcome = brought(("help/parcel.html", page))
    assert counts(outcome) == (1, 0, 0)
    text = db.session.query(ArticleText).one()
    assert text.title == "Где посылка"
    for said in ("## Номер", "1. Откройте **письмо**", "[Сюда](/x)"):
        assert said in text.body
    for left in ("alert", "Меню", "onclick"):
        assert left not in text.body + text.html


def test_a_table(masha: Staff) -> None:
    table = "title;body;section;aliases;state\nТариф;Сто рублей;Цены;сколько стоит|цена;published\n"
    _read, outcome = brought(("prices.csv", "\ufeff" + table))
    assert counts(outcome) == (1, 0, 0)
    article = db.session.query(Article).one()
    assert (article.state, article.texts[0].aliases) == ("published", "сколько стоит\nцена")


def test_what_can_not_be_taken_is_named_and_the_rest_is(masha: Staff) -> None:
    bad: list[tuple[str, str | bytes]] = [
        ("empty.md", ""),
        ("notitle.md", "текст"),
        ("notext.md", "# Заголовок"),
        ("state.md", HEAD.replace("published", "alive")),
        ("lang.md", HEAD.replace("section: Доставка", "lang: de")),
        ("picture.png", b"\x89PNG"),
        ("latin.md", "# Ж\n\nтекст".encode("cp1251")),
        ("huge.md", "# Ж\n\n" + "я" * 600_000),
        ("table.csv", "a,b\n1,2\n"),
        ("row.csv", "title,body\nЕсть,Да\nНет,\n"),
        ("quote.csv", 'title,body\n"незакрыто,'),
        ("../../etc/passwd.md", "# Путь\n\nтекст"),
        ("long.md", f"# {'я' * 251}\n\nтекст"),
    ]
    read, outcome = brought(*bad, ("good.md", "# Хорошая\n\nтекст"))
    named = {name for name, _why in (*read.problems, *outcome.problems)}
    assert named == {name for name, _text in bad} - {"../../etc/passwd.md"} - {"long.md"} | {"long"}
    titles = {row.title for row in db.session.query(ArticleText)}
    assert titles == {"Хорошая", "Путь"}
    assert all(why for _name, why in (*read.problems, *outcome.problems))


def test_archives(masha: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ru/dostavka/adres.md", "# Адрес\n\nтекст")
        archive.writestr("en/dostavka/adres.md", "# Address\n\ntext")
    read = faq_files.read_files(faq_files.unzipped(packed.getvalue()))
    assert [(one.key, one.locale, one.section) for one in read.pieces] == [
        ("dostavka/adres", "ru", "dostavka"),
        ("dostavka/adres", "en", "dostavka"),
    ]
    for wrong in (b"", b"PK\x03\x04", b"no archive"):
        with bus.unit_of_work(writes=False), pytest.raises(Invalid):
            list(faq_files.unzipped(wrong))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", b"\0" * 51_000_000)
    with bus.unit_of_work(writes=False), pytest.raises(Invalid):
        list(faq_files.unzipped(bomb.getvalue()))
