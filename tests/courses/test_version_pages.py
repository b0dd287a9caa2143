"""The list of passports, and the page of a version."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.sheets import read_rows
from courses import panels
from courses.models import CourseVersion
from courses.panels import Step
from courses.services import submit_version
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


def test_the_list_asks_the_same_for_3_and_for_30(staff, author, client: Client):
    client.force_login(staff)
    counts = []
    for count in (3, 30):
        while CourseVersion.objects.count() < count:
            factories.VersionFactory(lead=author)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/courses/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_list_is_filtered_searched_sorted_and_paged(
    staff, author, at, client: Client
) -> None:
    client.force_login(staff)
    for number in range(30):
        factories.VersionFactory(lead=author, title=f"Курс {number:02}")
    sent = factories.VersionFactory(lead=author, title="Особый")
    life.at_stage(sent, "expertise", author, at)

    first = client.get("/courses/?sort=title")
    assert [row["version"].title for row in first.context["rows"]][:2] == [
        "Курс 00",
        "Курс 01",
    ]
    assert len(first.context["rows"]) == 25
    assert len(client.get("/courses/?sort=title&page=2").context["rows"]) == 6
    assert "26–31 of 31" in client.get("/courses/?page=99").text
    found = client.get("/courses/?q=особый&stage=expertise").context["rows"]
    assert [row["version"] for row in found] == [sent]
    assert "Nothing is found" in client.get("/courses/?q=нет").text
    assert (
        client.get("/courses/?stage=nonsense&type=x&sort=--&page=x").status_code == 200
    )


def test_an_empty_list_says_what_it_is_for(stranger, client: Client) -> None:
    client.force_login(stranger)

    assert "There are no passports yet" in client.get("/courses/").text


def test_the_table_has_what_is_seen(staff, author, client: Client) -> None:

    client.force_login(staff)
    version = factories.VersionFactory(lead=author, title="=Химия")
    factories.VersionFactory(title="История")
    response = client.get("/courses/export.xlsx?q=химия")

    [row] = read_rows(response.content, columns=["Code", "Title", "Owed by"])
    assert row.cells == {
        "Code": version.course.code,
        "Title": "=Химия",
        "Owed by": author.short_name,
    }
    assert response["Content-Disposition"] == 'attachment; filename="passports.xlsx"'


# --- the page of a version --------------------------------------------------------


def test_a_form_with_its_panel_asks_the_same_for_any_number_of_topics(
    author, client: Client
) -> None:
    client.force_login(author)
    counts = []
    for weeks in (2, 16):
        version = life.whole_version(author, weeks=weeks, questions_a_week=2)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/courses/{version.pk}/grading/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.fixture
def bare_panels(monkeypatch) -> None:
    for name in ("_PANELS", "_STEPS", "_DEBTS"):
        monkeypatch.setattr(panels, name, [])


def test_the_page_of_a_draft_offers_the_next_page_to_fill_in(
    author, client: Client, bare_panels
) -> None:
    version = life.whole_version(author, literature="")
    client.force_login(author)
    context = client.get(f"/courses/{version.pk}/").context

    assert context["main_action"] == {
        "label": "Continue: Introduction",
        "url": f"/courses/{version.pk}/introduction/",
    }
    tasks = {str(task["title"]): task for task in context["tasks"]}
    assert tasks["Introduction"]["is_next"]
    assert tasks["Introduction"]["count"] == "7 of 8"
    assert (tasks["Grading system"]["state"], tasks["Glossary"]["state"]) == (
        "Done",
        "",
    )
    assert [step.state for step in context["steps"]] == [
        "done",
        "now",
        "ahead",
        "ahead",
    ]


def test_the_apps_above_show_their_panels_steps_and_the_main_action(
    author, at, client: Client, bare_panels, settings, tmp_path
) -> None:
    (tmp_path / "panel.html").write_text("<p>{{ word }} {{ version.number }}</p>")
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    ]
    action = {"label": "Send", "url": "/send/"}
    panels.register_version_panel("none.html", lambda *_asked: None)
    panels.register_version_panel(
        "panel.html",
        lambda version, user, now, report: {"word": user.email, "action": action},
    )
    panels.register_steps(lambda version, now: [Step("Register", "ahead")])
    version = life.whole_version(author)
    client.force_login(author)
    response = client.get(f"/courses/{version.pk}/")

    assert f"<p>{author.email} 1</p>" in response.text
    assert response.context["main_action"] == action
    assert response.context["steps"][-1] == Step("Register", "ahead")


@pytest.mark.parametrize(
    ("stage", "states"),
    [
        ("expertise", ["done", "done", "now", "ahead"]),
        ("rework", ["done", "now", "ahead", "ahead"]),
        ("recommended", ["done", "done", "done", "done"]),
        ("rejected", ["done", "done", "done", "stopped"]),
    ],
)
def test_the_way_of_a_version(stage, states, author, at, client, bare_panels) -> None:
    version = life.at_stage(life.whole_version(author), stage, author, at)
    client.force_login(author)
    context = client.get(f"/courses/{version.pk}/").context

    assert [step.state for step in context["steps"]] == states
    assert context["main_action"] is None


def test_what_happened_to_a_version_is_listed(author, at, client, bare_panels) -> None:

    version = life.whole_version(author)
    submit_version(version=version, by=author, at=at)
    client.force_login(author)
    [event] = client.get(f"/courses/{version.pk}/").context["events"]

    assert event["text"] == f"Send to expertise: {author.short_name}"


def test_a_page_that_can_be_better_says_so(author, client, bare_panels) -> None:
    version = life.whole_version(author)
    version.attestation.points = 50
    version.attestation.save()
    client.force_login(author)
    tasks = client.get(f"/courses/{version.pk}/").context["tasks"]

    states = {str(task["title"]): task["state"] for task in tasks}
    assert states["Final attestation"] == "Can be better"
