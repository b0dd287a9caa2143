"""The one function that checks a course, and what it gives."""

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.edition import Edition
from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Counter, Finding, Gate, Outcome, Severity

_GATES = tuple(Gate)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        edition: Code of the edition it was made by.
        findings: In the order of the regulation's clauses.
    """

    edition: str
    findings: tuple[Finding, ...]

    def counts(self) -> dict[tuple[Outcome, Severity], int]:
        """How many findings of each outcome and severity there are."""
        return dict(
            Tally((finding.outcome, finding.severity) for finding in self.findings)
        )

    def blocks(self, gate: Gate) -> tuple[Finding, ...]:
        """What stops the course at a gate; earlier gates are included.

        Mandatory requirements that fail or cannot be told, and optional ones whose
        subject is present but not as it must be.
        """
        passed_gates = _GATES[: _GATES.index(gate) + 1]
        return tuple(
            finding
            for finding in self.findings
            if finding.is_blocking and finding.gate in passed_gates
        )

    def of_gate(self, gate: Gate) -> "Report":
        """What is asked at one gate alone, without what earlier gates asked."""
        own = tuple(finding for finding in self.findings if finding.gate is gate)
        return Report(self.edition, own)

    def progress(self) -> Counter:
        """Binding findings that pass, of those that apply."""
        binding = [finding for finding in self.findings if finding.is_binding]
        passed = sum(finding.outcome is Outcome.PASSED for finding in binding)
        return Counter(passed, len(binding))

    def percent(self) -> int:
        """Progress rounded down, so that 100 means that nothing is left."""
        progress = self.progress()
        return int(100 * progress.have // progress.want) if progress.want else 100

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON."""
        return {
            "edition": self.edition,
            "findings": [finding.to_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Report":
        """Read what `to_dict` wrote."""
        findings = tuple(Finding.from_dict(finding) for finding in data["findings"])
        return cls(data["edition"], findings)


def run(course: CourseFacts, edition: Edition) -> Report:
    """Check a course by an edition; the same facts always give the same report."""
    findings: list[Finding] = []
    for requirement in REQUIREMENTS:
        if requirement.code not in edition.switched_off:
            severity = edition.severity_of(requirement)
            findings += requirement.examine(course, severity, edition.thresholds)
    return Report(edition.code, tuple(findings))
