"""Every state × every transition of the register, of runs, of enrolments."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.workflow import GuardsUnmet, NotAllowed, WrongState, apply, workflow_of
from registry.enums import EnrolmentState, EntryState, RunState
from registry.models import Enrolment, RegisterEntry, Run
from tests.registry import life

ENTRY = {
    ("documents", "open"): "open",
    ("open", "suspend"): "suspended",
    ("suspended", "resume"): "open",
    ("open", "archive"): "archived",
    ("suspended", "archive"): "archived",
    ("open", "remove"): "removed",
    ("suspended", "remove"): "removed",
}
RUN = {("planned", "open_enrolment"): "open", ("open", "close"): "closed"}
ENROLMENT = {
    ("enrolled", "withdraw"): "withdrawn",
    ("withdrawn", "enrol_again"): "enrolled",
}


def _pairs(model, states):
    return [
        pytest.param(state.value, row.name, id=f"{state.value}-{row.name}")
        for state in states
        for row in workflow_of(model)
    ]


def _try(obj, name, allowed, *, by, at, values=None):
    source = obj.state
    if (source, name) in allowed:
        apply(obj, name, by=by, at=at, comment="Так решено.", values=values)
        assert obj.state == allowed[source, name]
    else:
        with pytest.raises(WrongState):
            apply(obj, name, by=by, at=at, comment="Так решено.", values=values)
        obj.refresh_from_db()
        assert obj.state == source


def _entry_in(state, entry, staff, at):
    life.hand_in(entry, staff=staff, at=at)
    way = {
        "documents": [],
        "open": ["open"],
        "suspended": ["open", "suspend"],
        "archived": ["open", "archive"],
        "removed": ["open", "remove"],
    }[state]
    for name in way:
        apply(entry, name, by=staff, at=at, comment="Так.", values={"number": 7})
    return entry


@pytest.mark.parametrize(("state", "name"), _pairs(RegisterEntry, EntryState))
def test_entry_goes_only_where_its_table_says(state, name, entry, staff, at):
    made = _entry_in(state, entry, staff, at)
    _try(made, name, ENTRY, by=staff, at=at, values={"number": 8})


@pytest.mark.parametrize(("state", "name"), _pairs(Run, RunState))
def test_run_goes_only_where_its_table_says(state, name, opened, staff, at):
    run = life.planned(opened, staff=staff, at=at)
    for step in {"planned": [], "open": ["open_enrolment"]}.get(
        state, ["open_enrolment", "close"]
    ):
        apply(run, step, by=staff, at=at)
    _try(run, name, RUN, by=staff, at=at)


@pytest.mark.parametrize(("state", "name"), _pairs(Enrolment, EnrolmentState))
def test_enrolment_goes_only_where_its_table_says(state, name, enrolment, learner, at):
    if state == "withdrawn":
        apply(enrolment, "withdraw", by=learner, at=at)
    _try(enrolment, name, ENROLMENT, by=learner, at=at, values={"language": "ru"})


@pytest.mark.parametrize("name", ["open", "suspend", "resume", "archive", "remove"])
def test_only_the_centre_moves_an_entry(name, entry, author, staff, at):
    source = workflow_of(RegisterEntry).transitions[name].sources[0]
    made = _entry_in(source, entry, staff, at)
    with pytest.raises(NotAllowed):
        apply(made, name, by=author, at=at, comment="Так.", values={"number": 9})


@pytest.mark.parametrize("name", ["open_enrolment", "close"])
def test_only_the_centre_moves_a_run(name, opened, author, staff, at):
    run = life.planned(opened, staff=staff, at=at)
    if name == "close":
        apply(run, "open_enrolment", by=staff, at=at)
    with pytest.raises(NotAllowed):
        apply(run, name, by=author, at=at)


@pytest.mark.parametrize("name", ["withdraw", "enrol_again"])
def test_a_stranger_moves_no_enrolment(name, enrolment, learner, stranger, at):
    if name == "enrol_again":
        apply(enrolment, "withdraw", by=learner, at=at)
    with pytest.raises(NotAllowed):
        apply(enrolment, name, by=stranger, at=at, values={"language": "ru"})


@pytest.mark.parametrize("name", ["suspend", "remove"])
def test_to_suspend_or_remove_a_reason_is_needed(name, opened, staff, at):
    with pytest.raises(GuardsUnmet):
        apply(opened, name, by=staff, at=at)


def test_course_with_a_run_under_way_is_not_archived(run, staff, at):
    with pytest.raises(GuardsUnmet) as refusal:
        apply(run.entry, "archive", by=staff, at=at)
    assert len(refusal.value.reasons) == 1
    assert "Осень 2026" in refusal.value.reasons[0]


def test_enrolment_does_not_open_in_a_suspended_course(opened, staff, at):
    run = life.planned(opened, staff=staff, at=at)
    apply(opened, "suspend", by=staff, at=at, comment="Обновляется.")
    run.refresh_from_db()
    with pytest.raises(GuardsUnmet):
        apply(run, "open_enrolment", by=staff, at=at)


def test_nobody_withdraws_from_a_closed_run(enrolment, learner, staff, at):
    apply(enrolment.run, "close", by=staff, at=at)
    with pytest.raises(GuardsUnmet):
        apply(enrolment, "withdraw", by=learner, at=at)


def test_nobody_withdraws_once_the_result_is_in(enrolment, learner, staff, at):
    life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    with pytest.raises(GuardsUnmet):
        apply(enrolment, "withdraw", by=learner, at=at)


def test_nobody_enrols_again_after_the_end(enrolment, learner, at):
    apply(enrolment, "withdraw", by=learner, at=at)
    later = at + timedelta(days=200)
    with pytest.raises(GuardsUnmet):
        apply(enrolment, "enrol_again", by=learner, at=later, values={"language": "ru"})


def test_nobody_enrols_again_in_a_language_without_a_title(enrolment, learner, at):
    apply(enrolment, "withdraw", by=learner, at=at)
    with pytest.raises(GuardsUnmet):
        apply(enrolment, "enrol_again", by=learner, at=at, values={"language": "kk"})


def _breaks(obj, constraint, **values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(obj).objects.filter(pk=obj.pk).update(**values)


def test_entry_is_not_open_without_a_number(opened):
    _breaks(opened, "entry_opened_has_number", number=None)


def test_entry_awaiting_documents_has_no_number(entry):
    _breaks(entry, "entry_opened_has_number", number=3)


def test_archived_entry_has_its_date(opened):
    _breaks(opened, "entry_closed_has_date", state=EntryState.ARCHIVED)


def test_run_does_not_end_before_it_starts(run):
    _breaks(run, "run_ends_after_it_starts", ends_on=run.starts_on - timedelta(days=1))


def test_run_under_way_has_its_date(run):
    _breaks(run, "run_state_has_its_dates", opened_at=None)


def test_withdrawn_enrolment_has_its_date(enrolment):
    _breaks(enrolment, "enrolment_withdrawn_has_date", state=EnrolmentState.WITHDRAWN)


def test_learner_is_in_a_run_once(enrolment, at):
    with (
        pytest.raises(IntegrityError, match="enrolment_once"),
        transaction.atomic(),
    ):
        Enrolment.objects.create(
            run=enrolment.run,
            learner=enrolment.learner,
            language="ru",
            enrolled_at=at,
        )


def test_result_is_out_of_a_hundred(enrolment, learner, staff, at):
    life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    _breaks(enrolment.result, "result_out_of_100", points=101)
