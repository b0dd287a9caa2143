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
    WEIGHT_NOT_A_NUMBER = "weight_not_a_number"
    OPTION_OUTSIDE_QUESTION = "option_outside_question"
    ANSWER_OUTSIDE_QUESTION = "answer_outside_question"
    QUESTION_NOT_COMPLETE = "question_not_complete"
    UNDER_TWO_OPTIONS = "under_two_options"
    ANSWER_NAMES_NO_OPTION = "answer_names_no_option"
    BROKEN_XML = "broken_xml"
    DOCTYPE = "doctype"
    NOT_A_QUIZ = "not_a_quiz"
    TOO_LARGE = "too_large"
    NO_KIND = "no_kind"
    NOT_A_TABLE = "not_a_table"
    NO_HEADER = "no_header"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_TEXT_FORMAT = "unknown_text_format"
    NOT_TRUE_OR_FALSE = "not_true_or_false"
    ANSWERS_NOT_WANTED = "answers_not_wanted"
    WRONG_ANSWERS_NOT_WANTED = "wrong_answers_not_wanted"
    MORE_WEIGHTS_THAN_ANSWERS = "more_weights_than_answers"
    TOO_MANY_ROWS = "too_many_rows"


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
    Reason.WEIGHT_NOT_A_NUMBER: gettext_noop(
        "The weight of an answer is not a number of per cent."
    ),
    Reason.OPTION_OUTSIDE_QUESTION: gettext_noop(
        "An option stands outside a question: write the question on the line before it."
    ),
    Reason.ANSWER_OUTSIDE_QUESTION: gettext_noop(
        "ANSWER: stands outside a question: write the question and its options before it."
    ),
    Reason.QUESTION_NOT_COMPLETE: gettext_noop(
        "The question is not complete: it needs options and a line ANSWER: after them."
    ),
    Reason.UNDER_TWO_OPTIONS: gettext_noop(
        "The question has fewer than two options, A) and B)."
    ),
    Reason.ANSWER_NAMES_NO_OPTION: gettext_noop(
        "After ANSWER: there is no letter of an option of this question."
    ),
    Reason.BROKEN_XML: gettext_noop(
        "The XML is broken at this line; what follows cannot be read. "
        "Export the questions anew."
    ),
    Reason.DOCTYPE: gettext_noop(
        "The XML declares a document type, which Moodle XML has none of. "
        "Take the line <!DOCTYPE …> out."
    ),
    Reason.NOT_A_QUIZ: gettext_noop(
        "The XML is not a bank of questions: Moodle XML begins with <quiz>."
    ),
    Reason.TOO_LARGE: gettext_noop(
        "What begins at this line is too large or too deep to be read. "
        "Split the file, or make the files inside it smaller."
    ),
    Reason.NO_KIND: gettext_noop("The kind of the question is not told."),
    Reason.NOT_A_TABLE: gettext_noop(
        "The table cannot be opened. Save it as an Excel workbook (.xlsx)."
    ),
    Reason.NO_HEADER: gettext_noop(
        "The first row must name the columns, “text” and “right” among them. "
        "Take the template."
    ),
    Reason.UNKNOWN_KIND: gettext_noop(
        "The kind of the question is not one that the template names."
    ),
    Reason.UNKNOWN_TEXT_FORMAT: gettext_noop(
        "The format of the text must be html, markdown, plain or moodle."
    ),
    Reason.NOT_TRUE_OR_FALSE: gettext_noop("The right answer must be true or false."),
    Reason.ANSWERS_NOT_WANTED: gettext_noop(
        "A question of this kind has no answers: leave the cells empty."
    ),
    Reason.WRONG_ANSWERS_NOT_WANTED: gettext_noop(
        "A question of this kind has no wrong answers: leave the cell empty."
    ),
    Reason.MORE_WEIGHTS_THAN_ANSWERS: gettext_noop(
        "There are more weights or remarks than answers."
    ),
    Reason.TOO_MANY_ROWS: gettext_noop("The table has too many rows. Split it."),
}


class BadQuestion(Exception):
    """A question that cannot be read; the reader turns it into a `ParseError`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
