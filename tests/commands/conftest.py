"""Folders and ports of one's own for commands that are really started."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def private_data(tmp_path: Path) -> Path:
    """Where a data folder may be made; there is none yet."""
    return tmp_path / "data"


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]
