"""What the finance pages show, made of frozen reports and live figures."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.enums import JobState
from core.models import Job
from core.templatetags.figures import CURRENCY_SIGNS, moment, money
from finance.models import MonthClosing, MonthlyReport
from finance.months import month_number, month_of, next_month, previous_month
from finance.selectors import (
    closing_of,
    figures_of,
    last_report_of,
    months_with_payments,
    net_by_month,
    reports_visible_to,
)
from finance.services.reports import BUILD_REPORT, figures_sha256

CHART_MONTHS = 12
MONTHS_A_PAGE = 25


def months_page(user: User, today: date, number: str) -> dict[str, Any]:
    """Return a page of the months with their sums and standing, the newest first."""
    all_months = months_with_payments()
    page = Paginator(all_months, MONTHS_A_PAGE).get_page(number)
    months = list(page)
    sums = net_by_month({*months, *all_months[:CHART_MONTHS]})
    reports = {
        row.month: row
        for row in reports_visible_to(user)
        .filter(month__in=months)
        .defer("content")
        .order_by("issue")
    }
    closings = {row.month: row for row in MonthClosing.objects.filter(month__in=months)}
    rows = [
        {
            "month": month,
            "url": reverse("finance:report_detail", args=[month]),
            "sums": [
                money(net, currency)
                for (paid, currency), net in sums.items()
                if paid == month
            ],
            "report": reports.get(month),
            "closing": closings.get(month),
            "is_over": month < month_of(today),
        }
        for month in months
    ]
    charts = _charts(sums, all_months[:CHART_MONTHS])
    return {"rows": rows, "page": page, "charts": charts}


def _charts(
    sums: dict[tuple[date, str], Decimal], months: list[date]
) -> list[dict[str, Any]]:
    return [
        {
            "sign": CURRENCY_SIGNS[currency],
            "bars": [
                (month.strftime("%m.%Y"), net)
                for (month, paid_in), net in sorted(sums.items())
                if paid_in == currency and month in months
            ],
        }
        for currency in sorted({paid_in for month, paid_in in sums if month in months})
    ]


class MonthPage:
    """A month for one reader: its figures, its report, what may be done."""

    def __init__(self, month: date, user: User, today: date) -> None:
        self.month = month
        self.user = user
        self.today = today

    @cached_property
    def report(self) -> MonthlyReport | None:
        """The latest report made."""
        return last_report_of(self.month)

    @cached_property
    def closing(self) -> MonthClosing | None:
        """The closing, where it is closed."""
        return closing_of(self.month)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The frozen figures of a closed month, the live ones of an open one."""
        if self.closing:
            content: dict[str, Any] = self.closing.report.content
            return content
        return figures_of(self.month)

    @property
    def is_stale(self) -> bool:
        """Whether payments came after the last report."""
        return (
            self.report is not None
            and self.closing is None
            and figures_sha256(self.figures) != self.report.sha256
        )

    @cached_property
    def job(self) -> Job | None:
        """The latest job that made, or makes, the report."""
        return (
            Job.objects.filter(kind=BUILD_REPORT, subject_id=month_number(self.month))
            .order_by("-pk")
            .first()
        )

    def context(self) -> dict[str, Any]:
        """Return what the page of the month shows."""
        state = self.job.state if self.job else None
        is_being_made = state in {JobState.QUEUED, JobState.RUNNING}
        is_over = self.month < month_of(self.today)
        return {
            "breadcrumbs": [
                {"label": _("Finance"), "url": reverse("finance:report_list")}
            ],
            "month": self.month,
            "report": self.report,
            "closing": self.closing,
            "is_stale": self.is_stale,
            "is_being_made": is_being_made,
            "has_failed": state == JobState.FAILED,
            "is_over": is_over,
            "may_make": self.user.has_perm("finance.make_report")
            and self.month <= month_of(self.today)
            and not self.closing
            and not is_being_made,
            "may_close": self.user.has_perm("finance.close_month")
            and is_over
            and not self.closing
            and self.report is not None
            and not self.is_stale,
            "parts": [shown(part) for part in self.figures["parts"]],
            "previous": self._previous(),
            "next": self._next(),
        }

    def _previous(self) -> date | None:
        """Return the month before; none where nothing is earlier."""
        before, known = previous_month(self.month), months_with_payments()
        return before if known and before >= known[-1] else None

    def _next(self) -> date | None:
        after = next_month(self.month)
        return after if after <= month_of(self.today) else None


def closing_page(month: date, report: MonthlyReport) -> dict[str, Any]:
    """Return what the page that closes a month shows: what will be signed."""
    here = reverse("finance:report_detail", args=[month])
    return {
        "breadcrumbs": [
            {"label": _("Finance"), "url": reverse("finance:report_list")},
            {"label": month.strftime("%m.%Y"), "url": here},
        ],
        "month": month,
        "report": report,
        "facts": _facts(report),
        "consequences": [
            _("Nothing can be posted into this month any more."),
            _("Later corrections are shown as such in the month they are made in."),
            _("The report stays as it is, for good."),
        ],
        "cancel_url": here,
    }


def _facts(report: MonthlyReport) -> list[dict[str, str]]:
    return [
        {"label": _("Month"), "value": report.month.strftime("%m.%Y")},
        {"label": _("Report"), "value": f"№ {report.issue}"},
        {"label": _("Made"), "value": moment(report.made_at)},
        *(
            {
                "label": _("Net, %(currency)s") % {"currency": part["currency"]},
                "value": money(Decimal(part["net"]), part["currency"]),
            }
            for part in report.content["parts"]
        ),
    ]


def shown(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the report with amounts as numbers and dates as dates."""
    return {
        "currency": part["currency"],
        "budget": part["budget"],
        **_amounts(part),
        "previous_net": Decimal(part["previous_net"]),
        "change": Decimal(part["net"]) - Decimal(part["previous_net"]),
        "services": [{**row, **_amounts(row)} for row in part["services"]],
        "contracts": [{**row, **_amounts(row)} for row in part["contracts"]],
        "items": [
            {**row, "share": Decimal(row["share"]), "amount": Decimal(row["amount"])}
            for row in part["items"]
        ],
        "late": [
            {
                **row,
                "amount": Decimal(row["amount"]),
                "paid_on": date.fromisoformat(row["paid_on"]),
                "belongs_to": date.fromisoformat(row["belongs_to"]),
            }
            for row in part["late"]
        ],
    }


def _amounts(row: dict[str, Any]) -> dict[str, Decimal]:
    return {
        key: Decimal(row[key]) for key in ("received", "refunded", "corrected", "net")
    }
