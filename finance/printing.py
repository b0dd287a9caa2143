"""The monthly report as a document of the chancellery: A4, numbered, signed."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.pdf import render_document
from finance.presentation import shown
from finance.selectors import figures_of
from finance.services import MadeReport
from finance.services.reports import next_issue


def make_report(month: date, *, at: datetime) -> MadeReport:
    """Return a month's report with its PDF, ready to be kept."""
    content = figures_of(month)
    issue = next_issue(month)
    pdf = report_pdf(content, issue=issue, made_on=timezone.localdate(at))
    return MadeReport(month=month, issue=issue, content=content, pdf=pdf)


def report_pdf(content: dict[str, Any], *, issue: int, made_on: date) -> bytes:
    """Return the PDF of a report from its figures, in the centre's language."""
    language = settings.LANGUAGE_CODE
    month = date.fromisoformat(content["month"])
    with override(language):
        number = f"{month:%Y-%m}/{issue}"
        title = _("Report on paid services rendered, %(month)s") % {
            "month": month.strftime("%m.%Y")
        }
        body = render_to_string(
            "finance/print/report.html",
            {
                "title": title,
                "number": number,
                "made_on": made_on,
                "parts": [shown(part) for part in content["parts"]],
                "university": settings.UNIVERSITY_NAME[language],
                "city": settings.UNIVERSITY_CITY,
            },
        )
        return render_document(
            body,
            title=title,
            language=language,
            footer=_("Report № %(number)s") % {"number": number},
        )
