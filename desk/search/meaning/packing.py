"""Vectors as bytes: a signed byte for each of the 512 numbers. Pure."""

import numpy as np
from numpy.typing import NDArray

from desk.search.meaning.encoder import SIZE, Vectors

Packed = NDArray[np.int8]
MOST = 127


def pack(vectors: Vectors) -> bytes:
    """Each row scaled by its own greatest number: only its direction is kept."""
    greatest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0.0), 1e-9)
    scaled: Packed = np.rint(vectors * (MOST / greatest)).astype(np.int8)
    return scaled.tobytes()


def packed(data: bytes) -> Packed:
    """As it was packed, a row for each vector."""
    return np.frombuffer(data, np.int8).reshape(-1, SIZE)


def unpack(rows: Packed) -> Vectors:
    """Rows of unit length."""
    return unit(rows.astype(np.float32))


def unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32, copy=False)
    return scaled
