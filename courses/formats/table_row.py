"""A row of the table → a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from courses.formats.answers import (
    ANY_OTHER,
    NOTHING,
    WHOLE,
    Answers,
    at_least_two,
    read_tolerance,
    read_weight,
    with_a_right_one,
)
from courses.formats.numbers import read_number, read_range, show_number
from courses.formats.question import (
    Format,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    TextFormat,
)
from courses.formats.reasons import BadQuestion, Reason
from courses.formats.table_columns import (
    ARROWS,
    FALSE_WORDS,
    KIND_BY_WORD,
    MARGIN,
    SEVERAL,
    TRUE_WORDS,
)

# Moodle's own precision: a third of the points is 33.33333.
SHARE = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the keys of its columns; cells that are empty are not there."""

    number: int
    cells: Mapping[str, str]

    def text(self, key: str) -> str:
        """Return a cell."""
        return self.cells.get(key, "")

    def line(self, key: str) -> str:
        """Return a cell as one line."""
        return " ".join(self.text(key).split())

    def lines(self, key: str) -> list[str]:
        """Return the lines of a cell that are not empty."""
        return [text for line in self.text(key).split("\n") if (text := line.strip())]


def read_row(row: Row, *, category: str) -> ParsedQuestion:
    """Read a question of any kind the table knows.

    Raises:
        BadQuestion: it asks nothing, or its answers make no question.
    """
    text, name = row.text("text"), row.line("name")
    if not (text or name):
        raise BadQuestion(Reason.NO_TEXT)
    kind_name = _kind_name(row)
    kind = Kind.MULTICHOICE if kind_name == SEVERAL else Kind(kind_name)
    text_format = _format_of(row)
    read = _READERS.get(kind)
    if read is None and (row.lines("right") or row.lines("wrong")):
        raise BadQuestion(Reason.ANSWERS_NOT_WANTED)
    return ParsedQuestion(
        kind=kind,
        name=name,
        text=text,
        text_format=text_format,
        answers=_with_remarks(row, read(row, text_format), text_format) if read else (),
        category=category,
        line=row.number,
        raw="",
        raw_format=Format.XLSX.value,
        general_feedback=row.text("general_feedback"),
        general_feedback_format=text_format,
        is_multiple=kind_name == SEVERAL,
        id_number=row.line("id"),
        tags=tuple(dict.fromkeys(row.lines("tags"))),
        default_grade=read_number(row.text("grade")) if row.text("grade") else None,
    )


def _kind_name(row: Row) -> str:
    """Return the kind, by its own word or by the answers that there are."""
    word = row.line("kind").lower()
    if word:
        if word not in KIND_BY_WORD:
            raise BadQuestion(Reason.UNKNOWN_KIND)
        return KIND_BY_WORD[word]
    right = row.lines("right")
    if row.lines("wrong"):
        return SEVERAL if len(right) > 1 else Kind.MULTICHOICE.value
    if len(right) == 1 and right[0].lower() in TRUE_WORDS | FALSE_WORDS:
        return Kind.TRUEFALSE.value
    if not right:
        raise BadQuestion(Reason.NO_KIND)
    return Kind.SHORTANSWER.value


def _format_of(row: Row) -> TextFormat:
    try:
        return TextFormat(row.line("format").lower() or TextFormat.PLAIN)
    except ValueError:
        raise BadQuestion(Reason.UNKNOWN_TEXT_FORMAT) from None


def _with_remarks(row: Row, answers: Answers, text_format: TextFormat) -> Answers:
    """Put a line of remarks to each answer, as the answers stand in the table."""
    remarks = [line.strip() for line in row.text("remarks").split("\n")]
    if len(remarks) > len(answers):
        raise BadQuestion(Reason.MORE_WEIGHTS_THAN_ANSWERS)
    remarks += [""] * (len(answers) - len(remarks))
    # The table tells the right answer first, a question “true” first.
    is_turned = answers[0].text == "true" and answers[0].fraction == NOTHING
    return tuple(
        replace(answer, feedback=remark, feedback_format=text_format)
        for answer, remark in zip(
            answers, remarks[::-1] if is_turned else remarks, strict=True
        )
    )


def share_of(right: int) -> Decimal:
    """Return the per cent of the points that each of several right answers gets."""
    return (WHOLE / right).quantize(SHARE).normalize() if right > 1 else WHOLE


