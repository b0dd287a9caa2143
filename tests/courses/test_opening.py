"""Opening a course (MIN 5.2.1)."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from courses.models import Course, CourseVersion, RegulationEdition
from courses.selectors import check_version
from courses.services import open_course
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def opened(by, lead, **values) -> CourseVersion:
    asked = {
        "unit": factories.UnitFactory(),
        "course_type": "open_learning",
        "title": "Основы химии",
        "lead": lead,
        "by": by,
        "at": AT,
        **values,
    }
    return open_course(**asked)


def test_a_course_has_its_code_title_team_and_the_edition_in_force(
    staff, author, other_author
) -> None:
    version = opened(staff, author, authors=[other_author, author])

    assert version.course.code == "ООК-2027-001"
    assert version.course.created_by == staff
    assert version.title == "Основы химии"
    assert version.edition == factories.edition()
    assert version.stage == "draft"
    assert [(row.user, row.is_lead) for row in version.authorships.all()] == [
        (author, True),
        (other_author, False),
    ]


def test_codes_are_numbered_anew_each_year(staff, author) -> None:
    codes = [
        opened(staff, author, at=at).course.code
        for at in (AT, AT, datetime(2028, 1, 9, tzinfo=UTC))
    ]

    assert codes == ["ООК-2027-001", "ООК-2027-002", "ООК-2028-001"]


def test_the_year_is_that_of_the_centre_s_clock(staff, author) -> None:
    new_year_in_moscow = datetime(2027, 12, 31, 22, 0, tzinfo=UTC)

    assert opened(staff, author, at=new_year_in_moscow).course.code == "ООК-2028-001"


def test_a_course_that_was_not_opened_leaves_no_gap(staff, author) -> None:
    with transaction.atomic():
        opened(staff, author)
        transaction.set_rollback(True)

    assert opened(staff, author).course.code == "ООК-2027-001"


def test_only_the_centre_opens_courses(author) -> None:
    with pytest.raises(PermissionDenied):
        opened(author, author)

    assert Course.objects.count() == 0


def test_a_course_cannot_be_opened_before_any_edition_is_in_force(
    staff, author
) -> None:
    before = datetime(2018, 12, 31, 9, 0, tzinfo=UTC)

    with pytest.raises(ValidationError):
        opened(staff, author, at=before)


@pytest.mark.parametrize(
    ("hour", "code"),
    [
        (datetime(2027, 2, 28, 20, 59, tzinfo=UTC), "minin-2022"),
        (datetime(2027, 2, 28, 21, 0, tzinfo=UTC), "next"),
    ],
    ids=("the evening before", "midnight in Moscow"),
)
def test_an_edition_is_in_force_from_the_first_minute_of_its_day(
    hour, code, staff, author
) -> None:
    """And a course keeps the edition that it was opened under."""
    early = opened(staff, author, at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC))
    shipped = factories.edition()
    RegulationEdition.objects.create(
        code="next",
        title="next",
        in_force_from="2027-03-01",
        country="RU",
        thresholds={**shipped.thresholds, "weeks_max": 1},
    )

    assert opened(staff, author, at=hour).edition.code == code
    early.refresh_from_db()
    assert check_version(early).edition == "minin-2022"


def test_the_newest_edition_in_force_is_taken(staff, author) -> None:
    old = factories.edition()
    for code, day in (("next", "2027-02-01"), ("future", "2027-03-02")):
        RegulationEdition.objects.create(
            code=code,
            title=code,
            in_force_from=day,
            country=old.country,
            thresholds=old.thresholds,
        )

    assert opened(staff, author).edition.code == "next"
