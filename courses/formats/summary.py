"""Counts of a bank, for a preview and for scripts."""

from collections import Counter
from typing import TypedDict

from courses.formats.question import Kind, ParsedBank


class ErrorSummary(TypedDict):
    """One error: the line of the file and the reason in English."""

    line: int
    reason: str


class BankSummary(TypedDict):
    """Counts of a bank; `real` leaves out descriptions, which ask nothing."""

    questions: int
    real: int
    types: dict[str, int]
    categories: int
    errors: list[ErrorSummary]


def summarise(bank: ParsedBank) -> BankSummary:
    """Count the questions of a bank by kind, its categories, and name its errors."""
    kinds = Counter(question.kind.value for question in bank.questions)
    return BankSummary(
        questions=kinds.total(),
        real=kinds.total() - kinds[Kind.DESCRIPTION.value],
        types=dict(sorted(kinds.items())),
        categories=len(bank.categories),
        errors=[
            ErrorSummary(line=error.line, reason=error.reason) for error in bank.errors
        ],
    )
