"""Who grades a question of a kind that the portal keeps but does not know.

Source: MIN 4.6 (without staff); docs.moodle.org “Question types” for what Moodle brings,
the pages of the plug-ins in the Moodle plugins directory for all others.
"""

from enum import StrEnum

from courses.formats.reasons import gettext_noop


class GradedBy(StrEnum):
    """Who grades a question; `GRADED_BY_TEXTS` has the words."""

    MACHINE = "machine"
    PERSON = "person"
    NOBODY_KNOWS = "nobody_knows"


GRADED_BY_TEXTS = {
    GradedBy.MACHINE: gettext_noop("graded by machine in Moodle"),
    GradedBy.PERSON: gettext_noop("graded by a person"),
    GradedBy.NOBODY_KNOWS: gettext_noop("not known whether a machine grades it"),
}
_OF_MOODLE = {
    *("calculated", "calculatedmulti", "calculatedsimple", "ddimageortext", "ddmarker"),
    *("ddwtos", "gapselect", "randomsamatch"),
}
_OF_PLUG_INS = {
    # Mathematics, formulas, programs.
    *("stack", "formulas", "coderunner", "vplquestion", "algebra", "jme", "geogebra"),
    # The Open University's: numbers with variants, patterns of words, combined.
    *("varnumeric", "varnumericset", "varnumunit", "pmatch", "pmatchjme", "combined"),
    *("oumultiresponse", "ubhotspots"),
    # Choice and words of several shapes.
    *("multichoiceset", "kprime", "mtf", "matrix", "sc", "gapfill", "wordselect"),
    *("regexp", "ddmatch", "crossword", "musictheory", "guessit", "shortanssimilarity"),
    # WIRIS quizzes, each after the kind of Moodle that it extends.
    *("multichoicewiris", "shortanswerwiris", "truefalsewiris", "matchwiris"),
    *("multianswerwiris",),
}
_OF_PERSONS = {"drawing", "essaywiris", "poodllrecording", "recordrtc", "fileresponse"}


def graded_by(kind_name: str) -> GradedBy:
    """Tell who grades a kind, by the name its file gives it.

    An essay that a plug-in marks for a start (`essayautograde`) is in neither list: its
    teacher decides how far that counts.
    """
    if kind_name in _OF_MOODLE or kind_name in _OF_PLUG_INS:
        return GradedBy.MACHINE
    return GradedBy.PERSON if kind_name in _OF_PERSONS else GradedBy.NOBODY_KNOWS
