"""What stands between the braces of a GIFT question."""

import re
from collections.abc import Callable
from decimal import Decimal

from courses.formats.answers import (
    ANY_OTHER,
    NOTHING,
    WHOLE,
    Answers,
    at_least_two,
    read_tolerance,
    with_a_right_one,
)
from courses.formats.gift_text import read_formatted, show_escapes
from courses.formats.numbers import read_number, read_range, show_number
from courses.formats.question import Kind, ParsedAnswer, TextFormat
from courses.formats.reasons import BadQuestion, Reason

_TRUE = frozenset({"T", "TRUE"})
_FALSE = frozenset({"F", "FALSE"})
_MARKS = re.compile(r"([=~])")
_WEIGHT = re.compile(r"%(-?[0-9]{1,9}(?:[.,][0-9]{0,9})?)%")
_CLOZE = re.compile(r"\s*[0-9]{0,6}:[A-Z_]{1,40}:")


def tell_kind(body: str) -> Kind:
    """Tell the kind of a question by its answers, `body` being stripped."""
    return next(kind for fits, kind in _KINDS if fits(body))


def read_answers(kind: Kind, body: str, text_format: TextFormat) -> Answers:
    """Read the answers of a question whose texts are by default in `text_format`.

    Raises:
        BadQuestion: They make no question.
    """
    if _CLOZE.match(body):
        raise BadQuestion(Reason.CLOZE)
    return _READERS[kind](body, text_format)


def is_multiple(kind: Kind, body: str) -> bool:
    """Tell whether several answers may be chosen: none is marked as the right one."""
    return kind == Kind.MULTICHOICE and "=" not in body


def _is_truefalse(body: str) -> bool:
    # In small letters it is a short answer: so says the format, so does Moodle.
    return body.partition("#")[0].strip() in _TRUE | _FALSE


_KINDS: tuple[tuple[Callable[[str], bool], Kind], ...] = (
    (lambda body: not body, Kind.ESSAY),
    (lambda body: body[0] == "#", Kind.NUMERICAL),
    (lambda body: body[0] == ">" and "\n" in body, Kind.ORDERING),
    (lambda body: "~" in body, Kind.MULTICHOICE),
    (lambda body: "=" in body and "->" in body, Kind.MATCH),
    (_is_truefalse, Kind.TRUEFALSE),
    (lambda _: True, Kind.SHORTANSWER),
)


def _split(body: str, *, lead: str) -> list[tuple[str, str]]:
    """Cut the body at its marks; what stands before the first is marked `lead`."""
    pieces = [lead, *_MARKS.split(body)]
    marked = zip(pieces[::2], map(str.strip, pieces[1::2]), strict=True)
    return [(mark, piece) for mark, piece in marked if piece]


def _take_weight(mark: str, piece: str) -> tuple[Decimal, str]:
    match = _WEIGHT.match(piece)
    if match is None:
        return (WHOLE if mark == "=" else NOTHING), piece
    weight = Decimal(match[1].replace(",", "."))
    if abs(weight) > WHOLE:
        raise BadQuestion(Reason.WEIGHT_OUT_OF_RANGE)
    return weight, piece[match.end() :]


def _read_answer(mark: str, piece: str, default: TextFormat) -> ParsedAnswer:
    fraction, piece = _take_weight(mark, piece)
    body, _, remark = piece.partition("#")
    text, text_format = read_formatted(body, default)
    feedback, feedback_format = read_formatted(remark, default)
    return ParsedAnswer(
        text=text,
        fraction=fraction,
        text_format=text_format,
        feedback=feedback,
        feedback_format=feedback_format,
    )


def _read_choice(body: str, default: TextFormat) -> Answers:
    pieces = _split(body, lead="~")
    answers = tuple(_read_answer(mark, piece, default) for mark, piece in pieces)
    return with_a_right_one(at_least_two(tuple(a for a in answers if a.text)))


