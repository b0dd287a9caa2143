"""The verdict: exactly one of three texts, signed, for good (MIN 5.4.6)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.services import add_signature, confirm_identity
from core import workflow
from core.mail import queue_mail
from expertise.dossier import document_sha256
from expertise.enums import VERDICT_TEXTS, Mark, RemarkState, VerdictKind
from expertise.models import Criterion, Expertise, Remark, Verdict
from expertise.services.review import lock_for_review, page_url

VERSION_TRANSITIONS = {
    VerdictKind.RECOMMENDED: "recommend",
    VerdictKind.REWORK: "return_for_rework",
    VerdictKind.REJECTED: "reject",
}


class VerdictRefused(Exception):
    """The conclusion is not ready to be signed; `reasons` says why, one a line."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class DocumentChanged(Exception):
    """What is to be signed is no longer what the expert was shown."""


def document_to_sign(
    expertise: Expertise, *, kind: VerdictKind, conclusion: str
) -> dict[str, Any]:
    """Return exactly what a verdict signs: expert, dossier, marks, remarks, text.

    The round must have its expert.
    """
    expert = expertise.expert
    return {
        "expert": {
            "name": expert.full_name if expert else "",
            "position": expert.position if expert else "",
            "degree": expert.degree if expert else "",
            "academic_title": expert.academic_title if expert else "",
        },
        "course": expertise.version.course.code,
        "title": expertise.version.title,
        "version": expertise.version.number,
        "round": expertise.round,
        "dossier_sha256": expertise.dossier_sha256,
        "ratings": [
            {
                "indicator": rating.criterion.indicator.title_ru,
                "clause": rating.criterion.clause,
                "criterion": rating.criterion.text_ru,
                "mark": rating.mark,
                "comment": rating.comment,
            }
            for rating in expertise.ratings.select_related("criterion__indicator")
        ],
        "remarks": [remark.text for remark in expertise.remarks.all()],
        "conclusion": conclusion.strip(),
        "verdict": VERDICT_TEXTS[kind],
    }


def reasons_against_verdict(
    expertise: Expertise, *, kind: VerdictKind, conclusion: str
) -> list[str]:
    """Return why this verdict cannot be signed yet; empty when it can."""
    ratings = {rating.criterion_id: rating for rating in expertise.ratings.all()}
    unrated = Criterion.objects.filter(is_in_use=True).exclude(pk__in=ratings).count()
    wordless = sum(
        rating.mark in (Mark.PARTLY, Mark.NOT_MET) and not rating.comment.strip()
        for rating in ratings.values()
    )
    reasons = []
    if unrated:
        reasons.append(_("Criteria not rated yet: %(count)s.") % {"count": unrated})
    if wordless:
        reasons.append(
            _("Marks below “met” without words: %(count)s.") % {"count": wordless}
        )
    if not conclusion.strip():
        reasons.append(_("Write the conclusion."))
    return [*reasons, *_reasons_by_kind(expertise, kind)]


def _reasons_by_kind(expertise: Expertise, kind: VerdictKind) -> list[str]:
    if kind == VerdictKind.REWORK and not expertise.remarks.exists():
        return [_("Write at least one remark: what is to be reworked.")]
    if kind != VerdictKind.RECOMMENDED:
        return []
    unsettled = (
        Remark.objects.filter(expertise__version=expertise.version)
        .exclude(state=RemarkState.ACCEPTED)
        .count()
    )
    if unsettled:
        return [
            _(
                "A course with remarks that are not accepted cannot be recommended: "
                "%(count)s."
            )
            % {"count": unsettled}
        ]
    return []


def sign_verdict(
    *,
    expertise: Expertise,
    kind: VerdictKind,
    conclusion: str,
    password: str,
    by: User,
    at: datetime,
    seen_sha256: str = "",
) -> Verdict:
    """Sign the verdict of a round; the course goes on its way by it.

    `seen_sha256` is the hash of the document the expert was shown, where it was shown.

    Raises:
        WrongPassword: the password is not the expert's; nothing is signed.
        PermissionDenied: not this round's expert.
        WrongState: the round is not under review.
        VerdictRefused: something is missing.
        DocumentChanged: marks or remarks changed since the expert was shown them.
    """
    confirm_identity(by=by, password=password)
    with transaction.atomic():
        locked = lock_for_review(expertise, by=by)
        document = _ready_document(
            locked, kind=kind, conclusion=conclusion, seen_sha256=seen_sha256
        )
        verdict = _write_verdict(locked, kind=kind, document=document, by=by, at=at)
        # The expert's right over the version ends with the round: the version first.
        workflow.apply(
            locked.version,
            VERSION_TRANSITIONS[kind],
            by=by,
            at=at,
            comment=VERDICT_TEXTS[kind],
        )
        workflow.apply(locked, "conclude", by=by, at=at)
        _tell_authors(verdict, by=by, at=at)
    expertise.refresh_from_db()
    return verdict


def _ready_document(
    expertise: Expertise, *, kind: VerdictKind, conclusion: str, seen_sha256: str
) -> dict[str, Any]:
    reasons = reasons_against_verdict(expertise, kind=kind, conclusion=conclusion)
    if reasons:
        raise VerdictRefused(reasons)
    document = document_to_sign(expertise, kind=kind, conclusion=conclusion)
    if seen_sha256 and seen_sha256 != document_sha256(document):
        raise DocumentChanged(_("The document changed since it was shown to you."))
    return document


def _write_verdict(
    expertise: Expertise,
    *,
    kind: VerdictKind,
    document: dict[str, Any],
    by: User,
    at: datetime,
) -> Verdict:
    signature = add_signature(
        by=by,
        in_role=_("expert"),
        subject=f"{expertise.version.course.code}, {expertise.round}",
        sha256=document_sha256(document),
        at=at,
    )
    return Verdict.objects.create(
        expertise=expertise,
        kind=kind,
        text=document["verdict"],
        conclusion=document["conclusion"],
        document=document,
        signature=signature,
    )


def _tell_authors(verdict: Verdict, *, by: User, at: datetime) -> None:
    version = verdict.expertise.version
    for authorship in version.authorships.select_related("user"):
        with override(authorship.user.language):
            queue_mail(
                to=authorship.user.email,
                subject=_("The verdict on the course %(code)s")
                % {"code": version.course.code},
                body=_("“%(course)s”: %(verdict)s.\n\n%(link)s")
                % {
                    "course": version.title,
                    "verdict": verdict.text,
                    "link": page_url(verdict.expertise),
                },
                by=by,
                at=at,
            )
