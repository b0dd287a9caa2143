"""The requirements of an edition as its page shows them, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.enums import CourseType
from courses.findings import BLOCK_TITLES, SEVERITY_WORDS
from courses.forms.editions import NamesField, clauses_by_threshold
from courses.models import RegulationEdition
from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.edition import THRESHOLDS
from courses.regulation.finding import Severity
from courses.regulation.requirement import Kind, Requirement
from courses.selectors.editions import numbers_filled_in
from courses.threshold_names import THRESHOLD_NAMES

KIND_WORDS = {
    Kind.COMPUTED: _("the portal tells"),
    Kind.DECLARED: _("the authors declare"),
    Kind.EXPERT: _("an expert tells"),
}


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of an edition: its field, its other clauses, its value as text."""

    field: forms.BoundField
    clauses: str
    shown: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement: its fields, the numbers first used by it, its state as text."""

    code: str
    clause: str
    title: str
    kind: str
    types: str
    severity: forms.BoundField
    off: forms.BoundField
    severity_shown: str
    is_off: bool
    numbers: list[NumberRow]


@dataclass(frozen=True, slots=True)
class BlockRows:
    """The requirements of a part of the regulation."""

    name: str
    title: str
    rows: list[RequirementRow] = field(default_factory=list)


def blocks_of(form: forms.Form) -> list[BlockRows]:
    """Return the whole edition of a form, each number at its first requirement."""
    blocks = {
        block: BlockRows(block.value, str(title))
        for block, title in BLOCK_TITLES.items()
    }
    shown: set[str] = set()
    for requirement in REQUIREMENTS:
        names = [item.name for item in requirement.thresholds]
        numbers = [name for name in names if name not in shown]
        shown.update(numbers)
        blocks[requirement.block].rows.append(_row(form, requirement, numbers))
    return list(blocks.values())


def numbers_apart(form: forms.Form) -> list[NumberRow]:
    """Return the numbers that no requirement names: forms of pages and the like."""
    named = {item.name for row in REQUIREMENTS for item in row.thresholds}
    names = [name for name in THRESHOLDS if name not in named]
    return list(_numbers(form, names, at=""))


def names_filled_in(edition: RegulationEdition) -> list[str]:
    """Return the numbers that the edition lacks, each with the value taken for it."""
    return [
        f"{THRESHOLD_NAMES[name]}: {_value(value)}"
        for name, value in numbers_filled_in(edition).items()
    ]


def _row(
    form: forms.Form, requirement: Requirement, numbers: list[str]
) -> RequirementRow:
    severity = form[f"severity_{requirement.code}"]
    off = form[f"off_{requirement.code}"]
    return RequirementRow(
        code=requirement.code,
        clause=requirement.clause,
        title=gettext(requirement.title),
        kind=str(KIND_WORDS[requirement.kind]),
        types=_types(requirement),
        severity=severity,
        off=off,
        severity_shown=_severity_word(severity.value()),
        is_off=bool(off.value()),
        numbers=list(_numbers(form, numbers, at=requirement.clause)),
    )


def _numbers(form: forms.Form, names: list[str], *, at: str) -> Iterator[NumberRow]:
    clauses = clauses_by_threshold()
    for name in names:
        bound = form[f"threshold_{name}"]
        others = [clause for clause in clauses.get(name, ()) if clause != at]
        yield NumberRow(bound, ", ".join(others), _shown(bound))


def _shown(bound: forms.BoundField) -> str:
    value = bound.value()
    if value is None or isinstance(bound.field, NamesField):
        return str(value or "")
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return str(number_format(value))


def _severity_word(value: Any) -> str:
    known = value in set(Severity)
    return str(SEVERITY_WORDS[Severity(value)]) if known else str(value)


def _types(requirement: Requirement) -> str:
    if len(requirement.course_types) == len(CourseType):
        return ""
    return ", ".join(
        str(CourseType(value).label) for value in sorted(requirement.course_types)
    )
