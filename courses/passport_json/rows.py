"""What the values of one row say of one another: files, consents, questions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.enums import MeasureState
from courses.passport_json.questions import parsed_question

SHA256 = re.compile(r"[0-9a-f]{64}")
# Facts of a file: a link has none, whatever it states of itself.
FACTS = ("container", "duration_seconds", "pages", "slides", "hidden_slides")


def errors_of_row(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return what is wrong with a row, whose values are each right: name and reason."""
    if "state" in row:
        yield from _material_errors(row)
    elif "consent_sha256" in row:
        yield from _consent_errors(row)
    elif "answers" in row:
        yield from _question_errors(row)


def _material_errors(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_file = bool(row["sha256"])
    if is_file and not SHA256.fullmatch(row["sha256"]):
        yield "sha256", _("A SHA-256 is expected: 64 digits and letters a to f.")
    if is_file is bool(row["url"]) or is_file is not bool(row["file_name"]):
        yield "url", _("A material is a file with its name, or a link, not both.")
    if is_file is (row["state"] == MeasureState.DECLARED):
        yield "state", _("A link is declared, a file never is.")
    if (row["state"] == MeasureState.UNREADABLE) is not bool(row["unreadable_reason"]):
        yield (
            "unreadable_reason",
            _("What cannot be read, and only that, has a reason."),
        )
    if not is_file and any(row[name] for name in FACTS):
        yield "state", _("Nothing of a link is measured.")


def _consent_errors(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    mark = row["consent_sha256"]
    if bool(mark) is not bool(row["consent_name"]):
        yield "consent_name", _("A consent is a file with its name.")
    if mark and not SHA256.fullmatch(mark):
        yield (
            "consent_sha256",
            _("A SHA-256 is expected: 64 digits and letters a to f."),
        )


def _question_errors(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        parsed_question(row)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        yield "answers", _("The question cannot be read: its answers or details.")


def crossing_errors(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return what rows say wrongly of one another: path and reason."""
    week = 1
    for place, topic in enumerate(content["topics"]):
        path = f"$.topics[{place}]"
        if topic["week"] < week:
            yield f"{path}.week", _("Topics stand week after week.")
        week = topic["week"]
        if topic["assessed_in"] == topic["number"]:
            yield f"{path}.assessed_in", _("A topic is not assessed in itself.")
    for path, number, limit in _references(content):
        if (number or 0) > limit:
            yield path, _("There is no row with this number.")


def _references(content: Mapping[str, Any]) -> Iterator[tuple[str, int | None, int]]:
    """Return each reference to a row of another list, and how many rows that has."""
    topics, outcomes = len(content["topics"]), len(content["outcomes"])
    for place, topic in enumerate(content["topics"]):
        path = f"$.topics[{place}]"
        yield f"{path}.assessed_in", topic["assessed_in"], topics
        yield f"{path}.outcomes", max(topic["outcomes"], default=0), outcomes
    for key in ("materials", "borrowed", "banks"):
        for place, row in enumerate(content[key]):
            yield f"$.{key}[{place}].topic", row["topic"], topics
