"""Whatever was changed in the trigger editor is taken back and done again, step by step."""

import random
from typing import Any

import pytest
from playwright.sync_api import expect

from models import Staff
from tests.support.people import sign_in_page
from tests.support.rules import do, given
from tests.support.server import LiveServer

LIST = "/admin/triggers"
STEPS = 16
HELD = """() => {
  const form = document.getElementById("trigger");
  const fields = new FormData(form);
  form.querySelectorAll("[data-tried] [name], [name=csrf_token], [name=form_key]").forEach(
    ({ name }) => fields.delete(name));
  return [...fields].map(([name, value]) => `${name}=${value}`);
}"""
UNDO, REDO = '[data-history="undo"]', '[data-history="redo"]'


@pytest.fixture
def editor(page: Any, live_server: LiveServer, anton: Staff) -> Any:
    sign_in_page(page, live_server, anton).goto(f"{LIST}/new")
    return page


def quiet(page: Any) -> None:
    page.wait_for_timeout(100)
    expect(page.locator("#trigger .htmx-request, #trigger.htmx-request")).to_have_count(0)
    page.wait_for_timeout(100)


def change(page: Any, dice: random.Random) -> str:
    """One change of any kind; what it was."""
    kinds = {
        "add": "#parts button[value^='add-']",
        "remove": "#parts button[value^='remove:']",
        "move": "#parts button[value^='up:']:not([disabled]), #parts button[value^='down:']:not([disabled])",  # noqa: E501
        "event": "#parts input[name=on]:visible",
        "choose": "#parts select:visible",
        "stop": "#parts input[name=stop]",
        "name": "input[name=name_ru]",
    }
    kind = dice.choices(list(kinds), weights=(4, 2, 4, 1, 4, 1, 1))[0]
    found = page.locator(kinds[kind]).all()
    if not found:
        return f"{kind}: none"
    one = dice.choice(found)
    if kind == "name":
        one.fill(f"Имя {dice.randrange(1000)}")
        one.blur()
    elif kind == "choose":
        one.select_option(index=dice.randrange(one.locator("option").count()))
    else:
        one.click()
    quiet(page)
    return kind


@pytest.mark.parametrize("seed", [1, 2])
def test_random_changes_are_taken_back_and_done_again(editor: Any, seed: int) -> None:
    dice, done = random.Random(seed), []  # noqa: S311
    held = [editor.evaluate(HELD)]
    for _step in range(STEPS):
        done.append(change(editor, dice))
        now = editor.evaluate(HELD)
        if now != held[-1]:
            held.append(now)
    assert len(held) > STEPS / 2, done
    for before in held[-2::-1]:
        editor.click(UNDO)
        quiet(editor)
        assert editor.evaluate(HELD) == before, done
    expect(editor.locator(UNDO)).to_be_disabled()
    for after in held[1:]:
        editor.keyboard.press("Control+y")
        quiet(editor)
        assert editor.evaluate(HELD) == after, done
    expect(editor.locator(REDO)).to_be_disabled()


def test_a_change_after_an_undo_forgets_what_was_undone(editor: Any) -> None:
    editor.click("#b-add-condition-if")
    quiet(editor)
    editor.focus(UNDO)
    editor.keyboard.press("Control+z")
    quiet(editor)
    expect(editor.locator('[id="if.1.field"]')).to_have_count(0)
    editor.keyboard.press("Control+Shift+Z")
    quiet(editor)
    expect(editor.locator('[id="if.1.field"]')).to_have_count(1)
    editor.click(UNDO)
    quiet(editor)
    editor.locator("input[name=stop]").click()
    expect(editor.locator(REDO)).to_be_disabled()
    expect(editor.locator(UNDO)).to_be_enabled()


def test_alt_and_enter_add_a_condition_where_one_is(editor: Any) -> None:
    editor.focus('[id="if.0.field"]')
    editor.keyboard.press("Alt+Enter")
    expect(editor.locator('[id="if.1.field"]')).to_be_focused()
    editor.click("#b-add-group-if")
    quiet(editor)
    editor.focus('[id="if.2.0.field"]')
    editor.keyboard.press("Alt+Enter")
    expect(editor.locator('[id="if.2.1.field"]')).to_be_focused()


def test_a_refused_save_leaves_all_that_can_be_taken_back(editor: Any) -> None:
    editor.fill("#name_ru", "Новый")
    editor.click("#b-add-condition-if")
    quiet(editor)
    editor.fill("#name_ru", "")
    before = editor.evaluate(HELD)
    editor.keyboard.press("Control+s")
    expect(editor.locator("[data-error-summary]")).to_be_focused()
    assert editor.evaluate(HELD) == before
    expect(editor.locator(REDO)).to_be_disabled()
    editor.keyboard.press("Control+z")
    expect(editor.locator("#name_ru")).to_have_value("Новый")
    expect(editor.locator('[id="if.1.field"]')).to_have_count(1)
    quiet(editor)
    editor.keyboard.press("Control+z")
    expect(editor.locator('[id="if.1.field"]')).to_have_count(0)
    quiet(editor)
    editor.keyboard.press("Control+y")
    quiet(editor)
    editor.keyboard.press("Control+y")
    quiet(editor)
    assert editor.evaluate(HELD) == before


def test_a_saved_trigger_begins_without_what_was_before(editor: Any) -> None:
    editor.goto(f"{LIST}/{given('Правило', 'ticket_created', [do('set_priority', 3)])}")
    editor.fill("#name_ru", "Иначе")
    editor.keyboard.press("Control+s")
    expect(editor.locator("#toasts")).to_contain_text("Сохранено")
    expect(editor.locator(UNDO)).to_be_disabled()
    editor.fill("#name_ru", "")
    editor.keyboard.press("Control+s")
    expect(editor.locator("[data-error-summary]")).to_be_focused()
    editor.keyboard.press("Control+z")
    expect(editor.locator("#name_ru")).to_have_value("Иначе")
    expect(editor.locator(UNDO)).to_be_disabled()


def test_an_answer_that_draws_nothing_leaves_undo_as_it_was(editor: Any) -> None:
    editor.click("#b-add-condition-if")
    quiet(editor)
    refused = "<p data-notice>Не вышло.</p>"
    editor.route("**/draw", lambda route: route.fulfill(status=422, body=refused), times=1)
    editor.click(UNDO)
    expect(editor.locator("#toasts")).to_contain_text("Не вышло.")
    expect(editor.locator('[id="if.1.field"]')).to_have_count(1)
    expect(editor.locator(UNDO)).to_be_enabled()
    editor.click(UNDO)
    expect(editor.locator('[id="if.1.field"]')).to_have_count(0)
