"""The way of a course version (MIN 5.4)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from courses.enums import Stage
from courses.models import CourseVersion
from courses.selectors import reasons_against_expertise


def _guard_check(version: CourseVersion, _by: Any, _at: datetime) -> list[str]:
    return reasons_against_expertise(version)


def _stamp_submitted(version: CourseVersion, by: Any, at: datetime) -> None:
    version.submitted_at = at
    version.submitted_by = by


def _stamp_decided(version: CourseVersion, _by: Any, at: datetime) -> None:
    version.decided_at = at


VERSION_WORKFLOW = Workflow(
    CourseVersion,
    state="stage",
    transitions=[
        Transition(
            name="submit_for_expertise",
            label=_("Send to expertise"),
            sources=(Stage.DRAFT, Stage.REWORK),
            target=Stage.EXPERTISE,
            permission="courses.submit_for_expertise",
            guards=(_guard_check,),
            stamps=(_stamp_submitted,),
            clause="MIN 5.4.2",
        ),
        Transition(
            name="return_for_rework",
            label=_("Return for rework"),
            sources=(Stage.EXPERTISE,),
            target=Stage.REWORK,
            permission="courses.decide_on_expertise",
            clause="MIN 5.4.7",
        ),
        Transition(
            name="recommend",
            label=_("Recommend for opening"),
            sources=(Stage.EXPERTISE,),
            target=Stage.RECOMMENDED,
            permission="courses.decide_on_expertise",
            stamps=(_stamp_decided,),
            clause="MIN 5.4.6",
        ),
        Transition(
            name="reject",
            label=_("Do not admit to opening"),
            sources=(Stage.EXPERTISE,),
            target=Stage.REJECTED,
            permission="courses.decide_on_expertise",
            stamps=(_stamp_decided,),
            clause="MIN 5.4.6",
        ),
    ],
)
