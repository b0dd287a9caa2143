"""Issuing: who gets a certificate, what is frozen in it, what it refuses."""

import threading
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.selectors import system_user
from certificates.models import Certificate, CertificateFile, Revocation
from certificates.selectors import (
    certificates_visible_to,
    certified_enrolments,
    progress_of,
    results_to_certify,
    runs_with_certificates,
)
from certificates.services import (
    AlreadyRevoked,
    issue_certificates,
    keep_file,
    revoke_certificate,
)
from certificates.tasks import keep_rendered, render_certificate
from core.enums import JobState, Lane
from core.jobs import run_due
from core.models import Job
from core.storage import read_bytes
from registry.enums import EnrolmentState
from registry.models import Enrolment, Run
from tests.certificates.life import OPENED_AT, add_learner, make_run
from tests.core.threads import run_together


def numbers(issue) -> list[int]:
    return [certificate.number for certificate in issue.certificates]


# --- Who gets one -----------------------------------------------------------------


def test_those_who_passed_get_certificates_and_the_others_none(run, staff, at):
    anna = add_learner(run, points=60)
    add_learner(run, points=59)
    add_learner(run, state=EnrolmentState.WITHDRAWN, withdrawn_at=OPENED_AT)
    issue = issue_certificates(run=run, by=staff, at=at)
    assert [certificate.learner for certificate in issue.certificates] == [anna]
    assert issue.refusals == []


def test_numbers_follow_one_another_by_the_learners_names(run, passed, staff, at):
    passed(3)
    issue = issue_certificates(run=run, by=staff, at=at)
    names = [certificate.surname for certificate in issue.certificates]
    assert numbers(issue) == [1, 2, 3]
    assert names == sorted(names)


def test_issued_twice_it_is_the_same_certificate(run, passed, staff, at):
    passed(2)
    issue_certificates(run=run, by=staff, at=at)
    before = set(Certificate.objects.values_list("pk", "number", "code"))
    again = issue_certificates(run=run, by=staff, at=at)
    assert again.certificates == []
    assert set(Certificate.objects.values_list("pk", "number", "code")) == before


def test_who_passes_later_gets_the_next_number(run, passed, staff, at):
    passed(2)
    issue_certificates(run=run, by=staff, at=at)
    passed(1)
    assert numbers(issue_certificates(run=run, by=staff, at=at)) == [3]


def test_a_rolled_back_issuing_leaves_no_gap(run, passed, staff, at):
    passed(2)
    with transaction.atomic():
        issue_certificates(run=run, by=staff, at=at)
        transaction.set_rollback(True)
    assert numbers(issue_certificates(run=run, by=staff, at=at)) == [1, 2]


def test_each_certificate_has_its_job_in_the_quick_lane(run, passed, staff, at):
    passed(2)
    issue = issue_certificates(run=run, by=staff, at=at)
    jobs = set(Job.objects.values_list("kind", "lane", "subject_id"))
    assert jobs == {
        ("certificates.render", Lane.QUICK, certificate.pk)
        for certificate in issue.certificates
    }


def test_the_system_issues_and_others_do_not(run, passed, author, learner, at):
    passed(1)
    for person in (author, learner):
        with pytest.raises(PermissionDenied):
            issue_certificates(run=run, by=person, at=at)
    assert numbers(issue_certificates(run=run, by=system_user(), at=at)) == [1]


@pytest.mark.django_db(transaction=True)
def test_two_issuings_at_once_make_one_certificate_each(run, passed, staff, at):
    passed(5)
    issues = run_together(
        lambda _number: issue_certificates(
            run=Run.objects.get(pk=run.pk), by=staff, at=at
        ),
        2,
    )
    assert sorted(len(issue.certificates) for issue in issues) == [0, 5]
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_issuings_at_once_collide(
    run, passed, staff, at, monkeypatch
):
    """The negative control: both find the same learners, one is refused late."""
    passed(1)
    both_have_read = threading.Barrier(2)

    def slow(_series, *, count):
        both_have_read.wait(timeout=10)
        return range(
            threading.get_ident() % 10**6, threading.get_ident() % 10**6 + count
        )

    monkeypatch.setattr("certificates.services.next_numbers", slow)
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda rows, **_how: rows
    )

    def issue(_number):
        try:
            return len(issue_certificates(run=run, by=staff, at=at).certificates)
        except IntegrityError:
            return "refused"

    assert sorted(map(str, run_together(issue, 2))) == ["1", "refused"]


