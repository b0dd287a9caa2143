"""Questions → GIFT."""

from collections.abc import Callable
from decimal import Decimal

from courses.formats.answers import ANY_OTHER, FEWEST, WHOLE
from courses.formats.gift_text import FORMAT, escape
from courses.formats.numbers import read_number, show_number, show_short
from courses.formats.printable import has_files, one_line, printable
from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion, TextFormat
from courses.formats.reasons import BadQuestion
from courses.formats.unfit import CannotBeWritten, Unfit

_MISSING_WORD = "_____"
_ARROW = "->"
_SAFE_ARROW = "-&gt;"
_SQUARE = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]"})


class GiftWriter:
    """A text of GIFT, a paragraph for each question, grouped as they come."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._uncategorised: list[str] = []
        self._category = ""

    def add(self, question: ParsedQuestion) -> None:
        """Take a question; `CannotBeWritten` tells why GIFT cannot carry it."""
        text = write_gift_question(question)
        category = one_line(question.category)
        if not category:
            self._uncategorised.append(text)
            return
        if category != self._category:
            self._category = category
            self._parts.append(f"$CATEGORY: {category}\n")
        self._parts.append(text)

    def content(self) -> bytes:
        """Return the file; GIFT cannot leave a category, so those of none go first."""
        return "\n".join([*self._uncategorised, *self._parts]).encode()


def write_gift_question(question: ParsedQuestion) -> str:
    """Write one question with its comments, ended by a line end.

    Raises:
        CannotBeWritten: GIFT has no such kind, or would read its answers otherwise.
    """
    write = _WRITERS.get(question.kind)
    if write is None:
        raise CannotBeWritten(Unfit.KIND)
    if has_files(question):
        raise CannotBeWritten(Unfit.FILES)
    name, text = escape(one_line(question.name)), _stem(question)
    if not (name or text):
        raise CannotBeWritten(Unfit.NO_TEXT)
    answers = write(question)
    if answers is not None:
        text = _with_answers(
            question, text, f"{{{answers}{_general_feedback(question)}}}"
        )
    title = f"::{name}::" if name else ""
    return f"{_comments(question)}{title}{text}\n"


def _stem(question: ParsedQuestion) -> str:
    text = printable(question.text).strip()
    return _formatted(text, question.text_format, TextFormat.MOODLE) if text else ""


def _with_answers(question: ParsedQuestion, stem: str, answers: str) -> str:
    before, gap, after = stem.partition(_MISSING_WORD)
    if question.is_missing_word and gap and after.strip():
        return f"{before}{answers}{after}"
    return f"{stem}{answers}"


def _comments(question: ParsedQuestion) -> str:
    marks = [("id", question.id_number), *(("tag", tag) for tag in question.tags)]
    shown = [
        f"[{mark}:{text.translate(_SQUARE)}]"
        for mark, value in marks
        if (text := one_line(value))
    ]
    return f"// {' '.join(shown)}\n" if shown else ""


def _formatted(text: str, text_format: TextFormat, default: TextFormat) -> str:
    """Write a text; its format goes before it where a reader would not guess it."""
    # At the beginning of a line // is a comment, and [html] of a text a format.
    is_misread = text.startswith(("//", "$")) or FORMAT.match(text) is not None
    if text_format is default and not is_misread:
        return escape(text)
    return f"[{text_format.value}]{escape(text)}"


def _remark(text: str, text_format: TextFormat, default: TextFormat, mark: str) -> str:
    text = printable(text).strip()
    return f"{mark}{_formatted(text, text_format, default)}" if text else ""


def _feedback(answer: ParsedAnswer, default: TextFormat) -> str:
    return _remark(answer.feedback, answer.feedback_format, default, "#")


def _general_feedback(question: ParsedQuestion) -> str:
    return _remark(
        question.general_feedback,
        question.general_feedback_format,
        question.text_format,
        "####",
    )


def _answer(answer: ParsedAnswer, default: TextFormat, mark: str) -> str:
    text = _formatted(printable(answer.text).strip(), answer.text_format, default)
    return f"{mark}{text}{_feedback(answer, default)}"


def _marked(fraction: Decimal, text: str) -> str:
    """Return the mark of an answer that is accepted, with its weight."""
    # A text may begin with what would be read as a weight.
    is_plain = fraction == WHOLE and not text.startswith("%")
    return "=" if is_plain else f"=%{show_short(fraction)}%"


def _in_lines(rows: list[str]) -> str:
    return "\n" + "".join(f"\t{row}\n" for row in rows)


def _with_text(question: ParsedQuestion, fewest: int) -> list[ParsedAnswer]:
    """Return the answers that have a text, when there are enough and one is right."""
    answers = [answer for answer in question.answers if printable(answer.text).strip()]
    if len(answers) < fewest:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    if all(answer.fraction <= 0 for answer in answers):
        raise CannotBeWritten(Unfit.NO_RIGHT_ANSWER)
    return answers


def _write_choice(question: ParsedQuestion) -> str:
    answers = _with_text(question, FEWEST)
    best = max(answer.fraction for answer in answers)
    rows = []
    for answer in answers:
        # An answer marked with = says that only one may be chosen.
        is_right = not question.is_multiple and answer.fraction == best
        text = answer.text.strip()
        mark = _marked(answer.fraction, text) if is_right else "~"
        if not is_right and (answer.fraction or text.startswith("%")):
            mark = f"~%{show_short(answer.fraction)}%"
        rows.append(_answer(answer, question.text_format, mark))
    return _in_lines(rows)


def _write_accepted(question: ParsedQuestion) -> str:
    rows = [
        _answer(
            answer,
            question.text_format,
            _marked(answer.fraction, answer.text.strip()),
        )
        for answer in _with_text(question, 1)
    ]
    if any(_ARROW in row for row in rows):
        raise CannotBeWritten(Unfit.ARROW)
    return _in_lines(rows)


def _write_true_or_false(question: ParsedQuestion) -> str:
    answers = sorted(question.answers, key=lambda answer: -answer.fraction)
    if sorted(answer.text for answer in answers) != ["false", "true"]:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    on_right, on_wrong = (_feedback(one, question.text_format) for one in answers)
    if on_right:
        on_wrong = on_wrong or "#"
    return f"{answers[0].text.upper()}{on_wrong}{on_right}"


def _write_numbers(question: ParsedQuestion) -> str:
    rows = [_number(answer, question.text_format) for answer in _with_text(question, 1)]
    return f"#{_in_lines(rows)}"


def _number(answer: ParsedAnswer, default: TextFormat) -> str:
    remark = _feedback(answer, default)
    if answer.text == ANY_OTHER:
        is_miss = remark and not answer.fraction
        return f"~{remark}" if is_miss else f"{_marked(answer.fraction, '')}*{remark}"
    try:
        number = show_number(read_number(answer.text))
        if answer.tolerance:
            number = f"{number}:{show_number(answer.tolerance)}"
    except BadQuestion as error:
        raise CannotBeWritten(Unfit.NUMBER) from error
    return f"{_marked(answer.fraction, '')}{number}{remark}"


def _write_pairs(question: ParsedQuestion) -> str:
    pairs = [pair for pair in question.answers if printable(pair.match).strip()]
    if len(pairs) < FEWEST:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    return _in_lines([_pair(pair, question.text_format) for pair in pairs])


def _pair(pair: ParsedAnswer, default: TextFormat) -> str:
    left = printable(pair.text).strip()
    if _ARROW in left:
        if pair.text_format is TextFormat.PLAIN:
            raise CannotBeWritten(Unfit.ARROW)
        left = left.replace(_ARROW, _SAFE_ARROW)
    left = _formatted(left, pair.text_format, default) if left else ""
    match = _formatted(
        printable(pair.match).strip(), TextFormat.PLAIN, TextFormat.PLAIN
    )
    return f"={left} {_ARROW} {match}"


def _write_order(question: ParsedQuestion) -> str:
    items = _with_text(question, FEWEST)
    rows = [
        _formatted(printable(item.text).strip(), item.text_format, question.text_format)
        for item in items
    ]
    return f">{len(items)} ALL VERTICAL{_in_lines(rows)}"


_WRITERS: dict[Kind, Callable[[ParsedQuestion], str | None]] = {
    Kind.DESCRIPTION: lambda _question: None,
    Kind.ESSAY: lambda _question: "",
    Kind.MATCH: _write_pairs,
    Kind.MULTICHOICE: _write_choice,
    Kind.NUMERICAL: _write_numbers,
    Kind.ORDERING: _write_order,
    Kind.SHORTANSWER: _write_accepted,
    Kind.TRUEFALSE: _write_true_or_false,
}
