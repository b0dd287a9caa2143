"""What every format's reader gives and every format's writer takes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courses.formats.reasons import REASON_TEXTS, Reason


class Kind(StrEnum):
    """Kinds of question, named as Moodle names them."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NUMERICAL = "numerical"
    ORDERING = "ordering"
    MULTICHOICE = "multichoice"
    MATCH = "match"
    TRUEFALSE = "truefalse"
    SHORTANSWER = "shortanswer"


class TextFormat(StrEnum):
    """How a text is marked up; `MOODLE` is plain text in which HTML works too."""

    MOODLE = "moodle"
    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuestion:
    """One question of a bank, as its author wrote it.

    Attributes:
        name: Empty where the author gave none.
        text: Without escapes; a missing word is `_____`.
        category: The path of its category, empty where the file names none.
        line: The line of the file it begins in, from 1; comments are not its beginning.
        raw: The question as it stands in the file, its comments included.
        is_multiple: A learner may choose several answers (multiple choice only).
        is_missing_word: The answers stood inside the text.
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
        categories: Distinct names, in the order of the file.
        encoding: The encoding it was read in, empty where it was not text.
    """

    questions: tuple[ParsedQuestion, ...] = ()
    errors: tuple[ParseError, ...] = ()
    categories: tuple[str, ...] = ()
    encoding: str = ""
