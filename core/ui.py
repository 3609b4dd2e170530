"""What templates share: macros of templates/ui as `ui`, addresses of files, texts of scripts."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context
from markupsafe import Markup, escape

from core import clock
from core.assets import static_url, vendored
from core.i18n import _, again, for_page, locale, plural_for_page, zone
from core.template_code import PlainCode
from core.when import (
    age,
    duration,
    exact,
    full_moment,
    lateness,
    left,
    moment,
    own_time,
    spent,
    stamp,
    worked,
    working,
)

# Macros that give the same text for the same arguments in the same language: drawn once, then kept.
# A list draws hundreds of them.
PURE = frozenset(
    [
        "icon",
        "status",
        "shape",
        "avatar",
        "nobody",
        "dot",
        "channel",
        "tag",
        "badge",
        "kbd",
        "linepath",
        "slots",
        "brand_mark",
        "brand",
        "keys",
        "mini",
        "overlays",
        "status_choices",
        "assignee_choices",
        "priority_choices",
        "type_choices",
    ]
)
KEPT = 4096


class Macros:
    """All macros of templates/ui/*.html. A global, so that a block rendered alone finds them."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        found = environment.list_templates(filter_func=_is_ours)
        self._files = sorted(found)

    def __getattr__(self, name: str) -> Any:
        for file in self._files:
            macro = getattr(self._environment.get_template(file).module, name, None)
            if macro is not None:
                macro = kept(macro) if name in PURE else macro
                if not self._environment.auto_reload:
                    setattr(self, name, macro)
                return macro
        raise AttributeError(f"no macro {name} in templates/ui")


def kept(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """The macro with a memory."""

    @lru_cache(maxsize=KEPT)
    def drawn(_language: str, *args: Any, **kwargs: Any) -> Markup:
        return macro(*args, **kwargs)

    return lambda *args, **kwargs: drawn(locale(), *args, **kwargs)


class PlainCalls(Context):
    """Calls as Python does: a page makes hundreds, and Jinja looks five things up before each."""

    def call(self, target: Any, /, *args: Any, **kwargs: Any) -> Any:
        if hasattr(target, "jinja_pass_arg"):  # wants the context itself
            return super().call(target, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return target(*args, **kwargs)


def set_up(environment: Environment) -> None:
    """Give an environment what the layouts and macros rely on."""
    environment.context_class = PlainCalls
    environment.code_generator_class = PlainCode
    environment.globals.update(
        _=for_page,
        said_again=again,
        gettext=for_page,
        ngettext=plural_for_page,
        ui=Macros(environment),
        server_now=lambda: int(clock.now().timestamp()),
        static_url=static_url,
        vendored=vendored,
        script_texts=script_texts,
        zone=zone,
    )
    environment.filters.update(
        moment=moment,
        full_moment=full_moment,
        stamp=stamp,
        own_time=own_time,
        age=age,
        duration=duration,
        worked=worked,
        working=working,
        left=left,
        exact=exact,
        lateness=lateness,
        spent=spent,
    )


def script_texts() -> Markup:
    """What scripts say, as the value of an attribute; {name} is filled in by the script."""
    return _script_texts(locale())


@lru_cache
def _script_texts(_language: str) -> Markup:
    return escape(json.dumps(_texts(), ensure_ascii=False))


def _texts() -> dict[str, str]:
    return {
        "error": _("Error:"),
        "saved": _("Saved %(time)s", time="{time}"),
        "tooLarge": _(
            "A file may be up to 20 MB, at most ten at once. "
            "Make it smaller or send a link instead."
        ),
        "answered": _("%(name)s has answered", name="{name}"),
        "clientWrote": _("The client has written"),
        "savedHere": _("Saved on this device, will be sent when the server answers"),
        "failed": _("That did not work. Try again."),
        "failedId": _("That did not work on our side. Error number: %(number)s", number="{number}"),
        "offline": _("No connection. Nothing is lost, try again in a moment."),
        "outdated": _(
            "This page is out of date, or you have signed out in another tab. "
            "Reload it; your text is kept."
        ),
        "reload": _("Reload"),
        "close": _("Close"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "then": _("then"),
        "days": _("%(n)s d", n="{n}"),
        "hours": _("%(n)s h", n="{n}"),
        "minutes": _("%(n)s min", n="{n}"),
        "moment": _("less than a minute"),
        "everywhere": _("Everywhere"),
        "list": _("List"),
        "onPage": _("On this page"),
        "linkWords": _("words"),
        "pictureWords": _("what the picture shows"),
        "pictureSending": _("the picture is being sent"),
        "next": _("Down the list"),
        "previous": _("Up the list"),
        "open": _("Open the selected one"),
        "openNext": _("Open the next one"),
        "openPrevious": _("Open the previous one"),
        "pick": _("Select a row"),
        "pickRange": _("Select a range of rows"),
        "sheet": _("This sheet"),
        "remove": _("Remove %(name)s", name="{name}"),
        "removed": _("Removed."),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "addCondition": _("Add a condition"),
        "desktopTry": _("This is how a notice looks."),
    }


def _is_ours(name: str) -> bool:
    return name.startswith("ui/") and name.endswith(".html")
