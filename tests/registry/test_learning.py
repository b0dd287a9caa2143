"""Runs are planned, learners enrol, withdraw, enrol again."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from core.workflow import GuardsUnmet, WrongState
from registry import services
from registry.enums import EnrolmentState, RunState
from registry.models import Enrolment
from registry.selectors import passed_results, reasons_against_enrolment
from registry.services import AlreadyEnrolled
from tests import factories
from tests.registry import life


def test_run_is_planned_before_the_course_opens(entry, staff, at):
    run = life.planned(entry, staff=staff, at=at)
    assert (run.state, run.passing_points) == (RunState.PLANNED, Decimal(60))
    assert str(run) == "Осень 2026"


def test_author_plans_no_run(opened, author, at):
    with pytest.raises(PermissionDenied):
        life.planned(opened, staff=author, at=at)


def test_run_that_ends_before_it_starts_is_refused(opened, staff, at):
    with pytest.raises(ValidationError):
        life.planned(opened, staff=staff, at=at, ends_on=date(2026, 8, 1))


def test_no_run_is_planned_in_an_archived_course(opened, staff, at):
    services.archive_entry(entry=opened, by=staff, at=at)
    with pytest.raises(WrongState):
        life.planned(opened, staff=staff, at=at)


def test_title_of_a_run_under_way_may_change(run, staff):
    run.title = "Осень 2026, первая группа"
    services.change_run(run=run, by=staff)
    run.refresh_from_db()
    assert run.title == "Осень 2026, первая группа"


def test_points_to_pass_change_only_before_enrolment(opened, staff, at):
    run = life.planned(opened, staff=staff, at=at)
    run.passing_points = Decimal(70)
    services.change_run(run=run, by=staff)
    services.open_run_enrolment(run=run, by=staff, at=at)
    run.passing_points = Decimal(80)
    with pytest.raises(WrongState):
        services.change_run(run=run, by=staff)


def test_closed_run_does_not_change(run, staff, at):
    services.close_run(run=run, by=staff, at=at)
    with pytest.raises(WrongState):
        services.change_run(run=run, by=staff)


def test_stranger_changes_no_run(run, stranger):
    with pytest.raises(PermissionDenied):
        services.change_run(run=run, by=stranger)


def test_learner_enrols(run, learner, at):
    enrolment = life.enrolled(run, learner, at=at)
    assert (enrolment.state, enrolment.enrolled_at) == (EnrolmentState.ENROLLED, at)
    assert str(enrolment) == f"{learner}: Осень 2026"


def test_learner_enrols_once(enrolment, learner, at):
    with pytest.raises(AlreadyEnrolled):
        life.enrolled(enrolment.run, learner, at=at)


def test_author_does_not_learn_in_the_own_course(run, author, at):
    with pytest.raises(PermissionDenied):
        life.enrolled(run, author, at=at)


def test_stranger_enrols_nobody_else(run, learner, stranger, at):
    with pytest.raises(PermissionDenied):
        services.enrol(run=run, learner=learner, language="ru", by=stranger, at=at)


def test_centre_enrols_a_learner(run, learner, staff, at):
    made = services.enrol(run=run, learner=learner, language="ru", by=staff, at=at)
    assert made.learner == learner


def test_certificate_is_only_in_a_language_with_a_title(run, learner, at):
    with pytest.raises(GuardsUnmet):
        life.enrolled(run, learner, at=at, language="kk")
    life.titled(run.entry.version, "kk", "Статистика негіздері")
    assert life.enrolled(run, learner, at=at, language="kk").language == "kk"


def test_nobody_enrols_before_enrolment_opens(opened, learner, staff, at):
    run = life.planned(opened, staff=staff, at=at)
    with pytest.raises(GuardsUnmet):
        life.enrolled(run, learner, at=at)


def test_enrolment_lasts_to_the_last_day_of_the_run(run):
    assert reasons_against_enrolment(run, date(2026, 12, 20)) == []
    assert len(reasons_against_enrolment(run, date(2026, 12, 21))) == 1


def test_suspended_course_takes_no_learners(run, learner, staff, at):
    services.suspend_entry(entry=run.entry, by=staff, at=at, comment="Обновляется.")
    with pytest.raises(GuardsUnmet):
        life.enrolled(run, learner, at=at)


def test_withdrawn_learner_enrols_again_in_the_same_row(enrolment, learner, at):
    services.withdraw(enrolment=enrolment, by=learner, at=at)
    assert enrolment.withdrawn_at == at
    later = at + timedelta(days=1)
    again = life.enrolled(enrolment.run, learner, at=later)
    assert again.pk == enrolment.pk
    assert (again.state, again.enrolled_at, again.withdrawn_at) == (
        EnrolmentState.ENROLLED,
        later,
        None,
    )


@pytest.mark.django_db(transaction=True)
def test_enrolling_twice_at_once_makes_one_enrolment(at):
    staff, learner = factories.StaffFactory(), factories.UserFactory()
    entry = life.opened(life.entry(factories.UserFactory(), at=at), staff=staff, at=at)
    run = life.run(entry, staff=staff, at=at)
    barrier = threading.Barrier(2)
    outcomes = []

    def enrol_once():
        barrier.wait()
        try:
            life.enrolled(run, learner, at=at)
            outcomes.append("enrolled")
        except AlreadyEnrolled:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=enrol_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["enrolled", "refused"]
    assert Enrolment.objects.count() == 1


def test_certificates_are_due_to_those_who_passed(enrolment, learner, staff, at):
    other = life.enrolled(enrolment.run, factories.UserFactory(), at=at)
    life.take_in(
        enrolment.run,
        life.row(learner, 60),
        life.row(other.learner, Decimal("59.99")),
        staff=staff,
        at=at,
    )
    assert [row.enrolment for row in passed_results(enrolment.run)] == [enrolment]
