"""What answers must be, whatever format they come in."""

from decimal import Decimal
from functools import lru_cache

from courses.formats.numbers import read_number
from courses.formats.question import ParsedAnswer
from courses.formats.reasons import BadQuestion, Reason

Answers = tuple[ParsedAnswer, ...]

WHOLE = Decimal(100)
NOTHING = Decimal(0)
FEWEST = 2
# As a number, any that was not named.
ANY_OTHER = "*"


def with_a_right_one(answers: Answers) -> Answers:
    """Return answers to a question that takes them: one of them at least is right.

    Raises:
        BadQuestion: there is none.
    """
    if not answers:
        raise BadQuestion(Reason.NO_ANSWER)
    if all(answer.fraction <= 0 for answer in answers):
        raise BadQuestion(Reason.NO_RIGHT_ANSWER)
    return answers


def at_least_two(answers: Answers) -> Answers:
    """Return answers to choose from, to pair or to put in order.

    Raises:
        BadQuestion: there are fewer than two.
    """
    if len(answers) < FEWEST:
        raise BadQuestion(Reason.TOO_FEW_ANSWERS)
    return answers


def read_tolerance(text: str) -> Decimal:
    """Read how far from a number an answer may lie.

    Raises:
        BadQuestion: it is no number, or less than zero.
    """
    try:
        margin = read_number(text)
    except BadQuestion:
        raise BadQuestion(Reason.BAD_TOLERANCE) from None
    if margin < 0:
        raise BadQuestion(Reason.BAD_TOLERANCE)
    return margin


@lru_cache(maxsize=1024)
def read_weight(text: str) -> Decimal:
    """Read per cent of the points.

    Raises:
        BadQuestion: it is no number, or out of range.
    """
    try:
        weight = read_number(text.strip().removesuffix("%"))
    except BadQuestion:
        raise BadQuestion(Reason.WEIGHT_NOT_A_NUMBER) from None
    if abs(weight) > WHOLE:
        raise BadQuestion(Reason.WEIGHT_OUT_OF_RANGE)
    return weight
