"""States are read in the admin, and changed by buttons alone."""

import pytest
from django.urls import reverse

from core.enums import JobState
from core.models import Job, OutgoingMail, TransitionLog
from core.workflow import NotAllowed
from tests.core.toy_site import ToyAdmin, site
from tests.factories import GrantFactory, OfficerFactory, StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy_table")]


@pytest.fixture(autouse=True)
def toy_pages(settings):
    settings.ROOT_URLCONF = "tests.core.toy_site"


@pytest.fixture
def clerk(client, allowed):
    """Somebody of the staff whom the rules let try a job."""
    GrantFactory(user=allowed, role="centre_staff")
    client.force_login(allowed)
    return allowed


def page(name: str, job: Job, *more: str) -> str:
    return reverse(f"admin:core_job_{name}", args=[job.pk, *more])


def test_the_page_of_an_object_shows_its_way_and_its_buttons(client, clerk, make_job):
    job = make_job()
    content = client.get(page("change", job)).content.decode()
    assert page("transition", job, "give_up") in content
    assert page("transition", job, "begin_anew") not in content


def test_a_button_asks_then_does_and_the_way_grows(client, clerk, make_job):
    job = make_job()
    button = page("transition", job, "give_up")
    assert "MIN 5.4.2" in client.get(button).content.decode()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED

    response = client.post(button, {"last_error": "Файл повреждён", "comment": "Нет"})
    assert response.url == page("change", job)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.FAILED, "Файл повреждён")
    content = client.get(page("change", job)).content.decode()
    assert "Нет" in content
    assert str(clerk) in content


def test_a_transition_with_a_service_goes_through_it(client, clerk, make_job):
    job = make_job(JobState.FAILED)
    client.post(page("transition", job, "begin_anew"), {"comment": "Снова"})
    assert TransitionLog.objects.get().comment == "Снова (service)"


def test_a_refusal_gives_its_reasons_on_the_page(client, clerk, make_job):
    job = make_job()
    response = client.post(page("transition", job, "give_up"), {"last_error": ""})
    assert response.status_code == 409
    for reason in ("Ошибка не названа.", "Причина не названа."):
        assert reason in response.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_button_pressed_twice_is_a_conflict(client, clerk, make_job):
    job = make_job(JobState.FAILED)
    button = page("transition", job, "begin_anew")
    assert client.post(button, {"comment": ""}).status_code == 302
    assert client.post(button, {"comment": ""}).status_code == 409


@pytest.mark.parametrize("name", ["give_up", "nothing-like-it"])
def test_a_button_one_may_not_press_is_refused(client, make_job, name):
    client.force_login(StaffFactory())
    job = make_job()
    for method in (client.get, client.post):
        assert method(page("transition", job, name)).status_code == 403


def test_a_right_lost_meanwhile_is_refused(client, clerk, make_job, monkeypatch):
    """The page was open while the right was taken away."""
    job = make_job()
    monkeypatch.setattr(
        ToyAdmin,
        "perform",
        lambda *_arguments: (_ for _ in ()).throw(NotAllowed("Нет права.")),
    )
    button = page("transition", job, "give_up")
    assert client.post(button, {"last_error": "x"}).status_code == 403


def test_a_button_of_what_is_not_there_is_not_found(client, clerk):
    address = reverse("admin:core_job_transition", args=[10**30, "give_up"])
    assert client.get(address).status_code == 404
    assert client.get(reverse("admin:core_job_change", args=[0])).status_code == 302


def test_the_state_is_not_a_field(client, clerk, make_job, rf):
    request = rf.get("/")
    request.user = clerk
    model_admin = site.get_model_admin(Job)
    assert "state" in model_admin.get_readonly_fields(request, make_job())
    assert model_admin.has_delete_permission(request) is False


# --- The plumbing's own lists -----------------------------------------------------


@pytest.fixture
def real_pages(settings):
    settings.ROOT_URLCONF = "config.urls"


@pytest.mark.usefixtures("real_pages")
def test_jobs_that_gave_up_are_tried_again(client, make_job):
    client.force_login(OfficerFactory())
    failed = make_job(JobState.FAILED, subject_id=1)
    done = make_job(JobState.DONE, subject_id=2)
    response = client.post(
        reverse("admin:core_job_changelist"),
        {"action": "run_again", "_selected_action": [failed.pk, done.pk]},
        follow=True,
    )
    assert "Queued again: 1." in response.content.decode()
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.state, done.state) == (JobState.QUEUED, JobState.DONE)


@pytest.mark.usefixtures("real_pages")
def test_rows_of_the_plumbing_are_not_edited(client, at):
    client.force_login(StaffFactory())
    letter = OutgoingMail.objects.create(to="a@b.example", subject="s", created_at=at)
    address = reverse("admin:core_outgoingmail_change", args=[letter.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"subject": "x"}).status_code == 403
    for name in ("add", "delete"):
        arguments = [letter.pk] if name == "delete" else []
        blocked = reverse(f"admin:core_outgoingmail_{name}", args=arguments)
        assert client.get(blocked).status_code == 403
