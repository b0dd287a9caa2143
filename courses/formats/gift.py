"""GIFT → questions: Moodle's text format of question banks.

The file is read once, line by line, each question cut by `find` and `split`; a question
that cannot be read is an error with its line and leaves its neighbours alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.formats.encoding import NotText, decode_text
from courses.formats.gift_answers import is_multiple, read_answers, tell_kind
from courses.formats.gift_text import hide_escapes, read_formatted, show_escapes
from courses.formats.question import (
    Format,
    Item,
    Kind,
    ParsedBank,
    ParsedCategory,
    ParsedQuestion,
    ParseError,
    TextFormat,
    gather,
)
from courses.formats.reasons import BadQuestion, Reason

_CATEGORY = "$CATEGORY:"
_COMMENT = "//"
_GENERAL_FEEDBACK = "####"
_MISSING_WORD = "_____"
_MARK_IN_COMMENT = re.compile(r"\[(id|tag):((?:\\.|[^\\\[\]])+)\]")
_ESCAPE_IN_MARK = re.compile(r"\\(.)")


@dataclass(slots=True)
class _Block:
    """Lines up to a blank one: a question with its comments."""

    category: str
    line: int = 0
    lines: list[str] = field(default_factory=list)
    text_lines: list[str] = field(default_factory=list)

    def add(self, number: int, line: str, *, is_comment: bool) -> None:
        self.lines.append(line)
        if not is_comment:
            self.line = self.line or number
            self.text_lines.append(line)


def read_gift(data: bytes) -> ParsedBank:
    """Read a question bank; what cannot be read is among its errors."""
    try:
        decoded = decode_text(data)
    except NotText as refusal:
        return ParsedBank(errors=(ParseError(refusal.line, refusal.reason),))
    items = iter_gift(decoded.text)
    return gather(items, format=Format.GIFT, encoding=decoded.encoding)


def iter_gift(text: str) -> Iterator[Item]:
    """Give what a text holds one by one, without keeping it."""
    for item in _read_blocks(text):
        if not isinstance(item, _Block):
            yield item
            continue
        try:
            yield _read_question(item)
        except BadQuestion as refusal:
            yield ParseError(item.line, refusal.reason)


def _read_blocks(text: str) -> Iterator[_Block | ParsedCategory | ParseError]:
    """Give blocks with text in them, names of categories, and nameless categories.

    A line of a category ends a block and stands alone, blank lines around it or not.
    """
    block = _Block("")
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        is_category = content.startswith(_CATEGORY)
        if content and not is_category:
            block.add(number, line, is_comment=content.startswith(_COMMENT))
            continue
        if block.text_lines:
            yield block
        category = block.category
        if is_category:
            category = content.removeprefix(_CATEGORY).strip()
            yield (
                ParsedCategory(path=category)
                if category
                else ParseError(number, Reason.CATEGORY_WITHOUT_NAME)
            )
        block = _Block(category)
    if block.text_lines:
        yield block


def _read_question(block: _Block) -> ParsedQuestion:
    name, text = _take_name(hide_escapes("\n".join(block.text_lines)).strip())
    stem, body, is_missing_word = _cut_answers(text)
    stem, text_format = read_formatted(stem, TextFormat.MOODLE)
    if not stem and not name:
        raise BadQuestion(Reason.NO_TEXT)
    kind, remark = Kind.DESCRIPTION, ""
    if body is not None:
        body, remark = _take_general_feedback(body)
        kind = tell_kind(body.strip())
    general_feedback, feedback_format = read_formatted(remark, text_format)
    id_number, tags = _read_comments(block)
    return ParsedQuestion(
        kind=kind,
        name=name,
        text=stem,
        text_format=text_format,
        answers=read_answers(kind, body.strip(), text_format) if body else (),
        category=block.category,
        line=block.line,
        raw="\n".join(block.lines),
        raw_format=Format.GIFT,
        general_feedback=general_feedback,
        general_feedback_format=feedback_format,
        is_multiple=is_multiple(kind, body or ""),
        is_missing_word=is_missing_word,
        id_number=id_number,
        tags=tags,
    )


def _take_name(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    name, colons, rest = text[2:].partition("::")
    return (show_escapes(name).strip(), rest) if colons else ("", name)


def _take_general_feedback(body: str) -> tuple[str, str]:
    """Part the answers from the remark on the question, which is the last thing."""
    answers, mark, remark = body.rpartition(_GENERAL_FEEDBACK)
    return (answers, remark) if mark else (body, "")


def _cut_answers(text: str) -> tuple[str, str | None, bool]:
    """Part the question's text from what is in its braces, None without braces.

    The third value tells whether the answers stood inside the text.
    """
    before, opening, rest = text.partition("{")
    if not opening:
        if "}" in text:
            raise BadQuestion(Reason.NO_OPENING_BRACE)
        return text, None, False
    body, closing, after = rest.partition("}")
    if not closing:
        raise BadQuestion(Reason.NO_CLOSING_BRACE)
    if any(brace in part for brace in "{}" for part in (before, body, after)):
        raise BadQuestion(Reason.STRAY_BRACE)
    if not after.strip():
        return before, body, False
    return f"{before}{_MISSING_WORD}{after}", body, True


def _read_comments(block: _Block) -> tuple[str, tuple[str, ...]]:
    """Find `[id:…]` and `[tag:…]` in the comments of a question."""
    if len(block.lines) == len(block.text_lines):
        return "", ()
    id_number = ""
    tags: dict[str, None] = {}
    for line in block.lines:
        if not line.lstrip().startswith(_COMMENT):
            continue
        for mark, value in _MARK_IN_COMMENT.findall(line):
            content = _ESCAPE_IN_MARK.sub(r"\1", value).strip()
            if mark == "tag":
                tags[content] = None
            else:
                id_number = id_number or content
    return id_number, tuple(tags)
