"""Remarks of the expert, answers of the authors (MIN 5.4.7: one by one)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import workflow
from expertise.models import Expertise, Remark
from expertise.services.review import lock_for_review


@transaction.atomic
def write_remark(
    *,
    expertise: Expertise,
    text: str,
    by: User,
    at: datetime,
    section: str = "",
    object_id: int | None = None,
) -> Remark:
    """Write a remark on the dossier, at a place of the passport or on the whole.

    Raises:
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
    """
    lock_for_review(expertise, by=by)
    return Remark.objects.create(
        expertise=expertise,
        text=text.strip(),
        section=section,
        object_id=object_id,
        written_at=at,
    )


@transaction.atomic
def withdraw_remark(*, remark: Remark, by: User) -> None:
    """Take a remark back before the verdict; the trail keeps it.

    Raises:
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
    """
    lock_for_review(remark.expertise, by=by)
    remark.delete()


def answer_remark(*, remark: Remark, answer: str, by: User, at: datetime) -> None:
    """Answer a remark while the course is being reworked; an answer may be bettered.

    Raises:
        TransitionRefused: accepted already, not an author, or nothing was written.
    """
    workflow.apply(remark, "answer", by=by, at=at, values={"answer": answer.strip()})


def accept_remark(*, remark: Remark, by: User, at: datetime) -> None:
    """Accept the authors' answer, as the expert of the remark or of a later round.

    Raises:
        TransitionRefused: not answered yet, or not the expert.
    """
    workflow.apply(remark, "accept", by=by, at=at)
