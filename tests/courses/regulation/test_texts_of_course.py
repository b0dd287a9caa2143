"""The language and the case of what is written: MIN 4.2."""

from dataclasses import replace

import pytest

from courses.regulation.facts import OutcomeFacts
from courses.regulation.finding import Outcome
from courses.regulation.language import capitals_in, languages_of, letters_in
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    findings,
    make_attestation,
    make_course,
    make_longread,
    make_practicum,
    make_task,
    make_topic,
    outcomes,
    with_topic,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]
RUSSIAN = "Это курс о том, как не ошибаться в расчётах и что из этого следует для дела."
KAZAKH = "Бұл курс деректер және есептеулер туралы, оның мақсаты бойынша үшін емес."
KYRGYZ = "Бул курс маалыматтар жана эсептөөлөр жөнүндө баары анын максаты боюнча жана."
ENGLISH = "This is a course for all of us that the learners and the authors wrote."
FIELDS = (
    *("annotation", "audience", "aims", "tasks", "class_kinds", "control_forms"),
    *("technologies", "prerequisites", "grade_formation", "recommendations"),
    *("documents_issued", "completion_criterion"),
)


def written(text, **changes):
    """A course whose every text is the same."""
    return make_course(
        **dict.fromkeys(FIELDS, text),
        topics=(),
        outcomes=(OutcomeFacts(id=1, text=text),),
        attestation=make_attestation(content=text),
        **changes,
    )


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (RUSSIAN, {"ru"}),
        (KAZAKH, {"kk"}),
        (KYRGYZ, {"ky"}),
        (ENGLISH, {"en"}),
        ("Основы органической химии", {"ru", "kk", "ky"}),
        ("Organic chemistry", {"en"}),
        ("12 + 4", {"ru", "kk", "ky", "en"}),
        (f"{RUSSIAN} {ENGLISH} is of the it", {"en"}),
        ("и в на не", {"ru", "kk", "ky"}),
        ("и в на не с", {"ru"}),
        ("и в на және мен бен", {"ru", "kk", "ky"}),
        ("и в және мен the", {"ru", "kk", "ky"}),
    ],
)
def test_a_language_is_told_by_its_frequent_words_and_else_by_letters(text, languages):
    assert languages_of([text]) == languages


@pytest.mark.parametrize(
    ("text", "share"),
    [("Да", (1, 2)), ("ABC1 - x", (3, 4)), ("ЁҚӨ ёқө", (3, 6)), ("1 + 1", (0, 0))],
)
def test_capitals_are_counted_among_letters_only(text, share):
    assert (capitals_in(text), letters_in(text)) == share


@pytest.mark.parametrize(
    ("text", "stated", "outcome"),
    [
        (RUSSIAN, "ru", P),
        (ENGLISH, "ru", F),
        (KAZAKH, "ru", F),
        (KAZAKH, "kk", P),
        (RUSSIAN, "kk", F),
        ("Основы химии", "ru", C),
        ("Основы химии", "en", F),
        (RUSSIAN, "uz", Outcome.NOT_APPLICABLE),
        (RUSSIAN, None, Outcome.NOT_APPLICABLE),
        ("", "ru", Outcome.NOT_APPLICABLE),
        (None, "ru", Outcome.NOT_APPLICABLE),
    ],
)
def test_4_2_the_texts_are_in_the_language_that_is_stated(text, stated, outcome):
    assert outcomes(written(text, language=stated), "language_of_texts") == [outcome]


def test_4_2_a_language_course_may_be_in_any_language():
    course = written(ENGLISH, is_language_course=True)

    assert outcomes(course, "language_of_texts") == NOT_APPLICABLE


def test_4_2_the_finding_says_how_the_language_was_told():
    (finding,) = findings(written(RUSSIAN), "language_of_texts")

    assert str(finding.found) == ("by letters and frequent words of the beginnings: ru")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Двадцать букв и не меньше того", P),
        ("ДЕСЯТЬБУКВдесятьбукв", P),
        ("ДЕСЯТЬБУКВАдесятьбукв", F),
        ("ВЕСЬ ТЕКСТ ЗАГЛАВНЫМИ БУКВАМИ", F),
    ],
)
def test_4_2_no_text_is_in_capitals(text, outcome):
    """MIN names no figure: at most half of the letters."""
    assert set(outcomes(written(text), "ordinary_case")) == {outcome}


def test_4_2_a_few_signs_are_no_text():
    assert outcomes(written("РФ, США, ЕС"), "ordinary_case") == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": "О ТОМ, КАК СЧИТАТЬ И НЕ ОШИБАТЬСЯ"}, (Section.TOPIC, 1, "title")),
        (
            {"longreads": (make_longread(body="О ТОМ, КАК СЧИТАТЬ И НЕ ОШИБАТЬСЯ"),)},
            (Section.LONGREAD, 21, "body"),
        ),
        (
            {"practicums": (make_practicum(content="ПОСЧИТАЙТЕ БЕЗ ОШИБОК ТО И ЭТО"),)},
            (Section.PRACTICUM, 31, "content"),
        ),
        (
            {"control_tasks": (make_task(content="ПОСЧИТАЙТЕ БЕЗ ОШИБОК ТО И ЭТО"),)},
            (Section.CONTROL_TASK, 41, "content"),
        ),
    ],
)
def test_4_2_capitals_are_mended_where_they_stand(changes, place):
    shouting, well = findings(with_topic(make_course(), **changes), "ordinary_case")

    assert (shouting.outcome, well.outcome) == (F, P)
    assert shouting.place == Place(*place)


def test_4_2_texts_that_nobody_knows_are_left_out():
    topic = replace(
        make_topic(1, title=None),
        longreads=(make_longread(body=None),),
        practicums=(make_practicum(content=None),),
        control_tasks=(make_task(content=None),),
    )

    course = make_course(
        topics=(topic,),
        outcomes=(OutcomeFacts(id=1, text=None),),
        attestation=make_attestation(content=None),
    )

    (finding,) = findings(course, "ordinary_case")

    assert str(finding.found) == "texts whose beginnings are in ordinary case: 3"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (
            {"outcomes": (OutcomeFacts(id=7, text="УМЕЕТ СЧИТАТЬ И НЕ ОШИБАТЬСЯ"),)},
            (Section.OUTCOMES, 7, "text"),
        ),
        (
            {"attestation": make_attestation(content="СОВЕТЫ ПО ПОДГОТОВКЕ К ТЕСТУ")},
            (Section.ATTESTATION, 61, "content"),
        ),
        (
            {"completion_criterion": "НУЖНО НАБРАТЬ ШЕСТЬДЕСЯТ БАЛЛОВ"},
            (Section.GRADING, None, "completion_criterion"),
        ),
    ],
)
def test_4_2_capitals_are_seen_in_the_texts_of_the_whole_course(changes, place):
    shouting, _well = findings(make_course(**changes), "ordinary_case")

    assert (shouting.outcome, shouting.place) == (F, Place(*place))
