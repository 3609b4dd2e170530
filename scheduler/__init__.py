"""APScheduler: interval jobs that ask the tables what is due. No rules, no state."""

import logging
from collections.abc import Callable

from apscheduler.events import EVENT_SCHEDULER_SHUTDOWN
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from core import signals
from desk.outbox import WAKE
from scheduler import jobs

log = logging.getLogger("liniya.scheduler")
# A turn that is left out because the one before it still runs is no news.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)

Job = Callable[[Flask], None]

SECONDS: dict[Job, float] = {
    jobs.fire_due_counters: 1,
    jobs.tell_the_staff: 2,
    jobs.deliver_outbox: 1,
    jobs.dispatch: 5,
    jobs.know_meanings: 5,
    jobs.wake_snoozed: 5,
    jobs.publish_articles: 10,
    jobs.work_in_background: 1,
    jobs.beat: 15,
    jobs.sweep: 3600,
    jobs.find_gaps: 3600,
}


def start_scheduler(app: Flask) -> BackgroundScheduler:
    """Run the jobs in threads of this process until `.shutdown()`. Any number of processes may."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )
    for job, seconds in SECONDS.items():
        scheduler.add_job(run, "interval", [app, job], id=job.__name__, seconds=seconds)
    stop_listening = signals.listen(WAKE, lambda: _hurry(scheduler, app, jobs.deliver_outbox))
    scheduler.add_listener(lambda event: stop_listening(), EVENT_SCHEDULER_SHUTDOWN)
    run(app, jobs.beat)
    scheduler.start()
    return scheduler


def run(app: Flask, job: Job) -> None:
    """One turn of a job in its own context; an error is logged and the next turn comes."""
    with app.app_context():
        try:
            job(app)
        except Exception:  # whatever it was, the other jobs and the next turn go on
            log.exception("job %s failed", job.__name__)


def _hurry(scheduler: BackgroundScheduler, app: Flask, job: Job) -> None:
    """Do not wait for the next second. By the scheduler's own time, which nobody can freeze."""
    scheduler.add_job(run, args=[app, job], id=f"{job.__name__} now", replace_existing=True)
