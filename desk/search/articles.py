"""Finding articles: for a reader who searches, one who writes a request, and beside an article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.db import db
from core.i18n import LOCALES
from desk.readers import EVERYBODY, Reader, audiences
from desk.search.analysis import LITTLE, terms
from desk.search.confidence import confidence
from desk.search.counting import WORTH
from desk.search.digest import digests
from desk.search.hits import hits_of
from desk.search.lookup import lookup, vocabulary
from desk.search.matching import Matches
from desk.search.meaning.nearness import Question, question
from desk.search.ranking import Ranked, rank
from desk.search.reading import Part, Reading, read
from desk.search.result import Hit, SearchResult
from desk.search.vocabulary import Vocabulary
from models import Article
from models.search import ArticleIndex

CANDIDATES = 60
TAIL = 0.25  # of the best score; what is below is no answer
TAIL_BY_MEANING = 0.6  # no text is far from any other
JUST_SO = 0.95  # as like the words as a title can be, counting errors apart
SUGGESTIONS = 5
TELLING = 12  # words of a long text that are searched for
LONGEST_TEXT = 400  # words
CONFIDENT = 0.4  # 4 in 5 who have an answer see something, half of who have none see nothing
OWN_CATEGORY = 1.2
AKIN = 0.15  # of the weight of an article's own words must be in a related one


def search_articles(
    query: str, locale: str, *, limit: int = 8, who: Reader = EVERYBODY, exact: bool = False
) -> SearchResult:
    """The best answers in the reader's language, else in another. `exact` switches repair off.

    Little words alone ("the", "и") find nothing but what has just them for its title ("About us");
    question words are no little words: they find the titles that ask so.
    """
    for code, reading in _readings(query, locale, who, exact=exact):
        asked = None if exact else question(_meant(reading, query), code)
        answers = _answers(reading, code, who, asked)
        if answers:
            return SearchResult(
                query,
                _meant(reading, query),
                code,
                hits_of(answers[:limit], reading, code, who),
                len(answers),
                confidence(answers),
            )
    return SearchResult(query, query, locale)


def suggest(
    text: str, locale: str, *, who: Reader = EVERYBODY, sure: float = CONFIDENT
) -> list[Hit]:
    """Answers to show beside a request that is being written: few, and only likely ones.

    `sure` = how likely one must be the answer; less will do for who can judge it.
    """
    words = vocabulary(locale, audiences(who))
    reading = _most_telling(read(text, words, most=LONGEST_TEXT), words)
    ranked = _ranked(reading, locale, who, question(text, locale))
    if confidence(ranked) < sure:
        return []
    return hits_of(_near_the_best(ranked)[:SUGGESTIONS], reading, locale, who)


def related(article: Article, locale: str, *, limit: int = 4, who: Reader = EVERYBODY) -> list[Hit]:
    """Other articles on the same matter, those of its own category a little before the rest."""
    text = article.text_in(locale)
    row = db.session.get(ArticleIndex, text.id) if text else None
    if row is None:
        return []
    reading = _gist(row, vocabulary(locale, audiences(who)))
    ranked = [
        each
        for each in _ranked(reading, locale, who)
        if each.text_id != row.text_id and each.coverage >= AKIN
    ]
    near = hits_of(ranked[: limit * 3], reading, locale, who)
    own = article.category.slug
    near = [
        hit._replace(score=hit.score * (OWN_CATEGORY if hit.category_slug == own else 1.0))
        for hit in near
    ]
    return sorted(near, key=lambda hit: -hit.score)[:limit]


def _readings(query: str, locale: str, who: Reader, *, exact: bool) -> list[tuple[str, Reading]]:
    """As the reader's language has it; as the others too when none of the words is known there."""
    readings: list[tuple[str, Reading]] = []
    for code in sorted(LOCALES, key=lambda code: code != locale):
        if not readings or not readings[0][1].known:
            reading = read(query, vocabulary(code, audiences(who)), exact=exact)
            readings.append((code, reading))
    return sorted(readings, key=lambda each: not each[1].known)


def _meant(reading: Reading, query: str) -> str:
    return reading.understood if reading.is_repaired else query


def _answers(reading: Reading, locale: str, who: Reader, asked: Question | None) -> list[Ranked]:
    ranked = _ranked(reading, locale, who, asked)
    if LITTLE.issuperset(part.stem for part in reading.parts):
        return [each for each in ranked if each.likeness >= JUST_SO]
    return _near_the_best(ranked)


def _near_the_best(ranked: Sequence[Ranked]) -> list[Ranked]:
    if not ranked:
        return []
    tail = TAIL_BY_MEANING if ranked[0].nearness else TAIL
    return [each for each in ranked if each.score >= tail * ranked[0].score]


def _ranked(
    reading: Reading, locale: str, who: Reader, asked: Question | None = None
) -> list[Ranked]:
    """Those that have the words best and those whose meaning is nearest."""
    readers, known = audiences(who), lookup(locale)
    words = known.vocabulary(readers)
    matches = Matches(reading, known.postings, words, readers)
    found = matches.best(CANDIDATES)
    near = None
    if asked is not None:
        found = list(dict.fromkeys([*found, *asked.nearest(readers, CANDIDATES)]))
        near = asked.near(found)
    return rank(reading, digests(found, words), matches, words, near)


def _most_telling(reading: Reading, words: Vocabulary) -> Reading:
    def worth(part: Part) -> float:
        return part.weight * words.idf(part.stem) if part.stem in words else 0.0

    best = sorted(reading.parts, key=worth, reverse=True)[:TELLING]
    return replace(reading, parts=tuple(part for part in best if worth(part)))


def _gist(row: ArticleIndex, words: Vocabulary) -> Reading:
    """The words that tell most of an article, as a query."""
    often: Counter[str] = Counter()
    fields = {"title": row.title.split(), "aliases": row.aliases.split(), "body": terms(row.plain)}
    for field, stems in fields.items():
        for stem in stems:
            often[stem] += WORTH[field]
    telling = (stem for stem in often if stem not in LITTLE and stem in words)
    best = sorted(telling, key=lambda stem: (-often[stem] * words.idf(stem), stem))[:TELLING]
    parts = tuple(Part(stem, ((stem, 1.0),)) for stem in best)
    return Reading(parts, "", is_repaired=False, known=len(parts))
