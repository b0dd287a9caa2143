"""Work in the background that loses nothing.

PostgreSQL keeps the job; Celery and Redis only wake the workers. A job is claimed under
a lease and a token, worked on outside a transaction, and finished together with its
effects in one transaction.
"""

import logging
import signal
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Exists, Q

from core.actors import Actor
from core.enums import JobState, Lane
from core.models import Job

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
LEASES = {Lane.QUICK: timedelta(seconds=60), Lane.HEAVY: timedelta(minutes=10)}
BACK_OFF = timedelta(seconds=10)

Clock = Callable[[], datetime]
Work = Callable[[int], Any]
Finish = Callable[[int, Any, Job, datetime], None]


class JobTimedOut(Exception):
    """The job ran longer than its lane allows."""


@dataclass(frozen=True, slots=True)
class Handler:
    """How a kind of job is done.

    `work(subject_id)` does the long part and changes nothing in the database;
    `finish(subject_id, result, job, at)` writes the effects, in the transaction that
    marks the job done.
    """

    work: Work
    finish: Finish


_HANDLERS: dict[str, Handler] = {}


def register(kind: str, *, work: Work, finish: Finish) -> None:
    """Tell how jobs of a kind are done; apps do so in their `tasks.py`."""
    _HANDLERS[kind] = Handler(work, finish)


def enqueue(
    kind: str, *, lane: Lane, subject_ids: Sequence[int], by: Actor, at: datetime
) -> None:
    """Write one job for each subject and wake a worker after the commit.

    A subject that has an unfinished job of this kind gets no second one.
    """
    Job.objects.bulk_create(
        [
            Job(
                kind=kind,
                lane=lane,
                subject_id=subject_id,
                due_at=at,
                created_at=at,
                by_id=by.pk,
            )
            for subject_id in subject_ids
        ],
        ignore_conflicts=True,
    )

    # A function with a name: Django logs it where the broker is down.
    def wake_lane() -> None:
        wake(lane)

    transaction.on_commit(wake_lane, robust=True)


def wake(lane: Lane) -> None:
    """Ask a worker of the lane to look for work; what is not heard, beat says again."""
    from core.tasks import drain  # noqa: PLC0415 (tasks import jobs)

    drain.apply_async(args=(str(lane),), queue=str(lane), retry=False, expires=15)


def try_again(job: Job, *, at: datetime) -> bool:
    """Queue a job that gave up once more.

    False when it is not one that gave up, or a newer one is on its way already.
    """
    newer = Job.objects.filter(
        kind=job.kind,
        subject_id=job.subject_id,
        state__in=(JobState.QUEUED, JobState.RUNNING),
    )
    return bool(
        Job.objects.filter(~Exists(newer), pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED,
            attempts=0,
            due_at=at,
            finished_at=None,
            last_error="",
        )
    )


def run_due(lane: Lane, *, clock: Clock) -> int:
    """Do what is due in a lane until nothing is; return how many jobs were tried."""
    tried = 0
    while job := claim(lane, at=clock()):
        tried += 1
        _run(job, clock=clock)
    return tried


def claim(lane: Lane, *, at: datetime) -> Job | None:
    """Take one job that is due, or whose worker let its lease run out."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(
                Q(state=JobState.QUEUED, due_at__lte=at)
                | Q(state=JobState.RUNNING, lease_until__lt=at),
                lane=lane,
            )
            .order_by("due_at", "pk")
            .first()
        )
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _give_up(job, at=at, error=job.last_error or "The worker died at each try.")
        else:
            job.state = JobState.RUNNING
            job.attempts += 1
            job.token = uuid.uuid4()
            job.lease_until = at + LEASES[Lane(lane)]
            job.save(update_fields=["state", "attempts", "token", "lease_until"])
    return job


def _run(job: Job, *, clock: Clock) -> None:
    if job.state == JobState.FAILED:
        return
    try:
        handler = _HANDLERS[job.kind]
        with _time_limit(LEASES[Lane(job.lane)]):
            result = handler.work(job.subject_id)
        _finish(job, handler, result, at=clock())
    except Exception as error:
        logger.warning("Job %s failed", job, exc_info=True)
        _fail(job, error=f"{type(error).__name__}: {error}", at=clock())


def _finish(job: Job, handler: Handler, result: Any, *, at: datetime) -> None:
    with (
        transaction.atomic(),
        pghistory.context(user=job.by_id, job=job.pk, job_kind=job.kind),
    ):
        mine = Job.objects.select_for_update().filter(
            pk=job.pk, token=job.token, state=JobState.RUNNING
        )
        if not mine.exists():
            logger.warning("Job %s was taken over; this result is dropped", job)
            return
        handler.finish(job.subject_id, result, job, at)
        mine.update(
            state=JobState.DONE,
            token=None,
            lease_until=None,
            finished_at=at,
            last_error="",
        )


def _fail(job: Job, *, error: str, at: datetime) -> None:
    with transaction.atomic():
        mine = (
            Job.objects.select_for_update()
            .filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
            .first()
        )
        if mine is None:
            return
        if mine.attempts >= MAX_ATTEMPTS:
            _give_up(mine, at=at, error=error)
            return
        mine.state = JobState.QUEUED
        mine.token = None
        mine.lease_until = None
        mine.last_error = error[:2000]
        mine.due_at = at + BACK_OFF * 2 ** (mine.attempts - 1)
        mine.save()


def _give_up(job: Job, *, error: str, at: datetime) -> None:
    logger.error("Job %s gave up after %s attempts: %s", job, job.attempts, error)
    job.state = JobState.FAILED
    job.token = None
    job.lease_until = None
    job.finished_at = at
    job.last_error = error[:2000]
    job.save()


@contextmanager
def _time_limit(limit: timedelta) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        message = f"longer than {limit.total_seconds():.0f} s"
        raise JobTimedOut(message)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone; a worker's child runs there
        return
    before = signal.signal(signal.SIGALRM, stop)
    # A little before the lease ends, so that no second worker has begun.
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds() * 0.9)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
