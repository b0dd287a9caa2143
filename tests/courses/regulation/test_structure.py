"""Block «Введение»: MIN 3.1, 3.2.1, 3.2.2, 3.2.5-3.2.11."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from courses.regulation.engine import run
from courses.regulation.facts import CourseType, GlossaryTermFacts
from courses.regulation.finding import Counter, Gate, Outcome, Severity, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import MaterialKind, MeasureState
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_link,
    make_material,
    make_software,
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


def test_3_2_10_an_unknown_glossary_tells_how_it_becomes_known():
    (finding,) = findings(make_course(glossary=None), "glossary")

    assert str(finding.advice) == (
        "Ask for a backup with user data, import the glossary's XML, or enter the terms."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Чего вы ждёте?", [Outcome.PASSED]),
        ("—", [Outcome.FAILED]),
        (None, [Outcome.CANNOT_TELL]),
        ("", []),
    ],
)
def test_3_2_6_an_entry_questionnaire_asks_something_if_it_is_there(text, expected):
    assert outcomes(make_course(entry_questionnaire=text), "entry_questionnaire") == (
        expected
    )


@pytest.mark.parametrize("code", ["entry_questionnaire", "recommendations"])
def test_3_2_6_and_3_2_8_an_edition_may_make_it_mandatory(code):
    course = make_course(**{code: ""}, software=())
    strict = replace(MININ, severities=MappingProxyType({code: Severity.MANDATORY}))

    assert outcomes(course, code, strict) == [Outcome.FAILED]


@pytest.mark.parametrize(
    ("text", "software", "expected"),
    [
        ("Читайте по порядку", False, [Outcome.PASSED]),
        ("—", False, [Outcome.FAILED]),
        (None, False, [Outcome.CANNOT_TELL]),
        ("", False, []),
        ("", True, [Outcome.FAILED]),
        ("Нужен LibreOffice", True, [Outcome.PASSED]),
    ],
)
def test_3_2_8_recommendations_are_needed_where_there_is_software(
    text, software, expected
):
    course = make_course(
        recommendations=text, software=(make_software(),) if software else ()
    )

    assert outcomes(course, "recommendations") == expected


def test_3_2_8_recommendations_may_be_a_file_or_a_link():
    for material in (
        make_material(MaterialKind.RECOMMENDATIONS),
        make_link(MaterialKind.RECOMMENDATIONS),
    ):
        course = make_course(recommendations="", materials=(material,))
        assert outcomes(course, "recommendations") == [Outcome.PASSED]


def test_3_2_8_recommendations_in_a_file_that_cannot_be_read_are_not_known():
    unreadable = make_material(
        MaterialKind.RECOMMENDATIONS, state=MeasureState.UNREADABLE
    )
    course = make_course(recommendations="", materials=(unreadable,))
    written = make_course(materials=(unreadable,))

    assert outcomes(course, "recommendations") == [Outcome.CANNOT_TELL]
    assert outcomes(written, "recommendations") == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("url", "files", "outcome", "source"),
    [
        ("https://u.example/p", (), Outcome.PASSED, Source.DECLARED),
        ("", (), Outcome.FAILED, Source.DECLARED),
        (None, (), Outcome.CANNOT_TELL, Source.DECLARED),
        ("", ({},), Outcome.PASSED, Source.MEASURED),
        ("", ({"container": "docx"},), Outcome.FAILED, Source.DECLARED),
        ("", ({"container": "docx"}, {}), Outcome.PASSED, Source.MEASURED),
        (
            "",
            ({"state": MeasureState.WAITING},),
            Outcome.CANNOT_TELL,
            Source.DECLARED,
        ),
        (
            "https://u.example/p",
            ({"container": "docx"},),
            Outcome.PASSED,
            Source.DECLARED,
        ),
    ],
)
def test_3_2_7_the_programme_is_linked_or_a_pdf(url, files, outcome, source):
    materials = tuple(
        make_material(MaterialKind.PROGRAMME, **changes) for changes in files
    )
    course = make_course(programme_url=url, materials=materials)

    (finding,) = findings(course, "programme")

    assert (finding.outcome, finding.source) == (outcome, source)


def test_3_2_7_a_link_among_the_materials_is_a_link():
    course = make_course(
        programme_url="", materials=(make_link(MaterialKind.PROGRAMME),)
    )

    assert outcomes(course, "programme") == [Outcome.PASSED]


def test_3_2_7_a_file_that_is_no_pdf_is_named_with_its_place():
    wrong = make_material(MaterialKind.PROGRAMME, container="docx")
    course = make_course(programme_url="", materials=(wrong,))

    (finding,) = findings(course, "programme")

    assert str(finding.found) == "format of “Материал”: docx"
    assert finding.place == Place(Section.MATERIAL, 81, "title")


@pytest.mark.parametrize(
    ("count", "counter"), [(29, Counter(29, 30)), (30, None), (61, None)]
)
def test_3_2_10_the_glossary_is_counted_until_it_is_large_enough(count, counter):
    (finding,) = findings(make_course(glossary=make_terms(count)), "glossary")

    assert finding.counter == counter
