"""What the security officer owes: told to the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import locked_people
from core.desk import Duty, contributes
from core.models import QuarantinedFile


@contributes
def accounts_to_unlock(user: User, _at: datetime) -> Iterator[Duty]:
    """Locked accounts wait for the officer (KSTU 5.7)."""
    if not user.has_perm("accounts.lock_user"):
        return
    count = locked_people().count()
    if count:
        yield Duty(
            title=ngettext(
                "%(count)s account is locked", "%(count)s accounts are locked", count
            )
            % {"count": count},
            url=f"{reverse('admin:accounts_user_changelist')}?is_locked=yes",
            detail=_("Find out why and unlock those whose owners ask."),
        )


@contributes
def infected_files(user: User, _at: datetime) -> Iterator[Duty]:
    """Files with a virus wait for the officer: somebody's computer may be infected."""
    if not user.has_perm("core.see_quarantinedfile"):
        return
    count = QuarantinedFile.objects.filter(seen_at__isnull=True).count()
    if count:
        yield Duty(
            title=ngettext(
                "%(count)s file with a virus was brought",
                "%(count)s files with a virus were brought",
                count,
            )
            % {"count": count},
            url=f"{reverse('admin:core_quarantinedfile_changelist')}?seen_at__isempty=1",
            detail=_("Speak to those who brought them, then note them as seen."),
        )
