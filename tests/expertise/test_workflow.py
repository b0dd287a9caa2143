"""Every state × every transition of a round and of a remark, by whom."""

import pytest

from core.workflow import GuardsUnmet, NotAllowed, WrongState, apply, workflow_of
from expertise.enums import ExpertiseState, RemarkState, VerdictKind
from expertise.models import Expertise, Remark
from tests import factories
from tests.expertise import life

ROUND = {
    ("requested", "appoint_expert"): "review",
    ("review", "conclude"): "concluded",
}
REMARK = {
    ("open", "answer"): "answered",
    ("answered", "answer"): "answered",
    ("answered", "accept"): "accepted",
}


def _pairs(model, states):
    return [
        pytest.param(state.value, row.name, id=f"{state.value}-{row.name}")
        for state in states
        for row in workflow_of(model)
    ]


def _try(obj, name, allowed, *, by, at, values):
    source = obj.state
    if (source, name) in allowed:
        apply(obj, name, by=by, at=at, values=values)
        assert obj.state == allowed[source, name]
        return
    with pytest.raises(WrongState):
        apply(obj, name, by=by, at=at, values=values)
    obj.refresh_from_db()
    assert obj.state == source


@pytest.mark.parametrize(("state", "name"), _pairs(Expertise, ExpertiseState))
def test_a_round_goes_by_its_table_alone(state, name, requested, expert, staff, at):
    if state != "requested":
        life.appointed(requested, expert, staff=staff, at=at)
    if state == "concluded":
        life.returned(requested, at=at)
    by = staff if name == "appoint_expert" else expert
    values = {"expert": expert, "due_on": life.DUE_ON}
    _try(requested, name, ROUND, by=by, at=at, values=values)


@pytest.mark.parametrize(("state", "name"), _pairs(Remark, RemarkState))
def test_a_remark_goes_by_its_table_alone(state, name, returned, author, expert, at):
    remark = returned.remarks.get()
    if state != "open":
        life.answered([remark], author, at=at)
    if state == "accepted":
        life.services.accept_remark(remark=remark, by=expert, at=at)
    by = author if name == "answer" else expert
    _try(remark, name, REMARK, by=by, at=at, values={"answer": "Исправили."})


@pytest.mark.parametrize("person", ["author", "expert", "stranger", "accountant"])
def test_only_the_centre_appoints_experts(person, requested, expert, at, request):
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed):
        life.appointed(requested, expert, staff=by, at=at)
    requested.refresh_from_db()
    assert requested.expert is None


@pytest.mark.parametrize("person", ["author", "staff", "stranger"])
def test_nobody_but_the_expert_concludes_a_round(person, review, at, request):
    with pytest.raises(NotAllowed):
        apply(review, "conclude", by=request.getfixturevalue(person), at=at)


@pytest.mark.parametrize("person", ["expert", "staff", "stranger"])
def test_nobody_but_an_author_answers_a_remark(person, returned, at, request):
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed):
        life.answered(returned.remarks.all(), by, at=at)


@pytest.mark.parametrize("person", ["author", "staff", "stranger"])
def test_nobody_but_an_expert_accepts_an_answer(person, returned, author, at, request):
    remark = returned.remarks.get()
    life.answered([remark], author, at=at)
    with pytest.raises(NotAllowed):
        life.services.accept_remark(
            remark=remark, by=request.getfixturevalue(person), at=at
        )


def test_remarks_are_not_answered_while_the_course_is_at_expertise(second, author, at):
    remark = Remark.objects.get(expertise__round=1)
    with pytest.raises(NotAllowed):
        life.answered([remark], author, at=at)


def test_an_answer_says_something(returned, author, at):
    with pytest.raises(GuardsUnmet) as refusal:
        life.services.answer_remark(
            remark=returned.remarks.get(), answer="  ", by=author, at=at
        )
    assert len(refusal.value.reasons) == 1


def test_an_author_of_the_course_cannot_be_its_expert(
    requested, other_author, staff, at
):
    requested.version.authorships.create(user=other_author)
    with pytest.raises(GuardsUnmet):
        life.appointed(requested, other_author, staff=staff, at=at)


def test_who_requested_the_round_cannot_be_its_expert(version, staff, at):
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    expertise = life.services.request_expertise(version=version, by=head, at=at)
    with pytest.raises(GuardsUnmet):
        life.appointed(expertise, head, staff=staff, at=at)


def test_whose_account_is_closed_cannot_be_an_expert(requested, staff, at):
    gone = factories.UserFactory(is_active=False)
    with pytest.raises(GuardsUnmet):
        life.appointed(requested, gone, staff=staff, at=at)


@pytest.mark.parametrize("days", [None, -1])
def test_a_round_is_due_on_a_day_to_come(days, requested, expert, staff, at):
    due_on = None if days is None else life.later(at, days).date()
    with pytest.raises(GuardsUnmet):
        life.appointed(requested, expert, staff=staff, at=at, due_on=due_on)


def test_a_round_may_be_due_on_the_day_of_the_appointment(requested, expert, staff, at):
    life.appointed(requested, expert, staff=staff, at=at, due_on=at.date())
    assert requested.state == ExpertiseState.REVIEW


def test_a_round_without_an_expert_is_not_appointed(requested, staff, at):
    with pytest.raises(GuardsUnmet):
        apply(
            requested,
            "appoint_expert",
            by=staff,
            at=at,
            values={"expert": None, "due_on": life.DUE_ON},
        )


def test_a_verdict_is_the_only_way_to_a_kind_of_verdict():
    assert [kind.value for kind in VerdictKind] == ["recommended", "rework", "rejected"]
