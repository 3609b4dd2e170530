"""Macros: what they draw, and that what people typed stays text."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask_wtf import FlaskForm
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from core.i18n import use_locale
from core.ui import Macros, set_up
from tests.support.frontend import sandbox

EVIL = '"><script>alert(1)</script>'
CHOICES = [SelectChoice("a", "Доставка"), SelectChoice("b", EVIL)]


class Letter(FlaskForm):
    about = RadioField("О чём", [InputRequired("Выберите")], choices=CHOICES)
    email = StringField("Почта", [InputRequired("Укажите почту")], description="Сюда придёт ответ")
    body = TextAreaField("Текст")
    keep = BooleanField("Помнить")


@pytest.fixture
def drawn() -> Any:
    """drawn(source, **values) -> the parsed piece of a page."""
    app = sandbox({}).app

    def draw(source: str, **values: Any) -> BeautifulSoup:
        with app.test_request_context(method="POST"), use_locale("ru"):
            form = Letter(meta={"csrf": False})
            form.validate()
            text = app.jinja_env.from_string(source).render(form=form, **values)
        return BeautifulSoup(text, "html.parser")

    return draw


def test_a_field_ties_label_hint_and_error_together(drawn: Any) -> None:
    page = drawn('{{ ui.field(form.email, autocomplete="email") }}')
    control = page.select_one("input#email.input")
    assert page.label["for"] == "email"
    assert control["aria-describedby"] == "email-hint email-error"
    assert control["aria-invalid"] == "true"
    assert control["autocomplete"] == "email"
    assert page.select_one("#email-hint").text == "Сюда придёт ответ"
    assert page.select_one("#email-error").text == "Ошибка: Укажите почту"


def test_fields_take_the_shape_of_their_kind(drawn: Any) -> None:
    page = drawn(
        "{{ ui.field(form.body, rows=6) }}{{ ui.field(form.keep) }}{{ ui.field(form.about) }}"
    )
    assert page.select_one("textarea.textarea")["rows"] == "6"
    assert page.select_one("label.check input[type=checkbox]")
    assert len(page.select("fieldset.choice#about label.choice-i input[type=radio]")) == 2
    assert not page.select("script")


def test_the_summary_leads_to_the_fields(drawn: Any) -> None:
    page = drawn("{{ ui.error_summary(form) }}")
    assert [link["href"] for link in page.select(".errors a")] == ["#about", "#email"]
    assert page.h2.text.strip() == "Проверьте 2 поля"
    assert page.select_one("[data-error-summary][role=alert][tabindex='-1']")


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.status('open', name) }}",
        "{{ ui.avatar('М', 1, name) }}",
        "{{ ui.tag(name) }}{{ ui.badge(name) }}{{ ui.chip(name, remove=name) }}",
        "{{ ui.button(name, icon='send', title=name, key='Ctrl+Enter') }}",
        "{{ ui.icon_button('x', name) }}",
        "{{ ui.crumbs([(name, name), (none, name)]) }}",
        "{{ ui.toast(name) }}{{ ui.toast_oob(name) }}",
        "{{ ui.find('/ru/search', name, hx_get=name) }}",
        "{{ ui.more(name, name, name) }}{{ ui.empty(name, name) }}",
        "{{ ui.sla('soon', name, name) }}{{ ui.channel(name) }}",
        "{{ ui.path(1, [name, name, name, name]) }}{{ ui.tabs([(name, name, name)], name, name) }}",
        "{% call ui.menu(name, label=name) %}{{ name }}{% endcall %}",
        "{% call ui.dialog('d', name) %}{{ name }}{% endcall %}",
    ],
)
def test_names_stay_text(drawn: Any, source: str) -> None:
    page = drawn(source, name=EVIL)
    assert not page.select("script")


def test_attributes_of_a_button(drawn: Any) -> None:
    page = drawn("{{ ui.button('Взять', hx_post='/take', class_='x', disabled=true, title=none) }}")
    button = page.button
    assert button["hx-post"] == "/take"
    assert button["type"] == "submit"
    assert button["disabled"] == ""
    assert "title" not in button.attrs


def test_a_key_is_bound_named_and_read_aloud(drawn: Any) -> None:
    page = drawn("<a{{ ui.keys('KeyR', 'Ответить', 'Обращение') }}></a>")
    assert page.a.attrs == {
        "data-key": "KeyR",
        "data-key-label": "Ответить",
        "data-key-group": "Обращение",
        "aria-keyshortcuts": "R",
        "title": "Ответить (R)",
    }


def test_the_path_of_a_client(drawn: Any) -> None:
    page = drawn("{{ ui.path(3, ['10:04', 'Маша', '-', '12:47'], done=true) }}")
    stops = [" ".join(stop["class"]) for stop in page.select("li")]
    assert stops == ["stop is-past", "stop is-past", "stop is-skip", "stop is-now is-done"]
    assert page.select_one("[aria-current=step] .stop-name").text == "Решено"


def test_people(drawn: Any) -> None:
    vera = SimpleNamespace(name="Вера", initials="ВЕ", line=3, is_staff=True)
    page = drawn("{{ ui.person(vera) }}{{ ui.person(vera, name=false) }}", vera=vera)
    named, plain = page.select(".av.av-3")
    assert named["aria-label"] == "Вера"
    assert plain["aria-hidden"] == "true"


def test_a_macro_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match="no macro nonsense"):
        _ = Macros(sandbox({}).app.jinja_env).nonsense


def test_a_function_that_wants_the_context_gets_it() -> None:
    """Calls of templates are plain ones; Jinja's own way is left for those that are marked."""
    from_page = Environment(autoescape=True, loader=DictLoader({}))
    set_up(from_page)

    @pass_context
    def named(context: Context, name: str) -> Any:
        return context[name]

    source = (
        "{% for n in (1, 2) %}{{ named('who') }}{{ plain(n) }}{% endfor %}{{ named(name='who') }}"
    )
    shown = from_page.from_string(source).render(named=named, plain=lambda n: n, who="<Вера>")
    assert shown == "&lt;Вера&gt;1&lt;Вера&gt;2&lt;Вера&gt;"
