"""How the collector of garbage works in a program that serves for long."""

import ctypes
import gc

OFTEN = (10_000, 20, 20)  # a request makes some thousand objects, nearly all of which go with it


def settle() -> None:
    """To be called when the program stands: what it consists of is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)


def give_back() -> None:
    """To be called when something large was built: what its building took and the C library keeps
    goes back to the system, a third of the memory of a large index. Elsewhere than on glibc, as it
    is."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
