"""Requirements to the components: MIN 4.2, 4.6, 4.7, 4.9-4.11."""

from decimal import Decimal

import pytest

from courses.regulation.facts import (
    AttestationForm,
    ControlTaskFacts,
    CourseFacts,
    CourseType,
    Grading,
    TaskKind,
)
from courses.regulation.finding import Counter, Outcome, Severity, Source
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    findings,
    make_bank,
    make_course,
    make_questions,
    make_task,
    make_topic,
    outcomes,
    with_attestation,
    with_task,
    worst,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]
SURVEY = {"kind": TaskKind.SURVEY, "points": Decimal(0)}


def one_topic(*tasks: ControlTaskFacts, **changes) -> CourseFacts:
    topics = (make_topic(1, control_tasks=tasks),)
    return make_course(topics=topics, **{"attestation": None, **changes})


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, P),
        ({"language": "en"}, F),
        ({"language": None}, C),
        ({"language": ""}, C),
        ({"language": "en", "is_language_course": True}, Outcome.NOT_APPLICABLE),
    ],
)
def test_4_2_the_language_is_one_the_edition_allows(changes, outcome):
    assert outcomes(make_course(**changes), "language") == [outcome]


@pytest.mark.parametrize(
    ("grading", "outcome"),
    [(Grading.AUTOMATIC, P), (Grading.PEER, P), (Grading.MANUAL, F), (None, C)],
)
def test_4_6_a_control_task_is_graded_automatically_or_by_peers(grading, outcome):
    course = with_task(make_course(), grading=grading)

    first = findings(course, "graded_without_staff")[0]

    assert first.outcome is outcome
    assert first.place == Place(Section.CONTROL_TASK, 41, "grading")
    assert first.source is Source.DECLARED


@pytest.mark.parametrize(("is_there", "outcome"), [(True, P), (False, F), (None, C)])
def test_4_6_a_control_task_lands_in_the_gradebook(is_there, outcome):
    course = with_task(make_course(), in_gradebook=is_there)

    assert findings(course, "in_gradebook")[0].outcome is outcome


def test_4_6_the_final_attestation_is_graded_so_too():
    course = with_attestation(make_course(), grading=Grading.MANUAL, in_gradebook=False)

    grading = findings(course, "graded_without_staff")[-1]
    gradebook = findings(course, "in_gradebook")[-1]

    assert (grading.outcome, gradebook.outcome) == (F, F)
    assert grading.place == Place(Section.ATTESTATION, 61, "grading")


@pytest.mark.parametrize(
    "code",
    [
        "graded_without_staff",
        "in_gradebook",
        "points_total",
        "hundred_point_scale",
        "scoring",
    ],
)
@pytest.mark.parametrize(
    "course",
    [
        one_topic(),
        one_topic(make_task(**SURVEY, grading=Grading.MANUAL, in_gradebook=False)),
        make_course(topics=(), attestation=None),
    ],
)
def test_4_6_does_not_apply_while_nothing_is_graded(code, course):
    assert outcomes(course, code) == NOT_APPLICABLE


def test_4_6_a_survey_that_gives_points_is_graded():
    paid = make_task(kind=TaskKind.SURVEY, points=Decimal(5), in_gradebook=False)

    assert outcomes(one_topic(paid), "in_gradebook") == [F]


@pytest.mark.parametrize(
    ("points", "outcome"),
    [("20", P), ("19.99", P), ("20.01", F), (None, C)],
)
def test_4_6_points_add_up_to_at_most_100(points, outcome):
    """Eight tests of 10 points and the final attestation."""
    course = with_attestation(make_course(), points=points and Decimal(points))

    assert outcomes(course, "points_total") == [outcome]


def test_4_6_known_points_may_already_be_too_many():
    course = one_topic(make_task(points=Decimal(101)), make_task(points=None))

    assert outcomes(course, "points_total") == [F]


def test_4_6_bonus_points_stand_apart():
    """MIN 4.9 allows them beside the sum."""
    bonus = make_task(is_bonus=True, points=Decimal(15))
    course = one_topic(make_task(points=Decimal(100)), bonus)

    (finding,) = findings(course, "points_total")

    assert finding.outcome is P
    assert finding.counter == Counter(100, 100)


