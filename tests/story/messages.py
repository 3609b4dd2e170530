"""Three hundred real messages of clients, and what a reader finds in each.

The texts are those of ../shared/data/faq/dev. They were read by a person, who marked what the
triggers of the demo company are to find in them. Clients of a video service and of a bank hardly
ever write about terminals and couriers, so some get a subject that belongs to the demo company.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "shared/data/faq/dev/data"
FILES = {"ru": FOLDER / "rutube_dev_ru.json", "en": FOLDER / "banking77_en.json"}
MISSING = f"the messages are not here: {FOLDER} (README: where the material for tests lies)"

# Of 3,080 questions to the bank every 34th, and nine that sound like what triggers look for.
ENGLISH = sorted({*range(0, 3080, 34), 373, 383, 447, 694, 1044, 1680, 1897, 1904, 2070, 2150})
ENGLISH_LATER = (31, 93, 248, 341, 434, 527, 775, 930, 961, 1209, 1240, 1302)

# Found by a reader: how the text begins → what is in it. No other of the 300 has any of it: not
# "terminate my account", which is no terminal, nor "double charged", which are not our words.
FOUND = {
    "I believe my card has been stolen, what can I do": "urgent",
    "This is URGENT, I typed the wrong payment": "urgent payment",
    "I made a cash deposit almost a week ago": "urgent",
    "Hello- It is urgent I get a refund": "urgent payment",
    "What would the approximate delivery date be if": "urgent",
    "I am in Austria right now. I need to change my PIN ASAP": "urgent",
    "I made a card payment and a fee": "payment",
    "I have paid money into my account": "payment",
    "How long does it take for a payment to go thru?": "payment",
    "How do I get refunded?": "payment",
    "Help! I keep checking my account, but my refund": "payment",
    "Why was my card payment declined?": "payment",
    "Card payment declined?": "payment",
    "I'm not sure why my card payment was cancelled": "payment",
    "Can I get paid in another currency?": "payment",
    "How do I top up my account with a cash payment?": "payment",
    "How much will I pay to exchange": "payment",
}

SUBJECTS = {
    "ru": (
        ("Задержка доставки заказа 58-2041", "delay"),
        ("Терминал не включается", "terminal"),
        ("Верните деньги за отменённый заказ", "payment"),
        ("Доставили без задержек, спасибо", ""),
        ("С доставкой опять задержки", "delay"),
        ("Срочно! Касса стоит", "urgent terminal"),
        ("Нужна копия чека с терминала", "terminal receipt payment"),
        ("Курьер не приехал", "delay"),
        ("Не срочно, на будущее", ""),
        ("На терминале ошибка 0x41", "terminal"),
        ("Задержка доставки, верните деньги", "delay payment"),
        ("Срочно нужен ответ", "urgent"),
        ("Касса не печатает чек", "terminal"),
        ("Курьеры опаздывают второй день", "delay"),
        ("Прошу прислать чек с терминала", "terminal receipt"),
        ("Деньги списали дважды", "payment"),
        ("Машина ждёт у ворот, курьер не приехал", "urgent delay"),
        ("Сканер не видит штрихкод", "terminal"),
        ("Нужен счёт и УПД за февраль", "payment"),
    ),
    "en": (
        ("Delivery delay again", "delay"),
        ("My terminal is broken", "terminal"),
        ("No delay at all, thank you", ""),
        ("The courier did not come", "delay"),
        ("Invoice for March", "payment"),
        ("The cash register does not print", "terminal"),
        ("Copy of the receipt, please", "receipt"),
    ),
}
LATER = {
    "ru": (
        ("Курьер так и не приехал, задержка доставки", "delay"),
        ("Срочно ответьте, пожалуйста", "urgent"),
    ),
    "en": (("The courier did not come", "delay"), ("Please answer ASAP", "urgent")),
}


@dataclass(frozen=True)
class Text:
    """`found` = what a reader finds in it: urgent, terminal, receipt, delay, payment."""

    locale: str
    subject: str
    body: str
    found: frozenset[str]


@cache
def texts() -> tuple[Text, ...]:
    """Two Russian ones, one English one, and so on."""
    russian, english = _queries("ru")[1:401:2], [_queries("en")[at] for at in ENGLISH]
    assert (len(russian), len(english)) == (200, 100)
    assert all(any(text.startswith(start) for text in english) for start in FOUND)
    return tuple(
        _text(place, "en", english[place // 3])
        if place % 3 == 2
        else _text(place, "ru", russian[place - (place + 1) // 3])
        for place in range(300)
    )


def _text(place: int, locale: str, body: str) -> Text:
    subject, found = " ".join(body.split())[:60], ""
    given = SUBJECTS[locale]
    if locale == "ru" and place % 6 == 0:
        subject, found = given[place // 6 % len(given)]
    if locale == "en" and place % 18 == 5:
        subject, found = given[place // 18 % len(given)]
    return Text(locale, subject, body, frozenset([*found.split(), *_found_in(body)]))


def _found_in(body: str) -> list[str]:
    return [
        word for start, marks in FOUND.items() if body.startswith(start) for word in marks.split()
    ]


def later_text(place: int, locale: str) -> Text:
    """What the client of a request writes when writing again."""
    if place % 7 in (0, 3):
        body, found = LATER[locale][place % 7 // 3]
        return Text(locale, "", body, frozenset([found]))
    at = 2 * (place % 200) if locale == "ru" else ENGLISH_LATER[place % len(ENGLISH_LATER)]
    return Text(locale, "", _queries(locale)[at], frozenset())


@cache
def _queries(locale: str) -> list[str]:
    return [query["text"] for query in json.loads(FILES[locale].read_text("utf-8"))["queries"]]
