"""What changed between a kept check and the passport as it is now."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from courses.models import Check, CourseVersion
from courses.regulation.engine import Report
from courses.regulation.finding import Finding, Outcome

FindingT = TypeVar("FindingT")
UNMET = {Outcome.FAILED, Outcome.CANNOT_TELL}


@dataclass(frozen=True, slots=True)
class CheckChanges:
    """Findings that turned since a check was kept.

    `mended` are met now or no longer asked; `broken` are not met now and were met, or
    were not asked, then.
    """

    check: Check
    mended: tuple[Finding, ...]
    broken: tuple[Finding, ...]


def last_check(version: CourseVersion) -> Check | None:
    """Return the check that was kept last."""
    return version.checks.select_related("by", "edition").first()


def changes_since(check: Check, report: Report) -> CheckChanges:
    """Compare a kept check with the findings of now, requirement by place."""
    then = _keyed(check.findings["findings"], _told_place)
    now = _keyed(report.findings, _found_place)
    mended, broken = [], []
    for key, finding in now.items():
        before = then.pop(key, None)
        was_unmet = before is not None and before["outcome"] in UNMET
        is_unmet = finding.outcome in UNMET
        if was_unmet and not is_unmet:
            mended.append(finding)
        elif is_unmet and not was_unmet:
            broken.append(finding)
    # What was asked then and is not now: a part that was taken out, say.
    gone = [Finding.from_dict(row) for row in then.values() if row["outcome"] in UNMET]
    return CheckChanges(check, (*mended, *gone), tuple(broken))


def _keyed(
    findings: Iterable[FindingT], place_of: Callable[[FindingT], Hashable]
) -> dict[Hashable, FindingT]:
    """Return findings by requirement and place; of several at one, by their order."""
    seen: Counter[Hashable] = Counter()
    keyed: dict[Hashable, FindingT] = {}
    for finding in findings:
        place = place_of(finding)
        seen[place] += 1
        keyed[place, seen[place]] = finding
    return keyed


def _told_place(row: Mapping[str, Any]) -> Hashable:
    place = row["place"] or {}
    return (
        row["code"],
        *(place.get(name) for name in ("section", "object_id", "field")),
    )


def _found_place(finding: Finding) -> Hashable:
    place = finding.place
    if place is None:
        return finding.code, None, None, None
    return finding.code, place.section.value, place.object_id, place.field
