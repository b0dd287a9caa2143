"""What people owe: told to the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from certificates.selectors import runs_with_certificates
from core.desk import Duty, contributes


@contributes
def certificates_to_issue(user: User, _at: datetime) -> Iterator[Duty]:
    """Tell centre staff of the runs whose learners wait for certificates."""
    if not user.has_perm("certificates.issue"):
        return
    for run in runs_with_certificates(user).filter(owed__gt=0):
        yield Duty(
            title=_("Issue the certificates of “%(run)s”") % {"run": run},
            url=reverse("certificates:run_detail", args=[run.pk]),
            detail=ngettext(
                "%(count)d learner passed", "%(count)d learners passed", run.owed
            )
            % {"count": run.owed},
        )
