"""Work in the background that loses nothing."""

import signal
import threading
import time
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from core import jobs
from core.enums import JobState, Lane
from core.jobs import MAX_ATTEMPTS, claim, enqueue, register, run_due, try_again
from core.models import Counter, Job
from core.tasks import drain
from tests.core.threads import run_together

KIND = "tests.toy"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    """Handlers of one test."""
    monkeypatch.setattr(jobs, "_HANDLERS", {})


@pytest.fixture
def woken(monkeypatch):
    """The lanes that were woken; the broker is not asked."""
    lanes = []
    monkeypatch.setattr(drain, "apply_async", lambda **how: lanes.append(how["queue"]))
    return lanes


def note(subject_id, _result, _job, _at):
    """The effect of a toy job: one more row."""
    Counter.objects.create(key=f"job {subject_id}", value=1)


def nothing(_subject_id):
    return None


def fail(_subject_id):
    message = "Файл не читается"
    raise ValueError(message)


# --- Queueing ---------------------------------------------------------------------


def test_each_subject_gets_one_job(db, staff, at, woken):
    enqueue(KIND, lane=Lane.QUICK, subject_ids=[1, 2], by=staff, at=at)
    enqueue(KIND, lane=Lane.QUICK, subject_ids=[2, 3], by=staff, at=at)
    assert sorted(Job.objects.values_list("subject_id", flat=True)) == [1, 2, 3]
    assert set(Job.objects.values_list("by", flat=True)) == {staff.pk}


def test_a_subject_may_come_again_when_its_job_is_over(db, staff, at, make_job, woken):
    make_job(JobState.DONE)
    enqueue(KIND, lane=Lane.QUICK, subject_ids=[1], by=staff, at=at)
    assert Job.objects.filter(subject_id=1).count() == 2


def test_workers_are_woken_after_the_commit_and_not_before(
    db, staff, at, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue(KIND, lane=Lane.HEAVY, subject_ids=[1], by=staff, at=at)
    assert woken == []
    for callback in callbacks:
        callback()
    assert woken == ["heavy"]


def test_a_broker_that_is_down_hurts_nobody(
    transactional_db, staff, at, monkeypatch, caplog
):
    def refuse(**_how):
        raise ConnectionError

    monkeypatch.setattr(drain, "apply_async", refuse)
    enqueue(KIND, lane=Lane.QUICK, subject_ids=[1], by=staff, at=at)
    assert Job.objects.get().state == JobState.QUEUED


# --- Claiming ---------------------------------------------------------------------


def test_a_claim_takes_the_job_under_a_token_and_a_lease(make_job, at):
    make_job()
    job = claim(Lane.QUICK, at=at)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    assert job.token is not None
    assert job.lease_until == at + jobs.LEASES[Lane.QUICK]


def test_what_is_due_longest_is_claimed_first(make_job, at):
    make_job(subject_id=1, due_at=at - SECOND)
    make_job(subject_id=2, due_at=at - 2 * SECOND)
    assert [claim(Lane.QUICK, at=at).subject_id for _ in range(2)] == [2, 1]


def test_what_is_not_due_or_of_another_lane_or_over_is_left(make_job, at):
    make_job(subject_id=1, due_at=at + SECOND)
    make_job(subject_id=2, lane=Lane.HEAVY)
    make_job(JobState.DONE, subject_id=3)
    make_job(JobState.FAILED, subject_id=4)
    assert claim(Lane.QUICK, at=at) is None


def test_a_job_is_claimed_again_only_when_its_lease_has_run_out(make_job, at):
    make_job()
    first = claim(Lane.QUICK, at=at)
    assert claim(Lane.QUICK, at=first.lease_until) is None
    second = claim(Lane.QUICK, at=first.lease_until + SECOND)
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert second.token != first.token


def test_a_job_whose_worker_died_at_each_try_gives_up(make_job, at):
    make_job()
    now = at
    for _ in range(MAX_ATTEMPTS):
        now = claim(Lane.QUICK, at=now).lease_until + SECOND
    job = claim(Lane.QUICK, at=now)
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.token) == (JobState.FAILED, now, None)
    assert job.last_error
    assert claim(Lane.QUICK, at=now + timedelta(days=1)) is None


def claims_at_once(at, monkeypatch) -> list[int]:
    """Let two threads pick a job before either saves what it picked."""
    both_have_picked = Barrier(2)
    save = Job.save

    def slow_save(job, *args, **kwargs):
        both_have_picked.wait(timeout=10)
        save(job, *args, **kwargs)

    monkeypatch.setattr(Job, "save", slow_save)
    return run_together(lambda _number: claim(Lane.QUICK, at=at).pk, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_two_jobs(make_job, at, monkeypatch):
    expected = {make_job(subject_id=number).pk for number in (1, 2)}
    assert set(claims_at_once(at, monkeypatch)) == expected


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_workers_claim_one_job(make_job, at, monkeypatch):
    """The negative control: with no SKIP LOCKED both take the first."""
    first = make_job(subject_id=1)
    make_job(subject_id=2)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows)
    assert claims_at_once(at, monkeypatch) == [first.pk, first.pk]


# --- Doing ------------------------------------------------------------------------


def test_a_job_is_done_together_with_its_effects(make_job, at):
    register(KIND, work=nothing, finish=note)
    job = make_job(subject_id=7)
    assert run_due(Lane.QUICK, clock=lambda: at) == 1
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.token) == (JobState.DONE, at, None)
    assert Counter.objects.filter(key="job 7").exists()


def test_everything_due_is_done_in_one_go(make_job, at):
    register(KIND, work=nothing, finish=note)
    for number in range(3):
        make_job(subject_id=number)
    assert run_due(Lane.QUICK, clock=lambda: at) == 3
    assert run_due(Lane.QUICK, clock=lambda: at) == 0


