"""The pages on the way in: of the workspace for those who go there, else of the portal."""

import pytest

from core.db import db
from models import OutboxItem, Staff
from tests.support.client import Client, parsed

BY_PASSWORD = 'form[action="/signin"]'
BY_LINK = 'main form[action="/signin/link"]'


def link_in_mail() -> str:
    mail = db.session.query(OutboxItem).order_by(OutboxItem.id.desc()).first()
    assert mail is not None
    line = next(line for line in mail.payload["text"].split() if "/signin/l/" in line)
    return str(line).removeprefix("http://localhost")


@pytest.mark.parametrize(
    ("place", "is_of_staff"),
    [("/signin", False), ("/signin?next=/me/requests", False), ("/signin?next=/agent/", True)],
)
def test_who_goes_to_the_workspace_comes_through_pages_of_it(
    client: Client, masha: Staff, place: str, is_of_staff: bool
) -> None:
    refused = client.submit(place, BY_PASSWORD, email=masha.email, password="slip")
    client.submit(place, BY_LINK, email=masha.email)
    sent = client.soup("/signin/sent")
    another = client.soup(str(sent.select("main a")[-1]["href"]))
    for soup in (client.soup(place), parsed(refused), sent, another, client.soup(link_in_mail())):
        assert bool(soup.select("body.plain")) == is_of_staff
        assert bool(soup.select(".head-nav")) != is_of_staff
