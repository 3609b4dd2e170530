"""One listener a process for all its event streams: it alone asks the database what is new."""

import logging
import queue
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Generic, Protocol, TypeVar

from flask import Flask

from core import signals
from core.bus import unit_of_work
from core.clock import stopwatch
from core.db import db
from desk import live, writing
from desk.live import Change, ToldNow
from desk.writing import Writing

INTERVAL = 1.0  # s between two looks when nobody wakes it
SESSIONS = 2_000  # ms between two looks at who may still listen
OVERLAP = 100  # ids that are looked at again: PostgreSQL commits them out of order
BEGINNING = 5.0  # s that a stream waits at most until the listener knows where it begins
WAITING = 500  # changes that a slow reader may be behind
EACH = 6  # streams of one person: one a browser

T = TypeVar("T")
Heard = Change | ToldNow | Writing


class Row(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)
log = logging.getLogger("liniya.live")


class Subscription:
    """One open stream. `changes` ends with None when the stream has to close."""

    def __init__(self, staff_id: int, session_key: str, browser: str) -> None:
        self.staff_id = staff_id
        self.session_key = session_key
        self.browser = browser
        self.changes: queue.Queue[Heard | None] = queue.Queue(WAITING)

    def put(self, change: Heard | None) -> None:
        try:
            self.changes.put_nowait(change)
        except queue.Full:  # it reconnects and asks from where it was
            self.changes.queue.clear()
            self.changes.put_nowait(None)


class Feed(Generic[R]):
    """The rows of a growing table from now on, each once, however late its commit shows it."""

    def __init__(self, head: Callable[[], int], since: Callable[[int], list[R]]) -> None:
        self._since = since
        self._last = head()
        self._seen = {row.id for row in self._found()}

    def fresh(self) -> list[R]:
        found = self._found()
        new = [row for row in found if row.id not in self._seen]
        self._seen = {row.id for row in found}
        self._last = max([self._last, *self._seen])
        return new

    def _found(self) -> list[R]:
        return self._since(max(self._last - OVERLAP, 0))


class Turns:
    """Who began to write since the last look, and who stopped; at first all who write."""

    def __init__(self, going_on: Callable[[], frozenset[Writing]]) -> None:
        self._going_on = going_on
        self._known: frozenset[Writing] = frozenset()

    def fresh(self) -> frozenset[Writing]:
        before, self._known = self._known, self._going_on()
        return before ^ self._known


class Hub:
    """The streams of this process. Its thread lives as long as there is one."""

    def __init__(self, app: Flask, most: int) -> None:
        self._app = app
        self._most = most
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._begun = threading.Event()
        self._subscriptions: list[Subscription] = []
        self._thread: threading.Thread | None = None

    def join(self, staff_id: int, session_key: str, browser: str = "") -> Subscription | None:
        """A new stream, or None when there is no place: the page polls instead.

        It hears of all that is committed from now on: what is asked afterwards of what was missed
        leaves no gap. `browser` tells the one that signs out from the person's others (see `end`).
        """
        with self._lock:
            own = Counter(each.staff_id for each in self._subscriptions)[staff_id]
            if len(self._subscriptions) >= self._most or own >= EACH:
                return None
            subscription = Subscription(staff_id, session_key, browser)
            self._subscriptions.append(subscription)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="live", daemon=True)
                self._thread.start()
        self._begun.wait(BEGINNING)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        with self._lock:
            if subscription in self._subscriptions:
                self._subscriptions.remove(subscription)
        self._woken.set()

    def end(self, browser: str) -> None:
        """Close the streams of a browser: its reader has signed out."""
        with self._lock:
            ending = [each for each in self._subscriptions if each.browser == browser]
        for subscription in ending:
            subscription.put(None)

    def close(self, patience: float = 5.0) -> None:
        """End every stream and wait for the listener: the server is stopping."""
        with self._lock:
            thread, ending = self._thread, list(self._subscriptions)
            self._subscriptions.clear()
        for subscription in ending:
            subscription.put(None)
        self._woken.set()
        if thread is not None:
            thread.join(patience)

    def _listen(self) -> None:
        silence = signals.listen(live.SIGNAL, self._woken.set)
        try:
            with self._app.app_context():
                self._look_around()
        finally:
            silence()

    def _look_around(self) -> None:
        changes = Feed(*self._patient(live.head, live.since))
        notices = Feed(*self._patient(live.told_head, live.told_since))
        turns = Turns(lambda: self._asked(writing.going_on) or frozenset())
        self._begun.set()
        checked = stopwatch()
        while not self._is_over():
            fresh = [*changes.fresh(), *notices.fresh(), *turns.fresh()]
            if fresh or checked() > SESSIONS:
                self._asked(partial(self._hand_out, fresh))
                checked = stopwatch()
            self._woken.wait(INTERVAL)
            self._woken.clear()

    def _patient(
        self, head: Callable[[], int], since: Callable[[int], list[R]]
    ) -> tuple[Callable[[], int], Callable[[int], list[R]]]:
        """Both questions, answered by 0 and nothing while the database does not answer."""
        return (
            lambda: self._asked(head) or 0,
            lambda last: self._asked(lambda: since(last)) or [],
        )

    def _is_over(self) -> bool:
        with self._lock:
            if self._subscriptions:
                return False
            self._thread = None
            self._begun.clear()
            return True

    def _asked(self, question: Callable[[], T]) -> T | None:
        """An answer of the database, or None while it does not answer."""
        try:
            with unit_of_work(writes=False):
                return question()
        except Exception:  # the thread serves all pages and must outlive the database's bad days
            log.exception("live pages: the database did not answer")
            return None
        finally:
            db.session.remove()

    def _hand_out(self, fresh: list[Heard]) -> None:
        with self._lock:
            subscriptions = list(self._subscriptions)
        sessions: dict[int, set[str]] = {}
        for each in subscriptions:
            sessions.setdefault(each.staff_id, set()).add(each.session_key)
        standing = live.listeners(sessions)
        for each in subscriptions:
            who = standing.get(each.staff_id)
            if who is None:
                each.put(None)
                continue
            for one in fresh:
                if live.concerns(who, one):
                    each.put(one)
