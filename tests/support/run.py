"""One test run: what its workers share, started by the first who needs it."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import Server


class SharedRun:
    """A folder that every worker of this run sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """The JSON value that `make` gives, computed by one worker for all."""
        path = self.folder / f"{name}.json"
        with self._alone():
            if not path.exists():
                path.write_text(json.dumps(make()))
            return json.loads(path.read_text())

    def postgres(self) -> Server:
        found = self.once("postgres", _start_postgres)
        if "missing" in found:
            raise LookupError(found["missing"])
        return Server(Path(found["binaries"]), Path(found["folder"]))

    def stop(self) -> None:
        path = self.folder / "postgres.json"
        if path.exists() and "folder" in json.loads(path.read_text()):
            self.postgres().stop()


def _start_postgres() -> dict[str, str]:
    try:
        server = Server.start()
    except LookupError as error:
        return {"missing": str(error)}
    return {"binaries": str(server.binaries), "folder": str(server.folder)}


def shared_folder(config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """With xdist each worker's base folder lies inside the run's; without, it is the run's."""
    base = factory.getbasetemp()
    return base.parent if hasattr(config, "workerinput") else base
