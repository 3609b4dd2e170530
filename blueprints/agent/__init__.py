"""The workspace of agents: lists, tickets, answers, palette, live updates."""

from flask import Flask

from blueprints.agent import (
    absences,
    claim,
    clock_runs,
    compose,
    drafts,
    fields,
    files,
    inbox,
    kb,
    kb_announcements,
    kb_beside,
    kb_care,
    kb_files,
    kb_gaps,
    kb_numbers,
    kb_preview,
    kb_sections,
    kb_wordings,
    marks,
    me,
    me_notices,
    new,
    notices,
    outsiders,
    palette,
    passes,
    passing,
    poll,
    queue,
    search,
    snooze,
    soon,
    stream,
    team,
    ticket,
    watch,
)
from blueprints.agent.blueprint import blueprint
from blueprints.agent.rail import rail

__all__ = [
    "absences",
    "claim",
    "clock_runs",
    "compose",
    "drafts",
    "fields",
    "files",
    "inbox",
    "kb",
    "kb_announcements",
    "kb_beside",
    "kb_care",
    "kb_files",
    "kb_gaps",
    "kb_numbers",
    "kb_preview",
    "kb_sections",
    "kb_wordings",
    "marks",
    "me",
    "me_notices",
    "new",
    "notices",
    "outsiders",
    "palette",
    "passes",
    "passing",
    "poll",
    "queue",
    "search",
    "snooze",
    "soon",
    "stream",
    "team",
    "ticket",
    "watch",
]


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.extensions["hub"] = stream.hub_for(app)
    app.jinja_env.globals.update(rail=rail, kb_pages=kb.kb_pages)
