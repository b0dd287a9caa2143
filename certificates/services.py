"""Writes of certificates: issuing, the file, revocation, wrong codes."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.codes import as_typed
from certificates.drafts import Refusal, draft_certificates, give_number
from certificates.enums import RENDER, Standing
from certificates.models import Certificate, CertificateFile, Revocation, WrongCode
from certificates.selectors import (
    WRONG_CODES_WINDOW,
    Verification,
    is_guessing,
    verify_content,
    verify_number,
)
from core.counters import next_numbers
from core.enums import Lane
from core.jobs import enqueue
from core.storage import store_bytes
from registry.models import Run

SERIES = "certificate"


class AlreadyRevoked(Exception):
    """The certificate is revoked already."""

    def __str__(self) -> str:
        return str(_("The certificate is revoked already."))


class TooManyWrongCodes(Exception):
    """Codes are being guessed; nothing is told for a while."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issuing did: new certificates, and who got none and why."""

    certificates: list[Certificate]
    refusals: list[Refusal]


@transaction.atomic
def issue_certificates(*, run: Run, by: User, at: datetime) -> Issue:
    """Issue certificates to those who passed a run and have none (MIN 5.5.5).

    Numbers and every field printed are frozen here, the files are made by jobs. Done
    again, it issues only what is new: nobody gets two for one run.

    Raises:
        PermissionDenied: certificates are not this person's business.
    """
    if not by.has_perm("certificates.issue", run):
        raise PermissionDenied
    # One issuing of a run at a time: the second waits, then finds nothing left.
    locked = Run.objects.select_for_update().get(pk=run.pk)
    drafts = draft_certificates(locked, by=by, at=at)
    if drafts.ready:
        numbers = next_numbers(SERIES, count=len(drafts.ready))
        for number, draft in zip(numbers, drafts.ready, strict=True):
            give_number(draft, number)
        Certificate.objects.bulk_create(drafts.ready)
        enqueue(
            RENDER,
            lane=Lane.QUICK,
            subject_ids=[certificate.pk for certificate in drafts.ready],
            by=by,
            at=at,
        )
    return Issue(drafts.ready, drafts.refused)


def keep_file(*, certificate_id: int, pdf: bytes, at: datetime) -> CertificateFile:
    """Keep the bytes of a certificate, once: the file first, then the row."""
    name, digest = store_bytes(pdf, folder="certificates", ending="pdf")
    file, _is_new = CertificateFile.objects.get_or_create(
        certificate_id=certificate_id,
        defaults={
            "stored_as": name,
            "sha256": digest,
            "size_bytes": len(pdf),
            "rendered_at": at,
        },
    )
    return file


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: User, at: datetime
) -> Revocation:
    """End a certificate's force; the certificate itself stays as it is.

    Raises:
        PermissionDenied: revoking is not this person's business.
        AlreadyRevoked: it was done before.
    """
    if not by.has_perm("certificates.revoke", certificate):
        raise PermissionDenied
    try:
        with transaction.atomic():
            return Revocation.objects.create(
                certificate=certificate,
                reason=reason.strip(),
                revoked_at=at,
                revoked_by=by,
            )
    except IntegrityError as error:
        raise AlreadyRevoked from error


def verify_code(*, number: int, code: str, address: str, at: datetime) -> Verification:
    """Answer for a number with its code, however it was typed.

    A wrong code is counted, so that nobody guesses: 25¹² codes and a few tries.

    Raises:
        TooManyWrongCodes: from this address, or for this number; even the right code
            gets no answer then.
    """
    if is_guessing(number=number, address=address, at=at):
        raise TooManyWrongCodes
    answer = verify_number(number, as_typed(code))
    if answer.standing == Standing.UNKNOWN:
        WrongCode.objects.filter(at__lte=at - WRONG_CODES_WINDOW).delete()
        WrongCode.objects.create(number=number, address=address, at=at)
    return answer


def verify_pdf(*, pdf: bytes, address: str, at: datetime) -> Verification:
    """Answer for a file; codes in it that are wrong count as if they were typed.

    Raises:
        TooManyWrongCodes: files with invented codes came from this address.
    """

    def ask(number: int, code: str) -> Verification:
        return verify_code(number=number, code=code, address=address, at=at)

    return verify_content(pdf, ask=ask)
