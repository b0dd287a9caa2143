"""Block «Введение»: MIN 3.1, 3.2.1, 3.2.2, 3.2.5, 3.2.7, 3.2.9-3.2.11."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from courses.regulation.engine import run
from courses.regulation.facts import CourseType, GlossaryTermFacts
from courses.regulation.finding import Counter, Gate, Outcome, Severity, Source
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_terms,
    outcomes,
)

INTRODUCTION_TEXTS = (
    "annotation",
    "audience",
    "aims",
    "documents_issued",
    "grade_formation",
    "literature",
)


def without_introduction(value):
    return make_course(**dict.fromkeys(INTRODUCTION_TEXTS, value))


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (make_course(), [Outcome.PASSED] * 3),
        (
            without_introduction(""),
            [Outcome.FAILED, Outcome.PASSED, Outcome.PASSED],
        ),
        (
            without_introduction(None),
            [Outcome.CANNOT_TELL, Outcome.PASSED, Outcome.PASSED],
        ),
        (make_course(topics=()), [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]),
        (
            make_course(attestation=None),
            [Outcome.PASSED, Outcome.PASSED, Outcome.FAILED],
        ),
    ],
)
def test_3_1_a_course_has_introduction_topics_and_final_attestation(course, expected):
    assert outcomes(course, "three_blocks") == expected


@pytest.mark.parametrize(
    ("field", "code", "section"),
    [
        ("annotation", "annotation", Section.INTRODUCTION),  # 3.2.1
        ("announcements_url", "announcements", Section.INTRODUCTION),  # 3.2.2
        ("documents_issued", "grading_system", Section.GRADING),  # 3.2.5
        ("grade_formation", "grading_system", Section.GRADING),  # 3.2.5
        ("programme_url", "programme", Section.INTRODUCTION),  # 3.2.7
        ("literature", "literature", Section.INTRODUCTION),  # 3.2.9
        ("learners_forum_url", "learners_forum", Section.INTRODUCTION),  # 3.2.11
    ],
)
@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("есть", Outcome.PASSED),
        ("", Outcome.FAILED),
        (" — ", Outcome.FAILED),
        (None, Outcome.CANNOT_TELL),
    ],
)
def test_3_2_each_text_of_the_introduction_is_filled_in(
    field, code, section, value, outcome
):
    course = make_course(**{field: value})

    (finding,) = [
        found for found in findings(course, code) if found.place.field == field
    ]

    assert finding.outcome is outcome
    assert finding.place == Place(section, None, field)


def test_3_2_2_a_forum_is_declared_but_the_annotation_is_seen():
    (forum,) = findings(make_course(), "announcements")
    (annotation,) = findings(make_course(), "annotation")

    assert forum.source is Source.DECLARED
    assert annotation.source is Source.MEASURED


@pytest.mark.parametrize(
    ("course_type", "outcome"),
    [
        (CourseType.PROPAEDEUTIC, Outcome.NOT_APPLICABLE),
        (CourseType.OPEN_LEARNING, Outcome.FAILED),
        (CourseType.PROFESSIONAL_DEVELOPMENT, Outcome.FAILED),
        (CourseType.RETRAINING, Outcome.FAILED),
        (CourseType.SCIENTIFIC_SCHOOL, Outcome.NOT_APPLICABLE),
    ],
)
def test_3_2_7_a_programme_is_asked_of_learning_and_further_education(
    course_type, outcome
):
    course = make_course(type=course_type, programme_url="")

    assert outcomes(course, "programme") == [outcome]


@pytest.mark.parametrize(
    ("count", "outcome"),
    [
        (29, Outcome.FAILED),
        (30, Outcome.PASSED),
        (60, Outcome.PASSED),
        (61, Outcome.FAILED),
    ],
)
def test_3_2_10_a_glossary_has_30_to_60_terms(count, outcome):
    assert outcomes(make_course(glossary=make_terms(count)), "glossary") == [outcome]


def test_3_2_10_a_small_glossary_shows_its_count_and_stops_the_course():
    course = make_course(glossary=make_terms(12))

    (finding,) = findings(course, "glossary")

    assert finding.counter == Counter(12, 30)
    assert str(finding.found) == "distinct terms with a definition: 12"
    assert run(course, MININ).blocks(Gate.EXPERTISE) == (finding,)


@pytest.mark.parametrize("extra", ["  термин   0 ", "ТЕРМИН 0"])
def test_3_2_10_the_same_term_twice_counts_once(extra):
    twice = GlossaryTermFacts(term=extra, definition="Другое определение")
    course = make_course(glossary=(*make_terms(29), twice))

    assert outcomes(course, "glossary") == [Outcome.FAILED]


def test_3_2_10_a_term_without_definition_does_not_count():
    bare = GlossaryTermFacts(term="Медиана", definition=" ")
    course = make_course(glossary=(*make_terms(29), bare))

    assert outcomes(course, "glossary") == [Outcome.FAILED]


def test_3_2_10_no_glossary_gives_no_finding():
    assert outcomes(make_course(glossary=()), "glossary") == []


def test_3_2_10_no_glossary_fails_where_an_edition_makes_it_mandatory():
    strict = replace(
        MININ, severities=MappingProxyType({"glossary": Severity.MANDATORY})
    )

    assert outcomes(make_course(glossary=()), "glossary", strict) == [Outcome.FAILED]


def test_3_2_10_a_glossary_nobody_could_see_cannot_be_told():
    (finding,) = findings(make_course(glossary=None), "glossary")

    assert finding.outcome is Outcome.CANNOT_TELL
    assert finding.counter is None
