"""The way of a round of expertise, and of its remarks (MIN 5.4.3–5.4.7)."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from expertise.enums import ExpertiseState, RemarkState
from expertise.models import Expertise, Remark


def _stamp_appointed(expertise: Expertise, _by: Any, at: datetime) -> None:
    expertise.appointed_at = at


def _stamp_concluded(expertise: Expertise, _by: Any, at: datetime) -> None:
    expertise.concluded_at = at


def _stamp_answered(remark: Remark, by: Any, at: datetime) -> None:
    remark.answered_at = at
    remark.answered_by = by


def _stamp_accepted(remark: Remark, _by: Any, at: datetime) -> None:
    remark.accepted_at = at


def _guard_expert(expertise: Expertise, _by: Any, _at: datetime) -> list[str]:
    if expertise.expert is None:
        return [gettext("Choose an expert.")]
    if not expertise.expert.is_active:
        return [gettext("The account of this person is closed.")]
    if expertise.version.authorships.filter(user=expertise.expert).exists():
        return [gettext("An author of the course cannot be its expert.")]
    if expertise.expert_id == expertise.requested_by_id:
        return [gettext("Who requested the expertise cannot be its expert.")]
    return []


def _guard_due(expertise: Expertise, _by: Any, at: datetime) -> list[str]:
    if expertise.due_on is None:
        return [gettext("Name the day the expert is to be ready by.")]
    if expertise.due_on < timezone.localdate(at):
        return [gettext("The day the expert is to be ready by is over.")]
    return []


def _guard_answer(remark: Remark, _by: Any, _at: datetime) -> list[str]:
    return (
        [] if remark.answer.strip() else [gettext("Write what was mended, or why not.")]
    )


EXPERTISE_WORKFLOW = Workflow(
    Expertise,
    state="state",
    transitions=[
        Transition(
            name="appoint_expert",
            label=_("Appoint the expert"),
            sources=(ExpertiseState.REQUESTED,),
            target=ExpertiseState.REVIEW,
            permission="expertise.appoint_expert",
            fields=("expert", "due_on"),
            guards=(_guard_expert, _guard_due),
            stamps=(_stamp_appointed,),
            clause="MIN 5.4.3",
        ),
        Transition(
            name="conclude",
            label=_("Sign the verdict"),
            sources=(ExpertiseState.REVIEW,),
            target=ExpertiseState.CONCLUDED,
            permission="expertise.review",
            stamps=(_stamp_concluded,),
            clause="MIN 5.4.6",
        ),
    ],
)

REMARK_WORKFLOW = Workflow(
    Remark,
    state="state",
    transitions=[
        Transition(
            name="answer",
            label=_("Answer the remark"),
            sources=(RemarkState.OPEN, RemarkState.ANSWERED),
            target=RemarkState.ANSWERED,
            permission="expertise.answer_remark",
            fields=("answer",),
            guards=(_guard_answer,),
            stamps=(_stamp_answered,),
            clause="MIN 5.4.7",
        ),
        Transition(
            name="accept",
            label=_("Accept the answer"),
            sources=(RemarkState.ANSWERED,),
            target=RemarkState.ACCEPTED,
            permission="expertise.accept_remark",
            stamps=(_stamp_accepted,),
            clause="MIN 5.4.7",
        ),
    ],
)
