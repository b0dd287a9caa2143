"""The author team: its leader brings people in."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Authorship, CourseVersion
from courses.services.locks import lock_for_edit

MANAGE_TEAM = "courses.manage_team"
APPOINT_LEAD = "courses.appoint_lead"


class AlreadyAuthor(Exception):
    """The person is in the author team already."""


class LeadStays(Exception):
    """The leader of the team cannot leave before another leads it."""


@transaction.atomic
def add_author(*, version: CourseVersion, user: User, by: User) -> Authorship:
    """Bring a person into the author team.

    Raises:
        PermissionDenied: `by` neither leads the team nor works at the centre.
        PassportLocked: the passport is not open to edits.
        AlreadyAuthor: the person is in the team.

    Source: MIN 3.2.4.4, 5.2.1.
    """
    lock_for_edit(version, by=by, permission=MANAGE_TEAM)
    try:
        with transaction.atomic():
            return Authorship.objects.create(version=version, user=user)
    except IntegrityError as error:
        raise AlreadyAuthor(
            _("%(name)s is in the author team already.") % {"name": user.full_name}
        ) from error


@transaction.atomic
def appoint_lead(*, author: Authorship, by: User) -> None:
    """Make a member of the team its leader in place of the former one.

    Raises:
        PermissionDenied: `by` does not work at the centre.
        PassportLocked: the passport is not open to edits.

    Source: MIN 5.2.1.
    """
    version = author.version
    lock_for_edit(version, by=by, permission=APPOINT_LEAD, is_row_written=True)
    version.authorships.filter(is_lead=True).update(is_lead=False)
    version.authorships.filter(pk=author.pk).update(is_lead=True)
    author.refresh_from_db()


@transaction.atomic
def remove_author(*, author: Authorship, by: User) -> None:
    """Take a person out of the author team.

    Raises:
        PermissionDenied: `by` neither leads the team nor works at the centre.
        PassportLocked: the passport is not open to edits.
        LeadStays: the person leads the team.
    """
    version = author.version
    lock_for_edit(version, by=by, permission=MANAGE_TEAM)
    # Asked anew: the person may lead the team by now.
    if version.authorships.filter(pk=author.pk, is_lead=True).exists():
        raise LeadStays(_("The team needs its leader: appoint another one first."))
    author.delete()
