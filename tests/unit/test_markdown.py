"""Markdown of our authors, HTML of strangers, and words for addresses."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core import clock, html, markdown
from core.markdown import Heading
from core.slug import slug

VECTORS = Path(__file__).parents[3] / "shared/data/reliability/sanitise"
SECONDS = 5  # on a busy machine; what is guarded against would take minutes


def test_headings_have_addresses_of_their_own() -> None:
    text = "# Пока на складе\n\n## Сроки *и* цена\n\n### Сроки и цена\n\n## ???\n"
    rendered = markdown.render(text, anchor_label=lambda title: f"Раздел «{title}»")
    assert '<h2 id="s-poka-na-sklade">Пока на складе <a class="anchor"' in rendered
    assert 'aria-label="Раздел «Сроки и цена»"' in rendered
    assert markdown.contents(rendered) == [
        Heading(2, "s-poka-na-sklade", "Пока на складе"),
        Heading(2, "s-sroki-i-tsena", "Сроки и цена"),
        Heading(3, "s-sroki-i-tsena-2", "Сроки и цена"),
        Heading(2, "s", "???"),
    ]


def test_an_article_is_drawn_in_the_classes_of_the_portal() -> None:
    rendered = markdown.render(
        "1. Раз\n2. Два\n\n> [!WARNING]\n> Не **так**.\n\n> Цитата\n\n"
        "| Где | Цена |\n|---|--:|\n| склад | 0 ₽ |\n\n```\na < b\n```\n\n![План](/plan.png)\n"
    )
    assert '<ol class="steps">\n<li>Раз</li>' in rendered
    assert '<aside class="note note-warn"><div><p>Не <strong>так</strong>.</p>' in rendered
    assert "<blockquote>\n<p>Цитата</p>" in rendered
    assert '<th scope="col" class="r">Цена</th>' in rendered
    assert '<div class="table-wrap table-scroll" role="region" tabindex="0">' in rendered
    assert '<pre class="code" tabindex="0"><code>a &lt; b\n</code></pre>' in rendered
    assert '<img loading="lazy" src="/plan.png" alt="План">' in rendered


def test_a_list_that_begins_later_says_so() -> None:
    assert '<ol class="steps" start="3">' in markdown.render("3. Три\n4. Четыре")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1) style='x' hx-get=/x>hi</p>",
        "[js](javascript:alert(1)) [data](data:text/html,x) [vb](vbscript:x)",
        "[x](java&#115;cript:alert(1))",
        '![x](x "onerror=alert(1)" onerror=alert(1))',
        "[a]: javascript:alert(1)\n[a]",
        "<javascript:alert(1)>",
        "## <img src=x onerror=alert(1)> \"'>",
        '```"><script>\nx\n```',
        "| <b onmouseover=x> |\n|---|\n| <script> |",
    ],
)
def test_nothing_in_markdown_runs(text: str) -> None:
    label = '"><script>'
    assert list(wrong(str(markdown.render(text, anchor_label=lambda _: label)))) == []


def test_headings_survive_odd_titles() -> None:
    rendered = markdown.render('## A & <b> "q"', anchor_label=str)
    assert markdown.contents(rendered)[0].text == 'A & <b> "q"'


def test_foreign_html_keeps_words_and_links_only() -> None:
    cleaned = html.clean(
        '<style>p{}</style><p class=x id=main style="color:red" hx-get="/x" data-hx-post="/y">'
        'Привет <a href="https://example.com" onclick=x target=_blank>сюда</a>'
        '<a href="/admin">туда</a><form action=/x><input name=a><button>Нажмите</button></form></p>'
    )
    assert cleaned == (
        '<p>Привет <a href="https://example.com" rel="noopener noreferrer nofollow">сюда</a>'
        '<a rel="noopener noreferrer nofollow">туда</a></p>Нажмите<p></p>'
    )


def test_pictures_come_from_the_mail_alone() -> None:
    text = '<img src="cid:a@b" alt="План"><img src="https://spy.example/1.png" alt="Точка">'
    assert html.clean(text) == '<img alt="План"><img alt="Точка">'
    ours = html.clean(text, picture=lambda name: f"/files/{name}")
    assert ours == '<img src="/files/a@b" alt="План"><img alt="Точка">'


def test_no_known_attack_leaves_anything_that_could_act() -> None:
    if not VECTORS.exists():
        pytest.skip("the collection of attacks is not here")
    for name, key in (
        ("vectors_live_flag", "payload"),
        ("dompurify_expect", "payload"),
        ("owasp_xss_filter_evasion", "payload"),
        ("zammad_html_sanitizer", "input"),
        ("bleach", "input"),
        ("loofah_html5_sanitizer_tests1", "input"),
    ):
        for vector in json.loads((VECTORS / f"{name}.json").read_text()):
            attack = vector[key]
            assert list(wrong(str(html.clean(attack)))) == [], attack
            assert list(wrong(str(markdown.render(attack)))) == [], attack


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 9_999,
        "<div>" * 100_000,
        "<p>" + "".join(f"<b a={n}>" for n in range(5_000)) + "</p>" + "<p>x</p>" * 4_900,
        "<b " * 300_000,
        "<!--" * 100_000,
        "&" * 1_000_000,
        '<a class="anchor">' * 50_000,
        "<table>" * 9_000,
    ],
    ids=lambda bomb: bomb[:12],
)
def test_a_bomb_is_put_out_in_time(bomb: str) -> None:
    elapsed = clock.stopwatch()
    cleaned = html.clean(bomb)
    html.plain(bomb)
    assert elapsed() < SECONDS * 1000
    assert len(cleaned) < 10_000_000


def test_html_reads_as_plain_text() -> None:
    rendered = markdown.render("## Сроки\n\nДва дня & ночь: 1 < 2<br>\n\n- раз\n- два")
    assert html.plain(rendered) == "Сроки\nДва дня & ночь: 1 < 2<br>\nраз\nдва"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Как изменить адрес доставки?", "kak-izmenit-adres-dostavki"),
        ("Щётка, ёж & «Съезд»", "schetka-ezh-sezd"),
        ("What's new in 2.0", "whats-new-in-2-0"),
        ("Crème brûlée", "creme-brulee"),
        ("😀", ""),
        ("漢字", ""),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert slug("слово " * 50, longest=20) == "slovo-slovo-slovo"
    assert slug("а" * 500, longest=20) == "a" * 20


def wrong(cleaned: str) -> list[str]:
    """What in cleaned HTML could act: tags and attributes beyond the harmless, other schemes."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in html.TAGS | {"aside"}:
                found.append(tag)
            for name, value in attrs:
                if name not in HARMLESS:
                    found.append(f"{tag} {name}")
                address = re.sub(r"[\x00-\x20]", "", value or "").lower()
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
                if name in ("href", "src") and scheme and scheme[1] not in html.SCHEMES:
                    found.append(f"{tag} {value}")

    Reader().feed(cleaned)
    return found


HARMLESS = {"href", "src", "alt", "title", "rel", "width", "height", "start", "colspan", "rowspan"}
HARMLESS |= {"class", "id", "loading", "tabindex", "role", "scope", "aria-label"}
