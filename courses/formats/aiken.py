"""Aiken → questions: a line of text, options `A)` or `A.`, and `ANSWER: A`.

Blank lines may stand anywhere; only between the lines of one text they may not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.formats.answers import FEWEST, NOTHING, WHOLE
from courses.formats.question import (
    Format,
    Item,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    ParseError,
    TextFormat,
)
from courses.formats.reasons import Reason

OPTION = re.compile(r"([^\W\d_])[.)]\s*(.*)")
ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
# Some repeat the option after its letter: `ANSWER: B) Paris`.
_LETTER = re.compile(r"([^\W\d_])(?:[.)].*)?")
# On a Russian keyboard А, В and С look as they do on a Latin one.
_LATIN = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")


@dataclass(slots=True)
class _Draft:
    """Lines of a question that has not ended yet; `line` is 0 before it begins."""

    line: int = 0
    text: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_after_blank: bool = False


def iter_aiken(text: str) -> Iterator[Item]:
    """Give what a text holds one by one, without keeping it."""
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        if not content:
            draft.is_after_blank = True
            continue
        if _begins_anew(draft, content):
            if draft.line:
                yield ParseError(draft.line, Reason.QUESTION_NOT_COMPLETE)
            draft = _Draft()
        draft, item = _take(draft, number, content, line)
        if item is not None:
            yield item
    if draft.line:
        yield ParseError(draft.line, Reason.QUESTION_NOT_COMPLETE)


def _begins_anew(draft: _Draft, content: str) -> bool:
    """Tell whether a line is the text of another question than the one begun."""
    if _option_in(draft, content) or _answer_in(draft, content):
        return False
    return bool(draft.options) or draft.is_after_blank


def _option_in(draft: _Draft, content: str) -> re.Match[str] | None:
    match = OPTION.match(content)
    # A text may begin with a small letter and a bracket, an option of none may not.
    return match if match and (draft.line or match[1].isupper()) else None


def _answer_in(draft: _Draft, content: str) -> re.Match[str] | None:
    match = ANSWER.match(content)
    return match if draft.options or content.startswith("ANSWER") else None


def _take(
    draft: _Draft, number: int, content: str, line: str
) -> tuple[_Draft, Item | None]:
    """Take a line; return what is begun now, and what has ended with the line."""
    draft.is_after_blank = False
    draft.lines.append(line)
    if answer := _answer_in(draft, content):
        if not draft.line:
            return _Draft(), ParseError(number, Reason.ANSWER_OUTSIDE_QUESTION)
        return _Draft(), _finish(draft, answer[1].strip())
    if option := _option_in(draft, content):
        if not draft.line:
            return _Draft(), ParseError(number, Reason.OPTION_OUTSIDE_QUESTION)
        draft.options.append((option[1], option[2]))
        return draft, None
    draft.line = draft.line or number
    draft.text.append(content)
    return draft, None


def _finish(draft: _Draft, answer: str) -> ParsedQuestion | ParseError:
    options = [(letter, text) for letter, text in draft.options if text]
    if len(options) < FEWEST:
        return ParseError(draft.line, Reason.UNDER_TWO_OPTIONS)
    letter = _LETTER.fullmatch(answer)
    right = _right_option(letter[1], options) if letter else None
    if right is None:
        return ParseError(draft.line, Reason.ANSWER_NAMES_NO_OPTION)
    return ParsedQuestion(
        kind=Kind.MULTICHOICE,
        name="",
        text="\n".join(draft.text),
        text_format=TextFormat.PLAIN,
        answers=tuple(
            ParsedAnswer(
                text=text,
                fraction=WHOLE if number == right else NOTHING,
                text_format=TextFormat.PLAIN,
                feedback_format=TextFormat.PLAIN,
            )
            for number, (_, text) in enumerate(options)
        ),
        category="",
        line=draft.line,
        raw="\n".join(draft.lines),
        raw_format=Format.AIKEN.value,
        general_feedback_format=TextFormat.PLAIN,
    )


def _right_option(letter: str, options: list[tuple[str, str]]) -> int | None:
    """Find the option that a letter names: the same one, else one that looks alike."""
    for alike in (str, str.upper, _as_latin):
        letters = [alike(option) for option, _ in options]
        if alike(letter) in letters:
            return letters.index(alike(letter))
    return None


def _as_latin(letter: str) -> str:
    return letter.upper().translate(_LATIN)
