"""A `<question>` of Moodle XML → a question, or a category.

What the fields hold is read by its meaning; whatever else stands there, such as hints,
units and settings, is kept element by element, so that nothing is lost on the way back.
"""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import quote

from lxml import etree

from courses.formats.moodle_answers import READERS
from courses.formats.moodle_text import Words, as_text, line_of, read_words, text_of
from courses.formats.numbers import read_number
from courses.formats.question import (
    EmbeddedFile,
    Format,
    Kind,
    ParsedCategory,
    ParsedQuestion,
    TextFormat,
)
from courses.formats.reasons import BadQuestion, Reason

Told = Mapping[str, etree._Element]  # noqa: SLF001 (lxml's only name for it)

CATEGORY = "category"
KINDS = {
    "cloze": Kind.CLOZE,
    "description": Kind.DESCRIPTION,
    "essay": Kind.ESSAY,
    "matching": Kind.MATCH,
    "multichoice": Kind.MULTICHOICE,
    "numerical": Kind.NUMERICAL,
    "ordering": Kind.ORDERING,
    "shortanswer": Kind.SHORTANSWER,
    "truefalse": Kind.TRUEFALSE,
    # Names that other programs write.
    "match": Kind.MATCH,
    "multianswer": Kind.CLOZE,
}
# Elements that the fields of a question hold.
HELD = {
    *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty"),
    *("idnumber", "tags", "image", "image_base64"),
}
HELD_BY_KIND = {
    Kind.MULTICHOICE: {"answer", "single"},
    Kind.MATCH: {"subquestion"},
    Kind.NUMERICAL: {"answer"},
    Kind.ORDERING: {"answer"},
    Kind.SHORTANSWER: {"answer"},
    Kind.TRUEFALSE: {"answer"},
}
_NAME_LENGTH = 60
_NO = frozenset({"false", "0", ""})


def read_category(element: etree._Element) -> ParsedCategory:
    """Read the name of a category, its description and its identifier.

    Raises:
        BadQuestion: it has no name.
    """
    path = line_of(text_of(element.find("category")))
    if not path:
        raise BadQuestion(Reason.CATEGORY_WITHOUT_NAME)
    info = read_words(element.find("info"), TextFormat.MOODLE)
    return ParsedCategory(
        path=path,
        info=info.text,
        info_format=info.format,
        id_number=line_of(element.findtext("idnumber")),
    )


def read_question(
    element: etree._Element, *, category: str, line: int
) -> ParsedQuestion:
    """Read a question of any kind.

    Raises:
        BadQuestion: it asks nothing, or its answers make no question.
    """
    kind, kind_name = _kind_of(element)
    is_other = kind is Kind.OTHER
    # The first of a name counts. Looking each up by its path takes twice the time.
    told = {str(child.tag): child for child in reversed(element)}
    name = line_of(text_of(told.get("name")))
    words = _words_asked(told)
    if not (words.text or name):
        raise BadQuestion(Reason.NO_TEXT)
    remark = read_words(told.get("generalfeedback"), words.format)
    read = READERS.get(kind)
    return ParsedQuestion(
        kind=kind,
        kind_name=kind_name if is_other else "",
        name=name,
        text=words.text,
        text_format=words.format,
        files=words.files,
        answers=read(element, words.format) if read else (),
        category=category,
        line=line,
        raw=as_text(element) if is_other else "",
        raw_format=Format.MOODLE_XML.value if is_other else "",
        general_feedback=remark.text,
        general_feedback_format=remark.format,
        general_feedback_files=remark.files,
        is_multiple=kind is Kind.MULTICHOICE and not _is_single(told),
        id_number=line_of(text_of(told.get("idnumber"))),
        tags=_tags_of(told),
        default_grade=_number_of(told, "defaultgrade"),
        penalty=_number_of(told, "penalty"),
        elements=() if is_other else _other_elements(element, kind),
    )


def _kind_of(element: etree._Element) -> tuple[Kind, str]:
    name = line_of(element.get("type"))[:_NAME_LENGTH]
    if not name:
        raise BadQuestion(Reason.NO_KIND)
    return KINDS.get(name, Kind.OTHER), name


def _is_single(told: Told) -> bool:
    """Tell as Moodle does: one answer may be chosen where nothing is told of it."""
    single = told.get("single")
    return single is None or text_of(single).lower() not in _NO


def _words_asked(told: Told) -> Words:
    """Read the text, the picture of Moodle 1.x that stood beside it shown inside it."""
    words = read_words(told.get("questiontext"), TextFormat.HTML)
    name = line_of(text_of(told.get("image"))).replace("/", "_")
    content = "".join(text_of(told.get("image_base64")).split())
    if not (name and content):
        return words
    shown = f'<img src="@@PLUGINFILE@@/{quote(name)}" alt="">'
    file = EmbeddedFile(name, "/", content)
    return Words(f"{words.text} {shown}".strip(), words.format, (*words.files, file))


def _tags_of(told: Told) -> tuple[str, ...]:
    tags = (line_of(text_of(tag)) for tag in told.get("tags", ()))
    return tuple(filter(None, tags))


def _number_of(told: Told, name: str) -> Decimal | None:
    """Read a number that a question can do without."""
    try:
        return read_number(text_of(told.get(name)))
    except BadQuestion:
        return None


def _other_elements(element: etree._Element, kind: Kind) -> tuple[str, ...]:
    held = HELD | HELD_BY_KIND.get(kind, set())
    return tuple(as_text(child) for child in element if child.tag not in held)