def test_4_6_unstated_bonus_points_do_not_matter():
    bonus = make_task(is_bonus=True, points=None)
    course = one_topic(make_task(points=Decimal(100)), bonus)

    assert outcomes(course, "points_total") == [P]


def test_4_6_a_course_of_bonus_tasks_alone_points_at_a_new_task():
    (finding,) = findings(one_topic(make_task(is_bonus=True)), "hundred_point_scale")

    assert finding.outcome is F
    assert finding.place == Place(Section.CONTROL_TASK, None, "points")


@pytest.mark.parametrize(
    ("points", "outcome"), [("20", P), ("19", F), ("21", F), (None, C)]
)
def test_4_6_a_scale_of_100_points_is_recommended(points, outcome):
    course = with_attestation(make_course(), points=points and Decimal(points))

    (finding,) = findings(course, "hundred_point_scale")

    assert finding.outcome is outcome
    assert finding.severity is Severity.RECOMMENDED


@pytest.mark.parametrize("course_type", CourseType)
def test_4_6_binds_every_type(course_type):
    course = with_task(make_course(type=course_type), grading=Grading.MANUAL)

    assert worst(course, "graded_without_staff") is F


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, P),
        ({"scoring": ""}, F),
        ({"scoring": None}, C),
        ({"scoring": "", "points": None}, F),
    ],
)
def test_4_7_the_scoring_of_a_task_is_told(changes, outcome):
    assert (
        findings(with_task(make_course(), **changes), "scoring")[0].outcome is outcome
    )


def test_4_7_a_task_without_points_needs_no_scoring():
    training = make_task(points=Decimal(0), scoring="")

    assert outcomes(one_topic(training), "scoring") == NOT_APPLICABLE


def test_4_7_the_scoring_of_the_final_attestation_is_told():
    course = with_attestation(make_course(), scoring="")

    assert findings(course, "scoring")[-1].outcome is F


@pytest.mark.parametrize(
    ("criterion", "outcome"), [("60 баллов", P), ("", F), (None, C)]
)
def test_4_9_the_criterion_of_completion_is_told(criterion, outcome):
    course = make_course(completion_criterion=criterion)

    assert outcomes(course, "completion_criterion") == [outcome]


@pytest.mark.parametrize(("is_random", "outcome"), [(True, P), (False, F), (None, C)])
def test_4_11_control_tests_draw_random_questions(is_random, outcome):
    course = with_task(make_course(), is_random=is_random)

    assert findings(course, "random_questions")[0].outcome is outcome


def test_4_11_the_final_test_draws_random_questions():
    course = with_attestation(make_course(), is_random=False)

    assert findings(course, "random_questions")[-1].outcome is F


@pytest.mark.parametrize("code", ["random_questions", "bank_exceeds_draw"])
@pytest.mark.parametrize(
    "course",
    [
        one_topic(make_task(kind=TaskKind.ESSAY)),
        with_attestation(one_topic(), form=AttestationForm.PROJECT),
    ],
)
def test_4_11_does_not_apply_without_control_tests(code, course):
    assert outcomes(course, code) == NOT_APPLICABLE


def test_4_10_only_questions_that_a_machine_can_draw_and_grade_count():
    bank = make_bank(1, 40, drawable=make_questions(10))

    (finding,) = findings(one_topic(make_task(), banks=(bank,)), "bank_exceeds_draw")

    assert finding.outcome is F
    assert finding.counter == Counter(10, 20)


def test_4_10_an_unread_bank_cannot_be_told():
    bank = make_bank(1, total=None, fingerprints=None, drawable=None)

    assert outcomes(one_topic(make_task(), banks=(bank,)), "bank_exceeds_draw") == [C]


def test_4_10_the_final_test_draws_from_all_banks():
    course = with_attestation(make_course(banks=(make_bank(1, 30),)))

    assert findings(course, "bank_exceeds_draw")[-1].counter == Counter(30, 60)
