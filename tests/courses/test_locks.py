"""Races of edits with a submission, on real PostgreSQL with threads."""

import threading

import pytest
from django.db import connection, transaction

from courses.models import CourseVersion, LearningOutcome
from courses.regulation.place import Section
from courses.services import PassportLocked, add_part, save_section
from courses.services import locks as lock_module
from tests import factories
from tests.core.threads import run_together
from tests.courses import life

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 8


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


def race(version, author, at) -> list[str]:
    """Let edits in while the stage changes; say what became of each.

    The stage is changed by a transaction that has not ended when the edits begin.
    """
    is_changing, may_end = threading.Event(), threading.Event()

    def work(number: int) -> str:
        if number == 0:
            with transaction.atomic():
                CourseVersion.objects.select_for_update().get(pk=version.pk)
                life.at_stage(version, "expertise", author, at)
                is_changing.set()
                may_end.wait(2)
            return "changed"
        is_changing.wait(5)
        threading.Timer(0.3, may_end.set).start()
        try:
            add_part(
                model=LearningOutcome,
                to=CourseVersion.objects.get(pk=version.pk),
                values={"text": f"{number}"},
                by=author,
            )
        except PassportLocked:
            return "refused"
        return "written"

    return run_together(work, EDITORS + 1)


def test_no_edit_slips_in_while_the_passport_is_being_sent(version, author, at) -> None:
    assert race(version, author, at) == ["changed", *["refused"] * EDITORS]
    assert LearningOutcome.objects.count() == 0


def test_without_the_lock_edits_do_slip_in(version, author, at, monkeypatch) -> None:
    plain = "SELECT stage FROM courses_courseversion WHERE id = %s"
    monkeypatch.setattr(lock_module, "_LOCKS", {False: plain, True: plain})

    # At least one slips in; how many is a matter of who comes first.
    assert "written" in race(version, author, at)


def test_authors_who_save_the_same_section_at_once_do_not_wait_for_ever(
    version, author
) -> None:
    def work(number: int) -> None:
        save_section(
            version=CourseVersion.objects.get(pk=version.pk),
            section=Section.GRADING,
            values={"documents_issued": f"{number}"},
            by=author,
        )

    run_together(work, EDITORS)

    version.refresh_from_db()
    assert version.documents_issued in {f"{number}" for number in range(EDITORS)}


def test_the_lock_is_asked_for_in_the_transaction_of_the_edit(version, author) -> None:
    with transaction.atomic():
        lock_module.lock_for_edit(version, by=author)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock'")
            assert cursor.fetchone()[0] >= 1
