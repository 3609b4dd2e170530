"""The root that a noun and its verb share: "задержка" and "задержали", "delivery" and "delivered".

A stem joins the forms of one word; a root also joins what is derived from it. Endings that derive
are cut in order, but never below a length at which unrelated words would meet, and the consonants
that Russian changes on the way (доставить - доставлю, оплатить - оплачено) are put back. What no
rule reaches is in the table. Roots are made to be compared, not to be read.
"""

import re
from functools import lru_cache

from core.families import FAMILIES
from core.irregular import PRESENT_OF
from core.text import folded, stem

_TABLE = {form: family for family, forms in FAMILIES.items() for form in [family, *forms.split()]}

# Ending, what takes its place, letters that must be left.
_ENDINGS = [
    (re.compile(ending), instead, left)
    for ending, instead, left in (
        (r"(?<=[бвдзжклмнпрстхчшщ])ьт$", "", 4),  # проверьте
        (r"ост$", "", 5),
        (r"ничес(?:тв|к)?$", "ник", 6),
        (r"[ео]чн$", "", 4),  # ошибочный, проверочный
        (r"(?<=[гкхсзб])нут$", "", 5),  # расторгнуть
        (r"ировк$", "", 4),
        (r"(?<=[аеиоуыэюя])ек$", "йк", 5),  # настроек: настройк
        (r"(?<=[^аеиоуыэюя])[ое]к$", "к", 4),  # задержек: задержк
        (r"из(?:ац|ова|ован|ир)$", "из", 4),
        (r"(?:ац|ирова|ирован)$", "", 4),
        (r"ир$", "", 4),
        (r"фиц$", "фик", 5),
        (r"ован?$", "", 5),
        (r"[иы]ван?$", "", 4),
        (r"[ая]н$", "", 4),
        (r"ен$", "", 4),
        (r"льн$", "л", 4),
        (r"(?<=[бвгзкмпфхс])н$", "", 4),  # интересный, доступность
        (r"[ая]$", "", 4),
        (r"нес(?:т|л)?$", "нос", 5),  # перенести: перенос
        (r"(?<=[^аеиоуыэюя])к$", "", 4),
        (r"(?<=[аеиоуыэюя])й$", "", 4),
        (r"(?<=[бвпмф])л$", "", 4),
        (r"(?<=[сзкг])л$", "", 5),
        (r"жд$", "д", 5),
        (r"[чщ]$", "т", 5),
        (r"ш$", "с", 4),
        (r"ж$", "з", 4),
        (r"г$", "з", 6),
    )
]


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """The root of a word, folded or as written; short and unknown words are their own stems."""
    plain = folded(word)
    plain = PRESENT_OF.get(plain, plain)
    known = _TABLE.get(plain)
    if known:
        return known
    cut = stem(plain)
    for ending, instead, left in () if cut.isascii() else _ENDINGS:
        if cut in _TABLE:
            break
        shorter = ending.sub(instead, cut)
        if len(shorter) >= left:
            cut = shorter
    return _TABLE.get(cut, cut)
