"""What every installation needs before its first ticket: actors, lines, statuses, a calendar."""

from core import clock
from core.db import db
from core.i18n import DEFAULT_ZONE
from desk import catalog
from desk.automation.starter import ensure_starter_rules
from models import (
    Calendar,
    CounterActor,
    Direction,
    DispatcherActor,
    Group,
    Line,
    Participant,
    RuleActor,
    Status,
    StatusCategory,
    TicketType,
)

STATUSES = (
    ("new", "Новое", "New", StatusCategory.NEW, "blue", "diamond"),
    ("in_work", "В работе", "In progress", StatusCategory.OPEN, "teal", "dot"),
    ("waiting", "Ждём клиента", "Waiting for client", StatusCategory.PENDING, "amber", "half"),
    ("solved", "Решено", "Solved", StatusCategory.SOLVED, "grey", "check"),
    ("closed", "Закрыто", "Closed", StatusCategory.CLOSED, "grey", "check"),
)
LINES = (
    (0, "Самообслуживание", "Self-service", False),
    (1, "Первая линия", "First line", False),
    (2, "Специалисты", "Specialists", False),
    (3, "Эксперты", "Experts", True),
    (4, "Внешние", "Outsiders", True),
)
TYPES = (
    ("question", "Вопрос", "Question"),
    ("problem", "Проблема", "Problem"),
    ("repair", "Ремонт", "Repair"),
    ("payment", "Оплата", "Payment"),
)
OFFICE_WEEK = [[["09:00", "18:00"]]] * 5 + [[], []]


def ensure_reference() -> None:
    """Make what is missing; what is there stays as people changed it."""
    if db.session.query(Status).first() is None:
        _actors()
        _words()
        _places()
        catalog.changed()
    ensure_starter_rules()


def _actors() -> None:
    at = clock.now()
    kinds = (RuleActor, CounterActor, DispatcherActor)
    db.session.add_all(kind(name="Liniya", created_at=at) for kind in kinds)


def _words() -> None:
    for position, (key, ru, en, category, colour, shape) in enumerate(STATUSES):
        row = Status(key=key, name_ru=ru, name_en=en, category=category, position=position)
        row.colour, row.shape = colour, shape
        db.session.add(row)
    for position, (key, ru, en) in enumerate(TYPES):
        db.session.add(TicketType(key=key, name_ru=ru, name_en=en, position=position))


def _places() -> None:
    for number, ru, en, hidden in LINES:
        db.session.add(Line(id=number, name_ru=ru, name_en=en, hidden_from_clients=hidden))
    db.session.add(Direction(key="main", name_ru="Поддержка", name_en="Support"))
    db.session.add(Group(key="first", name_ru="Первая линия", name_en="First line"))
    db.session.add(
        Calendar(
            key="office",
            name_ru="Рабочие дни",
            name_en="Office days",
            zone=DEFAULT_ZONE,
            week=OFFICE_WEEK,
            holidays="RU",
        )
    )


def has_staff() -> bool:
    return db.session.query(Participant).filter_by(kind="staff").first() is not None
