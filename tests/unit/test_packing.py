"""What is packed comes back, and is small."""

from hypothesis import given
from hypothesis import strategies as st

from desk.automation.packing import packed, unpacked

VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=40), st.lists(st.text(max_size=9)))


@given(st.binary(max_size=1200), st.dictionaries(st.text(max_size=20), VALUES, max_size=9))
def test_comes_back(codes: bytes, seen: dict[str, object]) -> None:
    assert unpacked(packed(codes, seen)) == (codes, seen)


def test_is_small() -> None:
    seen = {"status": 1, "line": 1, "priority": 2, "tags": [], "channel": "portal", "locale": "ru"}
    codes = bytes(8 + at * 7 % 11 % 4 for at in range(100))
    assert len(packed(codes, seen)) <= 70


def test_what_was_packed_once_is_read_for_ever() -> None:
    """A row of the first day: the dictionary may never change."""
    row = bytes.fromhex(FIRST)
    assert unpacked(row) == (bytes([0, 1, 8, 9, 9, 10, 4]), {"priority": 2, "text": "Где посылка"})


FIRST = "0163606760e4007258aad18c82f8f0c264509a82249146601adb0d4a114ab500"
