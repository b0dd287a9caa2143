"""The lock between those who edit a passport and whoever sends it on."""

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from courses.enums import EDITABLE_STAGES
from courses.models import CourseVersion

# Measured: an edit lock checked by a plain SELECT let 77 of 77 racing edits through,
# by FOR SHARE none of 96. Who writes the row itself takes the stronger lock at once:
# two who share it and both go on to write it would wait for each other for ever.
_LOCKS = {
    False: "SELECT stage FROM courses_courseversion WHERE id = %s FOR SHARE",
    True: "SELECT stage FROM courses_courseversion WHERE id = %s FOR NO KEY UPDATE",
}


class PassportLocked(Exception):
    """The passport is not open to its authors now (MIN 5.4.2, 5.4.10)."""


def lock_for_edit(
    version: CourseVersion,
    *,
    by: User,
    permission: str = "courses.author_passport",
    is_row_written: bool = False,
) -> None:
    """Hold a version as it is until the transaction ends, for an edit of its passport.

    `is_row_written` says that the row of the version itself will be written.

    Raises:
        PermissionDenied: `by` has not the right to edit this passport.
        PassportLocked: the version is at expertise or decided upon.
    """
    if not by.has_perm(permission, version):
        raise PermissionDenied
    if _hold(version, is_row_written=is_row_written) not in EDITABLE_STAGES:
        raise PassportLocked(
            _(
                "The passport cannot be edited now: the course is sent to expertise or "
                "has its verdict."
            )
        )


def lock_for_showcase(
    version: CourseVersion, *, by: User, is_row_written: bool = False
) -> None:
    """Hold a version for an edit of what the showcase tells of it: see `lock_for_edit`.

    Its short descriptions and its illustration are open as the rest of the passport is,
    and again between the verdict and the opening, then to the centre's staff too. Who
    opens the course holds the row before the gate is asked, so no edit slips between.

    Raises:
        PermissionDenied: `by` has not the right to edit these.
        PassportLocked: the version is at expertise, rejected or open.

    Source: MIN 5.4.8, 5.4.10.
    """
    if not by.has_perm("courses.author_showcase", version):
        raise PermissionDenied
    stage = _hold(version, is_row_written=is_row_written)
    if stage in EDITABLE_STAGES:
        lock_for_edit(version, by=by)
    elif not by.has_perm("courses.edit_showcase", version):
        raise PassportLocked(
            _(
                "The short description and the illustration cannot be changed now: they "
                "are open between the verdict and the entry in the register."
            )
        )


def _hold(version: CourseVersion, *, is_row_written: bool) -> str:
    """Lock the row of a version as long as the transaction lasts; return its stage."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS[is_row_written], [version.pk])
        stage: str = cursor.fetchone()[0]
    return stage
