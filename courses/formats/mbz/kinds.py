"""A question as a backup writes it → `ParsedQuestion`.

It is read as Moodle's own XML would tell it. What that refuses is read for what it has;
a kind of a plug-in that has no such form here is kept whole, as the backup has it.
"""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from courses.formats.mbz.as_xml import question_as_xml
from courses.formats.mbz.xml import Element, decimal_of, line_of, text_of
from courses.formats.mbz.xml_parts import HUNDRED, FilesOf, per_cent
from courses.formats.moodle_questions import read_question
from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion, TextFormat
from courses.formats.reasons import BadQuestion

RAW_FORMAT = "moodle_backup"
TEXT_FORMATS = {
    "0": TextFormat.MOODLE,
    "1": TextFormat.HTML,
    "2": TextFormat.PLAIN,
    "4": TextFormat.MARKDOWN,
}
NAME_LENGTH = 255

Answers = tuple[ParsedAnswer, ...]


def parse_question(
    element: Element, *, id_number: str, files: FilesOf
) -> ParsedQuestion:
    """Read one question; category and embedded answers are filled in by the caller."""
    line = int(element.sourceline or 1)
    told = question_as_xml(element, id_number=id_number, files=files)
    if told is not None:
        try:
            question = read_question(told, category="", line=line)
        except BadQuestion:
            pass  # the portal asks more of a question than Moodle does
        else:
            return replace(question, name=question.name[:NAME_LENGTH])
    return _as_it_is(element, id_number=id_number, line=line)


def _as_it_is(element: Element, *, id_number: str, line: int) -> ParsedQuestion:
    kind_name = line_of(element, "qtype", longest=60)
    read = READERS.get(kind_name)
    plugin = element.find(f"plugin_qtype_{kind_name}_question")
    kind = KINDS.get(kind_name, Kind.OTHER)
    if plugin is None and kind not in (Kind.DESCRIPTION, Kind.ESSAY):
        kind, read = Kind.OTHER, None
    answers = read(plugin) if read is not None and plugin is not None else ()
    is_other = kind is Kind.OTHER
    return ParsedQuestion(
        kind=kind,
        kind_name=kind_name if is_other else "",
        name=line_of(element, "name", longest=NAME_LENGTH),
        text=text_of(element, "questiontext"),
        text_format=_format(element, "questiontextformat"),
        answers=answers,
        category="",
        line=line,
        raw=_raw(element) if is_other else "",
        raw_format=RAW_FORMAT if is_other else "",
        general_feedback=text_of(element, "generalfeedback"),
        general_feedback_format=_format(element, "generalfeedbackformat"),
        is_multiple=kind is Kind.MULTICHOICE and _is_multiple(plugin),
        id_number=id_number,
        tags=tuple(line_of(tag, "rawname") for tag in element.iterfind("tags/tag")),
    )


def moodle_kind(question: ParsedQuestion) -> str:
    """Return Moodle's own name of a question's kind."""
    return question.kind_name or MOODLE_NAMES[question.kind]


def parts_of(element: Element) -> tuple[str, ...]:
    """Return the ids of the questions within embedded answers, in their order."""
    path = "plugin_qtype_multianswer_question/multianswer/sequence"
    return tuple(filter(None, line_of(element, path, longest=20_000).split(",")))


def _format(element: Element, path: str) -> TextFormat:
    return TEXT_FORMATS.get(text_of(element, path), TextFormat.HTML)


def _raw(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def _is_multiple(plugin: Element) -> bool:
    return text_of(plugin, "multichoice/single") == "0"


def _answers(plugin: Element) -> Answers:
    return tuple(
        ParsedAnswer(
            text=text_of(answer, "answertext"),
            text_format=_format(answer, "answerformat"),
            fraction=per_cent(answer),
            feedback=text_of(answer, "feedback"),
            feedback_format=_format(answer, "feedbackformat"),
        )
        for answer in plugin.iterfind("answers/answer")
    )


def _true_or_false(plugin: Element) -> Answers:
    """Read the two answers; which of them is which, their ids say."""
    true_id = line_of(plugin, "truefalse/trueanswer")
    ids = [str(row.get("id", "")) for row in plugin.iterfind("answers/answer")]
    return tuple(
        ParsedAnswer(
            text="true" if key == true_id else "false",
            fraction=answer.fraction,
            feedback=answer.feedback,
            feedback_format=answer.feedback_format,
        )
        for key, answer in zip(ids, _answers(plugin), strict=True)
    )


def _numerical(plugin: Element) -> Answers:
    tolerances = {
        line_of(row, "answer"): decimal_of(row, "tolerance")
        for row in plugin.iterfind("numerical_records/numerical_record")
    }
    ids = [str(row.get("id", "")) for row in plugin.iterfind("answers/answer")]
    return tuple(
        ParsedAnswer(
            text=answer.text.strip().replace(",", "."),
            fraction=answer.fraction,
            feedback=answer.feedback,
            feedback_format=answer.feedback_format,
            tolerance=None if answer.text.strip() == "*" else tolerances.get(key),
        )
        for key, answer in zip(ids, _answers(plugin), strict=True)
    )


def _pairs(plugin: Element) -> Answers:
    return tuple(
        ParsedAnswer(
            text=text_of(pair, "questiontext"),
            text_format=_format(pair, "questiontextformat"),
            match=text_of(pair, "answertext"),
            fraction=HUNDRED,
        )
        for pair in plugin.iterfind("matches/match")
    )


def _items(plugin: Element) -> Answers:
    """Read the items of an ordering: their weight is their place."""
    items = sorted(
        plugin.iterfind("answers/answer"), key=lambda row: decimal_of(row, "fraction")
    )
    return tuple(
        ParsedAnswer(
            text=text_of(item, "answertext"),
            text_format=_format(item, "answerformat"),
            fraction=HUNDRED,
        )
        for item in items
    )


KINDS = {
    "description": Kind.DESCRIPTION,
    "essay": Kind.ESSAY,
    "match": Kind.MATCH,
    "multianswer": Kind.CLOZE,
    "multichoice": Kind.MULTICHOICE,
    "numerical": Kind.NUMERICAL,
    "ordering": Kind.ORDERING,
    "shortanswer": Kind.SHORTANSWER,
    "truefalse": Kind.TRUEFALSE,
}
READERS: dict[str, Callable[[Element], Answers]] = {
    "match": _pairs,
    "multichoice": _answers,
    "numerical": _numerical,
    "ordering": _items,
    "shortanswer": _answers,
    "truefalse": _true_or_false,
}
MOODLE_NAMES = {kind: name for name, kind in KINDS.items()}
