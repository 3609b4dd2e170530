"""The request form of the portal, for tests."""

from sqlalchemy import select
from werkzeug.test import TestResponse

from core.db import db
from models import (
    Case,
)
from tests.support.client import Client

FORM = "form.form"


GOOD = {"email": "ivan@example.ru", "person": "Иван", "subject": "Адрес", "text": "Заказ уже едет"}


def write(client: Client, page: str = "/ru/contact", **fields: object) -> TestResponse:
    return client.submit(page, FORM, **{**GOOD, **fields})


def cases() -> list[Case]:
    return list(db.session.scalars(select(Case).order_by(Case.id)))
