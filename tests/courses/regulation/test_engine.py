from dataclasses import replace
from types import MappingProxyType

import pytest

from courses.regulation.catalogue import BY_CODE, REQUIREMENTS
from courses.regulation.engine import Report, run
from courses.regulation.facts import CourseType
from courses.regulation.finding import Counter, Gate, Outcome, Severity
from courses.regulation.requirement import Kind
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_weeks,
    with_task,
)
from tests.courses.regulation.test_finding import make_finding


def test_a_course_that_meets_everything_passes_and_is_not_stopped():
    report = run(make_course(), MININ)

    unasked = [
        finding.code
        for finding in report.findings
        if finding.outcome is not Outcome.PASSED
    ]
    assert unasked == ["theory_fragments", "sizes_agree"]
    assert report.blocks(Gate.OPENING) == ()
    assert report.blocks(Gate.EXPERTISE) == ()
    assert report.percent() == 100


@pytest.mark.parametrize("course_type", CourseType)
def test_a_whole_course_of_any_type_is_not_stopped(course_type):
    report = run(make_course(type=course_type), MININ)

    assert report.blocks(Gate.OPENING) == ()


def test_findings_stand_in_the_order_of_clauses_and_never_change():
    course = make_course()
    clauses = [
        [int(number) for number in finding.clause.split(".")]
        for finding in run(course, MININ).findings
    ]

    assert clauses == sorted(clauses)
    assert run(course, MININ) == run(course, MININ)


def test_every_requirement_has_its_own_code_and_takes_only_declared_thresholds():
    assert len(BY_CODE) == len(REQUIREMENTS)
    for requirement in REQUIREMENTS:
        own = {threshold.name for threshold in requirement.thresholds}
        values = {name: MININ.thresholds[name] for name in own}
        found = list(requirement.examine(make_course(), Severity.MANDATORY, values))
        assert bool(found) is (requirement.kind is not Kind.EXPERT)


def test_4_8_what_points_depend_on_is_for_an_expert_and_gives_no_finding():
    assert BY_CODE["points_by_progress"].kind is Kind.EXPERT
    assert findings(make_course(), "points_by_progress") == ()


def test_3_2_3_what_the_promo_video_shows_is_for_an_expert():
    assert BY_CODE["promo_content"].kind is Kind.EXPERT


def test_3_3_3_14_how_deeply_control_tests_is_for_an_expert():
    assert BY_CODE["control_depth"].kind is Kind.EXPERT


def test_a_failed_mandatory_requirement_stops_and_an_edition_may_only_warn():
    course = make_course(annotation="")
    lenient = replace(
        MININ, severities=MappingProxyType({"annotation": Severity.RECOMMENDED})
    )

    assert [found.code for found in run(course, MININ).blocks(Gate.EXPERTISE)] == [
        "annotation"
    ]
    assert run(course, lenient).blocks(Gate.EXPERTISE) == ()


def test_a_switched_off_requirement_gives_no_finding():
    course = make_course(annotation="")
    silent = replace(MININ, switched_off=frozenset({"annotation"}))

    assert findings(course, "annotation", silent) == ()


def test_a_warning_does_not_stop():
    """MIN 4.6: the 100-point scale is recommended."""
    course = with_task(make_course(), points=1)

    assert run(course, MININ).blocks(Gate.EXPERTISE) == ()


def test_the_opening_also_asks_what_the_expertise_asked():
    early = make_finding(gate=Gate.EXPERTISE)
    late = make_finding(gate=Gate.OPENING)
    report = Report("minin-2022", (early, late))

    assert report.blocks(Gate.EXPERTISE) == (early,)
    assert report.blocks(Gate.OPENING) == (early, late)
    assert report.of_gate(Gate.OPENING).findings == (late,)
    assert report.of_gate(Gate.EXPERTISE) == Report("minin-2022", (early,))


def test_progress_counts_what_binds_and_applies_and_rounds_down():
    passed = make_finding(outcome=Outcome.PASSED)
    report = Report(
        "minin-2022",
        (
            *(passed for _ in range(199)),
            make_finding(),
            make_finding(outcome=Outcome.NOT_APPLICABLE),
            make_finding(severity=Severity.RECOMMENDED),
        ),
    )

    assert report.progress() == Counter(199, 200)
    assert report.percent() == 99
    assert Report("minin-2022", ()).percent() == 100
    assert report.counts() == {
        (Outcome.PASSED, Severity.MANDATORY): 199,
        (Outcome.FAILED, Severity.MANDATORY): 1,
        (Outcome.NOT_APPLICABLE, Severity.MANDATORY): 1,
        (Outcome.FAILED, Severity.RECOMMENDED): 1,
    }


def test_every_line_that_stops_says_where_and_what_to_do():
    report = run(make_course(topics=make_weeks(17, hours=None, title="")), MININ)

    assert report.blocks(Gate.EXPERTISE)
    for finding in report.blocks(Gate.EXPERTISE):
        assert finding.place is not None
        assert str(finding.advice)
