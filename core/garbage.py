"""How the collector of garbage works in a program that serves for long."""

import gc

OFTEN = (10_000, 20, 20)  # a request makes some thousand objects, nearly all of which go with it


def settle() -> None:
    """To be called when the program stands: what it consists of is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
