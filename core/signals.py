"""Wake-up calls between the parts of one process; a lost one costs a second, never a fact."""

import threading
from collections import defaultdict
from collections.abc import Callable

_listeners: dict[str, list[Callable[[], None]]] = defaultdict(list)
_lock = threading.Lock()


def listen(name: str, call: Callable[[], None]) -> Callable[[], None]:
    """Be called at each signal of this name; the result stops that."""
    with _lock:
        _listeners[name].append(call)

    def stop() -> None:
        with _lock:
            if call in _listeners[name]:
                _listeners[name].remove(call)

    return stop


def signal(name: str) -> None:
    with _lock:
        calls = list(_listeners[name])
    for call in calls:
        call()
