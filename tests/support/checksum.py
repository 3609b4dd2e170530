"""A fingerprint of every row of every table, to show that something wrote nothing."""

import hashlib

from core import bus
from core.db import Base, db


def checksum() -> str:
    whole = hashlib.sha256()
    with bus.unit_of_work(writes=False):
        for table in Base.metadata.sorted_tables:
            rows = db.session.execute(table.select()).all()
            whole.update(repr((table.name, sorted(map(repr, rows)))).encode())
    return whole.hexdigest()
