"""Reads of certificates: whose, what is printed, what a verification answers."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django_stubs_ext import WithAnnotations

from accounts.models import User
from certificates.enums import RENDER, Standing
from certificates.models import Certificate, CertificateFile, WrongCode
from certificates.printing import CertificateFields, Language
from certificates.references import references_in
from core.enums import JobState
from core.models import Job
from registry.enums import EnrolmentState
from registry.models import Enrolment, Result, Run
from registry.selectors import locks_results, passed_results, runs_visible_to

# A person mistypes a few times; many people may verify one certificate.
WRONG_CODES_WINDOW = timedelta(minutes=15)
WRONG_CODES_OF_ADDRESS = 10
WRONG_CODES_OF_NUMBER = 50


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to whoever verifies; the certificate, where there is one."""

    standing: Standing
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the files of a run's certificates are: counts of rows."""

    made: int
    issued: int
    given_up: int

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will come by itself."""
        return self.made + self.given_up >= self.issued


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """Return the certificates a person may see: own ones; centre staff, all."""
    certificates = Certificate.objects.select_related("file", "revocation")
    if user.has_perm("certificates.view_certificate"):
        return certificates
    return certificates.filter(learner=user)


def certificates_of(learner: User) -> QuerySet[Certificate]:
    """Return a learner's own certificates, newest first."""
    return learner.certificates.select_related("file", "revocation")


def certificates_in(run: Run, *, query: str = "") -> QuerySet[Certificate]:
    """Return the certificates of a run, those found by a number or a name."""
    certificates = run.certificates.select_related("file", "revocation")
    digits = query.strip("№ \N{NO-BREAK SPACE}")
    if digits.isdecimal():
        return certificates.filter(number=int(digits))
    for word in query.split():
        certificates = certificates.filter(
            Q(surname__icontains=word)
            | Q(given_name__icontains=word)
            | Q(patronymic__icontains=word)
        )
    return certificates


def results_to_certify(run: Run) -> QuerySet[Result]:
    """Return the passed results of a run whose learners have no certificate of it."""
    return (
        passed_results(run)
        .exclude(enrolment__learner__in=run.certificates.values("learner"))
        .select_related("enrolment__learner", "enrolment__run__entry__version__course")
        .prefetch_related("enrolment__run__entry__version__texts")
        .order_by("enrolment__learner__surname", "enrolment__learner__given_name", "pk")
    )


class RunCounts(TypedDict):
    """How many `passed` a run, and how many of them are `owed` a certificate."""

    passed: int
    owed: int


def runs_with_certificates(user: User) -> "QuerySet[WithAnnotations[Run, RunCounts]]":
    """Return the runs that somebody passed, as far as a person sees them."""
    passed = Enrolment.objects.filter(
        state=EnrolmentState.ENROLLED, result__is_passed=True
    )
    owed = passed.filter(~Exists(_certificate_of_enrolment()))
    return (
        runs_visible_to(user)
        .annotate(
            passed=Count("enrolments", filter=Q(enrolments__in=passed)),
            owed=Count("enrolments", filter=Q(enrolments__in=owed)),
        )
        .filter(passed__gt=0)
        .order_by("-starts_on", "-pk")
    )


def progress_of(run: Run) -> Progress:
    """Return how far the files of a run's certificates are."""
    counts = run.certificates.aggregate(issued=Count("pk"), made=Count("file"))
    waiting = run.certificates.filter(file=None).values("pk")
    given_up = Job.objects.filter(
        kind=RENDER, state=JobState.FAILED, subject_id__in=waiting
    ).values("subject_id")
    return Progress(counts["made"], counts["issued"], given_up.distinct().count())


@locks_results
def certified_enrolments(enrolment_ids: Collection[int]) -> Collection[int]:
    """Return those of some enrolments whose result a certificate was issued upon."""
    certified = Enrolment.objects.filter(
        Exists(_certificate_of_enrolment()), pk__in=enrolment_ids
    )
    return list(certified.values_list("pk", flat=True))


def _certificate_of_enrolment() -> QuerySet[Certificate]:
    return Certificate.objects.filter(run=OuterRef("run"), learner=OuterRef("learner"))


def fields_of(certificate: Certificate) -> CertificateFields:
    """Return what is printed, from the frozen row alone."""
    return CertificateFields(
        number=certificate.display_number,
        code=certificate.code,
        verification_url=certificate.verification_url,
        surname=certificate.surname,
        given_name=certificate.given_name,
        patronymic=certificate.patronymic,
        course_title=certificate.course_title,
        course_type=certificate.course_type,
        workload_hours=certificate.workload_hours,
        workload_credits=certificate.workload_credits,
        completed_on=certificate.completed_on,
        issued_on=certificate.issued_on,
        university=certificate.university,
        centre=certificate.centre,
        city=certificate.city,
        signatory_name=certificate.signatory_name,
        signatory_position=certificate.signatory_position,
        language=cast("Language", certificate.language),
    )


def verify_number(number: int, code: str) -> Verification:
    """Answer for a number with its code, in one query."""
    certificate = (
        Certificate.objects.filter(number=number, code=code)
        .select_related("file", "revocation")
        .first()
    )
    return _standing(certificate)


def certificate_numbered(number: int) -> Verification:
    """Answer for a number alone: for those who keep the register."""
    certificate = (
        Certificate.objects.filter(number=number)
        .select_related("file", "revocation")
        .first()
    )
    return _standing(certificate)


def is_guessing(*, number: int, address: str, at: datetime) -> bool:
    """Tell whether too many wrong codes came from an address, or for a number."""
    # The rows and not two counts: there are few, and it is half the time.
    tries = WrongCode.objects.filter(
        Q(address=address) | Q(number=number), at__gt=at - WRONG_CODES_WINDOW
    ).values_list("address", "number")
    of_address = of_number = 0
    for tried_from, tried_number in tries.order_by():
        of_address += tried_from == address
        of_number += tried_number == number
    return of_address >= WRONG_CODES_OF_ADDRESS or of_number >= WRONG_CODES_OF_NUMBER


def standing_of(certificate: Certificate) -> Standing:
    """Return how a certificate stands, its file and revocation being loaded."""
    return _standing(certificate).standing


def verify_file(pdf: bytes) -> Verification:
    """Answer for a file, by its hash: genuine means the very bytes we issued."""
    digest = hashlib.sha256(pdf).hexdigest()
    file = (
        CertificateFile.objects.filter(sha256=digest)
        .select_related("certificate__file", "certificate__revocation")
        .first()
    )
    return _standing(file.certificate if file else None)


def verify_content(
    pdf: bytes, *, ask: Callable[[int, str], Verification] = verify_number
) -> Verification:
    """Answer for a file: the very bytes issued, or one that only refers to them.

    `ask` answers for a number and a code that the file refers to.
    """
    answer = verify_file(pdf)
    if answer.certificate is not None:
        return answer
    for number, code in references_in(pdf):
        claimed = ask(number, code)
        if claimed.certificate is not None:
            return Verification(Standing.ALTERED, claimed.certificate)
    return answer


def _standing(certificate: Certificate | None) -> Verification:
    if certificate is None:
        return Verification(Standing.UNKNOWN)
    if hasattr(certificate, "revocation"):
        return Verification(Standing.REVOKED, certificate)
    if not hasattr(certificate, "file"):
        return Verification(Standing.NOT_READY, certificate)
    return Verification(Standing.GENUINE, certificate)
