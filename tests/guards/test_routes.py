"""Every blueprint has a guard, every form that changes something acts once and carries its keys."""

import re
from pathlib import Path

import pytest
from flask import Flask

from blueprints.guards import GUARDS

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html") if "mail" not in p.parts)
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
HX_GET = re.compile(r'hx-get="(/[^"{]*)"')

# Views that may be repeated without a key, each with its reason.
REPEATABLE = {
    "admin.count_trigger": "counts and changes nothing",
    "admin.replay_trigger": "shows the last replay and changes nothing",
    "admin.cancel_replay": "what is cancelled stays so",
    "admin.start_replay": "the same replay that waits or runs already is not begun twice",
    "admin.cancel_counter_replay": "what is cancelled stays so",
    "admin.clock_of_ticket": "counts and changes nothing",
    "admin.late_under_draft": "shows the last replay and changes nothing",
    "admin.start_counter_replay": "the same replay that waits or runs already is not begun twice",
    "admin.draw_calendar": "draws the form anew and changes nothing",
    "admin.import_into_calendar": "draws the form anew and changes nothing",
    "admin.draw_counter": "draws the form anew and changes nothing",
    "admin.show_letter": "draws the form anew and changes nothing",
    "admin.letter_frame": "draws the form anew and changes nothing",
    "admin.send_test_letter": "the same text of one form leaves once, and there is a limit",
    "admin.draw_trigger": "draws the form anew and changes nothing",
    "admin.trigger_findings": "tells what is doubtful in the form and changes nothing",
    "agent.preview_article": "draws the text of the form and changes nothing",
    "agent.take_picture": "the same picture again is the same row and address",
    "agent.save_draft": "a draft is replaced by the same text",
    "agent.live_typing": "says only that somebody is typing now",
    "agent.here": "says only that a page is open",
    "agent.gone": "says only that a page closes",
    "agent.see_notices": "what is read stays read",
    "look.choose_theme": "sets what the form says; again makes no difference",
}

pytestmark = pytest.mark.one_database


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_blueprint_is_guarded(app: Flask) -> None:
    assert set(app.blueprints) <= set(GUARDS), set(app.blueprints) - set(GUARDS)
    assert {GUARDS[name] for name in app.blueprints if name in ("agent", "admin")} <= {"staff"}


def test_every_view_belongs_to_a_blueprint(app: Flask) -> None:
    loose = {r.endpoint for r in app.url_map.iter_rules() if "." not in r.endpoint}
    assert loose <= {"static"}


def test_every_change_acts_once(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if not (rule.methods or set()) & UNSAFE or rule.endpoint in REPEATABLE:
            continue
        view = app.view_functions[rule.endpoint]
        assert getattr(view, "acts_once", False), f"{rule.endpoint} takes {rule.methods}: no @once"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_forms_that_change_something_carry_their_keys(path: Path) -> None:
    for form in FORM.findall(path.read_text()):
        opening = form[: form.index(">")]
        if re.search(r'method="?post', opening, re.IGNORECASE):
            assert "ui.hidden_keys" in form or "form_key" in form, f"{name(path)}: {opening}"
            assert "action=" in opening, f"{name(path)}: a form needs its action without JavaScript"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"\sstyle=", text), "inline style"
    assert not re.search(r"\s(hx-on|on[a-z]+)[:=]", text), "inline handler"
    assert not re.search(r"<style\b", text), "inline style sheet"
    assert "|safe" not in text.replace(" ", ""), "only sanitised Markup may be shown as HTML"


def test_addresses_of_hx_open_as_pages(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    for path in TEMPLATES:
        for address in HX_GET.findall(path.read_text()):
            assert adapter.test(address.split("?")[0], "GET"), f"{name(path)}: {address}"
