"""Questions → Aiken, which knows one right answer of several and nothing else."""

from string import ascii_uppercase

from courses.formats.aiken import ANSWER, OPTION
from courses.formats.answers import FEWEST, WHOLE
from courses.formats.printable import has_files, one_line, plain
from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion
from courses.formats.unfit import CannotBeWritten, Unfit

_PICTURE = "<img"


class AikenWriter:
    """A text of Aiken, a paragraph for each question."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, question: ParsedQuestion) -> None:
        """Take a question; `CannotBeWritten` tells why Aiken cannot carry it."""
        self._parts.append(write_aiken_question(question))

    def content(self) -> bytes:
        """Return the file."""
        return "\n".join(self._parts).encode()


def write_aiken_question(question: ParsedQuestion) -> str:
    """Write a choice as plain text, ended by a line end.

    Raises:
        CannotBeWritten: it is no choice of one right answer, or shows a picture.
    """
    if question.kind is not Kind.MULTICHOICE:
        raise CannotBeWritten(Unfit.KIND)
    options = [one_line(plain(one.text, one.text_format)) for one in question.answers]
    right = _right_one(question.answers)
    if not all(options):
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    if len(options) > len(ascii_uppercase):
        raise CannotBeWritten(Unfit.MANY_OPTIONS)
    text = one_line(plain(question.text or question.name, question.text_format))
    if has_files(question) or any(_PICTURE in line for line in (text, *options)):
        raise CannotBeWritten(Unfit.FILES)
    if not text:
        raise CannotBeWritten(Unfit.NO_TEXT)
    if OPTION.match(text) or ANSWER.match(text):
        raise CannotBeWritten(Unfit.LOOKS_LIKE_OPTION)
    lines = [
        f"{letter}) {option}"
        for letter, option in zip(ascii_uppercase, options, strict=False)
    ]
    return "\n".join([text, *lines, f"ANSWER: {ascii_uppercase[right]}", ""])


def _right_one(answers: tuple[ParsedAnswer, ...]) -> int:
    """Return the place of the only right answer."""
    if len(answers) < FEWEST:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    right = [place for place, answer in enumerate(answers) if answer.fraction > 0]
    if not right:
        raise CannotBeWritten(Unfit.NO_RIGHT_ANSWER)
    if len(right) > 1:
        raise CannotBeWritten(Unfit.SEVERAL_RIGHT)
    if any(answer.fraction not in (0, WHOLE) for answer in answers):
        raise CannotBeWritten(Unfit.WEIGHTS)
    return right[0]
