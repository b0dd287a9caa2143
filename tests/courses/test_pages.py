"""Pages of courses: every address × role, own and foreign; what they do and refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import User
from core.sheets import read_rows
from courses import panels
from courses.models import (
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Question,
    QuestionBank,
    Topic,
)
from courses.panels import Step
from courses.services import import_questions, submit_version
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
GIFT = "$CATEGORY: Тема недели 1\n\nДа? {T}\n\nНет? {F}\n"
HTMX = {"HX-Request": "true"}
Ids = dict[str, int]


def gift(text: str = GIFT, name: str = "банк.gift") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


@dataclass(frozen=True)
class Page:
    """An address, and what each person is answered there.

    `reads` and `writes` are those who are not refused.
    """

    args: tuple[str, ...] = ()
    post: Callable[[], dict[str, Any]] | None = None
    reads: frozenset[str] = frozenset({"lead", "member", "head", "staff"})
    writes: frozenset[str] = frozenset({"lead", "member"})


def form(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: values


NOBODY: frozenset[str] = frozenset()
TEAM = frozenset({"lead", "staff"})
TASK = {"kind": "essay", "grading": "peer", "title": "Эссе"}
PAGES = {
    "version_detail": Page(("version",)),
    "check_report": Page(("version",)),
    "texts_edit": Page(("version",), form(title_ru="Химия")),
    "introduction_edit": Page(("version",), form(annotation="Зачем")),
    "description_edit": Page(("version",), form(language="ru", aims="Научить")),
    "grading_edit": Page(("version",), form(documents_issued="Сертификат")),
    "attestation_edit": Page(("version",), form(form="exam", grading="peer")),
    "author_list": Page(
        ("version",), form(email="new@university.example"), writes=TEAM
    ),
    "author_remove": Page(("version", "author"), form(), writes=TEAM),
    "author_lead": Page(
        ("version", "author"), form(), reads=NOBODY, writes=frozenset({"staff"})
    ),
    "outcome_list": Page(("version",), form(text="Умеет")),
    "term_list": Page(("version",), form(term="Ион", definition="Частица")),
    "topic_list": Page(("version",)),
    "topic_add": Page(("version",), form(week=3, title="Соли")),
    "topic_detail": Page(("version", "topic")),
    "part_add": Page(("version", "topic", ":longreads"), form(title="О солях")),
    "part_edit": Page(("version", ":control-tasks", "task"), form(**TASK)),
    "part_move": Page(("version", ":topics", "topic"), form(to="up"), reads=NOBODY),
    "part_remove": Page(("version", ":terms", "term"), form()),
    "bank_list": Page(("version",)),
    "bank_import": Page(("version",), lambda: {"file": gift()}),
    "bank_commit": Page(("version",), form(token="x"), reads=NOBODY),
    "bank_file": Page(("version", "import")),
    "bank_detail": Page(("version", "bank"), form(topic="")),
    "bank_remove": Page(("version", "bank"), form()),
}
LISTS = {"version_list", "version_export"}
STRANGERS = {"other head", "stranger", "expert", "learner", "finance"}


@pytest.fixture
def version(author, other_author, at) -> CourseVersion:
    made = life.whole_version(author, questions_a_week=2)
    made.authorships.create(user=other_author)
    GlossaryTerm.objects.create(version=made, term="Атом", definition="Частица")
    return made


@pytest.fixture
def ids(version, author, at) -> Ids:

    source = import_questions(
        version=version, name="банк.gift", content=GIFT.encode(), by=author, at=at
    )
    topic = version.topics.all()[1]
    return {
        "version": version.pk,
        "author": version.authorships.get(is_lead=False).pk,
        "topic": topic.pk,
        "task": topic.control_tasks.get().pk,
        "term": version.glossary.get().pk,
        "bank": version.banks.first().pk,
        "import": source.pk,
    }


@pytest.fixture
def people(version, author, other_author, staff, stranger) -> dict[str, User]:
    head, other_head = factories.UserFactory(), factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    factories.GrantFactory(
        user=other_head, role="unit_head", unit=factories.UnitFactory()
    )
    factories.UserFactory(email="new@university.example")
    return {
        "lead": author,
        "member": other_author,
        "head": head,
        "staff": staff,
        "other head": other_head,
        "stranger": stranger,
        "expert": factories.UserFactory(),
        "learner": factories.UserFactory(),
        "finance": factories.FinanceFactory(),
    }


def address(name: str, ids: Ids) -> str:
    args = [arg[1:] if arg.startswith(":") else ids[arg] for arg in PAGES[name].args]
    return reverse(f"courses:{name}", args=args)


def test_every_address_of_the_app_is_in_the_matrix() -> None:
    _path, resolver = get_resolver().namespace_dict["courses"]
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}

    assert names == PAGES.keys() | LISTS


@pytest.mark.parametrize("name", PAGES)
def test_who_reads_a_page(name, ids, people, client: Client) -> None:
    url = address(name, ids)
    for who, user in people.items():
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(url).status_code
        if PAGES[name].reads == NOBODY:
            assert status == 405, who
        else:
            assert status == (200 if who in PAGES[name].reads else 404), who
        assert [row["sql"] for row in queries if writes(row["sql"])] == [], who


def writes(sql: str) -> bool:
    return sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.post])
@pytest.mark.parametrize("who", ["lead", "member", "head", "staff", *sorted(STRANGERS)])
def test_who_writes_on_a_page(name, who, ids, people, client: Client) -> None:
    page = PAGES[name]
    client.force_login(people[who])
    status = client.post(address(name, ids), page.post()).status_code

    if who in STRANGERS:
        assert status == 404
    elif who in page.writes:
        assert status == (200 if name == "bank_import" else 302)
    else:
        assert status == 403


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.post])
@pytest.mark.parametrize("stage", ["expertise", "recommended", "rejected"])
def test_a_locked_passport_answers_409_with_the_reason(
    name, stage, ids, people, at, client: Client
) -> None:
    version = CourseVersion.objects.get(pk=ids["version"])
    life.at_stage(version, stage, people["lead"], at)
    who = "staff" if name == "author_lead" else "lead"
    client.force_login(people[who])
    response = client.post(address(name, ids), PAGES[name].post())

    assert response.status_code == 409
    assert "Nothing was saved" in response.text
    assert version.get_stage_display() in response.text


@pytest.mark.parametrize("name", [*PAGES, *sorted(LISTS)])
def test_nobody_comes_in_without_signing_in(name, ids, client: Client) -> None:
    url = reverse(f"courses:{name}") if name in LISTS else address(name, ids)
    is_posted = name in PAGES and PAGES[name].reads == NOBODY
    response = client.post(url) if is_posted else client.get(url)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize(
    "name", [name for name, page in PAGES.items() if len(page.args) > 1]
)
def test_a_part_of_another_course_is_not_found(
    name, ids, people, author, client: Client
) -> None:
    other = factories.VersionFactory(lead=author)
    client.force_login(people["staff" if name == "author_lead" else "lead"])
    url = address(name, {**ids, "version": other.pk})
    page = PAGES[name]
    response = client.post(url, page.post()) if page.post else client.get(url)

    assert response.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_locked_passport_is_shown_without_a_form_that_saves(
    name, ids, people, at, client: Client
) -> None:
    if PAGES[name].reads == NOBODY or name.endswith("_remove") or name == "bank_file":
        return
    version = CourseVersion.objects.get(pk=ids["version"])
    life.at_stage(version, "expertise", people["lead"], at)
    client.force_login(people["lead"])
    page = client.get(address(name, ids)).text
    main = page.partition("<main")[2].partition("</main>")[0]

    assert 'method="post"' not in main


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_an_address_that_leads_nowhere_is_not_found(
    number, author, client: Client
) -> None:
    client.force_login(author)
    for tail in ("", "topics/1/", "banks/1/", "terms/1/edit/", "nonsense/1/edit/"):
        assert client.get(f"/courses/{number}/{tail}").status_code == 404


def test_a_nul_in_a_search_is_refused(author, client: Client) -> None:
    client.force_login(author)

    assert client.get("/courses/?q=%00").status_code == 400


# --- the list ---------------------------------------------------------------------


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


@pytest.mark.parametrize("weeks", [2, 16])
def test_a_form_with_its_panel_asks_15_queries_for_any_number_of_topics(
    weeks, author, client: Client
) -> None:
    version = life.whole_version(author, weeks=weeks, questions_a_week=2)
    client.force_login(author)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/courses/{version.pk}/grading/")

    assert len(queries) == 15


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
    assert tasks["Introduction"]["count"] == "5 of 6"
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
        "panel.html", lambda version, user, now: {"word": user.email, "action": action}
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

    assert [task["state"] for task in tasks][-1] == "Can be better"


# --- saving -----------------------------------------------------------------------


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
    page = client.get(f"/courses/{ids['version']}/topics/{ids['topic']}/remove/").text

    assert "With it go: theory 1, practicum 1, control 1." in page


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


# --- question banks ---------------------------------------------------------------


def look_at(client: Client, version: CourseVersion, file: Any, query: str = "") -> Any:
    return client.post(f"/courses/{version.pk}/banks/import/{query}", {"file": file})


def test_a_file_is_previewed_and_then_imported(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    topic = factories.TopicFactory(version=version, week=1)
    client.force_login(author)
    preview = look_at(client, version, gift())

    assert Question.objects.count() == 0
    [(category, chosen)] = preview.context["form"].rows()
    assert (category.questions, category.kinds, category.topic) == (
        2,
        {"True or false": 2},
        topic,
    )
    assert chosen.initial == topic
    token = preview.context["form"]["token"].value()
    url = f"/courses/{version.pk}/banks/import/confirm/"
    done = client.post(url, {"token": token, "topic_0": topic.pk}, follow=True)

    assert "Questions imported: 2. Left out as known: 0." in done.text
    assert QuestionBank.objects.get().topic == topic


def test_a_topic_named_in_the_address_is_offered_for_all(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    topic = factories.TopicFactory(version=version, title="Иная")
    client.force_login(author)
    for query, expected in (
        (f"?topic={topic.pk}", topic),
        ("?topic=x", None),
        (f"?topic={factories.TopicFactory().pk}", None),
        (f"?topic={'9' * 30}", None),
    ):
        form = look_at(client, version, gift(), query).context["form"]
        assert form["topic_0"].initial == expected


def test_a_broken_file_names_line_and_reason_and_offers_no_import(
    author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift("Да? {T}\n\nНет {=а\n"))

    assert "1 question cannot be read: nothing is imported" in preview.text
    assert "Line 3: The answers begin with { but do not end" in preview.text
    assert "Import all" not in preview.text
    token = preview.context["form"]["token"].value()
    url = f"/courses/{version.pk}/banks/import/confirm/"
    client.post(url, {"token": token})
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (gift("", "x.gift"), "The submitted file is empty."),
        (gift(GIFT, "x.pdf"), "is not what is asked for"),
        (SimpleUploadedFile("x.gift", b"%PDF-1.7\n"), "is not what is asked for"),
        (SimpleUploadedFile("x.gift", b"a\x00b"), "is not what is asked for"),
        ("", "This field is required."),
    ],
)
def test_a_file_that_is_no_bank_is_refused(file, reason, author, client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    response = look_at(client, version, file)

    assert response.status_code == 200
    assert reason in response.text


def test_a_file_without_questions_says_so(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)

    assert (
        "There is no question in the file"
        in look_at(client, version, gift("// пусто")).text
    )


def test_a_forged_token_imports_nothing(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    other = factories.VersionFactory(lead=author)
    client.force_login(author)
    foreign = look_at(client, other, gift()).context["form"]["token"].value()
    for token in ("", "forged", foreign):
        url = f"/courses/{version.pk}/banks/import/confirm/"
        response = client.post(url, {"token": token}, follow=True)
        assert "The preview is too old" in response.text
    assert Question.objects.count() == 0


def test_a_topic_of_another_course_is_not_chosen(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    token = look_at(client, version, gift()).context["form"]["token"].value()
    url = f"/courses/{version.pk}/banks/import/confirm/"
    values = {"token": token, "topic_0": factories.TopicFactory().pk}

    assert "Select a valid choice" in client.post(url, values).text
    assert Question.objects.count() == 0


def test_the_original_file_is_given_back(ids, author, client: Client) -> None:
    client.force_login(author)
    response = client.get(f"/courses/{ids['version']}/banks/files/{ids['import']}/")

    assert response.content == GIFT.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_questions_of_a_bank_are_searched_and_paged(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    bank = factories.BankFactory(version=version)
    life.fill(bank, 30)
    factories.QuestionFactory(bank=bank, kind="essay", text="<b>Опишите</b>")
    factories.QuestionFactory(bank=bank, fingerprint=bank.questions.first().fingerprint)
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{bank.pk}/"

    def found(query: str) -> int:
        return client.get(url + query).context["page"].paginator.count

    assert found("") == 32
    assert found("?q=опишите") == 1
    assert found("?kind=essay") == 1
    assert found("?kind=nonsense") == 32
    assert "&lt;b&gt;Опишите" in client.get(f"{url}?kind=essay").text
    assert "No question is found" in client.get(f"{url}?q=нет такого").text
    assert "repeated" in client.get(url).text


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
        for page in ("topics", "banks", "outcomes", "terms", "check"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/courses/{version.pk}/{page}/")
            counts.setdefault(page, []).append(len(queries))

    assert {page: few for page, (few, _many) in counts.items()} == {
        page: many for page, (_few, many) in counts.items()
    }
