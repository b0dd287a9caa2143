"""What the accountant owes: told to the desk."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import first_working_day
from core.desk import Duty, contributes
from finance.months import month_of, next_month
from finance.selectors import months_to_close


@contributes
def months_to_report_and_close(user: User, at: datetime) -> Iterator[Duty]:
    """Each month is reported by the first working day after it, then closed (KAZ 4.5)."""
    if not user.has_perm("finance.close_month"):
        return
    for month, made_at in months_to_close(month_of(timezone.localdate(at))):
        words = {"month": month.strftime("%m.%Y")}
        after = next_month(month)
        is_made = made_at is not None and timezone.localdate(made_at) >= after
        yield Duty(
            title=(
                _("Close %(month)s") % words
                if is_made
                else _("Make the report on paid services of %(month)s") % words
            ),
            url=reverse("finance:report_detail", args=[month]),
            detail=_("To the department of economics and finance, every month."),
            due_at=None if is_made else _due_at(after),
        )


def _due_at(month: date) -> datetime:
    day = first_working_day(month.year, month.month, country=settings.COUNTRY)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
