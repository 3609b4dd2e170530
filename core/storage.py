"""Files kept by the hash of their content: a folder by default."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 64 * 1024


class Storage(Protocol):
    """Where attachments and raw messages lie. Keys are hex SHA-256 of the content."""

    def put(self, content: bytes) -> str: ...

    def open(self, key: str) -> BinaryIO: ...


class FolderStorage:
    """data/files/ab/cdef...; written aside, then renamed, so a half file never has a name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        if path.exists():
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
        return key

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def _path(self, key: str) -> Path:
        if len(key) != 64 or not key.isalnum():
            raise ValueError("not a storage key")
        return self.root / key[:2] / key[2:]
