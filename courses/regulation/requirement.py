"""How a requirement of the regulation is declared, and how it judges."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar, cast

from courses.regulation.facts import CourseFacts, CourseType
from courses.regulation.finding import (
    Counter,
    Finding,
    Gate,
    Outcome,
    Severity,
    Source,
)
from courses.regulation.place import Place
from courses.regulation.texts import Message, Number, gettext_noop, plain_number
from courses.regulation.thresholds import Threshold

T = TypeVar("T")
_OTHER_TYPE = Message(gettext_noop("does not apply to a course of this type"))
_OUTCOMES = {
    True: Outcome.PASSED,
    False: Outcome.FAILED,
    None: Outcome.CANNOT_TELL,
}


class Block(StrEnum):
    """Part of the regulation. Source: MIN 3.1, 4, 5.4.8."""

    INTRODUCTION = "introduction"
    LEARNING = "learning"
    ATTESTATION = "attestation"
    COMPONENTS = "components"
    SHOWCASE = "showcase"


class Kind(StrEnum):
    """Who tells: the portal from data, an author's statement, or an expert."""

    COMPUTED = "computed"
    DECLARED = "declared"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Judge:
    """A requirement under one edition: knows its numbers, writes its findings."""

    requirement: "Requirement"
    severity: Severity
    thresholds: Mapping[str, object]

    def value(self, threshold: Threshold[T]) -> T:
        """The edition's value of a threshold."""
        return cast("T", self.thresholds[threshold.name])

    def finding(
        self,
        *,
        is_met: bool | None,
        required: Message,
        found: Message,
        place: Place,
        advice: Message | None = None,
        source: Source | None = None,
        counter: tuple[Number, Number] | None = None,
    ) -> Finding:
        """A finding; `is_met` is `None` when it cannot be told.

        Advice is left out where nothing is to be done. The source is measured
        for a computed requirement and declared for a declared one, unless said.
        """
        requirement = self.requirement
        return Finding(
            clause=requirement.clause,
            code=requirement.code,
            severity=self.severity,
            gate=requirement.gate,
            outcome=_OUTCOMES[is_met],
            required=required,
            found=found,
            source=source or requirement.source,
            place=place,
            advice=None if is_met else advice,
            counter=counter and Counter(*map(plain_number, counter)),
        )

    def not_applicable(self, found: Message) -> Finding:
        """A finding that says why the requirement does not apply."""
        requirement = self.requirement
        return Finding(
            clause=requirement.clause,
            code=requirement.code,
            severity=self.severity,
            gate=requirement.gate,
            outcome=Outcome.NOT_APPLICABLE,
            required=Message(requirement.title),
            found=found,
            source=requirement.source,
        )


Check: TypeAlias = Callable[[CourseFacts, Judge], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement of the regulation.

    Attributes:
        clause: Clause of the regulation it comes from.
        code: Its name in editions and findings.
        title: English text, marked for translation.
        block: Part of the regulation.
        kind: Who tells.
        severity: How much it binds, unless the edition says otherwise.
        gate: What a course may not enter before it meets it.
        course_types: Types of course it applies to.
        thresholds: Numbers it takes from the edition.
        check: Looks at the facts and gives findings.
    """

    clause: str
    code: str
    title: str
    block: Block
    kind: Kind
    severity: Severity
    gate: Gate
    course_types: frozenset[CourseType]
    thresholds: tuple[Threshold[Any], ...]
    check: Check

    @property
    def source(self) -> Source:
        """Where its facts come from, as a rule."""
        return Source.MEASURED if self.kind is Kind.COMPUTED else Source.DECLARED

    def examine(
        self, course: CourseFacts, severity: Severity, thresholds: Mapping[str, object]
    ) -> Iterable[Finding]:
        """Findings on a course under an edition's severity and thresholds."""
        judge = Judge(self, severity, thresholds)
        if course.type in self.course_types:
            return self.check(course, judge)
        return (judge.not_applicable(_OTHER_TYPE),)


def _left_to_the_expert(_course: CourseFacts, _judge: Judge) -> Iterable[Finding]:
    return ()


class Requirements:
    """The requirements of one block, in the order of their declaration."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.declared: list[Requirement] = []

    def requirement(
        self,
        clause: str,
        code: str,
        title: str,
        *,
        kind: Kind = Kind.COMPUTED,
        severity: Severity = Severity.MANDATORY,
        gate: Gate = Gate.EXPERTISE,
        course_types: Iterable[CourseType] = CourseType,
        thresholds: tuple[Threshold[Any], ...] = (),
    ) -> Callable[[Check], Check]:
        """Declare the decorated function as a requirement."""

        def declare(check: Check) -> Check:
            self.declared.append(
                Requirement(
                    clause=clause,
                    code=code,
                    title=title,
                    block=self.block,
                    kind=kind,
                    severity=severity,
                    gate=gate,
                    course_types=frozenset(course_types),
                    thresholds=thresholds,
                    check=check,
                )
            )
            return check

        return declare

    def for_expert(self, clause: str, code: str, title: str) -> None:
        """Declare what no machine tells: a criterion of the expertise."""
        self.requirement(clause, code, title, kind=Kind.EXPERT)(_left_to_the_expert)