# --- What is frozen (MIN 5.5.5) ---------------------------------------------------


def test_what_is_printed_is_frozen_min_5_5_5(run, staff, learner, at):
    add_learner(run, learner=learner)
    issue_certificates(run=run, by=staff, at=at)
    learner.surname = "Другова"
    learner.save()
    run.entry.version.texts.update(title="Другой курс")
    frozen = Certificate.objects.get()
    assert frozen.full_name == "Слушателева Ерлан Серікұлы"
    assert frozen.course_title == "Основы статистики"
    assert (frozen.workload_hours, frozen.workload_credits) == (144, Decimal(4))
    assert str(frozen.completed_on) == "2026-06-01"
    assert str(frozen.issued_on) == "2026-09-14"
    assert frozen.university == settings.UNIVERSITY_NAME["ru"]
    assert frozen.display_number == "№\N{NO-BREAK SPACE}000001"
    assert frozen.verification_url == (
        f"{settings.BASE_URL}/certificates/verify/1/{frozen.code}/"
    )


@pytest.mark.parametrize("language", ["kk", "ky", "en"])
def test_a_certificate_speaks_the_language_of_the_enrolment(db, staff, at, language):
    run = make_run(languages=("kk", "ky", "en"))
    add_learner(run, language=language)
    made = issue_certificates(run=run, by=staff, at=at).certificates[0]
    assert made.university == settings.UNIVERSITY_NAME[language]
    assert made.course_title == run.entry.version.texts.get(language=language).title


# --- What it refuses --------------------------------------------------------------


def test_without_a_title_in_the_language_it_is_refused_with_the_reason(run, staff, at):
    anna = add_learner(run, language="kk")
    issue = issue_certificates(run=run, by=staff, at=at)
    assert issue.certificates == []
    assert [refusal.learner for refusal in issue.refusals] == [anna]
    assert issue.refusals[0].reason


def test_without_hours_it_is_refused_min_5_5_5(db, staff, at):
    run = make_run(hours=None)
    add_learner(run)
    issue = issue_certificates(run=run, by=staff, at=at)
    assert (len(issue.certificates), len(issue.refusals)) == (0, 1)


def test_a_name_that_cannot_be_printed_is_refused_and_takes_no_number(run, staff, at):
    chinese = add_learner(run)
    chinese.surname = "王"
    chinese.save()
    add_learner(run)
    issue = issue_certificates(run=run, by=staff, at=at)
    assert numbers(issue) == [1]
    assert [refusal.learner for refusal in issue.refusals] == [chinese]


# --- The file ---------------------------------------------------------------------


def test_the_job_makes_the_file_once(run, passed, staff, at):
    passed(1)
    made = issue_certificates(run=run, by=staff, at=at).certificates[0]
    assert run_due(Lane.QUICK, clock=lambda: at) == 1
    file = CertificateFile.objects.get(certificate=made)
    content = read_bytes(file.stored_as)
    assert content.startswith(b"%PDF-")
    assert (file.size_bytes, file.rendered_at) == (len(content), at)
    keep_rendered(made.pk, render_certificate(made.pk), None, at)
    assert CertificateFile.objects.get(certificate=made).sha256 == file.sha256


def test_a_file_that_cannot_be_written_leaves_no_row(unready, at, monkeypatch):
    def full_disk(*_how, **_more):
        raise OSError

    monkeypatch.setattr("certificates.services.store_bytes", full_disk)
    with pytest.raises(OSError):  # noqa: PT011 (the disk says nothing more)
        keep_file(certificate_id=unready.pk, pdf=b"%PDF-", at=at)
    assert not CertificateFile.objects.exists()


