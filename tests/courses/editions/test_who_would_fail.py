"""What an edition would change, asked in batches."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import jobs
from core.enums import Lane
from core.jobs import claim, run_due
from core.models import Job
from courses.enums import CheckReason
from courses.models import CourseVersion, EditionPreview, RegulationEdition
from courses.selectors import editions as selectors
from courses.services import record_check
from courses.services.editions import ask_who_would_fail, save_edition
from courses.tasks import previews
from tests import factories
from tests.courses import life
from tests.courses.editions.making import (
    EDITIONS,
    PREVIEWS,
    changes,
    new_edition,
    preview_of,
    typed,
)

pytestmark = pytest.mark.django_db


def test_a_preview_tells_who_would_fail_anew_and_who_no_longer(
    courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)

    assert (preview.total_count, preview.done_count) == (3, 3)
    assert preview.finished_at == at
    lines = {line.version_id: changes(line) for line in preview.lines.all()}
    assert lines[courses["short"].pk] == ({"duration"}, set())
    assert lines[courses["long"].pk] == (set(), {"literature"})


def test_the_newest_version_that_was_not_rejected_is_asked_about(
    author, asked, staff, at
) -> None:
    old = life.at_stage(
        factories.VersionFactory(lead=author), "recommended", author, at
    )
    newer = CourseVersion.objects.create(
        course=old.course, edition=old.edition, number=2
    )
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    assert [line.version for line in preview.lines.all()] == [newer]

    life.at_stage(newer, "rejected", author, at)
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    assert [line.version for line in preview.lines.all()] == [old]


def test_without_courses_a_preview_is_over_at_once(in_admin, asked, staff, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)

    assert (preview.total_count, preview.finished_at) == (0, at)
    assert not Job.objects.exists()
    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")
    assert "There are no courses yet" in page.text


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(selectors, "BATCH", 2)
    monkeypatch.setattr("courses.services.editions.BATCH", 2)


def test_a_worker_killed_midway_gives_each_version_once(
    courses, asked, staff, at, small_batches
) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    killed = claim(Lane.HEAVY, at=at)
    lost = previews.check_batch(killed.subject_id)
    run_due(Lane.HEAVY, clock=lambda: at)
    preview.refresh_from_db()
    assert (preview.done_count, preview.finished_at) == (1, None)

    later = at + jobs.LEASES[Lane.HEAVY] + timedelta(seconds=1)
    run_due(Lane.HEAVY, clock=lambda: later)
    jobs._finish(killed, jobs._HANDLERS[killed.kind], lost, at=later)

    preview.refresh_from_db()
    assert (preview.done_count, preview.finished_at) == (3, later)
    assert sorted(line.version_id for line in preview.lines.all()) == sorted(
        version.pk for version in courses.values()
    )
    line = preview.lines.get(version=courses["short"])
    assert changes(line) == ({"duration"}, set())


def test_a_batch_asks_the_same_for_2_and_for_12(author, asked, staff, at) -> None:
    counts = []
    for count in (2, 12):
        while CourseVersion.objects.count() < count:
            life.whole_version(author, questions_a_week=2)
        preview = ask_who_would_fail(edition=asked, by=staff, at=at)
        first = preview.lines.first().pk
        with CaptureQueriesContext(connection) as queries:
            previews.check_batch(first)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_preview_is_old_once_the_edition_asks_something_else(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/change/"
    change = f"{EDITIONS}{asked.pk}/change/"
    assert not selectors.is_preview_old(preview)
    assert "changed since" not in in_admin.get(url).text

    in_admin.post(change, typed(in_admin, "?like=next", threshold_weeks_min="4"))
    preview = EditionPreview.objects.get()

    assert selectors.is_preview_old(preview)
    assert "The edition has changed since: ask anew." in in_admin.get(url).text
    assert "(before the last change)" in in_admin.get(change).text
    assert not selectors.is_preview_old(
        preview_of(RegulationEdition.objects.get(code="next"), staff, at)
    )


def test_another_title_or_day_makes_no_preview_old(asked, staff, at) -> None:
    preview = preview_of(asked, staff, at)

    asked.title, asked.in_force_from = "Иначе", "2028-01-01"
    save_edition(edition=asked, by=staff)

    assert not selectors.is_preview_old(EditionPreview.objects.get(pk=preview.pk))


def test_a_preview_of_an_unknown_question_is_old(asked, staff, at) -> None:
    """Those asked for before the portal kept what was asked."""
    preview = preview_of(asked, staff, at)
    preview.asked_sha256 = ""

    assert selectors.is_preview_old(preview)


@pytest.mark.parametrize("page", [EDITIONS, PREVIEWS, "/admin/courses/check/"])
def test_lists_of_editions_ask_the_same_for_5_and_for_30(
    page, in_admin, author, staff, at
) -> None:
    counts = []
    version = factories.VersionFactory(lead=author)
    for count in (5, 30):
        for number in range(RegulationEdition.objects.count(), count):
            edition = new_edition(code=f"e-{number}")
            edition.texts.create(language="kk", title="Жаңа")
            ask_who_would_fail(edition=edition, by=staff, at=at)
            record_check(
                version=version,
                reason=CheckReason.COMMAND,
                edition=edition,
                by=author,
                at=at,
            )
        in_admin.get(page)
        with CaptureQueriesContext(connection) as queries:
            in_admin.get(page)
        counts.append(len(queries))

    assert counts[0] == counts[1]
