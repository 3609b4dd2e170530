"""Files of static/: bundles made of their parts, addresses that change with the content."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static"
HASH_LENGTH = 10


class Assets:
    """The files of one folder; bundles.json there names the parts of each bundle, in order. A part
    may be a bundle that stands before it."""

    def __init__(self, folder: Path = FOLDER, *, fresh: bool = False) -> None:
        """`fresh` looks at the files again each time: for those who edit them."""
        self.folder = folder.resolve()
        self.fresh = fresh
        self._seen: dict[str, tuple[bytes, str]] = {}
        self.bundles: dict[str, list[str]] = json.loads((folder / "bundles.json").read_text())

    def url(self, name: str) -> str:
        """The address of a file. FileNotFoundError when there is none."""
        return f"/static/{name}?v={self.version(name)}"

    def version(self, name: str) -> str:
        return self._look(name)[1]

    def content(self, name: str) -> bytes:
        """What is sent. FileNotFoundError for an unknown name and for one outside the folder."""
        return self._look(name)[0]

    def _look(self, name: str) -> tuple[bytes, str]:
        if self.fresh or name not in self._seen:
            content = self._joined(name) if name in self.bundles else self._file(name)
            self._seen[name] = content, hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
        return self._seen[name]

    def _joined(self, name: str) -> bytes:
        return b"".join(self._part(part).rstrip() + b"\n" for part in self.bundles[name])

    def _part(self, name: str) -> bytes:
        return self._joined(name) if name in self.bundles else self._file(name)

    def _file(self, name: str) -> bytes:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder) or not path.is_file():
            raise FileNotFoundError(name)
        return path.read_bytes()


@lru_cache(maxsize=1)
def assets() -> Assets:
    """Those of this program."""
    return Assets()


def static_url(name: str) -> str:
    """For templates: /static/css/portal.css?v=1a2b3c4d5e."""
    return assets().url(name)


@lru_cache
def vendored(name: str) -> dict[str, str]:
    """An entry of static/vendor/vendor.json."""
    entries: list[dict[str, str]] = json.loads(assets().content("vendor/vendor.json"))
    return next(entry for entry in entries if entry["name"] == name)
