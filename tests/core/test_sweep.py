"""The command that wakes the workers and tells which jobs are late or gave up."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.enums import JobState, Lane
from core.models import Job
from core.tasks import drain
from tests.factories import UserFactory

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch):
    """The lanes that were woken; the broker is not asked."""
    lanes = []
    monkeypatch.setattr(drain, "apply_async", lambda **how: lanes.append(how["queue"]))
    return lanes


@pytest.fixture
def jobs(db):
    """One job that is due, one late for six minutes, one running, one that gave up."""
    now, by = timezone.now(), UserFactory()
    running = {"lease_until": now + MINUTE, "token": uuid.uuid4()}
    rows = (
        (JobState.QUEUED, now - 4 * MINUTE, {}),
        (JobState.QUEUED, now - 6 * MINUTE, {}),
        (JobState.RUNNING, now - 9 * MINUTE, running),
        (JobState.FAILED, now - 9 * MINUTE, {"finished_at": now}),
    )
    for subject_id, (state, due_at, more) in enumerate(rows):
        Job.objects.create(
            kind="tests.toy",
            lane=Lane.QUICK,
            subject_id=subject_id,
            state=state,
            due_at=due_at,
            created_at=due_at,
            by=by,
            **more,
        )


def test_every_lane_is_woken_and_late_jobs_are_told(jobs, woken, capsys):
    call_command("sweep", "--json")

    assert woken == [str(lane) for lane in Lane]
    assert json.loads(capsys.readouterr().out) == {
        "queued": 2,
        "running": 1,
        "late": 1,
        "gave_up": 1,
        "lanes_woken": len(Lane),
        "files_looked_at": 0,
        "files_swept": [],
        "bytes_swept": 0,
    }


def test_a_second_sweep_changes_no_job(jobs, woken, capsys):
    before = list(Job.objects.order_by("pk").values())
    call_command("sweep")
    call_command("sweep")

    assert list(Job.objects.order_by("pk").values()) == before
    assert capsys.readouterr().out.splitlines()[:5] == [
        "queued: 2",
        "running: 1",
        "late: 1",
        "gave_up: 1",
        f"lanes_woken: {len(Lane)}",
    ]


def test_a_broker_that_is_down_is_told_and_no_error(db, monkeypatch, capsys):
    def refuse(**_how):
        raise OperationalError

    monkeypatch.setattr(drain, "apply_async", refuse)
    call_command("sweep", "--json")

    assert json.loads(capsys.readouterr().out)["lanes_woken"] == 0
