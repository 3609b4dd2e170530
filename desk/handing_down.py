"""Solutions handed down: an article that the people of some groups are to read, and who has."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.db import db
from core.i18n import _
from desk.care import titles
from desk.catalog import catalog
from desk.errors import Invalid, NotFound
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasions import OCCASIONS
from models import Article, ArticleState, ArticleText, HandDown, HandDownReader, Staff

MOST_NOTE = 500
MOST = 200  # of a list
_TITLES = selectinload(Article.texts).load_only(
    ArticleText.article_id, ArticleText.locale, ArticleText.slug, ArticleText.title
)


def hand_down(article: Article, groups: Collection[int], *, note: str, by: Staff) -> HandDown:
    """Ask everybody who is in these groups now to read it. Invalid names the field."""
    known = catalog()
    if article.state == ArticleState.DRAFT:
        raise Invalid(_("Nobody can read a draft: publish it, or keep it to the staff."), "groups")
    if not groups or not known.groups.keys() >= set(groups):
        raise Invalid(_("Choose the groups."), "groups")
    if len(note) > MOST_NOTE:
        raise Invalid(_("The text is longer than %(n)s characters.", n=MOST_NOTE), "note")
    people = sorted({one for group in groups for one in known.members.get(group, ())} - {by.id})
    people = [one for one in people if known.staff[one].is_active]
    if not people:
        raise Invalid(_("There is nobody else in these groups."), "groups")
    made = HandDown(
        article=article,
        by=by,
        note=note,
        groups=sorted(groups),
        at=clock.now(),
        readers=[HandDownReader(staff_id=one) for one in people],
    )
    db.session.add(made)
    db.session.flush()
    _tell(made, people, again="")
    return made


def remind(made: HandDown) -> int:
    """Tell those who have not read it once more; how many. Invalid more than once in a day."""
    now = clock.now()
    if made.reminded_at is not None and now - made.reminded_at < timedelta(days=1):
        raise Invalid(_("They were reminded within the last day already."), "hand_down")
    made.reminded_at = now
    left = [one.staff_id for one in made.unread if catalog().staff[one.staff_id].is_active]
    _tell(made, left, again=f".{now:%Y%m%d%H%M}")
    return len(left)


def of(article: Article, number: int) -> HandDown:
    made = _get(number)
    if made.article_id != article.id:
        raise NotFound(_("Nothing of that kind was handed down."))
    return made


def for_reader(number: int, person: Staff) -> tuple[HandDown, HandDownReader]:
    """What was handed down to this person. NotFound for others, and where it is a draft again."""
    made = _get(number)
    mine = next((one for one in made.readers if one.staff_id == person.id), None)
    if mine is None or made.article.state == ArticleState.DRAFT:
        raise NotFound(_("Nothing of that kind was handed down."))
    return made, mine


def mark_read(mine: HandDownReader) -> None:
    """The first time counts."""
    mine.read_at = mine.read_at or clock.now()


def shelf(person: Staff) -> list[HandDownReader]:
    """What this person was asked to read, unread first, then the newest."""
    query = (
        select(HandDownReader)
        .join(HandDownReader.hand_down)
        .join(HandDown.article)
        .where(HandDownReader.staff_id == person.id, Article.state != ArticleState.DRAFT)
        .options(
            joinedload(HandDownReader.hand_down).joinedload(HandDown.by),
            joinedload(HandDownReader.hand_down).joinedload(HandDown.article).options(_TITLES),
        )
        .order_by(HandDownReader.read_at.is_not(None), HandDown.at.desc(), HandDown.id.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def unread_by(person: Staff) -> int:
    query = (
        select(func.count())
        .select_from(HandDownReader)
        .join(HandDownReader.hand_down)
        .join(HandDown.article)
        .where(HandDownReader.staff_id == person.id, HandDownReader.read_at.is_(None))
        .where(Article.state != ArticleState.DRAFT)
    )
    return db.session.scalar(query) or 0


def of_article(article: Article) -> Sequence[HandDown]:
    """With their readers, the newest first."""
    query = (
        select(HandDown)
        .where(HandDown.article_id == article.id)
        .options(joinedload(HandDown.by), selectinload(HandDown.readers))
        .order_by(HandDown.at.desc(), HandDown.id.desc())
    )
    return db.session.scalars(query).all()


def _get(number: int) -> HandDown:
    made = db.session.get(HandDown, number) if number < 2**31 else None
    if made is None:
        raise NotFound(_("Nothing of that kind was handed down."))
    return made


def _tell(made: HandDown, people: Iterable[int], *, again: str) -> None:
    data = {
        "hand_down": made.id,
        "who": made.by.name,
        "titles": titles(made.article),
        "words": made.note,
    }
    news = News(OCCASIONS["to_read"], f"down{made.id}{again}", None, None, data)
    readers = [catalog().staff[one] for one in people]
    for one in readers:
        telling.tell(one, news)
