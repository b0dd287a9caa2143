"""Why a question cannot be written in a format, in words an author can act on."""

from enum import StrEnum

from courses.formats.reasons import gettext_noop


class Unfit(StrEnum):
    """Codes of what a format cannot carry; `UNFIT_TEXTS` has the words."""

    KIND = "kind"
    RAW = "raw"
    FILES = "files"
    NO_TEXT = "no_text"
    FEW_ANSWERS = "few_answers"
    NO_RIGHT_ANSWER = "no_right_answer"
    SEVERAL_RIGHT = "several_right"
    WEIGHTS = "weights"
    MANY_OPTIONS = "many_options"
    LOOKS_LIKE_OPTION = "looks_like_option"
    ARROW = "arrow"
    LINES = "lines"
    TOO_LONG = "too_long"
    NUMBER = "number"


UNFIT_TEXTS = {
    Unfit.KIND: gettext_noop("The format has no such kind of question."),
    Unfit.RAW: gettext_noop(
        "Its kind is a plug-in's, kept as a backup of a course had it: only that plug-in "
        "can say how it stands in Moodle XML."
    ),
    Unfit.FILES: gettext_noop("It has files inside; only Moodle XML carries them."),
    Unfit.NO_TEXT: gettext_noop("It has no text."),
    Unfit.FEW_ANSWERS: gettext_noop("It has too few answers."),
    Unfit.NO_RIGHT_ANSWER: gettext_noop("None of its answers is right."),
    Unfit.SEVERAL_RIGHT: gettext_noop("It has several right answers."),
    Unfit.WEIGHTS: gettext_noop("Its answers have weights."),
    Unfit.MANY_OPTIONS: gettext_noop("It has more than 26 options."),
    Unfit.LOOKS_LIKE_OPTION: gettext_noop(
        "Its text begins like an option, A), or like the line ANSWER:."
    ),
    Unfit.ARROW: gettext_noop(
        "An answer has -> in it, which parts the halves of pairs."
    ),
    Unfit.LINES: gettext_noop("An answer or a remark has several lines."),
    Unfit.TOO_LONG: gettext_noop("A text is longer than a cell of a table holds."),
    Unfit.NUMBER: gettext_noop("A number has more digits than the format takes."),
}


class CannotBeWritten(Exception):
    """A question that a format cannot carry; it is left out by its name."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason)
        self.reason = reason
