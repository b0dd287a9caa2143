"""A transition table over a model that has none of its own: jobs."""

from collections.abc import Iterator

import pytest
import rules
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.enums import JobState, Lane
from core.models import Job
from core.workflow import Transition, Workflow
from tests.factories import UserFactory

PERMISSION = "core.try_a_job"


def lacks_an_error(job, _by, _at):
    return [] if job.last_error else ["Ошибка не названа.", "Причина не названа."]


def stamp_end(job, _by, at):
    job.finished_at = at


@pytest.fixture
def toy_table() -> Iterator[Workflow]:
    """queued → failed (with guard, stamp, field and comment), failed → queued."""
    rules.add_perm(
        PERMISSION, rules.predicate(lambda user, _job: user.surname == "Правова")
    )
    yield Workflow(
        Job,
        state="state",
        transitions=[
            Transition(
                "give_up",
                _("Give up"),
                (JobState.QUEUED,),
                JobState.FAILED,
                PERMISSION,
                guards=(lacks_an_error,),
                stamps=(stamp_end,),
                fields=("last_error",),
                clause="MIN 5.4.2",
                needs_comment=True,
            ),
            Transition(
                "begin_anew",
                _("Begin anew"),
                (JobState.FAILED, JobState.DONE),
                JobState.QUEUED,
                PERMISSION,
                stamps=(lambda job, _by, _at: setattr(job, "finished_at", None),),
            ),
        ],
    )
    workflow._WORKFLOWS.pop(Job)
    rules.remove_perm(PERMISSION)


@pytest.fixture
def allowed(db):
    return UserFactory(surname="Правова")


@pytest.fixture
def make_job(db, at):
    """Make a job in a state, with what the state implies."""

    def make(state: str = JobState.QUEUED, **fields) -> Job:
        is_over = state in {JobState.DONE, JobState.FAILED}
        values = {
            "kind": "tests.toy",
            "lane": Lane.QUICK,
            "subject_id": 1,
            "by": fields.pop("by", None) or UserFactory(),
            "due_at": at,
            "created_at": at,
            "finished_at": at if is_over else None,
        }
        return Job.objects.create(state=state, **{**values, **fields})

    return make
