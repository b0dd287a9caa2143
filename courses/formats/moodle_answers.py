"""Answers in Moodle XML, by the kind of their question."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from lxml import etree

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
from courses.formats.moodle_text import Words, read_words, text_of
from courses.formats.numbers import read_number, show_number
from courses.formats.question import Kind, ParsedAnswer, TextFormat
from courses.formats.reasons import BadQuestion, Reason

_TRUE, _FALSE = "true", "false"


def _answer(
    element: etree._Element, words: Words, default: TextFormat, fraction: Decimal
) -> ParsedAnswer:
    feedback = read_words(_child(element, "feedback"), default)
    return ParsedAnswer(
        text=words.text,
        fraction=fraction,
        text_format=words.format,
        files=words.files,
        feedback=feedback.text,
        feedback_format=feedback.format,
        feedback_files=feedback.files,
    )


def _child(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterchildren(tag), None)


def _weight_of(element: etree._Element) -> Decimal:
    text = element.get("fraction")
    if text:
        return read_weight(text)
    # Moodle 1.x wrote an element, in which the whole is 1.
    weight = read_weight(text_of(_child(element, "fraction")) or "0")
    return weight * WHOLE if abs(weight) <= 1 else weight


def _read_weighed(element: etree._Element, default: TextFormat) -> Answers:
    found = (
        (child, read_words(child, default)) for child in element.iterchildren("answer")
    )
    return tuple(
        _answer(child, words, default, _weight_of(child))
        for child, words in found
        if words.text
    )


def _read_choice(element: etree._Element, default: TextFormat) -> Answers:
    return with_a_right_one(at_least_two(_read_weighed(element, default)))


def _read_accepted(element: etree._Element, default: TextFormat) -> Answers:
    return with_a_right_one(_read_weighed(element, default))


def _read_true_or_false(element: etree._Element, default: TextFormat) -> Answers:
    """Read the two answers, “true” first; which is which, their texts say."""
    rows = [
        (child, _says_true(child, place), _weight_of(child))
        for place, child in enumerate(element.iterchildren("answer"))
    ]
    if not rows:
        raise BadQuestion(Reason.NO_ANSWER)
    _child_of_it, is_true_right, weight = max(rows, key=lambda row: row[2])
    if weight <= 0:
        raise BadQuestion(Reason.NO_RIGHT_ANSWER)
    answers = []
    for is_true in (True, False):
        words = Words(_TRUE if is_true else _FALSE, TextFormat.MOODLE, ())
        own = [child for child, says_true, _ in rows if says_true is is_true]
        fraction = WHOLE if is_true is is_true_right else NOTHING
        # A question of one answer says nothing of the other one.
        source = own[0] if own else etree.Element("answer")
        answers.append(_answer(source, words, default, fraction))
    return tuple(answers)


def _says_true(answer: etree._Element, place: int) -> bool:
    """Tell “true” by its text; Moodle 1.x wrote it in words of its own, but first."""
    text = text_of(answer).lower()
    return text == _TRUE if text in (_TRUE, _FALSE) else place == 0


def _read_numbers(element: etree._Element, default: TextFormat) -> Answers:
    return with_a_right_one(
        tuple(
            _read_number(child, text, default)
            for child in element.iterchildren("answer")
            if (text := text_of(child))
        )
    )


def _read_number(
    element: etree._Element, text: str, default: TextFormat
) -> ParsedAnswer:
    feedback = read_words(_child(element, "feedback"), default)
    is_rest = text == ANY_OTHER
    margin = text_of(_child(element, "tolerance"))
    tolerance = read_tolerance(margin) if margin else NOTHING
    return ParsedAnswer(
        text=text if is_rest else show_number(read_number(text)),
        fraction=_weight_of(element),
        text_format=TextFormat.PLAIN,
        feedback=feedback.text,
        feedback_format=feedback.format,
        feedback_files=feedback.files,
        tolerance=None if is_rest else tolerance,
    )


def _read_pairs(element: etree._Element, default: TextFormat) -> Answers:
    pairs = (
        _read_pair(child, default) for child in element.iterchildren("subquestion")
    )
    return at_least_two(tuple(pair for pair in pairs if pair.text or pair.match))


def _read_pair(element: etree._Element, default: TextFormat) -> ParsedAnswer:
    words = read_words(element, default)
    match = text_of(_child(element, "answer"))
    if words.text and not match:
        raise BadQuestion(Reason.PAIR_WITHOUT_MATCH)
    return ParsedAnswer(
        text=words.text,
        fraction=WHOLE,
        text_format=words.format,
        files=words.files,
        match=match,
    )


def _read_order(element: etree._Element, default: TextFormat) -> Answers:
    found = (
        (child, read_words(child, default)) for child in element.iterchildren("answer")
    )
    return at_least_two(
        tuple(_item(child, words, default) for child, words in found if words.text)
    )


def _item(element: etree._Element, words: Words, default: TextFormat) -> ParsedAnswer:
    item = _answer(element, words, default, WHOLE)
    # Only since 4.4 there are remarks on items: where there is none, it has no format.
    return item if item.feedback else replace(item, feedback_format=TextFormat.MOODLE)


READERS: dict[Kind, Callable[[etree._Element, TextFormat], Answers]] = {
    Kind.MATCH: _read_pairs,
    Kind.MULTICHOICE: _read_choice,
    Kind.NUMERICAL: _read_numbers,
    Kind.ORDERING: _read_order,
    Kind.SHORTANSWER: _read_accepted,
    Kind.TRUEFALSE: _read_true_or_false,
}
