"""Counts of a bank, for a preview and for scripts."""

from collections import Counter
from typing import TypedDict

from courses.formats.question import Format, Kind, ParsedBank, ParsedQuestion


class ErrorSummary(TypedDict):
    """One error: the line of the file and the reason in English."""

    line: int
    reason: str


class BankSummary(TypedDict):
    """Counts of a bank; `real` leaves out descriptions, which ask nothing.

    `types` has the kinds as the file names them, those we do not know among them.
    """

    questions: int
    real: int
    types: dict[str, int]
    categories: int
    errors: list[ErrorSummary]


def summarise(bank: ParsedBank) -> BankSummary:
    """Count the questions of a bank by kind, its categories, and name its errors."""
    kinds = Counter(_kind_in_file(question, bank) for question in bank.questions)
    return BankSummary(
        questions=kinds.total(),
        real=kinds.total() - kinds[Kind.DESCRIPTION.value],
        types=dict(sorted(kinds.items())),
        categories=len(bank.categories),
        errors=[
            ErrorSummary(line=error.line, reason=error.reason) for error in bank.errors
        ],
    )


def _kind_in_file(question: ParsedQuestion, bank: ParsedBank) -> str:
    is_matching = question.kind is Kind.MATCH and bank.format is Format.MOODLE_XML
    return "matching" if is_matching else question.kind_name or question.kind.value
