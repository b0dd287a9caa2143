"""The demo's whole course, put into a version but for what a test leaves to a person."""

from django.utils import timezone

from accounts.models import User
from config.demo.loading.passport import declare, fill
from config.demo.loading.scene import read_content
from courses.models import CourseVersion


def fill_all_but(version: CourseVersion, lead: User, *, left_out: set[str]) -> None:
    row = read_content("whole_course.toml")
    fill(
        version,
        {name: value for name, value in row.items() if name not in left_out},
        lead=lead,
    )
    declare(version, row["key"], lead=lead, at=timezone.now())
