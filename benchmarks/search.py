"""How well and how fast the FAQ search finds, through the product's own indexing and search.

python -m benchmarks.search [--data DIR] [--k 0 --k 3] [--database sqlite|postgresql] [--json]

DIR has *.json of {"lang", "docs": [{id, title, body, topic?, examples}], "queries": [{text, doc}]};
k = how many examples of a document become its aliases. `build(docs, lang)` indexes documents in a
database of its own and gives `search(query) -> ids`, for other scorers.
"""

import argparse
import atexit
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.place import Figure, arguments, fresh, show
from core import bus, clock
from core.db import db
from core.text import words
from desk.search import reindex_all, search_articles, suggest
from models import Article, ArticleCategory, ArticleState, ArticleText

Search = Callable[[str], list[str]]
Doc = Mapping[str, Any]
Query = Mapping[str, Any]
DATA = Path(__file__).parents[2] / "shared/data/faq/dev/data"
DATABASE = "LINIYA_BENCHMARK_DATABASE"  # for `build`, which has no options: sqlite or postgresql
SHOWN = 10
SAMPLE = 400  # questions of one file
SEVERAL = 1_000  # articles for the times
P95_MS = 10.0
# Wanted without sentence vectors, recall@1 and @3 in percent.
AIMS = {
    ("rutube_dev_ru", 0): (50.0, 70.0),
    ("banking77_en", 3): (62.0, 82.0),
    ("banking77_en", 10): (74.0, 88.0),
}
_open = ExitStack()
atexit.register(_open.close)


def build(docs: Sequence[Doc], lang: str) -> Search:
    """Index the documents; the result lists ids of the best, best first."""
    _open.close()
    _open.enter_context(fresh(os.environ.get(DATABASE, "sqlite")))
    with bus.unit_of_work():
        ids = _store(docs, lang)
        reindex_all()

    def search(query: str) -> list[str]:
        with bus.unit_of_work(writes=False):
            return [ids[hit.article_id] for hit in search_articles(query, lang, limit=SHOWN).hits]

    return search


def _store(docs: Sequence[Doc], lang: str) -> dict[int, str]:
    """Published articles; the id of each document by the number of its article."""
    shelves: dict[str, ArticleCategory] = {}
    articles = []
    for doc in docs:
        topic = doc.get("topic") or "…"
        slug = f"shelf-{len(shelves)}"
        shelf = shelves.setdefault(topic, ArticleCategory(slug=slug, name_ru=topic, name_en=topic))
        articles.append(_article(doc, shelf, lang))
    db.session.add_all(articles)
    db.session.flush()
    return {article.id: doc["id"] for article, doc in zip(articles, docs, strict=True)}


def _article(doc: Doc, shelf: ArticleCategory, lang: str) -> Article:
    at = clock.now()
    text = ArticleText(
        locale=lang,
        slug="",
        title=doc["title"],
        body=doc["body"],
        html=f"<p>{escape(doc['body'])}</p>",
        aliases="\n".join(" ".join(each.split()) for each in doc["examples"]),
        updated_at=at,
    )
    state = ArticleState.PUBLISHED
    return Article(category=shelf, state=state, created_at=at, updated_at=at, texts=[text])


def measure(search: Search, queries: Sequence[Query], name: str) -> Iterator[Figure]:
    """Recall in percent, times in milliseconds."""
    found = [(query["doc"], search(query["text"])) for query in queries]
    first = sum(ids[:1] == [wanted] for wanted, ids in found)
    among_three = sum(wanted in ids[:3] for wanted, ids in found)
    nothing = sum(not ids for _wanted, ids in found)
    share = 100 / len(found)
    file, _, k = name.rpartition(" k=")
    aims = AIMS.get((file, int(k)), (None, None))
    yield Figure(f"{name} recall@1", first * share, "%", aims[0], at_least=True)
    yield Figure(f"{name} recall@3", among_three * share, "%", aims[1], at_least=True)
    yield Figure(f"{name} no result", nothing * share, "%", 1.0)


def _quality(folder: Path, ks: Sequence[int], seed: int) -> Iterator[Figure]:
    for path in sorted(folder.glob("*.json")):
        read = json.loads(path.read_text())
        queries = [query for query in read["queries"] if query["doc"]]
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        sample = chance.sample(queries, SAMPLE) if len(queries) > 2 * SAMPLE else queries
        most = max(len(doc["examples"]) for doc in read["docs"])
        for k in [k for k in ks if k <= most]:
            docs = [{**doc, "examples": doc["examples"][:k]} for doc in read["docs"]]
            yield from measure(build(docs, read["lang"]), sample, f"{path.stem} k={k}")


def _speed(path: Path, articles: int, chance: random.Random) -> Iterator[Figure]:
    """With as many articles as asked, made of the words of real ones."""
    read = json.loads(path.read_text())
    said = [word for doc in read["docs"] for word in words(f"{doc['title']} {doc['body']}")]
    docs = [
        {
            "id": str(number),
            "title": " ".join(chance.choices(said, k=chance.randint(4, 10))),
            "body": " ".join(chance.choices(said, k=chance.randint(40, 200))),
            "topic": f"topic {number % 12}",
            "examples": [],
        }
        for number in range(articles)
    ]
    queries = [query["text"] for query in read["queries"]][:SAMPLE]
    search = build(docs, read["lang"])
    yield from _times(f"search, {articles} articles", search, queries)

    def suggested(query: str) -> object:
        with bus.unit_of_work(writes=False):
            return suggest(query, read["lang"])

    yield from _times(f"suggest, {articles} articles", suggested, queries)
    yield from _times(f"a word, {articles} articles", search, [each.split()[0] for each in queries])


def _times(name: str, call: Callable[[str], object], queries: Sequence[str]) -> Iterator[Figure]:
    for query in queries[:40]:  # warm: the vocabulary is loaded by the first
        call(query)
    times = []
    for query in queries:
        elapsed = clock.stopwatch()
        call(query)
        times.append(elapsed())
    times.sort()
    yield Figure(f"{name}, p50", times[len(times) // 2], "ms")
    yield Figure(f"{name}, p95", times[int(len(times) * 0.95)], "ms", P95_MS)


def main() -> None:
    parser = arguments("Recall and times of the FAQ search.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of *.json")
    parser.add_argument("--k", type=int, action="append", help="aliases taken; may be repeated")
    parser.set_defaults(seed=3)
    options: argparse.Namespace = parser.parse_args()
    os.environ[DATABASE] = options.database
    ks = options.k or ([0] if options.quick else [0, 3, 10])
    figures = [*_quality(options.data, ks, options.seed)]
    chance = random.Random(options.seed)  # noqa: S311 - invented texts, not secrets
    figures += _speed(sorted(options.data.glob("*_ru.json"))[0], SEVERAL, chance)
    show(figures, options)


if __name__ == "__main__":
    main()
