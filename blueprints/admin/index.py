"""The first page of administration: is everything alive, and where things are."""

from flask import Response, current_app
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from core import clock
from core.i18n import N_, _
from core.web import page
from desk import access, health
from desk.automation import alerts
from desk.letters import stored
from desk.letters.catalogue import KINDS

# What, why one goes there, icon, address, who may.
PLACES = (
    (N_("Triggers"), N_("what happens by itself"), "zap", "/admin/triggers", "rules.read"),
    (N_("Synonyms"), N_("words that mean the same"), "link", "/admin/synonyms", "rules.read"),
    (N_("Counters"), N_("what must not be late"), "timer", "/admin/counters", "counters.read"),
    (N_("Calendars"), N_("working hours"), "calendar-days", "/admin/calendars", "counters.read"),
    (N_("Dispatcher"), N_("who gets the work"), "route", "/admin/routing", "routing.read"),
    (N_("Groups"), N_("who works together"), "users", "/admin/groups", "routing.read"),
    (N_("People"), N_("who works here"), "user", "/admin/people", "routing.read"),
    (N_("Skills"), N_("what people can do"), "star", "/admin/skills", "routing.read"),
    (N_("Schedules"), N_("when people work"), "clock", "/admin/schedules", "routing.read"),
    (N_("Absences"), N_("who is away and when"), "sun", "/admin/absences", "routing.read"),
    (N_("Types of tickets"), N_("what goes to whom"), "tag", "/admin/types", "routing.read"),
    (N_("Outgoing mail"), N_("what left, what failed"), "mail", "/admin/outgoing", "outbox.read"),
    (N_("Letters"), N_("what they say"), "file-text", "/admin/letters", "letters.edit"),
    (N_("Notices of the staff"), N_("who is told what"), "bell", "/admin/notices", "staff.edit"),
    (N_("Settings"), N_("company and promise"), "settings", "/admin/settings", "settings.edit"),
)
STATES = {"ok": N_("at work"), "late": N_("behind"), "dead": N_("stands still")}


@blueprint.get("/")
def index() -> Response:
    config = current_app.config["LINIYA"]
    return page(
        "admin/index.html",
        places=[place for place in PLACES if access.may(current_user, place[4])],
        found=health.look(),
        switched_off=alerts.switched_off(),
        broken_letters=stored.broken(),
        letters=KINDS,
        state_names=STATES,
        waited=lambda at: (clock.now() - at).total_seconds() if at else 0,
        database=_("SQLite, in the data folder") if config.is_sqlite else "PostgreSQL",
        has_server=bool(config.smtp_url),
    )