@pytest.mark.django_db(transaction=True)
def test_the_long_part_holds_no_transaction(make_job, at):
    inside = []
    register(
        KIND,
        work=lambda _subject_id: inside.append(connection.in_atomic_block),
        finish=lambda *_arguments: inside.append(connection.in_atomic_block),
    )
    make_job()
    run_due(Lane.QUICK, clock=lambda: at)
    assert inside == [False, True]


def test_effects_that_fail_are_taken_back_whole(make_job, at):
    def half(subject_id, result, job, moment):
        note(subject_id, result, job, moment)
        fail(subject_id)

    register(KIND, work=nothing, finish=half)
    job = make_job()
    run_due(Lane.QUICK, clock=lambda: at)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert not Counter.objects.exists()


def test_what_a_worker_did_after_its_lease_ran_out_is_dropped(make_job, at):
    taken_over = []

    def outlive(_subject_id):
        later = at + jobs.LEASES[Lane.QUICK] + SECOND
        taken_over.append(claim(Lane.QUICK, at=later))

    register(KIND, work=outlive, finish=note)
    job = make_job()
    run_due(Lane.QUICK, clock=lambda: at)
    job.refresh_from_db()
    assert (job.state, job.token) == (JobState.RUNNING, taken_over[0].token)
    assert not Counter.objects.exists()


def test_a_failure_after_the_lease_ran_out_spoils_nothing(make_job, at):
    def outlive_and_fail(subject_id):
        claim(Lane.QUICK, at=at + jobs.LEASES[Lane.QUICK] + SECOND)
        fail(subject_id)

    register(KIND, work=outlive_and_fail, finish=note)
    job = make_job()
    run_due(Lane.QUICK, clock=lambda: at)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (JobState.RUNNING, 2, "")


# --- Failing ----------------------------------------------------------------------


def test_tries_are_farther_and_farther_apart_until_the_fifth_gives_up(make_job, at):
    register(KIND, work=fail, finish=note)
    job = make_job()
    now, waits = at, []
    for _ in range(MAX_ATTEMPTS - 1):
        assert run_due(Lane.QUICK, clock=lambda: now) == 1  # noqa: B023 (called at once)
        job.refresh_from_db()
        assert (job.state, job.token) == (JobState.QUEUED, None)
        assert job.last_error == "ValueError: Файл не читается"
        waits.append((job.due_at - now).total_seconds())
        now = job.due_at
    assert waits == [10, 20, 40, 80]

    run_due(Lane.QUICK, clock=lambda: now)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == (JobState.FAILED, 5, now)


def test_a_poisoned_job_holds_up_no_other(make_job, at):
    register(KIND, work=fail, finish=note)
    register("tests.good", work=nothing, finish=note)
    make_job(subject_id=1, due_at=at - SECOND)
    good = make_job(subject_id=2, kind="tests.good")
    run_due(Lane.QUICK, clock=lambda: at)
    good.refresh_from_db()
    assert good.state == JobState.DONE


def test_a_job_that_nobody_can_do_says_so(make_job, at):
    job = make_job()
    run_due(Lane.QUICK, clock=lambda: at)
    job.refresh_from_db()
    assert job.last_error == f"KeyError: '{KIND}'"


def test_a_job_that_died_too_often_is_passed_over_on_the_way(make_job, at):
    register(KIND, work=nothing, finish=note)
    dead = make_job(subject_id=1)
    Job.objects.filter(pk=dead.pk).update(attempts=MAX_ATTEMPTS)
    make_job(subject_id=2)
    assert run_due(Lane.QUICK, clock=lambda: at) == 2
    assert [counter.key for counter in Counter.objects.all()] == ["job 2"]


def test_a_job_that_gave_up_can_be_tried_again(make_job, at):
    job = make_job(JobState.FAILED, attempts=5, last_error="ValueError")
    assert try_again(job, at=at) is True
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (JobState.QUEUED, 0, "")
    assert try_again(job, at=at) is False


def test_a_job_that_gave_up_is_not_tried_beside_a_newer_one(make_job, at):
    old = make_job(JobState.FAILED, attempts=5)
    make_job()
    assert try_again(old, at=at) is False
    old.refresh_from_db()
    assert old.state == JobState.FAILED


# --- The time limit ---------------------------------------------------------------


def test_work_longer_than_its_lease_is_stopped(make_job, at, monkeypatch):
    monkeypatch.setitem(jobs.LEASES, Lane.QUICK, timedelta(seconds=0.1))
    register(KIND, work=lambda _subject_id: time.sleep(5), finish=note)
    job = make_job()
    before = signal.getsignal(signal.SIGALRM)
    run_due(Lane.QUICK, clock=lambda: at)
    job.refresh_from_db()
    assert job.last_error.startswith("JobTimedOut")
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_outside_the_main_thread_there_is_no_alarm():
    before = signal.getsignal(signal.SIGALRM)

    def limited():
        with jobs._time_limit(SECOND):
            assert signal.getsignal(signal.SIGALRM) is before

    thread = threading.Thread(target=limited)
    thread.start()
    thread.join()


# --- What the database itself refuses ---------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("job_running_has_lease", {"state": JobState.RUNNING}),
        ("job_finished_has_time", {"state": JobState.DONE, "finished_at": None}),
    ],
)
def test_a_state_without_what_it_implies_is_refused(constraint, fields, make_job):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_job(**fields)


def test_a_second_unfinished_job_of_a_subject_is_refused(make_job):
    make_job()
    with (
        pytest.raises(IntegrityError, match="job_one_unfinished"),
        transaction.atomic(),
    ):
        make_job()
