"""Description of the course: MIN 3.2.4.1, 3.2.4.3-3.2.4.5."""

import pytest

from courses.regulation.facts import CourseType, OutcomeFacts
from courses.regulation.finding import Outcome, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import ProgrammeFacts
from tests.courses.regulation.factories import (
    findings,
    make_author,
    make_course,
    outcomes,
    with_topic,
    worst,
)


@pytest.mark.parametrize(
    "field",
    [
        "audience",
        "aims",
        "tasks",
        "class_kinds",
        "control_forms",
        "technologies",
        "prerequisites",
    ],
)
@pytest.mark.parametrize(
    ("value", "outcome"), [("", Outcome.FAILED), (None, Outcome.CANNOT_TELL)]
)
def test_3_2_4_1_each_part_of_the_description_is_written(field, value, outcome):
    found = findings(make_course(**{field: value}), "description")

    assert [
        finding.place for finding in found if finding.outcome is not Outcome.PASSED
    ] == [Place(Section.DESCRIPTION, None, field)]
    assert worst(make_course(**{field: value}), "description") is outcome


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [
        (("Умеет", ""), Outcome.PASSED),
        ((), Outcome.FAILED),
        (("",), Outcome.FAILED),
        ((None,), Outcome.CANNOT_TELL),
    ],
)
def test_3_2_4_1_learning_outcomes_are_listed(texts, outcome):
    listed = tuple(OutcomeFacts(id=key, text=text) for key, text in enumerate(texts))

    assert worst(make_course(outcomes=listed), "description") is outcome


@pytest.mark.parametrize(
    ("title", "outcome"),
    [("Тема", Outcome.PASSED), ("", Outcome.FAILED), (None, Outcome.CANNOT_TELL)],
)
def test_3_2_4_3_the_list_of_topics_names_every_topic(title, outcome):
    course = with_topic(make_course(), title=title)

    (finding,) = findings(course, "list_of_topics")

    assert finding.outcome is outcome


def test_3_2_4_3_a_course_without_topics_has_no_list():
    assert outcomes(make_course(topics=()), "list_of_topics") == [Outcome.FAILED]


def test_3_2_4_4_a_course_has_authors():
    assert outcomes(make_course(authors=()), "authors") == [Outcome.FAILED]


@pytest.mark.parametrize(
    ("changes", "outcome", "field"),
    [
        ({}, Outcome.PASSED, "surname"),
        ({"degree": "к. п. н.", "patronymic": "Серікқызы"}, Outcome.PASSED, "surname"),
        ({"surname": ""}, Outcome.FAILED, "surname"),
        ({"given_name": ""}, Outcome.FAILED, "given_name"),
        ({"position": ""}, Outcome.FAILED, "position"),
        ({"position": None}, Outcome.CANNOT_TELL, "position"),
        ({"patronymic": None}, Outcome.CANNOT_TELL, "patronymic"),
        ({"degree": None}, Outcome.CANNOT_TELL, "degree"),
        ({"academic_title": None}, Outcome.CANNOT_TELL, "academic_title"),
        ({"surname": None, "position": ""}, Outcome.FAILED, "position"),
    ],
)
def test_3_2_4_4_every_author_is_presented_in_full(changes, outcome, field):
    course = make_course(authors=(make_author(**changes),))

    (finding,) = findings(course, "authors")

    assert finding.outcome is outcome
    assert finding.place == Place(Section.AUTHORS, 71, field)


WHOLE = {"patronymic": "Серікқызы", "degree": "к. п. н.", "academic_title": "доцент"}
AS_NONE = "filled in; an empty patronymic, degree or title is taken as having none"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (WHOLE, "filled in"),
        ({**WHOLE, "patronymic": ""}, AS_NONE),
        ({**WHOLE, "degree": ""}, AS_NONE),
        ({**WHOLE, "academic_title": "—"}, AS_NONE),
        ({**WHOLE, "degree": "", "position": ""}, "empty"),
        ({**WHOLE, "degree": "", "position": None}, "not known"),
    ],
)
def test_3_2_4_4_the_finding_of_the_authors_says_what_empty_means(changes, found):
    course = make_course(authors=(make_author(**changes),))

    (finding,) = findings(course, "authors")

    assert str(finding.found) == found


@pytest.mark.parametrize(
    ("programmes", "outcome"),
    [
        ((("38.03.05", "Информатика"),), Outcome.PASSED),
        ((("38.03.05", ""),), Outcome.FAILED),
        ((("", "Информатика"),), Outcome.FAILED),
        ((("", ""), ("38.03.05", "Информатика")), Outcome.PASSED),
        ((), Outcome.FAILED),
    ],
)
def test_3_2_4_5_programmes_that_recognise_the_results_are_listed(programmes, outcome):
    course = make_course(
        programmes=tuple(
            ProgrammeFacts(code=code, title=title) for code, title in programmes
        )
    )

    (finding,) = findings(course, "educational_programmes")

    assert (finding.outcome, finding.source) == (outcome, Source.DECLARED)
    assert finding.place == Place(Section.PROGRAMMES, None, "code")


@pytest.mark.parametrize(
    "course_type", sorted(set(CourseType) - {CourseType.OPEN_LEARNING})
)
def test_3_2_4_5_binds_open_learning_courses_only(course_type):
    course = make_course(type=course_type, programmes=())

    assert outcomes(course, "educational_programmes") == [Outcome.NOT_APPLICABLE]
