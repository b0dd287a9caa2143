"""The desk, the pages of courses, panels of the apps above, the admin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from core.desk import duties_of
from courses.enums import Stage
from courses.selectors import check_version
from registry import course_parts, duties, panels, services
from registry.models import Enrolment, RegisterEntry, Run
from tests import factories
from tests.registry import life


def _told(user, at):
    told = (
        *duties.documents_owed(user, at),
        *duties.runs_to_close(user, at),
        *duties.courses_to_finish(user, at),
    )
    return [(duty.url, duty.is_mine) for duty in told]


def test_authors_owe_documents_and_the_centre_waits(entry, author, staff, stranger, at):
    page = reverse("registry:entry_detail", args=[entry.pk])
    assert _told(author, at) == [(page, True)]
    assert _told(staff, at) == [(page, False)]
    assert _told(stranger, at) == []
    assert duties_of(author, at)


def test_the_centre_owes_the_opening_once_documents_are_in(entry, author, staff, at):
    page = reverse("registry:entry_detail", args=[entry.pk])
    life.hand_in(entry, staff=staff, at=at)
    assert _told(author, at) == [(page, False)]
    assert _told(staff, at) == [(page, True)]


def test_learner_is_reminded_until_the_result_is_in(enrolment, learner, staff, at):
    page = reverse("registry:my_learning")
    assert _told(learner, at) == [(page, True)]
    life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    assert _told(learner, at) == []


def test_the_centre_closes_runs_that_have_ended(run, staff, at):
    assert _told(staff, at) == []
    later = datetime(2026, 12, 21, 9, tzinfo=UTC)
    page = reverse("registry:run_detail", args=[run.pk])
    assert _told(staff, later) == [(page, True)]


def test_panel_of_a_version_tells_of_documents(entry, author, stranger, at):
    version = entry.version
    panel = course_parts.entry_panel(version, author, at, check_version(version))
    assert [row["is_in"] for row in panel["documents"]] == [False] * 4
    assert (
        course_parts.entry_panel(version, stranger, at, check_version(version)) is None
    )
    draft = factories.VersionFactory(lead=author)
    assert course_parts.entry_panel(draft, author, at, check_version(draft)) is None


def test_way_of_a_version_goes_on_through_the_register(entry, author, staff, at):
    draft = factories.VersionFactory(lead=author)
    version = entry.version

    def states(version):
        return [step.state for step in course_parts.entry_steps(version, at)]

    assert states(draft) == ["ahead", "ahead"]
    assert states(version) == ["now", "ahead"]
    life.opened(entry, staff=staff, at=at)
    assert states(version) == ["done", "done"]
    draft.stage = Stage.REJECTED
    assert states(draft) == []


def test_debt_is_of_the_authors_then_of_the_centre(entry, staff, at):
    debt = course_parts.entry_debts([entry.version_id])[entry.version_id]
    assert debt.due_on == date(2026, 9, 17)
    life.hand_in(entry, staff=staff, at=at)
    after = course_parts.entry_debts([entry.version_id])[entry.version_id]
    assert after.who != debt.who
    life.opened(entry, staff=staff, at=at)
    assert course_parts.entry_debts([entry.version_id]) == {}


def test_panels_of_the_apps_above_are_gathered(enrolment, learner, at, monkeypatch):
    monkeypatch.setattr(panels, "_LEARNING", [])
    monkeypatch.setattr(panels, "_RUN", [])
    panels.register_learning_panel(
        "a.html", lambda _user, rows: {row.pk: {"word": "да"} for row in rows}
    )
    panels.register_run_panel("b.html", lambda _run, _user, _at: {"word": "да"})
    panels.register_run_panel("c.html", lambda _run, _user, _at: None)
    mine = panels.learning_panels(learner, [enrolment])
    assert mine == {enrolment.pk: [panels.Panel("a.html", {"word": "да"})]}
    shown = panels.run_panels(enrolment.run, learner, at)
    assert shown == [panels.Panel("b.html", {"word": "да"})]


@pytest.fixture
def desk(client, staff):
    client.force_login(staff, backend="accounts.backends.GuardedBackend")
    return client


@pytest.mark.parametrize(
    "model",
    ["registerentry", "run", "enrolment", "coursedocument", "result", "resultimport"],
)
def test_admin_lists_and_shows(desk, enrolment, learner, staff, at, model):
    life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    answer = desk.get(reverse(f"admin:registry_{model}_changelist"), {"q": "а"})
    assert answer.status_code == 200
    answer = desk.get(reverse(f"admin:registry_{model}_changelist"))
    for row in answer.context["cl"].result_list:
        page = reverse(f"admin:registry_{model}_change", args=[row.pk])
        assert desk.get(page).status_code == 200


def test_admin_has_no_such_row(desk):
    page = reverse("admin:registry_run_change", args=[404])
    assert desk.get(page).status_code == 302


def test_course_is_opened_by_its_button(desk, entry, staff, at):
    button = reverse("admin:registry_registerentry_transition", args=[entry.pk, "open"])
    assert desk.post(button, {"comment": ""}).status_code == 409
    life.hand_in(entry, staff=staff, at=at)
    assert desk.post(button, {"comment": ""}).status_code == 302
    assert RegisterEntry.objects.get().number == 1


RUN = {
    "title": "Весна 2027",
    "starts_on": "08.02.2027",
    "ends_on": "12.04.2027",
    "passing_points": "60",
    "lms_url": "",
}


def test_run_is_planned_and_changed_in_the_admin(desk, opened):
    add = reverse("admin:registry_run_add")
    assert desk.get(add, {"entry": opened.pk}).status_code == 200
    assert desk.post(add, {**RUN, "entry": opened.pk}).status_code == 302
    run = Run.objects.get()
    change = reverse("admin:registry_run_change", args=[run.pk])
    assert desk.post(change, {**RUN, "title": "Весна"}).status_code == 302
    run.refresh_from_db()
    assert run.title == "Весна"


def test_run_refused_by_its_service_is_told_in_the_admin(desk, opened, monkeypatch):
    def refuse(**_values):
        raise services.runs.WrongState("Курс закрыт.")

    monkeypatch.setattr(services, "plan_run", refuse)
    answer = desk.post(reverse("admin:registry_run_add"), {**RUN, "entry": opened.pk})
    assert answer.status_code == 302
    assert not Run.objects.exists()


def test_closed_run_is_not_edited_in_the_admin(desk, run, staff, at):
    change = reverse("admin:registry_run_change", args=[run.pk])
    assert "passing_points" not in desk.get(change).context["adminform"].form.fields
    services.close_run(run=run, by=staff, at=at)
    assert desk.post(change, RUN).status_code == 403


def test_learner_is_withdrawn_and_enrolled_again_by_buttons(desk, enrolment, at):
    def press(name, **values):
        page = reverse("admin:registry_enrolment_transition", args=[enrolment.pk, name])
        return desk.post(page, {"comment": "", **values}).status_code

    assert press("withdraw") == 302
    # The clock of the admin is today's: the run must be under way today.
    Run.objects.update(ends_on=datetime.now(UTC).date() + timedelta(days=30))
    assert press("enrol_again", language="ru") == 302
    assert Enrolment.objects.get().state == "enrolled"
