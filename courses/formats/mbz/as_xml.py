"""A question of a backup → the `<question>` that Moodle's own export would write.

So a question of a kind that the portal does not know goes back to Moodle as Moodle XML,
and one of a kind that it knows loses no hint, unit or picture on the way.
"""

from lxml import etree

from courses.formats.mbz.xml import Element, line_of, text_of
from courses.formats.mbz.xml_kinds import KINDS
from courses.formats.mbz.xml_parts import (
    FilesOf,
    Source,
    copied,
    hints,
    plain,
    tags,
    words,
    wrapped,
)

# Names of kinds that Moodle XML writes differently.
NAMES = {"match": "matching", "multianswer": "cloze"}
# Kinds that are whole without a part of their plug-in.
BARE = frozenset({"description", "essay"})
# What a kind cannot do without.
OWN_DATA = {"stack": "stackoptions"}
NO_PLUGIN = etree.Element("none")


def question_as_xml(element: Element, *, id_number: str, files: FilesOf) -> Element:
    """Return the question as Moodle XML; None for a kind of a plug-in not known here."""
    kind = line_of(element, "qtype", longest=60)
    plugin = element.find(f"plugin_qtype_{kind}_question")
    add = KINDS.get(kind)
    if add is None or not _is_whole(kind, plugin):
        return None
    given = NO_PLUGIN if plugin is None else plugin
    source = Source(question=element, plugin=given, kind=kind, files=files)
    question = etree.Element("question", type=NAMES.get(kind, kind))
    wrapped(question, "name", text_of(element, "name"))
    for name in ("questiontext", "generalfeedback"):
        names = (name, f"{name}format")
        words(question, name, element, names, source.shared(name))
    if element.find("defaultmark") is not None:
        plain(question, "defaultgrade", text_of(element, "defaultmark"))
    copied(question, element, ("penalty",))
    plain(question, "idnumber", id_number)
    add(question, source)
    hints(question, source)
    tags(question, source)
    return question


def _is_whole(kind: str, plugin: Element) -> bool:
    """Tell whether a question has what its kind needs; Moodle may have lost it."""
    if plugin is None:
        return kind in BARE
    return kind not in OWN_DATA or plugin.find(OWN_DATA[kind]) is not None
