"""Every address of courses × role, own and foreign: who reads, who writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import User
from courses.models import CourseVersion
from tests import factories
from tests.courses import life
from tests.courses.gift import gift
from tests.courses.materials.making import film

pytestmark = pytest.mark.django_db
Ids = dict[str, int]


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
    "check_json": Page(("version",)),
    "history_list": Page(("version",)),
    "history_compare": Page(("version",)),
    "history_keep": Page(("version",), reads=NOBODY),
    "check_keep": Page(("version",), reads=NOBODY),
    "exchange": Page(("version",)),
    "export_json": Page(("version",)),
    "export_registry": Page(("version",)),
    "registry_page": Page(("version",)),
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
    "programme_list": Page(("version",), form(code="09.03.01", title="Химия")),
    "communication_list": Page(
        ("version",), form(mode="synchronous", kind="chat", title="Чат")
    ),
    "software_list": Page(("version",), form(name="R")),
    "borrowed_list": Page(("version",), form(title="Карта")),
    "borrowed_consent": Page(("version", "borrowed")),
    "topic_list": Page(("version",)),
    "topic_add": Page(("version",), form(week=3, title="Соли")),
    "topic_detail": Page(("version", "topic")),
    "topic_place": Page(("version", "topic"), form(week=1, place=1), reads=NOBODY),
    "topic_copy": Page(("version", "topic"), form(), reads=NOBODY),
    # Whose draft it is has tests of its own: without one there is no such page.
    "draft_discard": Page(("version",), reads=NOBODY),
    "part_add": Page(("version", "topic", ":longreads"), form(title="О солях")),
    "part_edit": Page(("version", ":control-tasks", "task"), form(**TASK)),
    "part_move": Page(("version", ":topics", "topic"), form(to="up"), reads=NOBODY),
    "part_remove": Page(("version", ":terms", "term"), form()),
    "material_list": Page(("version",)),
    "material_add": Page(("version",), lambda: {"rights": "own", "files": [film()]}),
    "material_link": Page(
        ("version",), form(title="Лекция", url="https://e.org/", rights="own")
    ),
    "material_edit": Page(("version", "material"), form(title="Текст", rights="own")),
    "material_remove": Page(("version", "material"), form()),
    "material_measure": Page(("version", "material"), form(), reads=NOBODY),
    "material_file": Page(("version", "material")),
    "bank_list": Page(("version",)),
    "bank_import": Page(("version",), lambda: {"file": gift()}),
    "bank_commit": Page(("version",), form(token="x"), reads=NOBODY),
    "bank_add": Page(("version",), form(category="Новый банк")),
    "bank_preview": Page(("version",)),
    "bank_template": Page(("version",)),
    "bank_file": Page(("version", "import")),
    "bank_export": Page(("version",)),
    "bank_download": Page(("version",)),
    "bank_detail": Page(("version", "bank"), form(category="Тема 1", topic="")),
    "bank_merge": Page(("version", "bank"), form(into="")),
    "bank_remove": Page(("version", "bank"), form()),
    "question_same": Page(("version",)),
    "question_move": Page(("version",), form(), reads=NOBODY),
    "question_remove": Page(("version",), form(), reads=NOBODY),
    "question_add": Page(("version", "bank"), form(text="Да?", right="true")),
    "question_edit": Page(
        ("version", "bank", "question"), form(text="Да?", right="true")
    ),
}
LISTS = {"version_list", "version_export"}
# Who reads these is in tests/config/test_addresses.py; who writes, in the tests of
# history, of exchange and of imports.
TRIED_ELSEWHERE = {
    "check_print",
    "exchange_confirm",
    "export_pdf",
    "import_detail",
    "import_file",
    "import_new",
    "import_upload",
    "snapshot_detail",
    "snapshot_restore",
    "term_import",
    "term_preview",
}
# Between the verdict and the opening: tests/registry/test_opening_pages.py.
AFTER_VERDICT = {
    "illustration_add",
    "illustration_edit",
    "illustration_remove",
    "opening_edit",
}
# What a form alone leads to without a token of a preview is tried with the previews.
BY_TOKEN = {"bank_errors"}
# Posted thus they are sent back with a reason: a merge into nothing, no answers, a
# stale edit.
STAYS = {"bank_merge", "question_add", "question_edit"}
FILES = {
    "bank_download",
    "bank_file",
    "bank_template",
    "borrowed_consent",
    "material_file",
}
STRANGERS = {"other head", "stranger", "expert", "learner", "finance"}


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

    assert names == PAGES.keys() | LISTS | BY_TOKEN | TRIED_ELSEWHERE | AFTER_VERDICT


@pytest.mark.parametrize("name", PAGES)
def test_who_reads_a_page(name, ids, people, client: Client) -> None:
    url = address(name, ids)
    for who, user in people.items():
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
            status = answer.status_code
            if answer.streaming:
                list(answer.streaming_content)  # read to its end, a file is closed
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
        assert status == (200 if name in STAYS else 302)
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
    if PAGES[name].reads == NOBODY or name.endswith("_remove") or name in FILES:
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
