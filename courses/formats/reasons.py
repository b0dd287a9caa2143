"""Why a question or a file could not be read, in words an author can act on."""

from enum import StrEnum


def gettext_noop(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


class Reason(StrEnum):
    """Codes of refusal; `REASON_TEXTS` has the words."""

    NOT_TEXT = "not_text"
    DAMAGED_ENCODING = "damaged_encoding"
    UNKNOWN_ENCODING = "unknown_encoding"
    CATEGORY_WITHOUT_NAME = "category_without_name"
    NO_OPENING_BRACE = "no_opening_brace"
    NO_CLOSING_BRACE = "no_closing_brace"
    STRAY_BRACE = "stray_brace"
    CLOZE = "cloze"
    NO_TEXT = "no_text"
    NO_ANSWER = "no_answer"
    TOO_FEW_ANSWERS = "too_few_answers"
    NO_RIGHT_ANSWER = "no_right_answer"
    WEIGHT_OUT_OF_RANGE = "weight_out_of_range"
    NOT_A_NUMBER = "not_a_number"
    BAD_TOLERANCE = "bad_tolerance"
    PAIR_WITHOUT_ARROW = "pair_without_arrow"
    PAIR_WITHOUT_MATCH = "pair_without_match"


REASON_TEXTS = {
    Reason.NOT_TEXT: gettext_noop(
        "This is not a text file, or it is UTF-16 without a byte order mark. "
        "Save it as plain text in UTF-8."
    ),
    Reason.DAMAGED_ENCODING: gettext_noop(
        "The text is damaged at this line: its letters cannot be read. "
        "Save the file again in UTF-8."
    ),
    Reason.UNKNOWN_ENCODING: gettext_noop(
        "The encoding of the file is not known. Save it in UTF-8."
    ),
    Reason.CATEGORY_WITHOUT_NAME: gettext_noop("After $CATEGORY: there is no name."),
    Reason.NO_OPENING_BRACE: gettext_noop(
        "The answers end with } but do not begin with {. "
        "Is there a blank line inside the question?"
    ),
    Reason.NO_CLOSING_BRACE: gettext_noop(
        "The answers begin with { but do not end with }. "
        "Is there a blank line inside the question?"
    ),
    Reason.STRAY_BRACE: gettext_noop(
        "There is more than one pair of braces. Put a blank line between questions; "
        "write braces of the text itself as \\{ and \\}."
    ),
    Reason.CLOZE: gettext_noop(
        "Embedded answers (Cloze) cannot be written in GIFT; use Moodle XML."
    ),
    Reason.NO_TEXT: gettext_noop("The question has neither a text nor a name."),
    Reason.NO_ANSWER: gettext_noop("There is no answer between the braces."),
    Reason.TOO_FEW_ANSWERS: gettext_noop("At least two answers are needed."),
    Reason.NO_RIGHT_ANSWER: gettext_noop(
        "No answer is right: mark it with = or give it a weight above zero."
    ),
    Reason.WEIGHT_OUT_OF_RANGE: gettext_noop(
        "The weight of an answer must lie between -100 and 100 per cent."
    ),
    Reason.NOT_A_NUMBER: gettext_noop(
        "The answer to a numerical question is not a number."
    ),
    Reason.BAD_TOLERANCE: gettext_noop(
        "The tolerance of a number must be a number, zero or more."
    ),
    Reason.PAIR_WITHOUT_ARROW: gettext_noop(
        "A pair of a matching question has no -> between its halves."
    ),
    Reason.PAIR_WITHOUT_MATCH: gettext_noop(
        "A pair of a matching question has nothing after ->."
    ),
}


class BadQuestion(Exception):
    """A question that cannot be read; the reader turns it into a `ParseError`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
