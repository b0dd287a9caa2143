"""A question of STACK in a backup → what Moodle XML says of it beyond its text.

After `export_to_xml` and `define_question_plugin_structure` of the plug-in qtype_stack,
2012 to 2025: settings that a version has, and another one has not, are kept by name.
"""

from collections.abc import Callable, Iterable

from lxml import etree

from courses.formats.mbz.xml import Element, text_of
from courses.formats.mbz.xml_parts import Source, all_settings, plain
from courses.formats.question import EmbeddedFile

TEXTS = frozenset(
    {"stackversion", "questionvariables", "questionnote", "feedbackvariables"}
)
# Where a tree begins its plug-in finds out anew; the others are of a version long gone.
PASSED = frozenset(
    {"firstnode", "firstnodename", "nodename", "displaytype", "buttontitles", "id"}
)
FEEDBACK_AREAS = {
    "truefeedback": "prtnodetruefeedback",
    "falsefeedback": "prtnodefalsefeedback",
}


def add_stack(parent: Element, source: Source) -> None:
    """Put options, inputs, trees of answer tests, deployed seeds and the author's tests."""
    plugin = source.plugin
    options = plugin.find("stackoptions")
    if options is not None:
        _settings(parent, options, source.own)
    for row in plugin.iterfind("stackinputs/stackinput"):
        _settings(etree.SubElement(parent, "input"), row, _no_files)
    for row in plugin.iterfind("stackprts/stackprt"):
        _tree(parent, row, source)
    for row in plugin.iterfind("stackdeployedseeds/stackdeployedseed"):
        plain(parent, "deployedseed", text_of(row, "seed"))
    for row in plugin.iterfind("stackqtests/stackqtest"):
        _test(parent, row)


def _no_files(_area: str) -> Iterable[EmbeddedFile]:
    return ()


def _settings(
    parent: Element, row: Element, files: Callable[[str], Iterable[EmbeddedFile]]
) -> None:
    all_settings(parent, row, texts=TEXTS, passed=PASSED, files=files)


def _tree(parent: Element, row: Element, source: Source) -> None:
    child = etree.SubElement(parent, "prt")
    _settings(child, row, _no_files)
    for node in row.iterfind("stackprtnodes/stackprtnode"):
        _node(child, node, source)


def _node(parent: Element, row: Element, source: Source) -> None:
    child = etree.SubElement(parent, "node")
    plain(child, "name", text_of(row, "nodename"))
    key = str(row.get("id", ""))
    _settings(child, row, lambda name: source.own(FEEDBACK_AREAS.get(name, name), key))


def _test(parent: Element, row: Element) -> None:
    child = etree.SubElement(parent, "qtest")
    plain(child, "testcase", text_of(row, "testcase"))
    if row.find("description") is not None:
        plain(child, "description", text_of(row, "description"))
    for given in row.iterfind("stackqtestinputs/stackqtestinput"):
        told = etree.SubElement(child, "testinput")
        plain(told, "name", text_of(given, "inputname"))
        plain(told, "value", text_of(given, "value"))
    for awaited in row.iterfind("stackqtestexpecteds/stackqtestexpected"):
        told = etree.SubElement(child, "expected")
        plain(told, "name", text_of(awaited, "prtname"))
        for name in ("expectedscore", "expectedpenalty", "expectedanswernote"):
            plain(told, name, text_of(awaited, name))
