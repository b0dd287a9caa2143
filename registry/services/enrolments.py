"""Learners enrol, withdraw and enrol again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.workflow import GuardsUnmet, apply
from courses.enums import ContentLanguage
from registry.enums import EnrolmentState
from registry.models import Enrolment, Run
from registry.selectors import certificate_languages, reasons_against_enrolment


class AlreadyEnrolled(Exception):
    """The learner is in this run."""


def enrol(
    *, run: Run, learner: User, language: str, by: User, at: datetime
) -> Enrolment:
    """Enrol a learner in a run, or again after a withdrawal.

    Learners enrol themselves; centre staff enrol anybody but the course's authors.
    `language` is that of the certificate: one in which the course has a title.

    Raises:
        PermissionDenied: `by` may not enrol this learner, or an author would learn.
        AlreadyEnrolled: the learner is in this run.
        GuardsUnmet: enrolment is not open, or the course has no such language.
    """
    if not learner.has_perm("registry.enrol", run) or (
        by.pk != learner.pk and not by.has_perm("registry.enrol_others", run)
    ):
        raise PermissionDenied
    with transaction.atomic():
        # Held against a close of the run and against the same click twice.
        held = (
            Run.objects.select_for_update(of=("self",))
            .select_related("entry__version")
            .get(pk=run.pk)
        )
        before = Enrolment.objects.filter(run=held, learner=learner).first()
        if before is None:
            return _enrol_first(held, learner, language, at)
        if before.state == EnrolmentState.ENROLLED:
            raise AlreadyEnrolled(_("You are in this run already."))
        apply(before, "enrol_again", by=by, at=at, values={"language": language})
    return before


def withdraw(
    *, enrolment: Enrolment, by: User, at: datetime, comment: str = ""
) -> None:
    """Take a learner out of a run. See `core.workflow.apply`."""
    apply(enrolment, "withdraw", by=by, at=at, comment=comment)


def _enrol_first(run: Run, learner: User, language: str, at: datetime) -> Enrolment:
    reasons = reasons_against_enrolment(run, timezone.localdate(at))
    if language not in certificate_languages(run.entry.version):
        reasons.append(_("The course has no title in this language."))
    if reasons:
        raise GuardsUnmet(reasons)
    return Enrolment.objects.create(
        run=run, learner=learner, language=ContentLanguage(language), enrolled_at=at
    )
