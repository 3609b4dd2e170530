"""Who waits for another's lock gives up in time, not when the other is done."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import create_app
from core import db as core_db
from core.config import Config
from core.db import db

TOUCH = text("UPDATE revision SET number = number + 1")


def test_the_second_writer_is_told(own_database: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_db, "BUSY_TIMEOUT_MS", 50)
    with create_app(own_database).app_context():
        writer = {"sqlite_begin": "IMMEDIATE"}
        with db.engine.connect().execution_options(**writer) as first:
            first.execute(TOUCH)
            with (
                pytest.raises(OperationalError),
                db.engine.connect().execution_options(**writer) as second,
            ):
                second.execute(TOUCH)
            first.commit()
        with db.engine.begin() as third:
            third.execute(TOUCH)
        db.engine.dispose()
