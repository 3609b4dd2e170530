"""The event stream of live pages: it holds a thread, but no database session."""

import json
import queue
from collections.abc import Iterator, Sequence

from flask import Flask, Response, current_app

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.hub import Heard, Hub, Subscription
from blueprints.agent.poll import heard_since, plain, position
from blueprints.auth.entering import browser_of_session
from core.clock import stopwatch
from core.db import db
from desk import live
from desk.live import ToldNow
from desk.writing import Writing

BEAT = 10  # s; a browser that has gone is noticed by the second beat it does not take
LIFE = 300_000  # ms; then the browser comes anew, and its rights are looked at again


def hub_for(app: Flask) -> Hub:
    """At most half of the threads hold streams, so that pages always find one."""
    return Hub(app, most=max(2, app.config["LINIYA"].threads // 2))


@blueprint.get("/stream")
def stream() -> Response:
    hub: Hub = current_app.extensions["hub"]
    subscription = hub.join(me().id, me().session_key, browser_of_session())
    if subscription is None:
        return Response(status=503, headers={"Retry-After": "60"})
    db.session.rollback()  # else SQLite shows what was there before the hub began to listen for it
    try:
        missed = [*heard_since(position()), *live.writing_now(me())]
    except Exception:  # whatever it was: a subscription that nobody reads would stay for ever
        hub.leave(subscription)
        raise
    response = Response(_messages(subscription, missed), mimetype="text/event-stream")
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    response.call_on_close(lambda: hub.leave(subscription))
    return response


def _messages(subscription: Subscription, missed: Sequence[Heard]) -> Iterator[str]:
    age = stopwatch()
    yield "retry: 500\n\n"
    yield from map(_message, missed)
    while age() < LIFE:
        try:
            change = subscription.changes.get(timeout=BEAT)
        except queue.Empty:
            yield ": still here\n\n"
            continue
        if change is None:
            return
        yield _message(change)


def _message(change: Heard) -> str:
    if isinstance(change, ToldNow):
        return f"event: notice\ndata: {json.dumps({'notice': change.id})}\n\n"
    if isinstance(change, Writing):
        return f"event: writing\ndata: {json.dumps({'case': change.case_id})}\n\n"
    return f"id: {change.id}\nevent: change\ndata: {json.dumps(plain(change))}\n\n"
