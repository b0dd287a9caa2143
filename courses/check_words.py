"""A check told in words: what turned since a kept one, and the whole as a document."""

from datetime import datetime
from typing import Any

from courses.findings import line_of
from courses.models import CourseVersion
from courses.regulation.engine import Report
from courses.regulation.finding import Gate
from courses.selectors.check_changes import CheckChanges
from courses.wording import say


def changes_in_words(changes: CheckChanges, version_id: int) -> dict[str, Any]:
    """Return what turned since a kept check, as pages and the printed report show it."""
    return {
        "at": changes.check.at,
        "by": changes.check.by.short_name,
        "mended": [line_of(finding, version_id) for finding in changes.mended],
        "broken": [line_of(finding, version_id) for finding in changes.broken],
    }


def report_document(
    version: CourseVersion, report: Report, *, sha256: str, at: datetime
) -> dict[str, Any]:
    """Return a check for programs: its findings, each also said in words."""
    progress = report.of_gate(Gate.EXPERTISE).progress()
    told = report.to_dict()
    for row, finding in zip(told["findings"], report.findings, strict=True):
        row["words"] = {
            "required": say(finding.required),
            "found": say(finding.found),
            "advice": say(finding.advice) if finding.advice else "",
        }
    return {
        "course": version.course.code,
        "version": version.number,
        "passport_sha256": sha256,
        "checked_at": at.isoformat(),
        "met": int(progress.have),
        "binding": int(progress.want),
        "stopping_expertise": len(report.blocks(Gate.EXPERTISE)),
        "stopping_opening": len(report.blocks(Gate.OPENING)),
        **told,
    }
