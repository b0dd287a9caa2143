import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.models import RegulationEdition
from courses.regulation.engine import Report
from courses.regulation.finding import Gate
from courses.selectors import check_version, version_by_code
from courses.wording import say


class Command(BaseCommand):
    help = (
        "Checks a course by its edition of the regulation or by another; ends with 1 "
        "when a mandatory requirement fails or cannot be told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="code of the course, such as ООК-2026-001")
        parser.add_argument("--edition", help="code of the edition to check by")
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(
        self, *, course: str, edition: str | None, is_json: bool, **_options: Any
    ) -> None:
        version = version_by_code(course)
        if version is None:
            message = f"There is no course {course}."
            raise CommandError(message)
        report = check_version(version, edition=_edition(edition))
        stopping = report.blocks(Gate.OPENING)
        self.stdout.write(
            json.dumps(_told(course, report), ensure_ascii=False)
            if is_json
            else _lines(report)
        )
        if stopping:
            raise SystemExit(1)


def _edition(code: str | None) -> RegulationEdition | None:
    if code is None:
        return None
    edition = RegulationEdition.objects.filter(code=code).first()
    if edition is None:
        message = f"There is no edition {code}."
        raise CommandError(message)
    return edition


def _told(course: str, report: Report) -> dict[str, Any]:
    progress = report.progress()
    return {
        "course": course,
        **report.to_dict(),
        "met": int(progress.have),
        "binding": int(progress.want),
        "stopping": len(report.blocks(Gate.OPENING)),
    }


def _lines(report: Report) -> str:
    progress = report.progress()
    unmet = (
        f"{finding.clause} {finding.outcome}: {say(finding.required)} "
        f"({say(finding.found)})"
        for finding in report.blocks(Gate.OPENING)
    )
    return "\n".join([*unmet, f"{progress.have} of {progress.want} met"])
