"""The one place where a state changes."""

from threading import Barrier

import pytest

from core import workflow
from core.enums import JobState
from core.models import Job, TransitionLog
from core.workflow import (
    GuardsUnmet,
    NotAllowed,
    TransitionRefused,
    WrongState,
    all_workflows,
    apply,
    history_of,
    offers,
    transitioned,
    workflow_of,
)
from tests.core.threads import run_together
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("toy_table")

READY = {"values": {"last_error": "Файл повреждён"}, "comment": "Не открывается"}
# What each transition takes where it may be made.
ASKED = {"give_up": READY, "begin_anew": {}}
GOES = {
    (JobState.QUEUED, "give_up"): JobState.FAILED,
    (JobState.FAILED, "begin_anew"): JobState.QUEUED,
    (JobState.DONE, "begin_anew"): JobState.QUEUED,
}


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.DONE, JobState.FAILED])
@pytest.mark.parametrize("name", ["give_up", "begin_anew"])
def test_every_state_lets_through_only_its_own_transitions(
    state, name, make_job, allowed, at
):
    job = make_job(state)
    target = GOES.get((state, name))
    if target is None:
        with pytest.raises(WrongState):
            apply(job, name, by=allowed, at=at, **ASKED[name])
        job.refresh_from_db()
        assert job.state == state
    else:
        apply(job, name, by=allowed, at=at, **ASKED[name])
        assert job.state == target


def test_a_transition_writes_what_happened(make_job, allowed, at):
    job = make_job()

    log = apply(job, "give_up", by=allowed, at=at, **READY)

    assert (log.subject_model, log.subject_id, log.name) == (
        "core.Job",
        job.pk,
        "give_up",
    )
    assert (log.source, log.target) == (JobState.QUEUED, JobState.FAILED)
    assert (log.by, log.at, log.comment) == (allowed, at, "Не открывается")
    assert list(history_of(job)) == [log]


def test_a_transition_fills_its_fields_and_stamps_the_object_in_hand(
    make_job, allowed, at
):
    job = make_job()
    apply(job, "give_up", by=allowed, at=at, **READY)
    assert (job.last_error, job.finished_at) == ("Файл повреждён", at)


def test_a_field_that_is_not_given_is_an_error_of_the_programmer(make_job, allowed, at):
    with pytest.raises(KeyError, match="last_error"):
        apply(make_job(), "give_up", by=allowed, at=at, comment="Не открывается")


def test_a_wrong_state_is_told_in_the_words_of_the_page(make_job, allowed, at):
    with pytest.raises(WrongState, match="Begin anew") as refusal:
        apply(make_job(), "begin_anew", by=allowed, at=at)
    assert str(JobState.QUEUED.label) in str(refusal.value)


def test_whoever_has_no_right_is_refused_before_the_guards_are_asked(make_job, at):
    job = make_job()
    with pytest.raises(NotAllowed):
        apply(
            job,
            "give_up",
            by=UserFactory(),
            at=at,
            values={"last_error": ""},
        )


def test_guards_tell_every_reason_and_the_missing_comment(make_job, allowed, at):
    with pytest.raises(GuardsUnmet) as refusal:
        apply(
            make_job(),
            "give_up",
            by=allowed,
            at=at,
            values={"last_error": ""},
            comment=" \n",
        )
    assert refusal.value.reasons[:2] == ["Ошибка не названа.", "Причина не названа."]
    assert len(refusal.value.reasons) == 3
    assert str(refusal.value).splitlines() == refusal.value.reasons


@pytest.mark.parametrize(
    ("name", "actor", "values"),
    [
        ("begin_anew", "Правова", {}),
        ("give_up", "Чужанин", {"last_error": "есть"}),
        ("give_up", "Правова", {"last_error": ""}),
    ],
)
def test_a_refusal_leaves_nothing_behind(name, actor, values, make_job, at):
    job = make_job()
    with pytest.raises(TransitionRefused):
        apply(job, name, by=UserFactory(surname=actor), at=at, values=values)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.QUEUED, "")
    assert not TransitionLog.objects.exists()


def test_the_state_in_the_database_counts_not_the_one_in_hand(make_job, allowed, at):
    job = make_job()
    stale = Job.objects.get(pk=job.pk)
    apply(job, "give_up", by=allowed, at=at, **READY)
    with pytest.raises(WrongState):
        apply(stale, "give_up", by=allowed, at=at, **READY)


def test_what_listens_stands_in_the_same_transaction(make_job, allowed, at):
    job = make_job()

    def refuse(obj, log, **_signal):
        assert (obj.state, log.name) == (JobState.FAILED, "give_up")
        raise RuntimeError

    transitioned.connect(refuse, sender=Job)
    try:
        with pytest.raises(RuntimeError):
            apply(job, "give_up", by=allowed, at=at, **READY)
    finally:
        transitioned.disconnect(refuse, sender=Job)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert not TransitionLog.objects.exists()


def race_to_give_up(job, allowed, at, count=8):
    """Give a job up so many times at once; return how many were let through."""
    start = Barrier(count)

    def attempt(_number: int) -> bool:
        mine = Job.objects.get(pk=job.pk)
        start.wait(timeout=10)
        try:
            apply(mine, "give_up", by=allowed, at=at, **READY)
        except WrongState:
            return False
        return True

    return sum(run_together(attempt, count))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_wins(make_job, allowed, at):
    job = make_job()
    assert race_to_give_up(job, allowed, at) == 1
    assert history_of(job).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_many_at_once_win(make_job, allowed, at, monkeypatch):
    """The negative control: all have read the state before any has changed it."""
    job = make_job()
    all_have_read = Barrier(8)

    def read_without_lock(obj):
        found = type(obj).objects.get(pk=obj.pk)
        all_have_read.wait(timeout=10)
        return found

    monkeypatch.setattr(workflow, "_locked", read_without_lock)
    assert race_to_give_up(job, allowed, at) == 8


def test_offers_are_what_one_may_do_from_here_with_what_is_missing(
    make_job, allowed, at
):
    (offer,) = offers(make_job(), by=allowed, at=at)
    assert offer.transition.name == "give_up"
    assert offer.reasons == ["Ошибка не названа.", "Причина не названа."]


def test_nothing_is_offered_to_whoever_has_no_right(make_job, stranger, at):
    assert offers(make_job(), by=stranger, at=at) == []


def test_the_table_prints_itself(toy_table):
    assert toy_table.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> queued",
        "    queued --> failed: give_up (MIN 5.4.2)",
        "    failed --> queued: begin_anew",
        "    done --> queued: begin_anew",
    ]


def test_a_table_is_found_by_its_model(toy_table):
    assert workflow_of(Job) is toy_table
    assert toy_table in all_workflows()


def test_states_have_words(toy_table):
    assert toy_table.state_label(JobState.QUEUED) == str(JobState.QUEUED.label)
    assert toy_table.state_label("unheard of") == "unheard of"
