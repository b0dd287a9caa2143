"""A question of a passport as the formats read one."""

from collections.abc import Mapping
from typing import Any

from courses.formats.fingerprint import fingerprint
from courses.formats.question import ParsedQuestion
from courses.formats.stored import question_from_row


def parsed_question(row: Mapping[str, Any]) -> ParsedQuestion:
    """Return the question that a row of the passport tells.

    Raises:
        ArithmeticError, AttributeError, LookupError, TypeError, ValueError: its answers
            or details are not as the portal writes them.
    """
    return question_from_row(dict(row))


def mark_of(row: Mapping[str, Any]) -> str:
    """Return the mark by which the same question is known again.

    It is always reckoned: one that a file told could make one question look like two.
    """
    return fingerprint(parsed_question(row))
