"""What the expertise tells elsewhere: the desk, the course's page, the admin."""

import pytest
from django.urls import reverse

from core.deadlines import working_days_left
from core.desk import duties_of
from courses.panels import debts_told, panels_of
from courses.selectors import check_version
from expertise.enums import VerdictKind
from expertise.panels import version_panel
from expertise.presentation import main_action
from expertise.selectors import expert_candidates
from tests import factories
from tests.expertise import life


def _owed(user, at, *, is_mine=True):
    return [
        duty.url
        for duty in duties_of(user, at)
        if "/expertise/" in duty.url and duty.is_mine == is_mine
    ]


def test_the_centre_owes_an_expert(requested, staff, author, at):
    page = reverse("expertise:expertise_detail", args=[requested.pk])
    assert _owed(staff, at) == [page]
    assert _owed(author, at, is_mine=False) == [page]


def test_the_expert_owes_a_verdict_by_its_day(review, expert, staff, author, at):
    page = reverse("expertise:expertise_detail", args=[review.pk])
    assert _owed(expert, at) == [page]
    assert _owed(staff, at, is_mine=False) == [page]
    assert _owed(author, at, is_mine=False) == [page]
    duty = next(duty for duty in duties_of(expert, at) if duty.url == page)
    assert duty.due_at.date() == life.DUE_ON


def test_the_authors_owe_an_answer_to_each_remark(returned, author, at):
    page = reverse("expertise:remark_list", args=[returned.pk])
    assert _owed(author, at) == [page]
    life.answered(returned.remarks.all(), author, at=at)
    assert _owed(author, at) == []


def test_the_page_of_a_course_offers_expertise_when_nothing_is_left(
    version, author, at
):
    panel = version_panel(version, author, at, check_version(version))
    assert panel["reasons"] == []
    assert panel["action"]["url"] == panel["request_url"]


def test_the_page_of_a_course_says_what_is_missing(author, at):
    version = life.version(author, edition=factories.edition())
    panel = version_panel(version, author, at, check_version(version))
    assert len(panel["reasons"]) == 5
    assert panel["more_reasons"] > 0
    assert "action" not in panel


def test_open_remarks_are_named_before_all_else(returned, author, at):
    returned.version.refresh_from_db()
    panel = version_panel(returned.version, author, at, check_version(returned.version))
    assert len(panel["reasons"]) == 1


def test_who_cannot_ask_sees_the_rounds_alone(review, staff, at):
    panel = version_panel(review.version, staff, at, check_version(review.version))
    assert panel["rounds"][0][0] == review
    assert panel["reasons"] == []


def test_a_course_without_rounds_shows_nothing_to_others(version, staff, at):
    assert version_panel(version, staff, at, check_version(version)) is None


def test_the_panel_is_drawn_on_the_page_of_the_course(returned, author, client, at):
    assert panels_of(returned.version, author, at, check_version(returned.version))
    client.force_login(author)
    page = client.get(reverse("courses:version_detail", args=[returned.version_id]))
    assert reverse("expertise:expertise_detail", args=[returned.pk]) in (
        page.content.decode()
    )


def test_it_is_told_who_owes_the_next_step(requested, expert, staff, at):
    key = requested.version_id
    assert debts_told([key])[key].due_on is None
    life.appointed(requested, expert, staff=staff, at=at)
    debt = debts_told([key])[key]
    assert (debt.who, debt.due_on) == (str(expert), life.DUE_ON)


def test_one_thing_is_to_be_done_next(requested, expert, staff, author, at):
    assert main_action(requested, author) is None
    assert main_action(requested, staff)["url"].endswith("/appoint/")
    life.appointed(requested, expert, staff=staff, at=at)
    assert main_action(requested, expert)["url"].endswith("/rating/")
    life.rated(requested)
    assert main_action(requested, expert)["url"].endswith("/verdict/write/")
    life.remark(requested, at=at)
    life.signed(requested, VerdictKind.REWORK, at=at)
    requested.version.refresh_from_db()
    assert main_action(requested, author)["url"].endswith("/remarks/")
    life.answered(requested.remarks.all(), author, at=at)
    assert main_action(requested, author) is None


@pytest.mark.parametrize(("days", "left"), [(-1, -1), (0, 0), (1, 1), (7, 5)])
def test_working_days_are_counted_to_the_deadline(days, left, db, at):
    assert working_days_left(life.later(at, days).date(), at) == left


def test_learners_are_not_offered_as_experts(expert, db):
    learner = factories.UserFactory(position="", degree="")
    people = expert_candidates()
    assert expert in people
    assert learner not in people


def test_staff_appoints_an_expert_in_the_admin(requested, expert, staff, client):
    client.force_login(staff)
    args = [requested.pk]
    change = reverse("admin:expertise_expertise_change", args=args)
    appoint = reverse(
        "admin:expertise_expertise_transition", args=[*args, "appoint_expert"]
    )
    assert appoint in client.get(change).content.decode()
    assert client.get(appoint).status_code == 200
    answer = client.post(appoint, {"expert": expert.pk, "due_on": "2030-01-10"})
    assert answer.status_code == 302
    requested.refresh_from_db()
    assert requested.expert == expert


@pytest.mark.parametrize(
    "model", ["expertise", "indicator", "criterion", "remark", "verdict"]
)
def test_the_lists_of_the_admin_open(model, returned, staff, client):
    client.force_login(staff)
    assert client.get(reverse(f"admin:expertise_{model}_changelist")).status_code == 200
    row = {
        "expertise": returned,
        "indicator": returned.ratings.first().criterion.indicator,
        "criterion": returned.ratings.first().criterion,
        "remark": returned.remarks.get(),
        "verdict": returned.verdict,
    }[model]
    change = reverse(f"admin:expertise_{model}_change", args=[row.pk])
    assert client.get(change).status_code == 200
    delete = reverse(f"admin:expertise_{model}_delete", args=[row.pk])
    assert client.post(delete).status_code == 403
