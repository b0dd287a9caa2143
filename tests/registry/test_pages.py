"""Every address × every role; bad input answered; lists in constant queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from registry import services
from registry.models import CourseDocument, Enrolment, Result, ResultImport
from tests import factories
from tests.registry import life

LOGIN = 302
ROLES = ("anonymous", "stranger", "learner", "author", "head", "accountant", "staff")
# name → what each role is answered, in the order of ROLES.
PUBLIC = (200,) * 7
SIGNED_IN = (LOGIN, 200, 200, 200, 200, 200, 200)
DOCUMENTS = (LOGIN, 404, 404, 200, 200, 404, 200)
CENTRE = (LOGIN, 404, 404, 404, 404, 404, 200)
MATRIX = {
    "showcase": PUBLIC,
    "register_list": PUBLIC,
    "register_export": PUBLIC,
    "course_detail": PUBLIC,
    "course_illustration": PUBLIC,
    "my_learning": SIGNED_IN,
    "entry_detail": DOCUMENTS,
    "document_receive": (LOGIN, 404, 404, 403, 403, 404, 200),
    "document_download": DOCUMENTS,
    "enrolment_withdraw": (LOGIN, 404, 200, 404, 404, 404, 404),
    "run_detail": CENTRE,
    "run_enrol": (LOGIN, 200, 200, 403, 200, 200, 200),
    "results_import": CENTRE,
    "results_form": CENTRE,
    "results_commit": (405,) * 7,
    "import_download": CENTRE,
}


@pytest.fixture
def people(stranger, learner, author, accountant, staff, opened):
    head = factories.UserFactory(surname="Заведующая")
    factories.GrantFactory(user=head, role="unit_head", unit=opened.version.course.unit)
    return {
        "anonymous": None,
        "stranger": stranger,
        "learner": learner,
        "author": author,
        "head": head,
        "accountant": accountant,
        "staff": staff,
    }


@pytest.fixture
def addresses(enrolment, learner, staff, at):
    source = life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    Result.objects.all().delete()
    arguments = {
        "course_detail": [enrolment.run.entry.number],
        "course_illustration": [enrolment.run.entry.number],
        "entry_detail": [enrolment.run.entry_id],
        "document_receive": [enrolment.run.entry_id],
        "document_download": [CourseDocument.objects.first().pk],
        "enrolment_withdraw": [enrolment.pk],
        "import_download": [source.pk],
    }
    for name in ("run_detail", "run_enrol", "results_import", "results_form"):
        arguments[name] = [enrolment.run_id]
    arguments["results_commit"] = [enrolment.run_id]
    return {
        name: reverse(f"registry:{name}", args=arguments.get(name, []))
        for name in MATRIX
    }


def _sign_in(client, person):
    if person is not None:
        client.force_login(person, backend="accounts.backends.GuardedBackend")


def test_every_address_is_in_the_matrix():
    _prefix, registry = get_resolver().namespace_dict["registry"]
    assert {row.name for row in registry.url_patterns} == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_is_answered_as_the_matrix_says(client, people, addresses, name):
    answers = []
    for role in ROLES:
        client.logout()
        _sign_in(client, people[role])
        answers.append(client.get(addresses[name]).status_code)
    assert dict(zip(ROLES, answers, strict=True)) == dict(
        zip(ROLES, MATRIX[name], strict=True)
    )


@pytest.mark.parametrize(
    "name",
    ["course_detail", "entry_detail", "run_detail", "run_enrol", "import_download"],
)
def test_what_is_not_there_is_not_found(client, staff, name):
    _sign_in(client, staff)
    for number in (99999, 2**63 - 1):
        address = reverse(f"registry:{name}", args=[number])
        assert client.get(address).status_code == 404


def test_learner_enrols_follows_and_withdraws(client, run, learner):
    _sign_in(client, learner)
    enrol = reverse("registry:run_enrol", args=[run.pk])
    answer = client.post(enrol, {"language": "ru"})
    assert answer.status_code == 302
    page = client.get(reverse("registry:my_learning"))
    assert "Основы статистики" in page.content.decode()
    enrolment = Enrolment.objects.get()
    withdraw = reverse("registry:enrolment_withdraw", args=[enrolment.pk])
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 409
    enrolment.refresh_from_db()
    assert enrolment.state == "withdrawn"


def test_enrolling_twice_is_a_conflict(client, enrolment, learner):
    _sign_in(client, learner)
    enrol = reverse("registry:run_enrol", args=[enrolment.run_id])
    assert client.post(enrol, {"language": "ru"}).status_code == 409


def test_enrolling_in_a_closed_run_is_a_conflict(client, run, learner, staff, at):
    services.close_run(run=run, by=staff, at=at)
    _sign_in(client, learner)
    enrol = reverse("registry:run_enrol", args=[run.pk])
    assert client.get(enrol).status_code == 200
    assert client.post(enrol, {"language": "ru"}).status_code == 409


def test_language_without_a_title_is_no_choice(client, run, learner):
    _sign_in(client, learner)
    enrol = reverse("registry:run_enrol", args=[run.pk])
    answer = client.post(enrol, {"language": "kk"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Enrolment.objects.exists()


def test_course_page_knows_who_looks(client, enrolment, learner, author):
    page = reverse("registry:course_detail", args=[1])
    enrol = reverse("registry:run_enrol", args=[enrolment.run_id])
    assert enrol in client.get(page).content.decode()
    for person in (learner, author):
        _sign_in(client, person)
        assert enrol not in client.get(page).content.decode()


def test_document_is_taken_in_and_comes_back(client, entry, staff):
    _sign_in(client, staff)
    page = reverse("registry:document_receive", args=[entry.pk])
    upload = life.upload(life.PDF, name="Смета «курса».pdf")
    answer = client.post(page, {"kind": "estimate", "file": upload})
    assert answer.status_code == 302
    document = CourseDocument.objects.get()
    download = client.get(reverse("registry:document_download", args=[document.pk]))
    assert download.content == life.PDF
    assert "filename*=utf-8''" in download["Content-Disposition"]
    assert download["Content-Type"] == "application/octet-stream"


def test_text_named_pdf_is_not_taken_in(client, entry, staff):
    _sign_in(client, staff)
    page = reverse("registry:document_receive", args=[entry.pk])
    upload = life.upload("просто текст".encode(), name="Смета.pdf")
    answer = client.post(page, {"kind": "estimate", "file": upload})
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not CourseDocument.objects.exists()


def test_document_for_an_archived_course_is_a_conflict(client, opened, staff, at):
    services.archive_entry(entry=opened, by=staff, at=at)
    _sign_in(client, staff)
    page = reverse("registry:document_receive", args=[opened.pk])
    answer = client.post(
        page, {"kind": "estimate", "file": life.upload(life.PDF, "a.pdf")}
    )
    assert answer.status_code == 409


def test_entry_page_offers_the_opening_once_documents_are_in(client, entry, staff, at):
    _sign_in(client, staff)
    page = reverse("registry:entry_detail", args=[entry.pk])
    opening = reverse(
        "admin:registry_registerentry_transition", args=[entry.pk, "open"]
    )
    assert opening not in client.get(page).content.decode()
    life.hand_in(entry, staff=staff, at=at)
    assert opening in client.get(page).content.decode()


def _look(client, run, content, name="results.xlsx"):
    page = reverse("registry:results_import", args=[run.pk])
    return client.post(page, {"file": life.upload(content, name)})


def test_results_are_looked_at_then_taken_in(client, enrolment, learner, staff):
    _sign_in(client, staff)
    looked = _look(client, enrolment.run, life.table(life.row(learner)))
    assert not Result.objects.exists()
    commit = reverse("registry:results_commit", args=[enrolment.run_id])
    answer = client.post(commit, {"held": looked.context["held"]})
    assert answer.status_code == 302
    assert Result.objects.get().is_passed
    page = client.get(
        reverse("registry:run_detail", args=[enrolment.run_id]), {"group": "passed"}
    )
    assert learner.full_name in page.content.decode()
    source = ResultImport.objects.get()
    original = client.get(reverse("registry:import_download", args=[source.pk]))
    assert original.status_code == 200


def test_bad_rows_are_named_and_nothing_is_offered(
    client, enrolment, learner, stranger, staff
):
    _sign_in(client, staff)
    rows = [life.row(learner, 101), life.row(stranger, "abc")]
    looked = _look(client, enrolment.run, life.table(*rows))
    assert [row.number for row in looked.context["preview"].bad_rows] == [2, 3]
    assert "held" not in looked.context


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "results.xlsx"),
        (b"text", "results.xlsx"),
        (life.PDF, "results.pdf"),
        (life.table(header=["a"]), "results.xlsx"),
    ],
)
def test_what_is_no_table_is_refused_beside_the_field(
    client, run, staff, content, name
):
    _sign_in(client, staff)
    answer = _look(client, run, content, name)
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_run_closed_after_the_look_is_a_conflict(client, enrolment, learner, staff, at):
    _sign_in(client, staff)
    looked = _look(client, enrolment.run, life.table(life.row(learner)))
    services.close_run(run=enrolment.run, by=staff, at=at)
    commit = reverse("registry:results_commit", args=[enrolment.run_id])
    answer = client.post(commit, {"held": looked.context["held"]})
    assert answer.status_code == 409
    assert not Result.objects.exists()


def test_forged_note_is_a_conflict(client, run, staff):
    _sign_in(client, staff)
    commit = reverse("registry:results_commit", args=[run.pk])
    assert client.post(commit, {"held": "forged"}).status_code == 409


def test_learners_are_found_by_parts_of_their_names(client, enrolment, learner, staff):
    _sign_in(client, staff)
    page = reverse("registry:run_detail", args=[enrolment.run_id])
    found = client.get(page, {"q": learner.surname[:5].lower()})
    assert list(found.context["page"]) == [enrolment]
    assert not list(client.get(page, {"q": "нетакого"}).context["page"])


def _queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def _many_courses(author, staff, at, count):
    for number in range(count):
        entry = life.entry(author, at=at, title=f"Курс {number}")
        life.opened(entry, staff=staff, at=at)
        run = life.run(entry, staff=staff, at=at)
        learner = factories.UserFactory.create()
        life.enrolled(run, learner, at=at)


@pytest.mark.parametrize("name", ["showcase", "register_list", "register_export"])
def test_public_lists_ask_as_much_for_30_rows_as_for_3(client, author, staff, at, name):
    address = reverse(f"registry:{name}")
    _many_courses(author, staff, at, 3)
    client.get(address)
    few = _queries(client, address)
    _many_courses(author, staff, at, 27)
    assert _queries(client, address) == few


def test_my_learning_asks_as_much_for_24_runs_as_for_3(
    client, author, learner, staff, at
):
    def enrol(count):
        for _ in range(count):
            entry = life.opened(life.entry(author, at=at), staff=staff, at=at)
            life.enrolled(life.run(entry, staff=staff, at=at), learner, at=at)

    _sign_in(client, learner)
    address = reverse("registry:my_learning")
    enrol(3)
    client.get(address)
    few = _queries(client, address)
    enrol(21)
    assert _queries(client, address) == few


def test_run_page_asks_as_much_for_30_learners_as_for_3(client, run, staff, at):
    def enrol(count):
        people = [
            life.enrolled(run, factories.UserFactory(), at=at) for _ in range(count)
        ]
        return [enrolment.learner for enrolment in people]

    _sign_in(client, staff)
    address = reverse("registry:run_detail", args=[run.pk])
    life.take_in(run, *map(life.row, enrol(3)), staff=staff, at=at)
    client.get(address)
    few = _queries(client, address)
    enrol(27)
    assert _queries(client, address) == few
