"""How work is assessed: rubrics, guides and the forms of workshops → lines of text."""

from collections.abc import Iterator

from courses.formats.mbz.plain import one_line
from courses.formats.mbz.xml import Element, decimal_of, number_of, text_of

LONGEST = 500
MOST = 200
RUBRIC, GUIDE = "rubric", "guide"
DIMENSION, LEVEL = "_dimension", "_level"


def read_criteria(root: Element) -> str:
    """Read the active method of grading.xml: a criterion a line, with its points."""
    lines: list[str] = []
    for area in root.iterfind("area"):
        method = text_of(area, "activemethod")
        for definition in area.iterfind("definitions/definition"):
            if method in READERS and text_of(definition, "method") == method:
                lines += READERS[method](definition)
    return "\n".join(lines[:MOST])


def read_workshop_criteria(body: Element) -> str:
    """Read the form that learners assess each other by, of whatever strategy it is."""
    rows = [row for row in body.iter() if str(row.tag).endswith(DIMENSION)]
    lines = filter(None, map(_dimension, _sorted(rows, "sort")))
    return "\n".join(list(lines)[:MOST])


def _rubric(definition: Element) -> Iterator[str]:
    path = "plugin_gradingform_rubric_definition/criteria/criterion"
    for row in _sorted(definition.findall(path), "sortorder"):
        levels = [
            _scored(_line(level, "definition"), level, "score")
            for level in row.iterfind("levels/level")
        ]
        yield _joined(_line(row, "description"), levels)


def _guide(definition: Element) -> Iterator[str]:
    path = "plugin_gradingform_guide_definition/guidecriteria/guidecriterion"
    for row in _sorted(definition.findall(path), "sortorder"):
        name = _scored(_line(row, "shortname"), row, "maxscore")
        yield _joined(name, [_line(row, "description")])


def _dimension(row: Element) -> str:
    levels = [
        _scored(_line(level, "definition"), level, "grade")
        for level in row.iter()
        if str(level.tag).endswith(LEVEL)
    ]
    return _joined(_scored(_line(row, "description"), row, "grade"), levels)


def _line(row: Element, field: str) -> str:
    return one_line(text_of(row, field), LONGEST)


def _sorted(rows: list[Element], field: str) -> list[Element]:
    return sorted(rows, key=lambda row: number_of(row, field))


def _scored(text: str, row: Element, field: str) -> str:
    """Put the points behind a text; a scale, which is below zero, has none."""
    points = decimal_of(row, field)
    has_points = text_of(row, field) != "" and points >= 0
    return f"{text} ({points.normalize():f})" if text and has_points else text


def _joined(name: str, told: list[str]) -> str:
    return f"{name}: {'; '.join(filter(None, told))}" if any(told) else name


READERS = {RUBRIC: _rubric, GUIDE: _guide}
