"""Finding the small classes of a folder: one file, one declaration, used by everybody."""

import importlib
import pkgutil
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Declared(Protocol):
    """`key` names it in stored definitions; `position` orders it where people choose."""

    key: str
    position: int


T = TypeVar("T", bound=Declared)


def found_in(package: str, path: Iterable[str], base: type[T]) -> dict[str, T]:
    """One instance of each class below `base` in the modules of a folder, by key."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
    found: dict[str, T] = {}
    for each in sorted(_below(base), key=lambda cls: (cls.position, cls.key)):
        if each.key in found:
            raise ValueError(f"{package}: {each.key} is declared twice")
        if each.key:
            found[each.key] = each()
    return found


def _below(base: type[T]) -> list[type[T]]:
    direct = base.__subclasses__()
    return direct + [deeper for each in direct for deeper in _below(each)]
