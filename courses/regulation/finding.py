"""A finding: one line of a check."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

from courses.regulation.place import Place
from courses.regulation.record import record
from courses.regulation.texts import (
    Message,
    Number,
    number_from_json,
    number_to_json,
)


class Outcome(StrEnum):
    """How the course stands to a requirement."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


class Severity(StrEnum):
    """How much a requirement binds; an optional one binds what is present."""

    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Source(StrEnum):
    """Where the fact comes from: seen by the portal, or stated by an author."""

    MEASURED = "measured"
    DECLARED = "declared"


class Gate(StrEnum):
    """What a course may not enter before it meets a requirement, in order."""

    EXPERTISE = "expertise"
    OPENING = "opening"


@record()
class Counter:
    """Two numbers for a progress bar: 22 of 30 questions, 19 of 22 hours."""

    have: Number
    want: Number

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON."""
        return {"have": number_to_json(self.have), "want": number_to_json(self.want)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Counter":
        """Read what `to_dict` wrote."""
        have, want = number_from_json(data["have"]), number_from_json(data["want"])
        return cls(cast("Number", have), cast("Number", want))


@record(kw_only=True)
class Finding:
    """What a check says of one requirement at one place.

    Attributes:
        clause: Clause of the regulation.
        code: Code of the requirement.
        severity: How much it binds, by the edition.
        gate: The gate it guards.
        outcome: How the course stands.
        required: What the regulation asks.
        found: What the course has.
        place: The field to open; `None` where nothing is to be mended.
        source: Where the fact comes from.
        advice: What to do; `None` where nothing is to be done.
        counter: Numbers for a progress bar.
    """

    clause: str
    code: str
    severity: Severity
    gate: Gate
    outcome: Outcome
    required: Message
    found: Message
    source: Source
    place: Place | None = None
    advice: Message | None = None
    counter: Counter | None = None

    @property
    def is_binding(self) -> bool:
        """Whether the course must meet it: all but recommendations that apply."""
        return (
            self.severity is not Severity.RECOMMENDED
            and self.outcome is not Outcome.NOT_APPLICABLE
        )

    @property
    def is_blocking(self) -> bool:
        """Whether it stops the course at its gate."""
        return self.is_binding and self.outcome is not Outcome.PASSED

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON."""
        return {
            "clause": self.clause,
            "code": self.code,
            "severity": self.severity.value,
            "gate": self.gate.value,
            "outcome": self.outcome.value,
            "required": self.required.to_dict(),
            "found": self.found.to_dict(),
            "source": self.source.value,
            "place": self.place.to_dict() if self.place else None,
            "advice": self.advice.to_dict() if self.advice else None,
            "counter": self.counter.to_dict() if self.counter else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":
        """Read what `to_dict` wrote."""
        place, advice, counter = data["place"], data["advice"], data["counter"]
        return cls(
            clause=data["clause"],
            code=data["code"],
            severity=Severity(data["severity"]),
            gate=Gate(data["gate"]),
            outcome=Outcome(data["outcome"]),
            required=Message.from_dict(data["required"]),
            found=Message.from_dict(data["found"]),
            source=Source(data["source"]),
            place=Place.from_dict(place) if place else None,
            advice=Message.from_dict(advice) if advice else None,
            counter=Counter.from_dict(counter) if counter else None,
        )
