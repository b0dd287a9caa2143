"""What would be printed for those who passed: drafts, sorted by whether they may be."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from certificates.codes import new_code
from certificates.models import Certificate
from certificates.printing import check
from certificates.selectors import fields_of, results_to_certify
from core.pdf import PdfRefused
from registry.models import Result, Run


@dataclass(frozen=True, slots=True)
class Refusal:
    """A learner who passed and gets no certificate yet, with the reason."""

    learner: User
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Certificates that can be issued, unsaved and without numbers; and the others."""

    ready: list[Certificate] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def draft_certificates(run: Run, *, by: User, at: datetime) -> Drafts:
    """Draft the certificates that a run still owes, by the learners' names."""
    drafts = Drafts()
    for result in results_to_certify(run):
        draft = _draft(result, by=by, at=at)
        reason = _reason_against(draft)
        if reason:
            drafts.refused.append(Refusal(result.enrolment.learner, reason))
        else:
            drafts.ready.append(draft)
    return drafts


def give_number(draft: Certificate, number: int) -> None:
    """Put a number into a draft, and into the address it is verified at."""
    draft.number = number
    path = reverse("certificates:verified", args=[number, draft.code])
    draft.verification_url = f"{settings.BASE_URL}{path}"


def _draft(result: Result, *, by: User, at: datetime) -> Certificate:
    enrolment = result.enrolment
    version = enrolment.run.entry.version
    titles = {text.language: text.title for text in version.texts.all()}
    learner = enrolment.learner
    with override(enrolment.language):
        centre = _("Open courses centre")
    draft = Certificate(
        code=new_code(),
        run=enrolment.run,
        learner=learner,
        language=enrolment.language,
        surname=learner.surname,
        given_name=learner.given_name,
        patronymic=learner.patronymic,
        course_title=titles.get(enrolment.language, ""),
        course_type=version.course.type,
        workload_hours=Decimal(version.hours or 0),
        workload_credits=version.credits,
        completed_on=result.completed_on,
        issued_on=timezone.localdate(at),
        university=settings.UNIVERSITY_NAME[enrolment.language],
        centre=centre,
        city=settings.UNIVERSITY_CITY,
        signatory_name=settings.SIGNATORY_NAME,
        signatory_position=settings.SIGNATORY_POSITION,
        issued_at=at,
        issued_by=by,
    )
    # Provisional, as a number is taken only for what can be printed.
    give_number(draft, 0)
    return draft


def _reason_against(draft: Certificate) -> str:
    """Return why a certificate cannot be printed; empty when it can."""
    if not draft.course_title:
        return _("The course has no title in the language “%(language)s”.") % {
            "language": draft.get_language_display()
        }
    if not draft.workload_hours:
        return _("The passport does not state the workload in hours.")
    try:
        check(fields_of(draft))
    except PdfRefused as refusal:
        return str(refusal)
    return ""
