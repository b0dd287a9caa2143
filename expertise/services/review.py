"""A round of expertise: its request, its expert, the marks."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import workflow
from core.deadlines import add_working_days
from core.mail import queue_mail
from courses.models import CourseVersion
from courses.services import submit_version
from expertise.dossier import dossier_sha256
from expertise.enums import ExpertiseState, Mark
from expertise.models import Criterion, Expertise, Rating
from expertise.selectors import reasons_of_remarks

# MIN names no term for the expert's work; ten working days is the portal's default.
DEFAULT_TERM_WORKING_DAYS = 10


@transaction.atomic
def request_expertise(*, version: CourseVersion, by: User, at: datetime) -> Expertise:
    """Ask for the next round of expertise over a dossier frozen now (MIN 5.4.2).

    Raises:
        WrongState: it is at expertise already, or decided.
        NotAllowed: neither the lead author nor the head of the unit asks.
        GuardsUnmet: mandatory requirements fail or cannot be told, or remarks of an
            earlier round have no answer.
    """
    snapshot, check = submit_version(version=version, by=by, at=at)
    unanswered = reasons_of_remarks(version)
    if unanswered:
        raise workflow.GuardsUnmet(unanswered)
    last = version.expertises.order_by("-round").first()
    return Expertise.objects.create(
        version=version,
        round=last.round + 1 if last else 1,
        snapshot=snapshot,
        check_made=check,
        dossier_sha256=dossier_sha256(snapshot, check),
        requested_at=at,
        requested_by=by,
    )


def default_due_on(at: datetime) -> date:
    """Return the day an expert appointed at `at` is asked to be ready by."""
    return add_working_days(
        timezone.localdate(at), DEFAULT_TERM_WORKING_DAYS, country=settings.COUNTRY
    )


@transaction.atomic
def appoint_expert(
    *,
    expertise: Expertise,
    expert: User,
    due_on: date,
    by: User,
    at: datetime,
    comment: str = "",
) -> None:
    """Give a round to an expert, who is told by mail (MIN 5.4.3).

    Raises:
        TransitionRefused: it has an expert, or the person may not be one.
    """
    workflow.apply(
        expertise,
        "appoint_expert",
        by=by,
        at=at,
        comment=comment,
        values={"expert": expert, "due_on": due_on},
    )
    with override(expert.language):
        queue_mail(
            to=expert.email,
            subject=_("You are appointed the expert of a course"),
            body=_(
                "%(name)s, you are asked to give your expertise of the course "
                "“%(course)s” by %(due)s.\n\n%(link)s"
            )
            % {
                "name": expert.full_name,
                "course": expertise.version.title,
                "due": due_on.strftime("%d.%m.%Y"),
                "link": page_url(expertise),
            },
            by=by,
            at=at,
        )


@transaction.atomic
def rate_criteria(
    *,
    expertise: Expertise,
    marks: Mapping[Criterion, tuple[Mark, str]],
    by: User,
) -> None:
    """Keep an expert's marks and words; they may be changed until the verdict.

    Raises:
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
    """
    lock_for_review(expertise, by=by)
    for criterion, (mark, comment) in marks.items():
        Rating.objects.update_or_create(
            expertise=expertise,
            criterion=criterion,
            defaults={"mark": mark, "comment": comment.strip()},
        )


def lock_for_review(expertise: Expertise, *, by: User) -> Expertise:
    """Lock a round so that nothing is written beside its verdict.

    Raises:
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
    """
    locked = Expertise.objects.select_for_update(of=("self",)).get(pk=expertise.pk)
    refuse_unless_under_review(locked, by=by)
    return locked


def refuse_unless_under_review(expertise: Expertise, *, by: User) -> None:
    """Let through the expert whose round is open, and nobody else.

    Raises:
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
    """
    if not by.has_perm("expertise.review", expertise):
        raise PermissionDenied
    if expertise.state != ExpertiseState.REVIEW:
        raise workflow.WrongState(_("The round is not under review."))


def page_url(expertise: Expertise) -> str:
    """Return the whole address of a round's page, for letters."""
    path = reverse("expertise:expertise_detail", args=[expertise.pk])
    return f"{settings.BASE_URL}{path}"
