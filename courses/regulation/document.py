"""The requirements as a table for people: `docs/regulation.md`."""

from collections.abc import Iterator, Mapping, Sequence

from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.clauses import ASKED_WITH, CLAUSES, NO_DUTY
from courses.regulation.edition import Edition
from courses.regulation.facts import CourseType
from courses.regulation.requirement import Kind, Requirement
from courses.regulation.thresholds import Threshold

INTRODUCTION = """# The requirements of the regulation

Printed by `manage.py print_regulation` from the requirements in `courses/regulation/`;
the values are those of the edition `{edition}`. Every clause of MIN 3, 4 and 5.3-5.4.8.1
has a row; those that ask nothing of a course stand apart, with why.

A requirement is *computed* from data and files, *declared* by an author, or left to the
*expert*, as a criterion of the expertise. What is mandatory stops a course at its gate
while it fails or cannot be told; what is optional does so only where its subject is
there; what is recommended only warns. A finding says of its fact whether it was measured
or declared. `tests/courses/regulation/outcome_examples.py` has for every requirement a
course that passes, one that fails, one it does not apply to and one of which it cannot
be told, or says why there can be none.

| clause | requirement | kind | severity | gate | types | parameters | what it asks | tests |
|---|---|---|---|---|---|---|---|---|
"""
_TYPES = {
    CourseType.PROPAEDEUTIC: "2.1.1",
    CourseType.OPEN_LEARNING: "2.1.2",
    CourseType.PROFESSIONAL_DEVELOPMENT: "2.1.3",
    CourseType.RETRAINING: "2.1.3",
    CourseType.SCIENTIFIC_SCHOOL: "2.1.4",
}


def document(edition: Edition, tests: Mapping[str, Sequence[str]]) -> str:
    """The whole page; `tests` are names of tests by the code of a requirement."""
    rows = [
        row for clause in CLAUSES for row in _rows_of_clause(clause, edition, tests)
    ]
    apart = [
        f"| {clause} | {NO_DUTY[clause]} |" for clause in CLAUSES if clause in NO_DUTY
    ]
    return "\n".join(
        (
            INTRODUCTION.format(edition=edition.code) + "\n".join(rows),
            "",
            "## Clauses that ask nothing of a course",
            "",
            "| clause | why |",
            "|---|---|",
            *apart,
            "",
        )
    )


def _rows_of_clause(
    clause: str, edition: Edition, tests: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    if clause in ASKED_WITH:
        yield f"| {clause} | asked with {ASKED_WITH[clause]} |" + " |" * 7
    for requirement in REQUIREMENTS:
        if requirement.clause == clause:
            yield _row(requirement, edition, tests.get(requirement.code, ()))


def _row(requirement: Requirement, edition: Edition, tests: Sequence[str]) -> str:
    is_for_expert = requirement.kind is Kind.EXPERT
    cells = (
        requirement.clause,
        f"{requirement.title} (`{requirement.code}`)",
        requirement.kind.value,
        "the expert rates it" if is_for_expert else requirement.severity.value,
        requirement.gate.value,
        _types(requirement),
        "<br>".join(_parameter(one, edition) for one in requirement.thresholds),
        "" if is_for_expert else _what_it_asks(requirement),
        "<br>".join(f"`{name}`" for name in tests),
    )
    return f"| {' | '.join(cells)} |"


def _types(requirement: Requirement) -> str:
    if len(requirement.course_types) == len(CourseType):
        return "all"
    return ", ".join(sorted({_TYPES[each] for each in requirement.course_types}))


def _parameter(threshold: Threshold[object], edition: Edition) -> str:
    value = edition.thresholds[threshold.name]
    shown = ", ".join(value) if isinstance(value, tuple) else value
    return f"`{threshold.name}` = {shown}"


def _what_it_asks(requirement: Requirement) -> str:
    """The docstring of the check, without its source."""
    text = " ".join((requirement.check.__doc__ or "").split())
    head, _sign, rest = text.partition(" Source: MIN ")
    _clauses, _sign, more = rest.partition(". ")
    return f"{head} {more}".strip()
