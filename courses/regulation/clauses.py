"""The clauses that this code answers for, and those of them that are no duty.

Source: MIN 3, 4, 5.3-5.4.8.1.
"""

from courses.regulation.catalogue import REQUIREMENTS

CLAUSES = (
    *("3.1", "3.2", "3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.4.1", "3.2.4.2"),
    *("3.2.4.3", "3.2.4.4", "3.2.4.5", "3.2.5", "3.2.6", "3.2.7", "3.2.8", "3.2.9"),
    *("3.2.10", "3.2.11", "3.3", "3.3.1", "3.3.2", "3.3.3", "3.3.3.1", "3.3.3.2"),
    *("3.3.3.3", "3.3.3.4", "3.3.3.5", "3.3.3.6", "3.3.3.7", "3.3.3.8", "3.3.3.9"),
    *("3.3.3.10", "3.3.3.11", "3.3.3.12", "3.3.3.13", "3.3.3.14", "3.3.3.15"),
    *("3.3.3.16", "3.3.3.17", "3.4", "3.4.1", "3.4.2", "4.1", "4.2", "4.3", "4.4"),
    *("4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11", "5.3", "5.3.1", "5.3.2"),
    *("5.3.3", "5.3.4", "5.3.5", "5.3.6", "5.4", "5.4.1", "5.4.2", "5.4.3", "5.4.6"),
    *("5.4.7", "5.4.8", "5.4.8.1"),
)
# Clauses whose duty is a requirement declared under another clause.
ASKED_WITH = {
    "3.3.3.11": "3.3.3.12",
    "3.3.3.15": "3.3.3.16",
}
# Why a clause asks nothing of the content of a course.
NO_DUTY = {
    "3.2": "a heading: its parts follow, those that depend on the type say so",
    "3.2.4": "a heading: its parts follow",
    "3.3": "a heading",
    "3.3.1": "a definition: learning blocks are topics",
    "3.3.3": "a heading",
    "3.3.3.13": "leave («могут быть»): advice may be a video, which 3.3.3.9 bounds",
    "3.4": "a heading",
    "4.1": "how authors work: together, with the means of the LMS",
    "4.5": "leave («могут быть»): scales, group work, training tests",
    "5.3": "a heading",
    "5.3.1": "how authors work: by the terms of reference and their schedule",
    "5.3.6": "how authors work: hours are counted in the register's labour records",
    "5.4": "a heading",
    "5.4.1": "how authors work: what publishing consists of",
    "5.4.2": "the way of a course: the expertise, once before the first opening",
    "5.4.3": "the way of a course: the expertise, by its indicators and criteria",
    "5.4.6": "the way of a course: the three verdicts",
    "5.4.7": "the way of a course: remarks are mended and examined again",
    "5.4.8": "a heading: what is handed in within three days of the verdict",
}


def clauses_asked() -> frozenset[str]:
    """Clauses that some requirement is declared under."""
    return frozenset(requirement.clause for requirement in REQUIREMENTS)
