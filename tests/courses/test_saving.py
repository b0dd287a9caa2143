"""Forms of the passport: what a save does and what it answers."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import (
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Topic,
)
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_save_by_script_answers_with_the_form_and_the_panel(
    version, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/introduction/"
    response = client.post(url, {"annotation": "", "literature": "Книга"}, headers=HTMX)

    assert response.status_code == 200
    assert "<html" not in response.text
    assert "Saved." in response.text
    assert 'id="passport-panel" hx-swap-oob="true"' in response.text
    assert response.context["panel"].left > 0


def test_what_was_typed_stays_when_it_cannot_be_saved(
    version, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/description/"
    values = {"language": "ru", "credits": "много", "aims": "Новые цели"}
    for headers in ({}, HTMX):
        page = client.post(url, values, headers=headers).text
        assert "Новые цели" in page
        assert 'value="много"' in page
        assert 'href="#id_credits"' in page
    version.refresh_from_db()
    assert version.aims != "Новые цели"


def test_a_session_that_ended_sends_the_script_to_sign_in(
    version, client: Client
) -> None:
    url = f"/courses/{version.pk}/introduction/"
    response = client.post(url, {"annotation": "х"}, headers=HTMX)

    assert response.status_code == 401
    assert response["HX-Redirect"] == f"{reverse('accounts:sign_in')}?next={url}"


def test_a_lock_reloads_the_page_of_the_script(version, author, at, client) -> None:
    life.at_stage(version, "expertise", author, at)
    client.force_login(author)
    url = f"/courses/{version.pk}/introduction/"
    response = client.post(url, {"annotation": "х"}, headers=HTMX)

    assert (response.status_code, response["HX-Refresh"]) == (409, "true")


def test_the_passport_is_filled_in_page_by_page(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    base = f"/courses/{version.pk}"

    def post(path: str, **values: Any) -> None:
        assert client.post(f"{base}{path}", values).status_code == 302, path

    post("/texts/", title_ru="Химия", title_kk="Химия негіздері")
    post("/outcomes/", text="Умеет")
    post("/terms/", term="Ион", definition="Частица")
    outcome = LearningOutcome.objects.get()
    post("/topics/add/", week="1", title="Соли", hours="2,5", outcomes=outcome.pk)
    topic = Topic.objects.get()
    inner = f"/topics/{topic.pk}"
    post(f"{inner}/longreads/add/", title="О солях", body="Текст")
    post(f"{inner}/longreads/add/", title="О кислотах", body="Текст")
    post(f"{inner}/practicums/add/", kind="exercise", title="Задачи")
    post(f"{inner}/control-tasks/add/", kind="test", grading="peer", points="7,5")
    second = Longread.objects.last()
    post(f"/longreads/{second.pk}/move/", to="up")
    post(f"/longreads/{second.pk}/edit/", title="О щелочах", body="Иной")
    post("/attestation/", form="exam", grading="peer", points="50")
    post(f"/terms/{GlossaryTerm.objects.get().pk}/remove/")

    topic.refresh_from_db()
    assert {text.language: text.title for text in version.texts.all()} == {
        "ru": "Химия",
        "kk": "Химия негіздері",
    }
    assert (str(topic.hours), list(topic.outcomes.all())) == ("2.5", [outcome])
    assert [row.title for row in topic.longreads.all()] == ["О щелочах", "О солях"]
    assert str(topic.control_tasks.get().points) == "7.50"
    assert FinalAttestation.objects.get().points == 50
    assert not GlossaryTerm.objects.exists()


def test_topics_are_listed_by_week_and_place(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    for week, position in ((2, 1), (1, 2), (1, 1), (3, 1)):
        factories.TopicFactory(
            version=version, week=week, position=position, title=f"{week}{position}"
        )
    client.force_login(author)
    weeks = client.get(f"/courses/{version.pk}/topics/").context["weeks"]

    assert [[topic.title for topic in week["topics"]] for week in weeks] == [
        ["11", "12"],
        ["21"],
        ["31"],
    ]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/terms/{term}/move/", {"to": "up"}),
        ("/topics/{topic}/move/", {"to": "aside"}),
        ("/topics/{topic}/outcomes/add/", {"text": "х"}),
    ],
)
def test_what_makes_no_sense_is_not_found(path, values, ids, author, client) -> None:
    client.force_login(author)
    url = f"/courses/{ids['version']}{path.format(**ids)}"

    assert client.post(url, values).status_code == 404


def test_the_removal_of_a_topic_says_what_goes_with_it(ids, author, client) -> None:
    client.force_login(author)
    topic = Topic.objects.get(pk=ids["topic"])
    counts = (
        topic.longreads.count(),
        topic.practicums.count(),
        topic.control_tasks.count(),
    )
    page = client.get(f"/courses/{ids['version']}/topics/{ids['topic']}/remove/").text

    expected = "With it go: theory {}, practicum {}, control {}.".format(*counts)
    assert expected in page


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("nobody@university.example", "Nobody on the portal has this e-mail."),
        ("{own}", "is in the author team already"),
        ("no address", "Enter a valid email address."),
    ],
)
def test_a_person_who_cannot_join_the_team(
    email, reason, version, author, client: Client
) -> None:
    client.force_login(author)
    values = {"email": email.format(own=author.email.upper())}
    response = client.post(f"/courses/{version.pk}/team/", values)

    assert reason in response.text
    assert version.authorships.count() == 2


def test_the_leader_is_not_removed(version, author, client: Client) -> None:
    client.force_login(author)
    lead = version.authorships.get(is_lead=True)
    url = f"/courses/{version.pk}/team/{lead.pk}/remove/"
    response = client.post(url, follow=True)

    assert "appoint another one first" in response.text
    assert version.authorships.count() == 2


DECLARED = ("programmes", "communication", "software", "borrowed")


def fill_declarations(version) -> None:
    version.programmes.create(position=1, code="1", title="х")
    version.communication.create(position=1, mode="synchronous", kind="chat")
    version.software.create(position=1, name="х")
    version.borrowed.create(position=1, title="х", topic=version.topics.first())


def test_lists_of_parts_ask_the_same_for_3_and_for_30(author, client) -> None:
    client.force_login(author)
    counts: dict[str, list[int]] = {}
    for count in (3, 30):
        version = factories.VersionFactory(lead=author)
        for number in range(count):
            factories.TopicFactory(version=version, week=number + 1)
            factories.BankFactory(version=version)
            LearningOutcome.objects.create(version=version, position=1, text="х")
            GlossaryTerm.objects.create(
                version=version, term=f"{number}", definition="х"
            )
            fill_declarations(version)
        pages = ("topics", "banks", "outcomes", "terms", "check", *DECLARED)
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/courses/{version.pk}/{page}/")
            counts.setdefault(page, []).append(len(queries))

    assert {page: few for page, (few, _many) in counts.items()} == {
        page: many for page, (_few, many) in counts.items()
    }
