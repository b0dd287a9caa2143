"""A confirmed import is written by a job: once, and all of it or nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.enums import JobState, Lane
from core.jobs import run_due
from core.models import Job
from courses.enums import ImportState
from courses.import_words import refusal_of
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import (
    APPLY_BACKUP,
    is_ordered,
    is_ticked_first,
    is_underway,
    preview_of,
    progress_of,
)
from courses.services import PassportLocked
from courses.services.course_import import ImportNotReady, order_course_import
from courses.services.course_import.ordering import apply_ordered, read_ordered
from tests import factories
from tests.courses import life
from tests.courses.mbz.imports import applied, brought, course, new_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


@pytest.fixture
def row(version, author, at):
    return brought(course(), version=version, by=author, at=at)


def ordered(row, *, by, at, keys=None, new=None):
    lines = preview_of(row).lines
    chosen = keys or {line.key for line in lines if is_ticked_first(line)}
    return order_course_import(course_import=row, keys=chosen, course=new, by=by, at=at)


def worked(row, at):
    """Do what is due, as a worker would a moment later."""
    Job.objects.exclude(kind=APPLY_BACKUP).delete()
    run_due(Lane.HEAVY, clock=lambda: at + timedelta(seconds=1))
    row.refresh_from_db()
    return row


def test_a_confirmed_import_waits_for_its_job_which_writes_it(row, author, at):
    waiting = ordered(row, by=author, at=at)
    assert (is_ordered(waiting), waiting.version.topics.count()) == (True, 0)
    done = worked(row, at)
    assert (done.state, done.applied_at) == (
        ImportState.DONE,
        at + timedelta(seconds=1),
    )
    assert (done.version.topics.count(), is_underway(done)) == (2, False)
    assert done.contents["made"]["questions"] == 2


def test_an_import_confirmed_twice_is_one_order_and_written_once(row, author, at):
    ordered(row, by=author, at=at, keys={"activity-7"})
    ordered(row, by=author, at=at)
    assert Job.objects.filter(kind=APPLY_BACKUP).count() == 1
    done = worked(row, at)
    assert done.contents["made"]["parts"]["task"] == {"made": 1, "changed": 0}
    again = apply_ordered(row.pk, read_ordered(row.pk), by=author, at=at)
    assert (again.applied_at, again.version.topics.count()) == (done.applied_at, 1)


def test_only_a_read_import_is_confirmed(row, author, at):
    applied(row, by=author, at=at)
    with pytest.raises(ImportNotReady):
        ordered(row, by=author, at=at)


def test_only_authors_confirm_and_only_while_the_passport_is_open(
    row, version, author, staff, at
):
    with pytest.raises(PermissionDenied):
        ordered(row, by=staff, at=at)
    life.at_stage(version, "expertise", author, at)
    with pytest.raises(PassportLocked):
        ordered(row, by=author, at=at)
    assert Job.objects.filter(kind=APPLY_BACKUP).count() == 0


def test_an_order_of_a_new_course_needs_its_identity_and_the_right(staff, author, at):
    row = brought(course(), version=None, by=staff, at=at)
    with pytest.raises(ImportNotReady):
        ordered(row, by=staff, at=at)
    with pytest.raises(PermissionDenied):
        ordered(row, by=author, at=at, new=new_course(author))


def test_a_new_course_is_opened_by_the_job(staff, author, other_author, at):
    """MIN 5.2.1."""
    row = brought(course(), version=None, by=staff, at=at)
    told = new_course(author)
    told = type(told)(
        unit=told.unit,
        course_type=told.course_type,
        title=told.title,
        lead=author,
        authors=(other_author,),
        language="kk",
    )
    ordered(row, by=staff, at=at, new=told)
    made = worked(row, at).version
    assert (made.title, made.language, made.course.unit) == (
        *("Новый курс", "kk"),
        told.unit,
    )
    team = made.authorships.order_by("-is_lead").values_list("user", "is_lead")
    assert list(team) == [(author.pk, True), (other_author.pk, False)]


@pytest.mark.parametrize("gone", ["unit", "lead"])
def test_a_course_whose_unit_or_lead_is_gone_is_not_opened(staff, author, at, gone):
    row = brought(course(), version=None, by=staff, at=at)
    told = new_course(author)
    ordered(row, by=staff, at=at, new=told)
    if gone == "unit":
        told.unit.delete()
    else:
        author.is_active = False
        author.save()
    refused = worked(row, at)
    assert (is_ordered(refused), refused.state) == (False, ImportState.READY)
    assert refusal_of(refused).startswith("The unit or the lead author is gone")
    assert CourseVersion.objects.count() == 0


def test_a_passport_that_was_locked_meanwhile_gets_nothing_and_the_reason(
    row, version, author, at
):
    ordered(row, by=author, at=at)
    life.at_stage(version, "expertise", author, at)
    refused = worked(row, at)
    assert (refused.state, version.topics.count()) == (ImportState.READY, 0)
    assert refusal_of(refused).startswith("The passport was sent to expertise")
    job = Job.objects.get(kind=APPLY_BACKUP)
    assert job.state == JobState.DONE


def test_an_author_who_left_the_team_meanwhile_writes_nothing(row, version, author, at):
    ordered(row, by=author, at=at)
    version.authorships.all().delete()
    assert refusal_of(worked(row, at)).startswith("You may not edit this passport")


def test_a_refused_import_is_confirmed_again(row, version, author, at):
    ordered(row, by=author, at=at)
    lead = version.authorships.get()
    version.authorships.all().delete()
    worked(row, at)
    lead.save(force_insert=True)
    ordered(row, by=author, at=at + timedelta(minutes=1))
    done = worked(row, at + timedelta(minutes=2))
    assert (done.state, refusal_of(done)) == (ImportState.DONE, "")


def test_a_failure_half_way_leaves_nothing_and_the_order_stands(
    row, version, author, at
):
    # A title longer than the column takes breaks the writing after the topics.
    items = row.contents["items"]
    task = next(item for item in items if item["target"] == "task")
    task["values"]["title"] = "x" * 1000
    row.save()
    ordered(row, by=author, at=at)
    left = worked(row, at)
    assert (version.topics.count(), is_ordered(left)) == (0, True)
    job = Job.objects.get(kind=APPLY_BACKUP)
    assert (job.state, "DataError" in job.last_error) == (JobState.QUEUED, True)


def test_the_file_is_not_read_again_where_no_bank_is_ticked(row, author, at):
    ordered(row, by=author, at=at, keys={"activity-7"})
    assert read_ordered(row.pk) is None
    assert worked(row, at).contents["made"]["questions"] == 0


def test_the_page_tells_how_many_jobs_are_in_line_before(row, author, at):
    Job.objects.all().delete()
    CourseImport.objects.update(state=ImportState.WAITING)
    row.refresh_from_db()
    assert progress_of(row) == type(progress_of(row))(
        is_running=False, has_given_up=False, ahead=0
    )
    for key in (1, 2):
        Job.objects.create(
            kind=f"other-{key}",
            lane=Lane.HEAVY,
            subject_id=1,
            due_at=at,
            created_at=at,
            by=author,
        )
    CourseImport.objects.update(state=ImportState.READY)
    row.refresh_from_db()
    waiting = ordered(row, by=author, at=at)
    assert progress_of(waiting).ahead == 2
