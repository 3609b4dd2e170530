"""A fresh database to measure on, thrown away afterwards; and how figures are printed."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from flask import Flask

from app import create_app
from commands.migrate import upgrade
from core import garbage
from core.bus import unit_of_work
from core.config import Config
from core.db import db
from desk.reference import ensure_reference
from tests.support.postgres import Server


@dataclass(frozen=True)
class Figure:
    """`aim` is what docs/performance.md wants, None where it wants nothing; lower is better."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def arguments(about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, ends within a minute")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser


@contextmanager
def fresh(database: str) -> Iterator[Flask]:
    """An application on an empty, migrated database, inside its context."""
    with tempfile.TemporaryDirectory(prefix="liniya-bench-") as folder:
        server = Server.start() if database == "postgresql" else None
        try:
            url = _created(server) if server else ""
            config = Config.load(folder, database_url=url, assets="local", testing=True)
            app = create_app(config)
            with app.app_context():
                upgrade()
                with unit_of_work():
                    ensure_reference()
                garbage.settle()  # as a server does
                yield app
                db.session.remove()
                db.engine.dispose()
        finally:
            if server:
                server.stop()


def _created(server: Server) -> str:
    url = server.url("postgres").replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench TEMPLATE template0")
    return server.url("bench")


def show(figures: list[Figure], options: argparse.Namespace) -> None:
    """Print a table, or one JSON object: figures, seed, database."""
    if options.json:
        rows = [{**asdict(one), "met": one.met} for one in figures]
        for row in rows:
            row.pop("at_least")
        print(json.dumps({"figures": rows, "seed": options.seed, "database": options.database}))
        return
    width = max(len(one.name) for one in figures)
    for one in figures:
        aim = "" if one.aim is None else f"aim {'>=' if one.at_least else '<='} {one.aim:g}"
        verdict = {True: "met", False: "MISSED", None: ""}[one.met]
        print(f"{one.name:<{width}} {one.value:>10.2f} {one.unit:<12} {aim:<12} {verdict}")


def questions() -> list[str]:
    """Real questions of real clients, in Russian; invented ones when the folder is not there."""
    path = Path(__file__).parents[2] / "shared/data/faq/dev/data/rutube_dev_ru.json"
    if path.exists():
        return [query["text"] for query in json.loads(path.read_text())["queries"]]
    print(f"{path} is not there; texts are made up", file=sys.stderr)
    words = ("посылка", "терминал", "доставка", "возврат", "оплата", "адрес", "курьер")
    return [f"Где {a} и почему {b}?" for a in words for b in words]
