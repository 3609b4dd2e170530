"""Two sentences beside each other: what went, what came."""

from desk.automation.compared import compared, differ
from desk.automation.pieces import Piece, plain

OLD = (Piece("IF", "key"), Piece(" the status is "), Piece("New", "value"), Piece(" today"))
NEW = (Piece("IF", "key"), Piece(" the line is "), Piece("Old", "value"), Piece(" today"))


def test_what_differs_is_marked_on_its_side() -> None:
    left, right = compared(OLD, NEW)
    assert plain(left) == plain(OLD)
    assert plain(right) == plain(NEW)
    assert [piece.text for piece in left if piece.kind == "gone"] == ["status", "New"]
    assert [piece.text for piece in right if piece.kind == "new"] == ["line", "Old"]


def test_alike_is_alike_however_it_is_cut() -> None:
    cut = (Piece("IF", "key"), Piece(" the status"), Piece(" is "), *OLD[2:])
    assert not differ(OLD, cut)
    assert compared(OLD, OLD) == compared(cut, cut)