def _read_short_answer(body: str, default: TextFormat) -> Answers:
    pieces = _split(body, lead="=")
    answers = tuple(_read_answer(mark, piece, default) for mark, piece in pieces)
    return with_a_right_one(tuple(answer for answer in answers if answer.text))


def _read_true_or_false(body: str, default: TextFormat) -> Answers:
    """Read the word and two remarks: on the wrong choice, then on the right one."""
    word, on_wrong, on_right, *_ = (*body.split("#", 3), "", "")
    is_true = word.strip() in _TRUE

    def answer(text: str, *, is_right: bool) -> ParsedAnswer:
        remark = on_right if is_right else on_wrong
        feedback, feedback_format = read_formatted(remark, default)
        return ParsedAnswer(
            text=text,
            fraction=WHOLE if is_right else NOTHING,
            feedback=feedback,
            feedback_format=feedback_format,
        )

    return answer("true", is_right=is_true), answer("false", is_right=not is_true)


def _read_pairs(body: str, default: TextFormat) -> Answers:
    # `=%50% -> a half`: pairs have no weights.
    pieces = _split(body, lead="=")
    return at_least_two(tuple(_read_pair(piece, default) for _, piece in pieces))


def _read_pair(piece: str, default: TextFormat) -> ParsedAnswer:
    left, arrow, right = piece.partition("->")
    if not arrow:
        raise BadQuestion(Reason.PAIR_WITHOUT_ARROW)
    if not right.strip():
        raise BadQuestion(Reason.PAIR_WITHOUT_MATCH)
    text, text_format = read_formatted(left, default)
    match, _ = read_formatted(right, TextFormat.PLAIN)
    return ParsedAnswer(text=text, fraction=WHOLE, text_format=text_format, match=match)


def _read_order(body: str, default: TextFormat) -> Answers:
    """Read the items of an ordering, a line each; the first line says how to grade."""
    items = [line for line in body.split("\n")[1:] if line.strip()]
    texts = (read_formatted(item, default) for item in items)
    return at_least_two(
        tuple(
            ParsedAnswer(text=text, fraction=WHOLE, text_format=text_format)
            for text, text_format in texts
        )
    )


def _read_numbers(body: str, default: TextFormat) -> Answers:
    answers = tuple(
        _read_number(mark, piece, default) for mark, piece in _split(body[1:], lead="=")
    )
    return with_a_right_one(answers)


def _read_number(mark: str, piece: str, default: TextFormat) -> ParsedAnswer:
    fraction, piece = _take_weight(mark, piece)
    value, _, remark = piece.partition("#")
    # `~#remark` is what an answer off the mark is told.
    is_rest = value.strip() == ("" if mark == "~" and remark else ANY_OTHER)
    number, tolerance = (ANY_OTHER, None) if is_rest else _read_interval(value)
    feedback, feedback_format = read_formatted(remark, default)
    return ParsedAnswer(
        text=number,
        fraction=fraction,
        text_format=TextFormat.PLAIN,
        feedback=feedback,
        feedback_format=feedback_format,
        tolerance=tolerance,
    )


def _read_interval(value: str) -> tuple[str, Decimal]:
    """Read `5`, `5:0.1` or `4.9..5.1` as a number and its tolerance."""
    value = show_escapes(value)
    low, dots, high = value.partition("..")
    if dots:
        middle, margin = read_range(low, high)
        return show_number(middle), margin
    number, colon, tolerance = value.partition(":")
    margin = read_tolerance(tolerance) if colon else NOTHING
    return show_number(read_number(number)), margin


_READERS: dict[Kind, Callable[[str, TextFormat], Answers]] = {
    Kind.ESSAY: lambda _body, _format: (),
    Kind.NUMERICAL: _read_numbers,
    Kind.ORDERING: _read_order,
    Kind.MULTICHOICE: _read_choice,
    Kind.MATCH: _read_pairs,
    Kind.TRUEFALSE: _read_true_or_false,
    Kind.SHORTANSWER: _read_short_answer,
}
