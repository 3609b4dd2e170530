"""What a request form asks: directions, types, the company's own questions."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog
from desk.catalog import catalog as known
from models import (
    CustomField,
    Direction,
)
from tests.support.client import Client, filled, parsed
from tests.support.contact import FORM, GOOD, cases, write


@pytest.fixture
def two_directions(app: Flask) -> tuple[int, int]:
    with bus.unit_of_work():
        second = Direction(key="app", name_ru="Приложение", name_en="App", position=5)
        db.session.add(second)
        catalog.changed()
        db.session.flush()
        first = known().by_key("directions", "main").id
        return first, second.id


def ask(**given: object) -> int:
    with bus.unit_of_work():
        row = CustomField(**{"on_form": True, "name_en": "", **given})
        db.session.add(row)
        catalog.changed()
        db.session.flush()
        return row.id


@pytest.mark.parametrize(("language", "said"), [("ru", "необязательно"), ("en", "optional")])
def test_what_may_stay_empty_is_called_optional(client: Client, language: str, said: str) -> None:
    marks = client.soup(f"/{language}/contact").select(".label .opt")
    assert {mark.get_text() for mark in marks} == {said}


def test_direction_is_asked_when_there_is_a_choice(
    client: Client, two_directions: tuple[int, int]
) -> None:
    refused = write(client)
    assert refused.status_code == 422
    assert "Выберите, о чём вопрос." in refused.get_data(as_text=True)

    write(client, direction=str(two_directions[1]))
    assert cases()[0].direction_id == two_directions[1]


def test_only_direction_is_taken_without_asking(client: Client) -> None:
    write(client)

    assert cases()[0].direction.key == "main"


@pytest.mark.parametrize("value", ["999", "x", "-1", "1e9", "9" * 40])
def test_unknown_direction_or_type_is_refused(
    client: Client, two_directions: tuple[int, int], value: str
) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    fields = {**filled(form), **GOOD}

    bad_direction = client.post("/ru/contact", data={**fields, "direction": value})
    bad_type = client.post(
        "/ru/contact", data={**fields, "direction": str(two_directions[0]), "type": value}
    )

    assert bad_direction.status_code == 422
    assert bad_type.status_code == 422
    assert parsed(bad_type).select_one("#type-error")
    assert cases() == []


def test_errors_are_listed_as_the_fields_stand(
    client: Client, two_directions: tuple[int, int]
) -> None:
    ask(key="order", kind="number", name_ru="Номер заказа", name_en="Order number", required=True)
    page = parsed(client.submit("/ru/contact", FORM, person="и" * 200))

    listed = [link["href"].removeprefix("#") for link in page.select("[data-error-summary] a")]
    standing = [field["id"] for field in page.select(".form [id]") if field["id"] in listed]

    assert len(listed) == 6
    assert listed == standing


def test_own_questions_of_the_company(client: Client, two_directions: tuple[int, int]) -> None:
    first, second = two_directions
    order = ask(key="order", name_ru="Номер заказа", kind="text")
    seats = ask(key="seats", name_ru="Мест", kind="number", direction_id=second)
    model = ask(
        key="model",
        name_ru="Модель",
        kind="choice",
        choices=["А", "Б"],
        direction_id=second,
        required=True,
    )
    day = ask(key="day", name_ru="День", kind="date", direction_id=second)
    ask(key="secret", name_ru="Внутреннее поле", kind="text", on_form=False)

    assert "Внутреннее поле" not in client.get("/ru/contact").get_data(as_text=True)
    assert not client.soup(f"/ru/contact?direction={first}").select(f"#field_{model}")
    page = f"/ru/contact?direction={second}"
    refused = write(client, page)
    assert "Заполните «Модель»." in refused.get_data(as_text=True)
    bad = write(
        client, page, **{f"field_{model}": "В", f"field_{seats}": "nan", f"field_{day}": "32"}
    )
    assert len(parsed(bad).select("[data-error-summary] a")) == 3

    sent = write(
        client,
        page,
        **{
            f"field_{order}": " 58-2041 ",
            f"field_{model}": "Б",
            f"field_{seats}": "2,5",
            f"field_{day}": "2026-03-05",
        },
    )
    assert sent.status_code == 303
    assert cases()[0].fields == {
        "order": "58-2041",
        "model": "Б",
        "seats": 2.5,
        "day": "2026-03-05",
    }


def test_questions_change_with_the_direction(
    client: Client, two_directions: tuple[int, int]
) -> None:
    model = ask(key="model", name_ru="Модель", kind="text", direction_id=two_directions[1])

    piece = client.get(f"/ru/contact?direction={two_directions[1]}", headers={"HX-Request": "true"})

    assert parsed(piece).select_one(f"#custom_fields #field_{model}")
    assert "<html" not in piece.get_data(as_text=True)
