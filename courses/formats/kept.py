"""What a file of questions gave, as rows: kept as JSON from its preview to its import.

A file is read once: reading ten thousand questions takes more than storing them.
"""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from courses.formats.fingerprint import fingerprint
from courses.formats.question import ParsedCategory, ParsedQuestion, ParseError
from courses.formats.reading import open_questions
from courses.formats.reasons import Reason
from courses.formats.stored import question_to_row

# One that was kept by another release of the portal is not read.
LAYOUT = 1
NAME_LENGTH = 255
KIND_NAME_LENGTH = 60


class QuestionRow(NamedTuple):
    """The values of a question's row by its columns; answers and details as JSON."""

    kind: str
    kind_name: str
    name: str
    text: str
    answers: str
    details: str
    fingerprint: str
    raw: str
    raw_format: str


QUESTION_COLUMNS = QuestionRow._fields  # noqa: SLF001 (a public name of named tuples)


@dataclass(frozen=True, slots=True)
class ReadQuestions:
    """The questions of a file by the path of their category, in the order of the file.

    `id_numbers` is what the LMS calls each category that the file describes.
    """

    format: str
    by_category: dict[str, list[QuestionRow]] = field(default_factory=dict)
    errors: list[ParseError] = field(default_factory=list)
    id_numbers: dict[str, str] = field(default_factory=dict)


def read_rows(content: bytes, *, name: str) -> ReadQuestions:
    """Read a file, keeping no more of each question than its row."""
    opened = open_questions(content, name=name)
    read = ReadQuestions(opened.format.value)
    for item in opened.items:
        match item:
            case ParsedQuestion():
                row = question_row(item)
                read.by_category.setdefault(item.category, []).append(row)
            case ParseError():
                read.errors.append(item)
            case ParsedCategory(path=path, id_number=id_number) if id_number:
                read.id_numbers.setdefault(path, id_number)
    return read


def question_row(question: ParsedQuestion) -> QuestionRow:
    """Return the values of a question's row, its fingerprint among them."""
    row = question_to_row(question)
    return QuestionRow(
        kind=row["kind"],
        kind_name=row["kind_name"][:KIND_NAME_LENGTH],
        name=row["name"][:NAME_LENGTH],
        text=row["text"],
        answers=_as_json(row["answers"]),
        details=_as_json(row["details"]),
        fingerprint=fingerprint(question),
        raw=row["raw"],
        raw_format=row["raw_format"],
    )


def to_json(read: ReadQuestions) -> bytes:
    """Return what `from_json` reads again."""
    told = {
        "layout": LAYOUT,
        "format": read.format,
        "by_category": read.by_category,
        "errors": [[error.line, error.reason_code] for error in read.errors],
        "id_numbers": read.id_numbers,
    }
    return _as_json(told).encode()


def from_json(content: bytes) -> ReadQuestions:
    """Read what `to_json` wrote.

    Raises:
        ValueError: another release of the portal wrote it.
    """
    told: dict[str, Any] = json.loads(content)
    if told.get("layout") != LAYOUT:
        raise ValueError(LAYOUT)
    return ReadQuestions(
        format=told["format"],
        by_category={
            path: [QuestionRow(*row) for row in rows]
            for path, rows in told["by_category"].items()
        },
        errors=[ParseError(line, Reason(code)) for line, code in told["errors"]],
        id_numbers=told["id_numbers"],
    )


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _as_json(value: Any) -> str:
    return _encoder.encode(value)
