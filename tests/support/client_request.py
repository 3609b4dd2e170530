"""The page of one request, for tests."""

from flask import Flask

from core import bus
from core.db import db
from desk import access, tickets
from desk.catalog import catalog
from models import (
    Case,
    Participant,
    StatusCategory,
)
from tests.support.client import Client

REPLY = "form.reply"


HTMX = {"HX-Request": "true"}


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def link(number: int) -> str:
    return f"/r/{access.link_token(case(number))}"


def to(number: int, category: StatusCategory, by: Participant) -> None:
    with bus.unit_of_work():
        status = catalog().first_status(category)
        tickets.change_status(case(number), status.id, by=db.session.get_one(Participant, by.id))


def step(client: Client, path: str) -> str:
    here = client.soup(path).select_one('.path [aria-current="step"] .stop-name')
    return here.get_text()


def _upload(app: Flask, name: str, content: bytes = b"content"):  # noqa: ANN202
    from desk import files

    return files.keep(app.extensions["storage"], name, content, limit=10**6)
