"""What every format's reader gives and every format's writer takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from courses.formats.reasons import REASON_TEXTS, Reason


class Kind(StrEnum):
    """Kinds of question, named as Moodle names them; `OTHER` is any we do not know."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NUMERICAL = "numerical"
    ORDERING = "ordering"
    MULTICHOICE = "multichoice"
    MATCH = "match"
    TRUEFALSE = "truefalse"
    SHORTANSWER = "shortanswer"
    CLOZE = "cloze"
    OTHER = "other"


class Format(StrEnum):
    """Formats of files of questions."""

    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle_xml"
    XLSX = "xlsx"


class TextFormat(StrEnum):
    """How a text is marked up; `MOODLE` is plain text in which HTML works too."""

    MOODLE = "moodle"
    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside a text, which names it `@@PLUGINFILE@@/path/name`.

    Attributes:
        content: As it stands in the file of questions, in `encoding`.
    """

    name: str
    path: str
    content: str
    encoding: str = "base64"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAnswer:
    """One answer, one pair of a matching question or one item of an ordering.

    Attributes:
        text: The answer; `true` or `false`; a number with a decimal point, or `*` for
            any other; the left half of a pair, empty for a match that fits nothing.
        fraction: Per cent of the question's points, -100 to 100.
        match: The right half of a pair.
        tolerance: How far from a number an answer may lie.
    """

    text: str
    fraction: Decimal
    text_format: TextFormat = TextFormat.MOODLE
    feedback: str = ""
    feedback_format: TextFormat = TextFormat.MOODLE
    match: str = ""
    tolerance: Decimal | None = None
    files: tuple[EmbeddedFile, ...] = ()
    feedback_files: tuple[EmbeddedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuestion:
    """One question of a bank, as its author wrote it.

    Attributes:
        name: Empty where the author gave none.
        text: Without escapes; a missing word is `_____`.
        category: The path of its category, empty where the file names none.
        line: The line of the file it begins in, from 1; comments are not its beginning.
        raw: The question as it stands in the file, its comments included; of Moodle XML
            only a kind that we do not know, since the fields hold all of the others.
        raw_format: What `raw` is written in: a `Format`, or `moodle_backup`.
        kind_name: What the file calls a kind that we do not know.
        is_multiple: A learner may choose several answers (multiple choice only).
        is_missing_word: The answers stood inside the text.
        default_grade: Points for it, where the file names them.
        penalty: The part of the points that each further try costs, 0 to 1.
        elements: What else Moodle XML told, an element each, as it stood there: hints,
            units, remarks on the whole answer, shuffling.
    """

    kind: Kind
    name: str
    text: str
    text_format: TextFormat
    answers: tuple[ParsedAnswer, ...]
    category: str
    line: int
    raw: str
    general_feedback: str = ""
    general_feedback_format: TextFormat = TextFormat.MOODLE
    is_multiple: bool = False
    is_missing_word: bool = False
    id_number: str = ""
    tags: tuple[str, ...] = ()
    kind_name: str = ""
    raw_format: str = ""
    default_grade: Decimal | None = None
    penalty: Decimal | None = None
    elements: tuple[str, ...] = ()
    files: tuple[EmbeddedFile, ...] = ()
    general_feedback_files: tuple[EmbeddedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCategory:
    """A category that a file names, with what it tells of it."""

    path: str
    info: str = ""
    info_format: TextFormat = TextFormat.MOODLE
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class ParseError:
    """A question, or a whole file, that could not be read."""

    line: int
    reason_code: Reason

    @property
    def reason(self) -> str:
        """The reason in English, marked for translation."""
        return REASON_TEXTS[self.reason_code]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedBank:
    """All that a file gave.

    Attributes:
        format: The format it was read as, whatever its name says.
        categories: Distinct names, in the order of the file.
        described: Categories of which the file tells more than the name.
        encoding: The encoding it was read in, empty where it was not text.
    """

    questions: tuple[ParsedQuestion, ...] = ()
    errors: tuple[ParseError, ...] = ()
    categories: tuple[str, ...] = ()
    described: tuple[ParsedCategory, ...] = ()
    encoding: str = ""
    format: Format = Format.GIFT


# What a reader gives, one by one, in the order of the file.
Item: TypeAlias = ParsedQuestion | ParsedCategory | ParseError


def gather(
    items: Iterable[Item],
    *,
    format: Format,  # noqa: A002 (as the field is called)
    encoding: str,
) -> ParsedBank:
    """Put what a reader gave into a bank."""
    questions: list[ParsedQuestion] = []
    errors: list[ParseError] = []
    categories: dict[str, None] = {}
    described: dict[str, ParsedCategory] = {}
    for item in items:
        match item:
            case ParsedQuestion():
                questions.append(item)
            case ParsedCategory():
                categories[item.path] = None
                if item.info or item.id_number:
                    described.setdefault(item.path, item)
            case ParseError():
                errors.append(item)
    return ParsedBank(
        questions=tuple(questions),
        errors=tuple(errors),
        categories=tuple(categories),
        described=tuple(described.values()),
        encoding=encoding,
        format=format,
    )
