"""/healthz: the process answers. /readyz: it can work. For load balancers and people."""

from flask import Blueprint, Flask, Response, jsonify, make_response
from sqlalchemy.exc import SQLAlchemyError

from blueprints.guards import open_to_all
from core import migrations
from desk import health

blueprint = open_to_all(Blueprint("health", __name__))


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> Response:
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """503 when the database is out, not migrated, or nobody fires counters and sends mail.

    Being late is no reason to take it out of service; `seconds` tells how late each queue is.
    """
    try:
        waiting = migrations.pending()
        found = None if waiting else health.look()
    except SQLAlchemyError:
        return _answer(503, status="no database")
    if found is None:
        return _answer(503, status="database not migrated", pending=waiting)
    return _answer(
        200 if found.state != "dead" else 503,
        status=found.state,
        scheduler=found.last_beat,
        oldest_mail=found.oldest_mail,
        oldest_counter=found.oldest_counter,
        oldest_stale_counter=found.oldest_stale,
        oldest_digest=found.oldest_notice,
        seconds=found.seconds,
        failing_counters=found.failing,
    )


def _answer(code: int, **what: object) -> Response:
    return make_response(jsonify(**what), code)
