"""Opening a course: its identity, its first version, its author team."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core.counters import next_number
from courses.models import Authorship, Course, CourseText, CourseVersion
from courses.selectors import editions_in_force


@transaction.atomic
def open_course(
    *,
    unit: Unit,
    course_type: str,
    title: str,
    lead: User,
    authors: Iterable[User] = (),
    language: str = "ru",
    by: User,
    at: datetime,
) -> CourseVersion:
    """Open a course for an author team, under the edition in force on the day.

    The code is «ООК-2026-001», numbered anew each year without gaps.

    Raises:
        PermissionDenied: `by` is not of the centre's staff.
        ValidationError: no edition of the regulation is in force on the day.

    Source: MIN 5.2.1.
    """
    if not by.has_perm("courses.open_course"):
        raise PermissionDenied
    on = timezone.localdate(at)
    edition = editions_in_force(on).first()
    if edition is None:
        raise ValidationError(_("No edition of the regulation is in force on the day."))
    course = Course.objects.create(
        code=f"ООК-{on.year}-{next_number(f'course-{on.year}'):03}",
        unit=unit,
        type=course_type,
        created_at=at,
        created_by=by,
    )
    version = CourseVersion.objects.create(
        course=course, edition=edition, language=language
    )
    CourseText.objects.create(version=version, language=language, title=title)
    _gather_team(version, lead, authors)
    return version


def _gather_team(version: CourseVersion, lead: User, authors: Iterable[User]) -> None:
    team = dict.fromkeys([lead, *authors])
    Authorship.objects.bulk_create(
        Authorship(version=version, user=user, is_lead=user == lead) for user in team
    )
