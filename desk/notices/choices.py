"""What each colleague chose to be told of, how and when; kept in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import N_, _
from desk import events, history, revision, settings
from desk.errors import Invalid, Stale
from desk.notices.occasion import APP, DESKTOP, MAIL
from desk.notices.occasions import OCCASIONS
from desk.notices.quiet import AT_ONCE, DAILY, HOURLY, Quiet, quiet_until
from models import NoticeChoice, Staff

CHANNELS = {APP: N_("In the app"), MAIL: N_("By mail"), DESKTOP: N_("On the desktop")}
DIGESTS = {
    AT_ONCE: N_("At once, each by itself"),
    HOURLY: N_("Once an hour, all in one mail"),
    DAILY: N_("Once a day, all in one mail"),
}
FOR_ADMINS = tuple(key for key, occasion in OCCASIONS.items() if occasion.for_admins)
DEFAULTS = "notice_defaults"  # the setting: what newcomers get, a list that only grows


@dataclass(frozen=True)
class Choice:
    """`channels` = {occasion: channels}; one it does not know yet has its usual ones.

    `version` 0 = the person has chosen nothing so far.
    """

    channels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quiet: Quiet = Quiet()
    digest: str = AT_ONCE
    digest_at: str = "09:00"
    version: int = 0

    def of(self, occasion: str) -> frozenset[str]:
        """The channels of an occasion."""
        return frozenset(self.channels.get(occasion, OCCASIONS[occasion].usual))

    @cached_property
    def whole(self) -> dict[str, frozenset[str]]:
        return {key: self.of(key) for key in OCCASIONS}


def choice_of(person: Staff) -> Choice:
    """What is in force for a person: own choice, else the defaults of the day they came."""
    return _kept().get(person.id) or default_of(person.created_at)


def all_chosen() -> Mapping[int, Choice]:
    """Of those who have chosen something themselves."""
    return _kept()


def default_of(came: datetime) -> Choice:
    """The defaults for somebody who came at this instant."""
    for entry in reversed(settings.get(DEFAULTS)):
        if datetime.fromisoformat(entry["since"]) <= came:
            return _read(entry)
    return Choice()


def choose(person: Staff, new: Choice, *, based_on: int) -> None:
    """Keep a person's own choice. Invalid for nonsense, Stale when it was changed meanwhile."""
    row = db.session.get(NoticeChoice, person.id, with_for_update=True)
    if (row.version if row else 0) != based_on:
        raise Stale(_("You have saved this in another window meanwhile."))
    new = checked(new)
    if row is None:
        row = NoticeChoice(staff_id=person.id, version=0)
        db.session.add(row)
    row.channels, row.quiet = _plain(new)["channels"], _plain(new)["quiet"]
    row.digest, row.digest_at = new.digest, new.digest_at
    row.version += 1
    data = {"what": "notice_choice", "id": person.id, "name": person.name}
    history.record(events.SettingsChanged, by=person, data=data)
    db.session.flush()
    revision.bump("notices")


def defaults() -> Choice:
    """What a newcomer gets; `version` tells how often it was changed."""
    return replace(default_of(clock.now()), version=len(settings.get(DEFAULTS)))


def change_defaults(new: Choice, *, by: Staff, based_on: int) -> None:
    """For those who come from now on; what others have stays. Invalid and Stale as `choose`."""
    settings.hold()
    if len(settings.get(DEFAULTS)) != based_on:
        raise Stale(_("Somebody saved this meanwhile."))
    entry = {"since": clock.now().isoformat(), **_plain(checked(new))}
    settings.change({DEFAULTS: [*settings.get(DEFAULTS), entry]}, by=by)


def checked(new: Choice) -> Choice:
    """In one shape: known words only, what the desktop shows is in the app too. Invalid."""
    if new.digest not in DIGESTS:
        raise Invalid(_("Choose one from the list."), "digest")
    _check_time(new.digest_at, "digest_at")
    quiet = new.quiet
    for value, name in ((quiet.since, "since"), (quiet.until, "until")):
        _check_time(value, name)
    if quiet.on:
        _check_quiet(quiet)
    channels = {}
    for key, occasion in OCCASIONS.items():
        wanted = set(new.channels.get(key, occasion.usual))
        if not wanted.issubset(CHANNELS):
            raise Invalid(_("Not a valid choice."), f"on.{key}")
        channels[key] = sorted(wanted | ({APP} if DESKTOP in wanted else set()))
    return replace(new, channels=channels)


def _check_time(value: str, name: str) -> None:
    try:
        if time.fromisoformat(value).strftime("%H:%M") != value:
            raise ValueError(value)
    except ValueError:
        raise Invalid(_("A time looks like 09:00."), name) from None


def _check_quiet(quiet: Quiet) -> None:
    if not quiet.days and not quiet.days_off:
        raise Invalid(_("Choose the days on which it is quiet."), "quiet")
    if quiet.days and quiet.since == quiet.until:
        raise Invalid(_("The quiet hours begin and end at the same time."), "until")
    ends = quiet_until(quiet, "UTC", clock.now())
    if ends and (ends - clock.now()).days >= 7 or len(quiet.days_off) == 7:
        raise Invalid(_("It would never end: leave some hours in which mail may come."), "quiet")


def _plain(choice: Choice) -> dict[str, Any]:
    """As JSON can hold it."""
    plain = asdict(choice)
    del plain["version"]
    plain["channels"] = {key: sorted(of) for key, of in choice.channels.items()}
    for name in ("days", "days_off"):
        plain["quiet"][name] = sorted(plain["quiet"][name])
    return plain


def _kept() -> Mapping[int, Choice]:
    return revision.kept("notices", _load)


def _load() -> dict[int, Choice]:
    found = {}
    for row in db.session.scalars(select(NoticeChoice)):
        entry = {name: getattr(row, name) for name in ("channels", "quiet", "digest", "digest_at")}
        found[row.staff_id] = replace(_read(entry), version=row.version)
    return found


def _read(entry: Mapping[str, Any]) -> Choice:
    quiet = dict(entry["quiet"])
    for name in ("days", "days_off"):
        quiet[name] = frozenset(quiet[name])
    return Choice(entry["channels"], Quiet(**quiet), entry["digest"], entry["digest_at"])
