"""Templates written out with plain calls: what is ours is not escaped twice, the rest always is."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from core.template_code import TEXTS
from core.ui import set_up

EVIL = "<script>"
SAFE = "&lt;script&gt;"


class Own:
    """Something that a template may call `ui`."""

    def icon(self) -> str:
        return EVIL


@pytest.fixture
def pages() -> Environment:
    made = Environment(autoescape=True, loader=DictLoader({}))
    set_up(made)
    return made


def test_texts_are_safe_and_what_is_filled_in_is_escaped(pages: Environment) -> None:
    assert all(isinstance(pages.globals[name]("a", "b", 2)[:0], Markup) for name in TEXTS - {"_"})
    assert isinstance(pages.globals["_"]("Save"), Markup)
    shown = pages.from_string('{{ _("%(name)s & you", name=evil) }}').render(evil=EVIL)
    assert shown == f"{SAFE} & you"
    counted = '{{ ngettext("%(num)s of %(name)s", "%(num)s of %(name)s", 2, name=evil) }}'
    assert pages.from_string(counted).render(evil=EVIL) == f"2 of {SAFE}"


@pytest.mark.parametrize(
    "source",
    [
        '{% set _ = own %}{{ _("x") }}',
        '{% for _ in [own] %}{{ _("x") }}{% endfor %}',
        '{% macro m(_) %}{{ _("x") }}{% endmacro %}{{ m(own) }}',
        "{% for ui in [thing] %}{{ ui.icon() }}{% endfor %}",
        "{% macro m(ui) %}{{ ui.icon() }}{% endmacro %}{{ m(thing) }}",
        "{% with ui = thing %}{{ ui.icon() }}{% endwith %}",
        "{{ own() }}{% if false %}{{ _('x') }}{% endif %}",
    ],
)
def test_what_a_template_calls_so_itself_is_escaped(pages: Environment, source: str) -> None:
    def own(*_given: Any) -> str:
        return EVIL

    assert pages.from_string(source).render(own=own, thing=Own()) == SAFE


def test_all_ways_to_call(pages: Environment) -> None:
    pages.globals["may"] = lambda *given, **named: f"{given}{sorted(named.items())}"
    source = "{{ may(1, b=2) }}{{ may(*[1], **{'b': 2}) }}{{ may() }}"
    assert pages.from_string(source).render() == str(Markup.escape("(1,)[('b', 2)]")) * 2 + "()[]"