def test_progress_is_a_count_of_rows(run, passed, staff, at, certificate):
    passed(2)
    issue_certificates(run=run, by=staff, at=at)
    progress = progress_of(run)
    assert (progress.made, progress.issued, progress.given_up) == (1, 3, 0)
    assert not progress.is_finished
    Job.objects.exclude(subject_id=certificate.pk).update(
        state=JobState.FAILED, finished_at=at
    )
    progress = progress_of(run)
    assert (progress.given_up, progress.is_finished) == (2, True)


# --- Reads ------------------------------------------------------------------------


def test_a_person_sees_own_certificates_and_staff_see_all(
    certificate, learner, stranger, staff
):
    assert list(certificates_visible_to(learner)) == [certificate]
    assert list(certificates_visible_to(stranger)) == []
    assert list(certificates_visible_to(staff)) == [certificate]


def test_a_result_that_a_certificate_stands_on_is_locked(run, certificate, learner):
    other = add_learner(run)
    rows = {row.learner: row.pk for row in Enrolment.objects.all()}
    assert certified_enrolments(list(rows.values())) == [rows[learner]]
    assert [result.enrolment.learner for result in results_to_certify(run)] == [other]


def test_runs_tell_how_many_passed_and_are_owed(run, certificate, staff, learner):
    add_learner(run)
    add_learner(run, points=10)
    add_learner(run, state=EnrolmentState.WITHDRAWN, withdrawn_at=OPENED_AT)
    make_run()
    counts = [(row.passed, row.owed) for row in runs_with_certificates(staff)]
    assert counts == [(2, 1)]
    assert list(runs_with_certificates(learner)) == []


# --- Revocation -------------------------------------------------------------------


def test_a_revocation_is_a_row_and_happens_once(certificate, staff, at):
    revoke_certificate(certificate=certificate, reason=" Ошибка ", by=staff, at=at)
    with pytest.raises(AlreadyRevoked) as refusal:
        revoke_certificate(certificate=certificate, reason="Ещё", by=staff, at=at)
    assert str(refusal.value)
    row = Revocation.objects.get()
    assert (row.reason, row.revoked_by, row.revoked_at) == ("Ошибка", staff, at)
    assert str(row) == str(certificate)


def test_only_centre_staff_revoke(certificate, learner, author, at):
    for person in (learner, author, system_user()):
        with pytest.raises(PermissionDenied):
            revoke_certificate(certificate=certificate, reason="Нет", by=person, at=at)


# --- What the database itself refuses ---------------------------------------------


@pytest.mark.parametrize(
    "table", ["certificate", "certificatefile", "revocation", "certificateevent"]
)
@pytest.mark.parametrize(
    "verb", ["UPDATE certificates_{} SET id = id", "DELETE FROM certificates_{}"]
)
def test_sql_of_the_application_changes_no_certificate(as_application, table, verb):
    if table.endswith("event"):
        verb = verb.replace("id = id", "pgh_id = pgh_id")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def copy_of(certificate: Certificate, **changes) -> Certificate:
    fields = {
        field.attname: getattr(certificate, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.attname != "id"
    }
    return Certificate(**{**fields, **changes})


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("certificate_once_a_run", {"number": 9, "code": "A"}),
        ("certificates_certificate_number_key", {"code": "A"}),
        ("certificates_certificate_code_key", {"number": 9}),
        ("certificate_has_workload", {"number": 9, "code": "A", "workload_hours": 0}),
    ],
)
def test_a_constraint_broken_is_refused(certificate, stranger, constraint, changes):
    if constraint != "certificate_once_a_run":
        changes = {**changes, "learner_id": stranger.pk}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy_of(certificate, **changes).save()


def test_rows_are_told_by_their_certificate(certificate):
    assert str(certificate.file) == str(certificate) == certificate.display_number


def test_a_second_file_is_refused(certificate, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateFile.objects.create(
            certificate=certificate,
            stored_as="b",
            sha256="b",
            size_bytes=1,
            rendered_at=at,
        )