def _weights(row: Row, default: list[Decimal]) -> list[Decimal]:
    told = [read_weight(line) for line in row.lines("weights")]
    if len(told) > len(default):
        raise BadQuestion(Reason.MORE_WEIGHTS_THAN_ANSWERS)
    return told + default[len(told) :]


def _weighed(row: Row, text_format: TextFormat) -> Answers:
    """Read right and wrong answers, each with its weight."""
    right, wrong = row.lines("right"), row.lines("wrong")
    is_shared = KIND_BY_WORD.get(row.line("kind").lower(), SEVERAL) == SEVERAL
    share = share_of(len(right)) if is_shared and wrong else WHOLE
    weights = _weights(row, [share] * len(right) + [NOTHING] * len(wrong))
    return tuple(
        ParsedAnswer(text=text, fraction=weight, text_format=text_format)
        for text, weight in zip([*right, *wrong], weights, strict=True)
    )


def _read_choice(row: Row, text_format: TextFormat) -> Answers:
    return with_a_right_one(at_least_two(_weighed(row, text_format)))


def _read_accepted(row: Row, text_format: TextFormat) -> Answers:
    return with_a_right_one(_weighed(row, text_format))


def _read_true_or_false(row: Row, _format: TextFormat) -> Answers:
    word = row.line("right").lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise BadQuestion(Reason.NOT_TRUE_OR_FALSE)
    is_true = word in TRUE_WORDS
    return (
        ParsedAnswer(text="true", fraction=WHOLE if is_true else NOTHING),
        ParsedAnswer(text="false", fraction=NOTHING if is_true else WHOLE),
    )


def _read_numbers(row: Row, _format: TextFormat) -> Answers:
    lines = row.lines("right")
    if row.lines("wrong"):
        raise BadQuestion(Reason.WRONG_ANSWERS_NOT_WANTED)
    weights = _weights(row, [WHOLE] * len(lines))
    return with_a_right_one(
        tuple(
            _read_number(line, weight)
            for line, weight in zip(lines, weights, strict=True)
        )
    )


def _read_number(line: str, weight: Decimal) -> ParsedAnswer:
    number, tolerance = _read_interval(line)
    return ParsedAnswer(
        text=number,
        fraction=weight,
        text_format=TextFormat.PLAIN,
        tolerance=tolerance,
    )


def _read_interval(line: str) -> tuple[str, Decimal | None]:
    """Read `5`, `5 ± 0.1`, `4.9..5.1`, or `*` for any other number."""
    if line == ANY_OTHER:
        return line, None
    low, dots, high = line.partition("..")
    if dots:
        middle, margin = read_range(low, high)
        return show_number(middle), margin
    number, sign, margin_text = line.partition(MARGIN)
    margin = read_tolerance(margin_text) if sign else NOTHING
    return show_number(read_number(number)), margin


def _read_pairs(row: Row, text_format: TextFormat) -> Answers:
    pairs = [_read_pair(line, text_format) for line in row.lines("right")]
    misleading = [
        ParsedAnswer(text="", fraction=WHOLE, text_format=text_format, match=line)
        for line in row.lines("wrong")
    ]
    return at_least_two((*pairs, *misleading))


def _read_pair(line: str, text_format: TextFormat) -> ParsedAnswer:
    arrow = next((arrow for arrow in ARROWS if arrow in line), None)
    if arrow is None:
        raise BadQuestion(Reason.PAIR_WITHOUT_ARROW)
    left, _, right = line.partition(arrow)
    if not right.strip():
        raise BadQuestion(Reason.PAIR_WITHOUT_MATCH)
    return ParsedAnswer(
        text=left.strip(),
        fraction=WHOLE,
        text_format=text_format,
        match=right.strip(),
    )


def _read_order(row: Row, text_format: TextFormat) -> Answers:
    if row.lines("wrong"):
        raise BadQuestion(Reason.WRONG_ANSWERS_NOT_WANTED)
    return at_least_two(
        tuple(
            ParsedAnswer(text=line, fraction=WHOLE, text_format=text_format)
            for line in row.lines("right")
        )
    )


_READERS: dict[Kind, Callable[[Row, TextFormat], Answers]] = {
    Kind.MATCH: _read_pairs,
    Kind.MULTICHOICE: _read_choice,
    Kind.NUMERICAL: _read_numbers,
    Kind.ORDERING: _read_order,
    Kind.SHORTANSWER: _read_accepted,
    Kind.TRUEFALSE: _read_true_or_false,
}
