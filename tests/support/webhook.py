"""Another program on loopback: keeps the calls it gets and answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class Call:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Program:
    """`answer` = code, or None for one that takes the call and says nothing until `rest`; `drips`
    = it speaks, but never comes to an end."""

    port: int = 0
    answer: int | None = 200
    drips: bool = False
    size: int = 2
    location: str = ""
    calls: list[Call] = field(default_factory=list)
    rest: Event = field(default_factory=Event)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/in?for=desk"


class _Handler(BaseHTTPRequestHandler):
    told: Program

    def do_POST(self) -> None:  # noqa: N802 - the name of http.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.told.calls.append(Call(self.path, dict(self.headers.items()), body))
        if self.told.answer is None:
            self._keep_waiting()
            return
        self.send_response(self.told.answer)
        if self.told.location:
            self.send_header("Location", self.told.location)
        self.send_header("Content-Length", str(self.told.size))
        self.end_headers()
        self._say(self.told.size)

    def _keep_waiting(self) -> None:
        for _time in range(600):
            if self.told.rest.wait(0.05):
                return
            if self.told.drips:
                self._say(1)

    def _say(self, size: int) -> None:
        try:
            self.wfile.write(b"." * size)
        except OSError:  # who called has read enough
            return

    def log_message(self, *_told: object) -> None:
        """Quiet."""


@contextmanager
def program() -> Iterator[Program]:
    told = Program()
    handler = type("Handler", (_Handler,), {"told": told})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    told.port = server.server_address[1]
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield told
    told.rest.set()
    server.shutdown()
    server.server_close()
