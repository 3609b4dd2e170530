"""The root that a noun and its verb share: "задержка" and "задержали", "delivery" and "delivered".

A stem joins the forms of one word; a root also joins what is derived from it. Endings that derive
are cut in order, but never below a length at which unrelated words would meet, and the consonants
that Russian changes on the way (доставить - доставлю, оплатить - оплачено) are put back. What no
rule reaches is in the table. Roots are made to be compared, not to be read.
"""

import re
from functools import lru_cache

from core.text import folded, stem

# Root: stems and whole words that have it. Suppletive verbs, vowels that change on the way, stems
# that Snowball cuts short, and words that a rule would join to strangers.
_FAMILIES = {
    "возврат": "верните верни вернул вернут вернет",
    "деньг": "денег",
    "жалоб": "жалуюсь жалуемся жалуется жалуются жалова пожалова",
    "звон": "позвон дозвон",
    "замен": "зам заменя",
    "отмен": "отм отменя",
    "измен": "изм изменя",
    "запис": "зап",
    "опозд": "опаздыва",
    "слом": "лома лом ломают полом",
    "приход": "пришел пришл придет прид прийт придут",
    "присыл": "пришлите пришлю пришлет присыла присла",
    "приех": "приед приедет приедут приезжа приезд",
    "вход": "войт войд вошел вошл вхож",
    "завися": "зависит зависят зависел зависело зависеть",
    "перевод": "перевел перевед перевест перевож",
    "передат": "переда передан",
    "помощ": "помоч помог помога",
    "проблем": "пробл",
    "регистр": "регистрир",
    "настро": "настраива",
    "куп": "купл",
    "руб": "рубл",
    "реш": "решен реша",
    "жд": "жду ждет ждем ждут ждал ждат жда жде ожида ожидан",
    "брак": "бракова бракован",
    "письм": "пис писем",
    "список": "списк",
    "компан": "",
    "кампан": "",
    "pay": "paid payment payer",
    "send": "sent",
    "lose": "lost loss",
    "break": "broke broken breakag",
    "fail": "failur",
    "get": "got gotten",
    "come": "came",
    "go": "went gone",
    "log": "login logon",
    "buy": "bought",
    "ship": "shipment",
    "complain": "complaint",
    "deliv": "deliveri",
    "regist": "registr",
    "terminal": "terminals",
    "subscrib": "subscript",
    "explain": "explan",
}
_TABLE = {form: family for family, forms in _FAMILIES.items() for form in [family, *forms.split()]}

# Ending, what takes its place, letters that must be left.
_ENDINGS = [
    (re.compile(ending), instead, left)
    for ending, instead, left in (
        (r"(?<=[аеиоуыэюя])ек$", "йк", 5),  # настроек: настройк
        (r"(?<=[^аеиоуыэюя])[ое]к$", "к", 4),  # задержек: задержк
        (r"из(?:ац|ова|ован)$", "из", 4),
        (r"(?:ац|ирова|ирован)$", "", 4),
        (r"[иы]ван?$", "", 4),
        (r"[ая]н$", "", 4),
        (r"ен$", "", 5),
        (r"[ая]$", "", 4),
        (r"(?<=[^аеиоуыэюя])к$", "", 4),
        (r"(?<=[аеиоуыэюя])й$", "", 4),
        (r"(?<=[бвпмф])л$", "", 4),
        (r"(?<=[сз])л$", "", 5),
        (r"жд$", "д", 5),
        (r"[чщ]$", "т", 5),
        (r"ш$", "с", 5),
        (r"ж$", "з", 5),
    )
]


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """The root of a word, folded or as written; short and unknown words are their own stems."""
    known = _TABLE.get(folded(word))
    if known:
        return known
    cut = stem(word)
    for ending, instead, left in () if cut.isascii() else _ENDINGS:
        if cut in _TABLE:
            break
        shorter = ending.sub(instead, cut)
        if len(shorter) >= left:
            cut = shorter
    return _TABLE.get(cut, cut)
