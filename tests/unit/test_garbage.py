"""A server that stands tells the collector what it need not look through."""

import gc

from core import garbage


def test_what_stands_is_not_looked_through() -> None:
    before = gc.get_threshold()
    try:
        garbage.settle()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() == garbage.OFTEN
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_giving_back_is_possible_at_any_time() -> None:
    kept = bytearray(1 << 20)
    garbage.give_back()
    assert len(kept) == 1 << 20
