"""Tests talk to this machine only: a connection to anywhere else fails the test."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

_attempts: list[str] = []
_connect, _connect_ex, _getaddrinfo = (
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.getaddrinfo,
)


class OutsideConnection(Exception):  # noqa: N818 - reads as what happened
    """The code under test wanted to reach another machine."""


def is_loopback(host: Any) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check(address: Any) -> None:
    # An address of a Unix socket is a path: always of this machine.
    host = address[0] if isinstance(address, tuple) else None
    if not is_loopback(host):
        _attempts.append(str(address))
        raise OutsideConnection(f"a test may not connect to {address}")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check(address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _check((host,))
    return _getaddrinfo(host, *args, **kwargs)


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def outside_connections() -> Iterator[list[str]]:
    """What this test tried to reach; fails it even when the code under test swallowed the error."""
    _attempts.clear()
    yield _attempts
    assert not _attempts, f"connections to other machines: {_attempts}"
