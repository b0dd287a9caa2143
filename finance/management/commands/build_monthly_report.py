"""Make the report on paid services of a month."""

import json
import re
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.selectors import system_user
from finance.models import MonthlyReport
from finance.printing import make_report
from finance.services import ReportRefused, freeze_report
from finance.services.reports import refuse_report

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


class Command(BaseCommand):
    help = "Make the report on paid services of a month and keep it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        month = _month(options["month"])
        now = timezone.now()
        try:
            refuse_report(month, at=now)
            made = make_report(month, at=now)
            report = freeze_report(made=made, by=system_user(), at=now)
        except ReportRefused as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(_facts(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{options['month']}: report {report.issue} made.")
            for part in report.content["parts"]:
                self.stdout.write(f"{part['net']} {part['currency']}")


def _month(text: str) -> date:
    match = MONTH.fullmatch(text)
    if match is None:
        message = f"“{text}” is no month: write it as 2026-11."
        raise CommandError(message)
    return date(int(match[1]), int(match[2]), 1)


def _facts(report: MonthlyReport) -> dict[str, Any]:
    return {
        "month": f"{report.month:%Y-%m}",
        "issue": report.issue,
        "sha256": report.sha256,
        "pdf_sha256": report.pdf_sha256,
        "pdf": report.pdf_stored_as,
        "figures": report.content,
    }
