"""The application served over real HTTP from a thread of the test process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import waitress.server
from flask import Flask


@dataclass(frozen=True)
class LiveServer:
    """`app` answers at `url`."""

    url: str
    port: int
    app: Flask


@contextmanager
def served(app: Flask, threads: int = 8) -> Iterator[LiveServer]:
    """Serve `app` on a free loopback port until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    sockets: dict[int, Any] = {}
    server = waitress.server.create_server(app, map=sockets, sockets=[listener], threads=threads)
    thread = threading.Thread(target=server.run, name="live-server", daemon=True)
    thread.start()
    try:
        yield LiveServer(f"http://127.0.0.1:{port}", port, app)
    finally:
        if "hub" in app.extensions:  # its streams hold threads
            app.extensions["hub"].close()
        server.task_dispatcher.shutdown(timeout=2)
        with suppress(OSError):  # a loop that is awake anyway closes all before the pull
            server.trigger.pull_trigger(lambda: _close_all(sockets))
        thread.join(5)
        assert not thread.is_alive(), "the live server did not stop"


def _close_all(sockets: dict[int, Any]) -> None:
    for channel in list(sockets.values()):
        channel.close()
