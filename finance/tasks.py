"""The month's report: made by a job, asked for by beat on the first working day."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.selectors import system_user
from core.deadlines import first_working_day
from core.jobs import register
from core.models import Job
from finance.months import month_by_number, month_of, previous_month
from finance.printing import make_report
from finance.selectors import closing_of, last_report_of
from finance.services import MadeReport, freeze_report, order_report
from finance.services.reports import BUILD_REPORT


@shared_task(name="finance.order_monthly_report")
def order_monthly_report() -> None:
    """Order last month's report from the first working day on (KAZ 4.5: monthly).

    Beat calls it every day: a day on which no worker ran loses nothing. A report made
    before the month was over does not count.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    month = previous_month(month_of(today))
    ready_on = first_working_day(today.year, today.month, country=settings.COUNTRY)
    if today < ready_on or closing_of(month):
        return
    last = last_report_of(month)
    if last is None or timezone.localdate(last.made_at) < month_of(today):
        order_report(month=month, by=system_user(), at=now)


def make(subject_id: int) -> MadeReport:
    """Make the report of a month, given as 202611."""
    return make_report(month_by_number(subject_id), at=timezone.now())


def keep(_subject_id: int, made: MadeReport, job: Job, at: datetime) -> None:
    """Freeze the report in the transaction that marks the job done."""
    freeze_report(made=made, by=job.by, at=at)


register(BUILD_REPORT, work=make, finish=keep)
