"""Times and memory of the FAQ search with many articles, made of the words of real ones.

Called by benchmarks.search --sizes. The search runs in a process of its own, as a server does, so
that its memory can be told.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app import create_app
from benchmarks.place import Figure, fresh
from core import bus, clock
from core.config import Config
from core.db import db
from core.text import words
from desk.search import index_article, reindex_all, search_articles
from desk.search.meaning import catching_up, encoder
from models import Article, ArticleCategory, ArticleState, ArticleText

AIMS_MS = {1_000: 10.0, 10_000: 20.0, 100_000: 35.0}
AIM_BY_MEANING_MS = 80.0  # with 100,000
AIM_MB = {False: 200.0, True: 350.0}
AIM_INDEX_S = 20.0  # 100,000
AIM_PUBLISH_MS = 50.0
QUERIES = 300
SHELVES = 40
BATCH = 1_000
# Of which the rarer half of the words is put together: a language has far more than a sample.
SYLLABLES = "каломитерапрастовенругафоднаконмушинбезоралексавапунковдрежачеринюдо"
PARTS = [SYLLABLES[at : at + 2] for at in range(0, len(SYLLABLES), 2)]
ENDS = ("", "а", "ы", "ов", "ом", "ный", "ная", "ить", "ает", "ение")


def said(folder: Path) -> list[str]:
    """The words of real articles in Russian, the commonest first; then "", and real questions."""
    read = json.loads(sorted(folder.glob("*_ru.json"))[0].read_text())
    every: dict[str, int] = {}
    for doc in read["docs"]:
        for word in words(f"{doc['title']} {doc['body']}"):
            every[word] = every.get(word, 0) + 1
    ordered = sorted(every, key=lambda word: (-every[word], word))
    return [*ordered, "", *(query["text"] for query in read["queries"][:QUERIES])]


def at_size(articles: int, told: Sequence[str], options: argparse.Namespace) -> Iterator[Figure]:
    at = told.index("")
    known, questions = told[:at], told[at + 1 :]
    with fresh(options.database) as app:
        chance = random.Random(options.seed)  # noqa: S311 - invented texts, not secrets
        with bus.unit_of_work():
            _store(articles, list(known), chance)
        elapsed = clock.stopwatch()
        with bus.unit_of_work():
            reindex_all()
        aim = AIM_INDEX_S if articles == 100_000 else None
        yield Figure(f"{articles:,} articles: index", elapsed() / 1000, "s", aim)
        if not options.by_words:
            elapsed = clock.stopwatch()
            encoder.load()
            while catching_up.catch_up():
                pass
            yield Figure(f"{articles:,} articles: vectors", elapsed() / 1000, "s")
        config: Config = app.config["LINIYA"]
        for by_meaning in (False,) if options.by_words else (False, True):
            yield from _searched(config, articles, questions, by_meaning)
        yield from _published(articles)


def _store(articles: int, known: list[str], chance: random.Random) -> None:
    vocabulary = [*known, *_made(min(150_000, articles + articles // 2), known, chance)]
    common = list(accumulate(1 / (rank + 8) for rank in range(len(vocabulary))))

    def some(fewest: int, most: int) -> str:
        return " ".join(
            chance.choices(vocabulary, cum_weights=common, k=chance.randint(fewest, most))
        )

    at = clock.now()
    shelves = [ArticleCategory(slug=f"s{n}", name_ru=f"тема {n}") for n in range(SHELVES)]
    db.session.add_all(shelves)
    db.session.flush()
    state = ArticleState.PUBLISHED
    for start in range(1, articles + 1, BATCH):
        numbers = range(start, min(start + BATCH, articles + 1))
        dates = {"created_at": at, "updated_at": at, "published_at": at}
        db.session.execute(
            insert(Article),
            [
                {"id": n, "category_id": shelves[n % SHELVES].id, "state": state, **dates}
                for n in numbers
            ],
        )
        texts = [(n, some(4, 9), some(40, 200)) for n in numbers]
        db.session.execute(
            insert(ArticleText),
            [
                {
                    "article_id": n,
                    "locale": "ru",
                    "slug": "",
                    "title": title,
                    "body": body,
                    "html": f"<p>{escape(body)}</p>",
                    "updated_at": at,
                }
                for n, title, body in texts
            ],
        )


def _made(count: int, known: Sequence[str], chance: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(PARTS, k=chance.randint(2, 5))) + chance.choice(ENDS)] = None
    return [word for word in made if word not in set(known)]


def _searched(
    config: Config, articles: int, questions: Sequence[str], by_meaning: bool
) -> Iterator[Figure]:
    given = {
        "data": str(config.data),
        "url": config.database_url,
        "by_meaning": by_meaning,
        "questions": list(questions),
    }
    run = subprocess.run(  # noqa: S603 - this very module
        [sys.executable, "-m", "benchmarks.search_size"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    name = f"{articles:,} articles, {'with vectors' if by_meaning else 'by words'}"
    aim = AIMS_MS.get(articles)
    if by_meaning:
        aim = AIM_BY_MEANING_MS if articles == 100_000 else None
    yield Figure(f"{name}: p50", told["p50"], "ms")
    yield Figure(f"{name}: p95", told["p95"], "ms", aim)
    yield Figure(f"{name}: the first search", told["first"], "ms")
    yield Figure(f"{name}: memory for it", told["memory"], "MB", AIM_MB[by_meaning])


def _published(articles: int) -> Iterator[Figure]:
    """An article edited, and the next search that knows of it; not the first time."""
    for number in range(1, 4):
        elapsed = clock.stopwatch()
        with bus.unit_of_work():
            text = db.session.query(ArticleText).filter_by(article_id=number).one()
            text.title = f"Сверхпрочные ботинки для дирижаблей {number}"
            db.session.flush()
            index_article(text)
        with bus.unit_of_work(writes=False):
            found = search_articles(f"ботинки дирижаблей {number}", "ru").hits
        took = elapsed()
        if found[0].article_id != number:
            raise RuntimeError("what was published is not found")
    yield Figure(f"{articles:,} articles: publish and find", took, "ms", AIM_PUBLISH_MS)


def main() -> None:
    given = json.loads(sys.stdin.read())
    config = Config.load(given["data"], database_url=given["url"], assets="local", testing=True)
    app = create_app(config)
    with app.app_context():
        before = _memory()
        if given["by_meaning"]:
            encoder.load()
        elapsed = clock.stopwatch()
        _look(given["questions"][0])
        told = {"first": elapsed()}
        for question in given["questions"][:40]:
            _look(question)
        times = sorted(_timed(lambda q=question: _look(q)) for question in given["questions"])
        told |= {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}
        print(json.dumps(told | {"memory": _memory() - before}))


def _look(question: str) -> None:
    with bus.unit_of_work(writes=False):
        search_articles(question, "ru")


def _timed(call: Callable[[], object]) -> float:
    elapsed = clock.stopwatch()
    call()
    return elapsed()


def _memory() -> float:
    """Of this process now, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


if __name__ == "__main__":
    main()
