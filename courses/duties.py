"""What people owe: told to the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.desk import Duty, contributes
from courses.enums import EDITABLE_STAGES, Stage
from courses.models import CourseVersion
from courses.regulation.engine import Report
from courses.regulation.finding import Gate
from courses.rules import is_author
from courses.selectors import check_versions, versions_authored_by, versions_visible_to


@contributes
def passports_to_fill_in(user: User, at: datetime) -> Iterator[Duty]:
    """Authors owe their passports; the head of the unit waits for them (MIN 5.3)."""
    versions = _open_to_authors(user, at)
    if not versions:
        return
    reports = check_versions(versions)
    for version in versions:
        yield Duty(
            title=_title(version),
            url=reverse("courses:version_detail", args=[version.pk]),
            detail=_detail(reports[version.pk]),
            is_mine=bool(is_author(user, version)),
        )


def _open_to_authors(user: User, at: datetime) -> list[CourseVersion]:
    """Return the versions being edited that concern a person: not all, for staff."""
    concerned = (
        versions_authored_by(user)
        if user.has_perm("courses.view_courseversion")
        else versions_visible_to(user, timezone.localdate(at))
    )
    return list(concerned.filter(stage__in=EDITABLE_STAGES))


def _title(version: CourseVersion) -> str:
    if version.stage == Stage.REWORK:
        return _("Rework the passport: %(title)s") % {"title": version.title}
    return _("Fill in the passport: %(title)s") % {"title": version.title}


def _detail(report: Report) -> str:
    left = len(report.blocks(Gate.EXPERTISE))
    if not left:
        return _("All mandatory requirements are met.")
    return ngettext(
        "%(count)d requirement left", "%(count)d requirements left", left
    ) % {"count": left}
