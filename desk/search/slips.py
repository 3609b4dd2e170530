"""Whether a word may be a slip of the finger or the ear for another one. Pure."""

from itertools import product

from rapidfuzz.distance import Levenshtein

_ROWS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)
# Letters that sound alike where the stress is elsewhere, or at the end of a word.
_BY_EAR = "а/о е/и е/э я/е ы/и е/я ь/ъ щ/ш ц/ы т/д с/з б/п в/ф г/к a/e e/i i/y o/u c/s c/k s/z"
SHORTEST = 4
TWO_SLIPS = 9  # letters; shorter words are taken for what they are when two are wrong


def _neighbours() -> frozenset[tuple[str, str]]:
    """Keys that touch, in both orders."""
    keys = [
        [(letter, x, y) for y, row in enumerate(rows) for x, letter in enumerate(row)]
        for rows in _ROWS
    ]
    return frozenset(
        (one, two)
        for layout in keys
        for (one, x, y), (two, x2, y2) in product(layout, repeat=2)
        if one != two and abs(x - x2) <= 1 and abs(y - y2) <= 1
    )


_EAR = [tuple(pair.split("/")) for pair in _BY_EAR.split()]
_ALIKE = _neighbours().union((one, two) for one, two in _EAR).union((two, one) for one, two in _EAR)


def is_slip(typed: str, meant: str) -> bool:
    """Letters swapped, doubled, left out, or struck or heard for another.

    Never the first letter, which people seldom miss, nor the last, by which the forms of a word
    differ: "feel" is not "fee", "пишут" is not "пишет".
    """
    if len(typed) < SHORTEST or typed[0] != meant[:1] or typed == meant:
        return False
    if _is_swap(typed, meant) or _is_doubled(typed, meant):
        return True
    edits = Levenshtein.editops(typed, meant)
    most = 2 if len(typed) >= TWO_SLIPS else 1
    last = len(typed) - 1
    return len(edits) <= most and all(
        edit.src_pos < last and _is_likely(edit.tag, edit.src_pos, edit.dest_pos, typed, meant)
        for edit in edits
    )


def _is_likely(tag: str, at: int, there: int, typed: str, meant: str) -> bool:
    if tag == "insert":
        return True
    if tag == "delete":
        return typed[at] in (typed[at - 1], typed[at + 1 : at + 2])
    return (typed[at], meant[there]) in _ALIKE


def _is_swap(typed: str, meant: str) -> bool:
    wrong = [at for at, (one, two) in enumerate(zip(typed, meant, strict=False)) if one != two]
    if len(typed) != len(meant) or len(wrong) != 2:
        return False
    first, second = wrong
    return second == first + 1 and typed[first : second + 1] == meant[second] + meant[first]


def _is_doubled(typed: str, meant: str) -> bool:
    """One letter of `meant` struck twice, wherever it stands."""
    return len(typed) == len(meant) + 1 and any(
        typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant
        for at in range(1, len(typed))
    )
