"""The page of one ticket as its agent works with it, for tests."""

from typing import Any

from bs4 import BeautifulSoup

from core.db import db
from models import Case, Ticket

REPLY = "#reply-form"


def case(ticket: Ticket) -> Case:
    return db.session.get_one(Case, ticket.id)


def url(ticket: Ticket, more: str = "") -> str:
    return f"/agent/t/{ticket.id}{more}"


def form_with(page: BeautifulSoup, name: str, value: object = None) -> Any:
    """The form that has a button or field of this name (and value)."""
    wanted = f'[name="{name}"]' + (f'[value="{value}"]' if value is not None else "")
    for form in page.select("form[method=post]"):
        if form.select_one(wanted):
            return form
    raise AssertionError(f"no form with {wanted}")
