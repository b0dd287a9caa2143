"""Questions ↔ the values of their rows: `question_from_row(question_to_row(q)) == q`.

A row does not keep the category, which is its bank's, nor the line of the file. What is
empty is not written.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from courses.formats.numbers import show_short
from courses.formats.question import (
    EmbeddedFile,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    TextFormat,
)

Json = dict[str, Any]

_FILE_FIELDS = ("name", "path", "content", "encoding")
_MOST_DIGITS = 100


def question_to_row(question: ParsedQuestion) -> Json:
    """Return the values of a question's row, of types that JSON has."""
    return {
        "kind": str(question.kind),
        "name": question.name,
        "text": question.text,
        "answers": [_answer_to_json(answer) for answer in question.answers],
        "details": to_details(question),
        "kind_name": question.kind_name,
        "raw": question.raw,
        "raw_format": str(question.raw_format),
    }


def question_from_row(row: Mapping[str, Any]) -> ParsedQuestion:
    """Return the question of a row, of no category.

    Raises:
        ArithmeticError, AttributeError, LookupError, TypeError, ValueError: the answers
            or the details are not as `question_to_row` writes them.
    """
    return ParsedQuestion(
        kind=Kind(row["kind"]),
        name=row["name"],
        text=row["text"],
        answers=tuple(map(_answer_from_json, row["answers"])),
        category="",
        line=1,
        raw=row["raw"],
        raw_format=row["raw_format"],
        kind_name=row["kind_name"],
        **from_details(row["details"]),
    )


def to_details(question: ParsedQuestion) -> Json:
    """Return what a question tells beyond its text and its answers."""
    told = {
        "text_format": _format_to_json(question.text_format),
        "general_feedback": question.general_feedback,
        "general_feedback_format": _format_to_json(question.general_feedback_format),
        "is_multiple": question.is_multiple,
        "is_missing_word": question.is_missing_word,
        "id_number": question.id_number,
        "tags": list(question.tags),
        "default_grade": _number_to_json(question.default_grade),
        "penalty": _number_to_json(question.penalty),
        "files": _files_to_json(question.files),
        "general_feedback_files": _files_to_json(question.general_feedback_files),
        "elements": list(question.elements),
    }
    return {name: value for name, value in told.items() if value}


def from_details(details: Mapping[str, Any]) -> Json:
    """Return the fields that `to_details` told.

    Raises:
        ArithmeticError, AttributeError, LookupError, TypeError, ValueError: it did not
            tell them so.
    """
    return {
        "text_format": TextFormat(details.get("text_format", TextFormat.MOODLE)),
        "general_feedback": _text(details.get("general_feedback", "")),
        "general_feedback_format": TextFormat(
            details.get("general_feedback_format", TextFormat.MOODLE)
        ),
        "is_multiple": details.get("is_multiple", False) is True,
        "is_missing_word": details.get("is_missing_word", False) is True,
        "id_number": _text(details.get("id_number", "")),
        "tags": tuple(map(_text, details.get("tags", ()))),
        "default_grade": _number_from_json(details.get("default_grade")),
        "penalty": _number_from_json(details.get("penalty")),
        "files": _files_from_json(details.get("files", ())),
        "general_feedback_files": _files_from_json(
            details.get("general_feedback_files", ())
        ),
        "elements": tuple(map(_text, details.get("elements", ()))),
    }


def _answer_to_json(answer: ParsedAnswer) -> Json:
    told: Json = {"text": answer.text, "fraction": show_short(answer.fraction)}
    # A bank has forty thousand of these: what is not there is not looked at again.
    if answer.text_format != TextFormat.MOODLE:
        told["text_format"] = str(answer.text_format)
    if answer.feedback:
        told["feedback"] = answer.feedback
    if answer.feedback_format != TextFormat.MOODLE:
        told["feedback_format"] = str(answer.feedback_format)
    if answer.match:
        told["match"] = answer.match
    if answer.tolerance is not None:
        told["tolerance"] = show_short(answer.tolerance)
    if answer.files:
        told["files"] = _files_to_json(answer.files)
    if answer.feedback_files:
        told["feedback_files"] = _files_to_json(answer.feedback_files)
    return told


def _answer_from_json(told: Mapping[str, Any]) -> ParsedAnswer:
    return ParsedAnswer(
        text=_text(told["text"]),
        fraction=_number_from_json(told["fraction"]) or Decimal(0),
        text_format=TextFormat(told.get("text_format", TextFormat.MOODLE)),
        feedback=_text(told.get("feedback", "")),
        feedback_format=TextFormat(told.get("feedback_format", TextFormat.MOODLE)),
        match=_text(told.get("match", "")),
        tolerance=_number_from_json(told.get("tolerance")),
        files=_files_from_json(told.get("files", ())),
        feedback_files=_files_from_json(told.get("feedback_files", ())),
    )


def _format_to_json(text_format: TextFormat) -> str:
    return "" if text_format == TextFormat.MOODLE else str(text_format)


def _files_to_json(files: tuple[EmbeddedFile, ...]) -> list[Json]:
    return [{name: getattr(file, name) for name in _FILE_FIELDS} for file in files]


def _files_from_json(files: Any) -> tuple[EmbeddedFile, ...]:
    return tuple(
        EmbeddedFile(*(_text(file[name]) for name in _FILE_FIELDS)) for file in files
    )


def _number_to_json(value: Decimal | None) -> str:
    return "" if value is None else show_short(value)


def _number_from_json(value: Any) -> Decimal | None:
    if value is None:
        return None
    number = Decimal(value)
    # Written out, 1E+999999999 would take a gigabyte.
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(value)
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
