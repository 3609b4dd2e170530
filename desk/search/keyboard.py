"""Other readings of what was typed: the wrong keyboard layout, Russian in Latin letters."""

import re

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS[:33], _LATIN_KEYS[:33])
_CYRILLIC = re.compile("[а-яё]")

_SOUNDS = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувксыз", strict=True))
_SOUNDS |= {"sch": "щ", "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш"}
_SOUNDS |= {"yo": "ё", "jo": "ё", "yu": "ю", "ju": "ю", "ya": "я", "ja": "я", "ye": "е"}
_SOUNDS |= {"iy": "ий", "yy": "ый", "ay": "ай", "ey": "ей", "oy": "ой", "uy": "уй"}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))


def as_typed(text: str) -> str:
    return text


def other_layout(text: str) -> str:
    """The same keys pressed in the other layout: ghbdtn is привет, зфыыцщкв is password."""
    lowered = text.lower()
    return lowered.translate(_TO_LATIN if _CYRILLIC.search(lowered) else _TO_RUSSIAN)


def by_sound(text: str) -> str:
    """Russian written in Latin letters, in Russian letters: oplata is оплата."""
    return _SOUND.sub(lambda found: _SOUNDS[found[0]], text.lower())
