"""Queues and events on the front page of the admin."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from config.queues import EVENTS_SHOWN, last_events, queues_of
from core import workflow
from core.enums import JobState
from core.models import Job, TransitionLog
from tests.core.conftest import allowed, make_job, toy_table  # noqa: F401 (fixtures)
from tests.factories import FinanceFactory, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_jobs(monkeypatch, request):
    """Jobs are the only objects that have a way."""
    monkeypatch.setattr(workflow, "_WORKFLOWS", {})
    request.getfixturevalue("toy_table")


@pytest.fixture
def look():
    request = RequestFactory().get("/admin/")
    request.user = OfficerFactory()
    return request


def test_a_queue_counts_the_states_that_lead_on(look, make_job):  # noqa: F811
    for number in range(3):
        make_job(subject_id=number)
    make_job(JobState.FAILED, subject_id=9)
    (queue,) = queues_of(look, admin.site)
    changelist = reverse("admin:core_job_changelist")
    assert queue.url == changelist
    assert [(state["count"], state["url"]) for state in queue.states] == [
        (3, f"{changelist}?state__exact=queued"),
        (1, f"{changelist}?state__exact=failed"),
    ]


def test_a_state_that_leads_nowhere_is_no_queue(look, make_job):  # noqa: F811
    make_job(JobState.RUNNING, token="0" * 32, lease_until="2026-09-14T09:00Z")
    assert queues_of(look, admin.site) == []


def test_what_one_may_not_see_is_not_counted(look):
    look.user = FinanceFactory()
    assert queues_of(look, admin.site) == []
    assert last_events(look, admin.site) == []


def test_a_model_without_a_page_is_left_out(look):
    assert queues_of(look, admin.AdminSite()) == []


def give_up(job, by, at):
    workflow.apply(
        job, "give_up", by=by, at=at, comment="Нет", values={"last_error": "x"}
    )


def test_events_say_who_did_what_to_what(look, make_job, allowed, at):  # noqa: F811
    job = make_job()
    give_up(job, allowed, at)
    (event,) = last_events(look, admin.site)
    assert (event["by"], event["subject"], event["comment"]) == (allowed, job, "Нет")
    assert str(event["action"]) == "Give up"
    assert event["url"] == reverse("admin:core_job_change", args=[job.pk])


def test_the_last_ones_are_shown_in_as_many_queries(
    look,
    make_job,  # noqa: F811
    allowed,  # noqa: F811
    at,
    django_assert_num_queries,
):
    for number in range(EVENTS_SHOWN + 5):
        give_up(make_job(subject_id=number), allowed, at)
    look.user.has_perm("core.view_job")
    with django_assert_num_queries(2):
        assert len(last_events(look, admin.site)) == EVENTS_SHOWN


def test_where_nothing_happened_there_are_no_events(look):
    assert last_events(look, admin.site) == []


def test_events_of_other_kinds_are_not_mixed_in(look, make_job, allowed, at):  # noqa: F811
    job = make_job()
    give_up(job, allowed, at)
    TransitionLog.objects.create(
        subject_model="x.Y", subject_id=job.pk, name="n", by=allowed, at=at
    )
    assert len(last_events(look, admin.site)) == 1


def test_an_event_of_what_is_gone_is_still_told(look, make_job, allowed, at):  # noqa: F811
    job = make_job()
    give_up(job, allowed, at)
    Job.objects.all().delete()
    (event,) = last_events(look, admin.site)
    assert event["subject"] is None
