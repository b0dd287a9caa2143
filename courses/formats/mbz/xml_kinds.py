"""Kinds of Moodle's own in a backup → what Moodle XML says of them beyond their text.

After Moodle's question/format/xml and the `export_to_xml` of each kind.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from courses.formats.mbz.xml import Element, decimal_of, line_of, text_of
from courses.formats.mbz.xml_parts import (
    FEEDBACKS,
    Source,
    all_settings,
    answer,
    combined_feedback,
    copied,
    plain,
    put_files,
    switch,
    true_or_false,
    units,
    weight,
    words,
    wrapped,
)
from courses.formats.mbz.xml_stack import add_stack

Add = Callable[[Element, Source], None]

# What PHP writes of the group of a word, and whether the word may be used again.
GROUP = re.compile(r'"draggroup";(?:s:\d+:"|i:)(\d{1,6})')
INFINITE = re.compile(r'"infinite";(?:b:1|i:1|s:1:"1")')
LAYOUTS = {"0": "VERTICAL", "1": "HORIZONTAL"}
SELECTIONS = {"0": "ALL", "1": "RANDOM", "2": "CONTIGUOUS"}
GRADINGS = {
    "-1": "ALL_OR_NOTHING",
    "0": "ABSOLUTE_POSITION",
    "1": "RELATIVE_NEXT_EXCLUDE_LAST",
    "2": "RELATIVE_NEXT_INCLUDE_LAST",
    "3": "RELATIVE_ONE_PREVIOUS_AND_NEXT",
    "4": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
    "5": "LONGEST_ORDERED_SUBSET",
    "6": "LONGEST_CONTIGUOUS_SUBSET",
    "7": "RELATIVE_TO_CORRECT",
}


def _answers(parent: Element, source: Source) -> None:
    for row in source.plugin.iterfind("answers/answer"):
        answer(parent, row, source, weight(row))


def _nothing(_parent: Element, _source: Source) -> None:
    """Put nothing: the text is all there is."""


def _true_or_false(parent: Element, source: Source) -> None:
    """Put the two answers; which of them is which, their ids say."""
    true_id = line_of(source.plugin, "truefalse/trueanswer")
    for row in source.plugin.iterfind("answers/answer"):
        child = answer(parent, row, source, weight(row))
        child.set("format", "moodle_auto_format")
        child[0].text = "true" if row.get("id") == true_id else "false"


def _multichoice(parent: Element, source: Source) -> None:
    settings = source.plugin.find("multichoice")
    true_or_false(parent, settings, "single")
    true_or_false(parent, settings, "shuffleanswers")
    copied(parent, settings, ("answernumbering", "showstandardinstruction"))
    combined_feedback(parent, source, settings)
    _answers(parent, source)


def _shortanswer(parent: Element, source: Source) -> None:
    copied(parent, source.plugin.find("shortanswer"), ("usecase",))
    _answers(parent, source)


def _numerical(parent: Element, source: Source) -> None:
    margins = {
        line_of(row, "answer"): text_of(row, "tolerance")
        for row in source.plugin.iterfind("numerical_records/numerical_record")
    }
    for row in source.plugin.iterfind("answers/answer"):
        child = answer(parent, row, source, weight(row))
        plain(child, "tolerance", margins.get(str(row.get("id", "")), "0"))
    units(parent, source.plugin)


def _match(parent: Element, source: Source) -> None:
    settings = source.plugin.find("matchoptions")
    true_or_false(parent, settings, "shuffleanswers")
    combined_feedback(parent, source, settings)
    for row in source.plugin.iterfind("matches/match"):
        files = source.own("subquestion", str(row.get("id", "")))
        names = ("questiontext", "questiontextformat")
        child = words(parent, "subquestion", row, names, files)
        wrapped(child, "answer", text_of(row, "answertext"))


def _essay(parent: Element, source: Source) -> None:
    settings = source.plugin.find("essay")
    if settings is not None:
        all_settings(parent, settings, texts=(), passed=(), files=source.own)


def _ordering(parent: Element, source: Source) -> None:
    settings = source.plugin.find("ordering")
    _named(parent, settings, "layouttype", LAYOUTS)
    _named(parent, settings, "selecttype", SELECTIONS)
    copied(parent, settings, ("selectcount",))
    _named(parent, settings, "gradingtype", GRADINGS)
    _named(parent, settings, "showgrading", {"0": "HIDE", "1": "SHOW"})
    copied(parent, settings, ("numberingstyle",))
    combined_feedback(parent, source, settings)
    rows = source.plugin.iterfind("answers/answer")
    for row in sorted(rows, key=lambda row: decimal_of(row, "fraction")):
        answer(parent, row, source, text_of(row, "fraction"))


def _named(parent: Element, settings: Element, tag: str, names: dict[str, str]) -> None:
    if settings is not None and text_of(settings, tag) in names:
        plain(parent, tag, names[text_of(settings, tag)])


def _calculated(parent: Element, source: Source) -> None:
    plugin = source.plugin
    settings = plugin.find("calculated_options/calculated_option")
    names = ("synchronize", "single", "answernumbering", "shuffleanswers")
    copied(parent, settings, names)
    for name in FEEDBACKS:
        if settings is not None and settings.find(name) is not None:
            names_of = (name, f"{name}format")
            words(parent, name, settings, names_of, source.own(name))
    records = {
        line_of(row, "answer"): row
        for row in plugin.iterfind("calculated_records/calculated_record")
    }
    for row in plugin.iterfind("answers/answer"):
        child = answer(parent, row, source, weight(row))
        record = records.get(str(row.get("id", "")))
        precision = ("correctanswerformat", "correctanswerlength")
        copied(child, record, ("tolerance", "tolerancetype", *precision))
    units(parent, plugin)
    _datasets(parent, source)


def _datasets(parent: Element, source: Source) -> None:
    rows = source.plugin.findall("dataset_definitions/dataset_definition")
    if not rows:
        return
    child = etree.SubElement(parent, "dataset_definitions")
    kind = "calculated" if source.kind == "calculated" else "calculatedsimple"
    for row in rows:
        _dataset(etree.SubElement(child, "dataset_definition"), row, kind)


def _dataset(parent: Element, row: Element, kind: str) -> None:
    """Put the values of a variable; its range is kept as `uniform:1.0:10.0:1`."""
    is_private = text_of(row, "category") in ("", "0")
    wrapped(parent, "status", "private" if is_private else "shared")
    wrapped(parent, "name", text_of(row, "name"))
    plain(parent, "type", kind)
    told = [*text_of(row, "options").split(":"), "", "", "", ""]
    for name, value in zip(
        ("distribution", "minimum", "maximum", "decimals"), told, strict=False
    ):
        wrapped(parent, name, value)
    plain(parent, "itemcount", text_of(row, "itemcount"))
    items = row.findall("dataset_items/dataset_item")
    child = etree.SubElement(parent, "dataset_items")
    for item in items:
        row_of = etree.SubElement(child, "dataset_item")
        plain(row_of, "number", text_of(item, "number"))
        plain(row_of, "value", text_of(item, "value"))
    plain(parent, "number_of_items", str(len(items)))


def _gapselect(parent: Element, source: Source) -> None:
    settings = source.plugin.find("gapselect")
    copied(parent, settings, ("shuffleanswers",))
    combined_feedback(parent, source, settings)
    for row in source.plugin.iterfind("answers/answer"):
        child = wrapped(parent, "selectoption", text_of(row, "answertext"))
        plain(child, "group", text_of(row, "feedback"))


def _ddwtos(parent: Element, source: Source) -> None:
    settings = source.plugin.find("ddwtos")
    copied(parent, settings, ("shuffleanswers",))
    combined_feedback(parent, source, settings)
    for row in source.plugin.iterfind("answers/answer"):
        child = wrapped(parent, "dragbox", text_of(row, "answertext"))
        told = text_of(row, "feedback")
        group = GROUP.search(told)
        plain(child, "group", group[1] if group else "1")
        if INFINITE.search(told):
            etree.SubElement(child, "infinite")


def _onto_image(parent: Element, source: Source) -> None:
    """Put markers or pictures, and where on the background each belongs."""
    settings = source.plugin.find(source.kind)
    switch(parent, "shuffleanswers", settings)
    switch(parent, "showmisplaced", settings)
    combined_feedback(parent, source, settings)
    put_files(parent, source.own("bgimage"))
    for row in source.plugin.iterfind("drags/drag"):
        child = etree.SubElement(parent, "drag")
        copied(child, row, ("no",))
        plain(child, "text", text_of(row, "label"))
        copied(child, row, ("draggroup", "noofdrags"))
        switch(child, "infinite", row)
        put_files(child, source.own("dragimage", str(row.get("id", ""))))
    for row in source.plugin.iterfind("drops/drop"):
        child = etree.SubElement(parent, "drop")
        if row.find("label") is not None:
            plain(child, "text", text_of(row, "label"))
        copied(child, row, ("no", "shape", "coords", "choice", "xleft", "ytop"))


def _randomsamatch(parent: Element, source: Source) -> None:
    settings: Any = source.plugin.find("randomsamatch")
    copied(parent, settings, ("choose", "subcats"))
    combined_feedback(parent, source, settings)


# By the names that a backup has for them.
KINDS: dict[str, Add] = {
    "calculated": _calculated,
    "calculatedmulti": _calculated,
    "calculatedsimple": _calculated,
    "ddimageortext": _onto_image,
    "ddmarker": _onto_image,
    "ddwtos": _ddwtos,
    "description": _nothing,
    "essay": _essay,
    "gapselect": _gapselect,
    "match": _match,
    "multianswer": _nothing,
    "multichoice": _multichoice,
    "numerical": _numerical,
    "ordering": _ordering,
    "randomsamatch": _randomsamatch,
    "shortanswer": _shortanswer,
    "stack": add_stack,
    "truefalse": _true_or_false,
}
