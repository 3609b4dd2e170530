"""Web pages, counters and the deliverer in one process: from a bound port to a clean end."""

import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import waitress.server
from flask import Flask

from commands.terminal import Refusal
from core import garbage
from core.config import Config
from core.db import db
from core.i18n import _
from scheduler import start_scheduler

PORTS_TO_TRY = 50
PATIENCE = 0.6  # seconds that each of live pages, requests and jobs under way gets to end


def bound_socket(host: str, port: int) -> socket.socket:
    """Take the port, though nobody is answered yet. Refusal when it can't be had."""
    try:
        return _bind(host, port)
    except OSError as error:
        raise Refusal(_port_refusal(host, port, error)) from error


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _port_refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        taken = _("Port %(port)s on %(host)s is taken by another program.", port=port, host=host)
        free = next_free_port(host, port)
        advice = _("Start with --port %(free)s", free=free) if free else ""
        return f"{taken} {advice}".rstrip()
    if error.errno == errno.EACCES:
        return _("Port %(port)s needs more rights. Take one above 1023: --port 5000", port=port)
    return _(
        "The address %(host)s can't be listened on: %(why)s. This machine only: --host 127.0.0.1",
        host=host,
        why=error.strerror or error,
    )


def next_free_port(host: str, taken: int) -> int | None:
    for port in range(taken + 1, min(taken + PORTS_TO_TRY, 65536)):
        try:
            _bind(host, port).close()
        except OSError:
            continue
        return port
    return None


def serve(app: Flask, listener: socket.socket, config: Config, ready: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM; `ready` is called when the first request can come."""
    # Its put() may interrupt its own get(); the lock of an Event would be waited for without end.
    asked_to_end: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: asked_to_end.put(received))
    listener.listen(1024)
    server = waitress.server.create_server(
        app,
        sockets=[listener],
        threads=config.threads,
        connection_limit=1000,
        max_request_body_size=config.max_request_bytes
        * 11
        // 10,  # up to here our own page says no
        clear_untrusted_proxy_headers=not config.trusted_proxies,
        ident=None,
    )
    garbage.settle()
    clocks = start_scheduler(app)
    threading.Thread(target=server.run, name="web", daemon=True).start()
    ready()
    asked_to_end.get()
    _finish(app, server, clocks)


def _finish(app: Flask, server: Any, clocks: Any) -> None:
    """What is under way gets a moment; what is cut off is safe: it was committed or it was not."""
    # A page that takes longer than our patience; nothing to warn about when all ends.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    stopping = threading.Thread(target=clocks.shutdown, name="stopping", daemon=True)
    stopping.start()
    app.extensions["hub"].close(PATIENCE)  # live pages reconnect by themselves
    server.task_dispatcher.shutdown(timeout=PATIENCE)
    stopping.join(PATIENCE)
    with app.app_context():
        db.engine.dispose()


def leave() -> None:
    """End the process now: the interpreter would wait without end for the thread of a stuck job."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
