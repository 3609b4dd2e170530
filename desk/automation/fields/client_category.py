"""What kind of client it is to us."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Categories
from models import Client


class ClientCategory(Field):
    key = "client_category"
    label = N_("Client category")
    section = "client"
    position = 130
    type = Categories("client_category")

    def of(self, subject: Subject) -> list[int]:
        requester = subject.case.requester
        return [row.id for row in requester.categories] if isinstance(requester, Client) else []
