"""How well and how fast the FAQ search finds, through the product's own indexing and search.

python -m benchmarks.search [--data DIR] [--k 0 --k 3] [--backend sqlite|postgresql] [--by-words]
python -m benchmarks.search --sizes 1000 10000 100000

DIR has *.json of {"lang", "docs": [{id, title, body, topic?, examples}], "queries": [{text, doc}]};
k = how many examples of a document become its aliases; where there is DIR/../noise.py, questions
are also spoilt by it. `build(docs, lang)` indexes documents in a database of its own and gives
`search(query) -> ids`, for other scorers.
"""

import argparse
import atexit
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from html import escape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from benchmarks.place import Figure, arguments, fresh, show
from benchmarks.search_size import at_size, said
from core import bus, clock
from core.db import db
from desk.search import reindex_all, search_articles
from desk.search.meaning import catching_up, encoder
from models import Article, ArticleCategory, ArticleState, ArticleText

Search = Callable[[str], list[str]]
Doc = Mapping[str, Any]
Query = Mapping[str, Any]
DATA = Path(__file__).parents[2] / "shared/data/faq/dev/data"
DATABASE = "LINIYA_BENCHMARK_DATABASE"  # for `build`, which has no options: sqlite or postgresql
MEANING = "LINIYA_BENCHMARK_MEANING"  # 0: by words alone
SHOWN = 10
SAMPLE = 400  # questions of one file
# Wanted, recall@1 and @3 in percent.
AIMS = {
    "rutube_dev_ru k=0": (55.0, 74.0),
    "banking77_en k=3": (72.0, 89.0),
    "banking77_en k=10": (83.0, 95.0),
}
AIMS_BY_WORDS = {
    "rutube_dev_ru k=0": (50.0, 70.0),
    "banking77_en k=3": (62.0, 82.0),
    "banking77_en k=10": (74.0, 88.0),
}
MOST_WITHOUT_RESULT = 1.0
_open = ExitStack()
atexit.register(_open.close)


def build(docs: Sequence[Doc], lang: str) -> Search:
    """Index the documents; the result lists ids of the best, best first."""
    _open.close()
    _open.enter_context(fresh(os.environ.get(DATABASE, "sqlite")))
    with bus.unit_of_work():
        ids = _store(docs, lang)
        reindex_all()
    if _by_meaning():
        encoder.load()
        while catching_up.catch_up():
            pass
    else:
        encoder.forget()

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
    """Recall in percent."""
    found = [(query["doc"], search(query["text"])) for query in queries]
    first = sum(ids[:1] == [wanted] for wanted, ids in found)
    among_three = sum(wanted in ids[:3] for wanted, ids in found)
    nothing = sum(not ids for _wanted, ids in found)
    share = 100 / len(found)
    aims = (AIMS if _by_meaning() else AIMS_BY_WORDS).get(name, (None, None))
    yield Figure(f"{name} recall@1", first * share, "%", aims[0], at_least=True)
    yield Figure(f"{name} recall@3", among_three * share, "%", aims[1], at_least=True)
    yield Figure(f"{name} no result", nothing * share, "%", MOST_WITHOUT_RESULT)


def _quality(folder: Path, ks: Sequence[int], seed: int) -> Iterator[Figure]:
    noise = _noise(folder)
    for path in sorted(folder.glob("*.json")):
        read = json.loads(path.read_text())
        queries = [query for query in read["queries"] if query["doc"]]
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        sample = chance.sample(queries, SAMPLE) if len(queries) > 2 * SAMPLE else queries
        most = max(len(doc["examples"]) for doc in read["docs"])
        for k in [k for k in ks if k <= most]:
            docs = [{**doc, "examples": doc["examples"][:k]} for doc in read["docs"]]
            search = build(docs, read["lang"])
            yield from measure(search, sample, f"{path.stem} k={k}")
            for kind in noise.KINDS[read["lang"]][1:] if noise else ():
                texts = noise.variant([query["text"] for query in sample], kind, read["lang"])
                spoilt = [
                    {**query, "text": text} for query, text in zip(sample, texts, strict=True)
                ]
                yield from measure(search, spoilt, f"{path.stem} k={k} {kind}")


def _noise(folder: Path) -> Any:
    """noise.py of the folder above, which spoils questions; None where there is none."""
    path = folder.parent / "noise.py"
    if not path.exists():
        return None
    spec = spec_from_file_location("noise", path)
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _by_meaning() -> bool:
    return os.environ.get(MEANING, "1") == "1"


def main() -> None:
    parser = arguments("Recall and times of the FAQ search.")
    parser.add_argument("--backend", dest="database", choices=("sqlite", "postgresql"))
    parser.add_argument("--data", type=Path, default=DATA, help="folder of *.json")
    parser.add_argument("--k", type=int, action="append", help="aliases taken; may be repeated")
    parser.add_argument("--by-words", action="store_true", help="without sentence vectors")
    parser.add_argument("--sizes", type=int, nargs="*", help="times with so many articles, only")
    parser.set_defaults(seed=3)
    options: argparse.Namespace = parser.parse_args()
    os.environ[DATABASE] = options.database
    os.environ[MEANING] = "0" if options.by_words else "1"
    if options.sizes is not None:
        sizes = options.sizes or [1_000, 10_000, 100_000]
        words = said(options.data)
        figures = [each for size in sizes for each in at_size(size, words, options)]
    else:
        ks = options.k or ([0] if options.quick else [0, 3, 10])
        figures = [*_quality(options.data, ks, options.seed)]
    show(figures, options)


if __name__ == "__main__":
    main()
