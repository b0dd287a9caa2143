"""The page of a preview, and its workbook."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.enums import JobState, Lane
from core.jobs import run_due
from core.models import Job
from courses.admin.preview_words import requirement_words
from courses.models import CourseVersion, EditionPreview
from courses.services.editions import ask_who_would_fail
from tests import factories
from tests.courses import life
from tests.courses.editions.making import EDITIONS, PREVIEWS, XLSX, preview_of

pytestmark = pytest.mark.django_db


def test_staff_ask_and_see_the_progress_then_the_table(
    in_admin, courses, asked, at
) -> None:
    response = in_admin.post(f"{EDITIONS}{asked.pk}/preview/")
    preview = EditionPreview.objects.get()
    url = f"{PREVIEWS}{preview.pk}/change/"
    assert response.headers["Location"] == url

    waiting = in_admin.get(url)
    assert (waiting.context["progress"].done, "rows" in waiting.context) == (0, False)
    part = in_admin.get(url, headers={"HX-Request": "true"})
    assert "0 of 3" in part.text
    assert "<html" not in part.text

    run_due(Lane.HEAVY, clock=lambda: preview.at)
    over = in_admin.get(url, headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    page = in_admin.get(url)
    assert [row.line.version for row in page.context["rows"]] == [courses["short"]]
    assert [row.new for row in page.context["rows"]] == [
        [requirement_words("duration")]
    ]
    assert page.context["bars"] == [(requirement_words("duration"), 1)]
    assert f"{PREVIEWS}{preview.pk}/change/" in (
        in_admin.get(f"{EDITIONS}{asked.pk}/change/").text
    )
    assert in_admin.get(PREVIEWS).status_code == 200


def test_all_courses_are_shown_sorted_as_asked(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/change/"
    for sort in ("code", "-title", "stage", "new", "-gone", "nonsense"):
        page = in_admin.get(url, {"show": "all", "sort": sort, "page": "x"})
        assert len(page.context["rows"]) == 3

    first = in_admin.get(url, {"show": "all", "sort": "-gone"}).context["rows"][0]
    assert first.line.version == courses["long"]
    assert first.gone == [requirement_words("literature")]
    counts = [figure["value"] for figure in page.context["figures"]]
    assert counts[:3] == [3, 1, 2]


def test_nobody_failing_anew_is_said(in_admin, asked, staff, author, at) -> None:
    life.whole_version(author, weeks=3, questions_a_week=70, credits="1.5")

    page = in_admin.get(f"{PREVIEWS}{preview_of(asked, staff, at).pk}/change/")

    assert "No course would fail anew" in page.text


def test_a_requirement_that_is_no_more_is_shown_by_its_code(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    preview.lines.update(failed=["gone-since"], failed_now=[])

    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")

    assert page.context["bars"] == [("gone-since", 3)]


def test_batches_that_gave_up_are_told(in_admin, courses, asked, staff, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    Job.objects.update(state=JobState.FAILED, finished_at=at, last_error="x")

    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")

    assert "0 of 3 courses could be checked" in page.text


def test_the_workbook_holds_what_is_seen(in_admin, courses, asked, staff, at) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/export/"
    response = in_admin.get(url, {"show": "all", "sort": "-new"})

    assert response.headers["Content-Type"] == XLSX
    book = load_workbook(BytesIO(response.content)).active
    rows = [row[:7] for row in book.iter_rows(min_row=2, values_only=True)]
    codes = sorted(version.course.code for version in courses.values())
    assert sorted(row[0] for row in rows) == codes
    short = courses["short"]
    assert rows[0] == (
        short.course.code,
        "Основы статистики",
        short.course.unit.name,
        "Draft",
        1,
        requirement_words("duration"),
        "",
    )
    only_new = load_workbook(BytesIO(in_admin.get(url).content)).active
    assert only_new.max_row == 2


def test_the_page_asks_the_same_for_3_and_for_20(
    in_admin, author, asked, staff, at
) -> None:
    counts = []
    for count in (3, 20):
        while CourseVersion.objects.count() < count:
            factories.VersionFactory(lead=author, course__unit=factories.UnitFactory())
        preview = preview_of(asked, staff, at)
        with CaptureQueriesContext(connection) as queries:
            in_admin.get(f"{PREVIEWS}{preview.pk}/change/?show=all")
        counts.append(len(queries))

    assert counts[0] == counts[1]
