"""Pieces of Moodle XML, made of what a backup has: texts, answers, hints, settings."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from courses.formats.mbz.xml import NULL, Element, decimal_of, line_of, text_of
from courses.formats.numbers import show_short
from courses.formats.question import EmbeddedFile

# Component, area and number of what the files belong to → the files.
FilesOf = Callable[[str, str, str], Iterable[EmbeddedFile]]

FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
HUNDRED = Decimal(100)
SAME = Decimal("0.00001")
COMMON = "question"
FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


@dataclass(frozen=True, slots=True)
class Source:
    """A question of a backup: its element, its plug-in's part, the way to its files."""

    question: Element
    plugin: Element
    kind: str
    files: FilesOf

    @property
    def id(self) -> str:
        """Its number on its site, which its files go by."""
        return str(self.question.get("id", ""))

    @property
    def component(self) -> str:
        """Its plug-in's name, which some of its files go by."""
        return f"qtype_{self.kind}"

    def own(self, area: str, item: str = "") -> Iterable[EmbeddedFile]:
        """Return the files of the plug-in in an area."""
        return self.files(self.component, area, item or self.id)

    def shared(self, area: str, item: str = "") -> Iterable[EmbeddedFile]:
        """Return the files that questions of any kind may have."""
        return self.files(COMMON, area, item or self.id)


def plain(parent: Element, tag: str, text: str) -> Element:
    """Put a value into an element of its own."""
    child = etree.SubElement(parent, tag)
    child.text = text or None
    return child


def wrapped(parent: Element, tag: str, text: str) -> Element:
    """Put a text that has no format into an element, in a `<text>`."""
    child = etree.SubElement(parent, tag)
    plain(child, "text", text)
    return child


def words(
    parent: Element,
    tag: str,
    source: Element,
    names: tuple[str, str],
    files: Iterable[EmbeddedFile] = (),
) -> Element:
    """Put a text with its format and its files; `names` are those of the two fields."""
    text, text_format = names
    child = etree.SubElement(parent, tag)
    child.set("format", FORMATS.get(text_of(source, text_format), "html"))
    plain(child, "text", text_of(source, text))
    put_files(child, files)
    return child


def put_files(parent: Element, files: Iterable[EmbeddedFile]) -> None:
    """Put files into a text, or beside what they belong to."""
    for file in files:
        child = plain(parent, "file", file.content)
        child.set("name", file.name)
        child.set("path", file.path)
        child.set("encoding", file.encoding)


def copied(parent: Element, source: Element, names: Iterable[str]) -> None:
    """Put settings under the names that they have; what a version lacks is left out."""
    for name in names:
        if source is not None and source.find(name) is not None:
            plain(parent, name, text_of(source, name))


def switch(parent: Element, tag: str, source: Element) -> None:
    """Put an empty element where a setting is on."""
    if text_of(source, tag) not in ("", "0"):
        etree.SubElement(parent, tag)


def true_or_false(parent: Element, source: Element, tag: str) -> None:
    """Put a setting as Moodle's older kinds write it."""
    plain(parent, tag, "false" if text_of(source, tag) == "0" else "true")


def all_settings(
    parent: Element,
    settings: Element,
    *,
    texts: Collection[str],
    passed: Collection[str],
    files: Callable[[str], Iterable[EmbeddedFile]],
) -> None:
    """Put whatever settings a version of a plug-in has, but for those passed over.

    What has a format beside it goes with that and its files; of the others, `texts`
    stand in a `<text>`.
    """
    names = [str(child.tag) for child in settings]
    formats = {f"{name}format" for name in names} & set(names)
    for child in settings:
        name = str(child.tag)
        if name in formats or name in passed or len(child):
            continue
        value = "" if child.text in (None, NULL) else str(child.text)
        if f"{name}format" in formats:
            words(parent, name, settings, (name, f"{name}format"), files(name))
        elif name in texts:
            wrapped(parent, name, value)
        else:
            plain(parent, name, value)


def combined_feedback(parent: Element, source: Source, settings: Element) -> None:
    """Put the remarks on a whole answer; kinds keep their files in one of two places."""
    for name in FEEDBACKS:
        if settings is not None and settings.find(name) is not None:
            files = [*source.shared(name), *source.own(name)]
            words(parent, name, settings, (name, f"{name}format"), files)
    if settings is not None:
        switch(parent, "shownumcorrect", settings)


def answer(parent: Element, row: Element, source: Source, fraction: str) -> Element:
    """Put an answer with its weight and its remark."""
    key = str(row.get("id", ""))
    files = source.shared("answer", key)
    child = words(parent, "answer", row, ("answertext", "answerformat"), files)
    child.set("fraction", fraction)
    remark = source.shared("answerfeedback", key)
    words(child, "feedback", row, ("feedback", "feedbackformat"), remark)
    return child


def per_cent(row: Element) -> Decimal:
    """Return a weight in per cent; a third is kept by Moodle as 0.3333333."""
    weight = decimal_of(row, "fraction") * HUNDRED
    weight = max(-HUNDRED, min(HUNDRED, weight))
    return weight.quantize(SAME).normalize() if weight else Decimal(0)


def weight(row: Element) -> str:
    """Return a weight in per cent, as Moodle XML writes it."""
    return show_short(per_cent(row))


def hints(parent: Element, source: Source) -> None:
    """Put the hints that learners get between tries."""
    for row in source.question.iterfind("question_hints/question_hint"):
        files = source.shared("hint", str(row.get("id", "")))
        child = words(parent, "hint", row, ("hint", "hintformat"), files)
        switch(child, "shownumcorrect", row)
        switch(child, "clearwrong", row)
        if text_of(row, "options"):
            plain(child, "options", text_of(row, "options"))


def tags(parent: Element, source: Source) -> None:
    """Put the tags of a question."""
    names = [line_of(row, "rawname") for row in source.question.iterfind("tags/tag")]
    if names:
        child = etree.SubElement(parent, "tags")
        for name in names:
            wrapped(child, "tag", name)


def units(parent: Element, plugin: Element) -> None:
    """Put the units of a number and how they are graded."""
    options = plugin.find("numerical_options/numerical_option")
    names = ("unitgradingtype", "unitpenalty", "showunits", "unitsleft")
    copied(parent, options, names)
    rows = plugin.findall("numerical_units/numerical_unit")
    if rows:
        child = etree.SubElement(parent, "units")
        for row in rows:
            unit = etree.SubElement(child, "unit")
            plain(unit, "multiplier", text_of(row, "multiplier"))
            plain(unit, "unit_name", text_of(row, "unit"))
