"""Every address of the portal × every role: who is let in; looking writes nothing.

The admin site has its own tests; foreign objects in every state, and what a POST
answers, are tried app by app.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.config.world import World, make_world

pytestmark = pytest.mark.django_db

ROLES = (
    *("nobody", "learner", "author", "other author", "expert"),
    *("unit head", "staff", "finance", "officer"),
)
TO_SIGN_IN = 302
# Longer than any key of a row: no such object.
ENDLESS = "9" * 30


def seen(
    *roles: str, forbidden: tuple[str, ...] = (), others: int = 404
) -> Mapping[str, int]:
    """Return the status for each role; nobody is sent to sign in."""
    return {
        "nobody": TO_SIGN_IN,
        **dict.fromkeys(ROLES[1:], others),
        **dict.fromkeys(forbidden, 403),
        **dict.fromkeys(roles, 200),
    }


PUBLIC = dict.fromkeys(ROLES, 200)
SIGNED_IN = seen(*ROLES[1:])
SIGNED_OUT = {"nobody": 200, **dict.fromkeys(ROLES[1:], 302)}
SENT_ONLY = dict.fromkeys(ROLES, 405)
STAFF = seen("staff")
TEAM = seen("author", "unit head", "staff")
ROUND = seen("author", "expert", "unit head", "staff")
EXPERT = seen("expert", forbidden=("author", "unit head", "staff"))
REQUEST = seen("author", "unit head", forbidden=("staff",))
KEEPERS = seen("staff", forbidden=("author", "unit head"))
MONEY = seen("staff", "finance", others=403)


@dataclass(frozen=True)
class Page:
    """Who is answered what, and the names of what stands in the address."""

    answers: Mapping[str, int]
    args: tuple[str, ...] = ()


PASSPORT = Page(TEAM, ("version",))
REVIEW = Page(ROUND, ("review",))
EXPERTS_OWN = Page(EXPERT, ("review",))
REMARK = ("returned", "remark")
TASK = ("version", "task kind", "task")
DECIDED = Page(TEAM, ("entry version",))
PICTURE = ("entry version", "illustration")
RUN = Page(STAFF, ("run",))
MONTH = Page(MONEY, ("month",))

PAGES = {
    "registry:showcase": Page(PUBLIC),
    "registry:register_list": Page(PUBLIC),
    "registry:register_export": Page(PUBLIC),
    "registry:course_detail": Page(PUBLIC, ("entry number",)),
    "registry:course_illustration": Page(PUBLIC, ("entry number",)),
    "registry:entry_detail": Page(TEAM, ("entry",)),
    "registry:document_receive": Page(KEEPERS, ("entry",)),
    "registry:document_download": Page(TEAM, ("document",)),
    "registry:my_learning": Page(SIGNED_IN),
    "registry:enrolment_withdraw": Page(seen("learner"), ("enrolment",)),
    "registry:run_detail": RUN,
    "registry:run_enrol": Page({**SIGNED_IN, "author": 403}, ("run",)),
    "registry:results_import": RUN,
    "registry:results_form": RUN,
    "registry:results_commit": Page(SENT_ONLY, ("run",)),
    "registry:import_download": Page(STAFF, ("results",)),
    "desk": Page(SIGNED_IN),
    "branding": Page(PUBLIC),
    "set_language": Page(SENT_ONLY),
    "accounts:sign_in": Page(SIGNED_OUT),
    "accounts:sign_out": Page(SENT_ONLY),
    "accounts:register": Page(SIGNED_OUT),
    "accounts:registered": Page(PUBLIC),
    "accounts:email_confirm": Page(PUBLIC, ("confirmation",)),
    "accounts:password_change": Page(SIGNED_IN),
    "accounts:password_forgotten": Page(PUBLIC),
    "accounts:password_letter": Page(PUBLIC),
    "accounts:password_new": Page(PUBLIC, ("key", "token")),
    "accounts:profile": Page(SIGNED_IN),
    "courses:version_list": Page(SIGNED_IN),
    "courses:version_export": Page(SIGNED_IN),
    "courses:version_detail": PASSPORT,
    "courses:check_report": PASSPORT,
    "courses:check_keep": Page(SENT_ONLY, ("version",)),
    "courses:check_print": PASSPORT,
    "courses:check_json": PASSPORT,
    "courses:history_list": PASSPORT,
    "courses:history_keep": Page(SENT_ONLY, ("version",)),
    "courses:history_compare": PASSPORT,
    "courses:snapshot_detail": Page(TEAM, ("version", "snapshot")),
    "courses:snapshot_restore": Page(TEAM, ("version", "snapshot")),
    "courses:exchange": PASSPORT,
    "courses:exchange_confirm": Page(SENT_ONLY, ("version",)),
    "courses:export_json": PASSPORT,
    "courses:export_pdf": PASSPORT,
    "courses:registry_page": PASSPORT,
    "courses:export_registry": PASSPORT,
    "courses:texts_edit": PASSPORT,
    "courses:introduction_edit": PASSPORT,
    "courses:description_edit": PASSPORT,
    "courses:grading_edit": PASSPORT,
    "courses:attestation_edit": PASSPORT,
    "courses:opening_edit": DECIDED,
    "courses:illustration_add": DECIDED,
    "courses:illustration_edit": Page(TEAM, PICTURE),
    "courses:illustration_remove": Page(TEAM, PICTURE),
    "courses:author_list": PASSPORT,
    "courses:author_remove": Page(TEAM, ("version", "member")),
    "courses:author_lead": Page(SENT_ONLY, ("version", "member")),
    "courses:outcome_list": PASSPORT,
    "courses:term_list": PASSPORT,
    "courses:programme_list": PASSPORT,
    "courses:communication_list": PASSPORT,
    "courses:software_list": PASSPORT,
    "courses:borrowed_list": PASSPORT,
    "courses:borrowed_consent": Page(TEAM, ("version", "borrowed")),
    "courses:topic_list": PASSPORT,
    "courses:topic_add": PASSPORT,
    "courses:topic_detail": Page(TEAM, ("version", "topic")),
    "courses:topic_place": Page(SENT_ONLY, ("version", "topic")),
    "courses:topic_copy": Page(SENT_ONLY, ("version", "topic")),
    "courses:draft_discard": Page(SENT_ONLY, ("version",)),
    "courses:part_add": Page(TEAM, ("version", "topic", "task kind")),
    "courses:part_edit": Page(TEAM, TASK),
    "courses:part_move": Page(SENT_ONLY, TASK),
    "courses:part_remove": Page(TEAM, TASK),
    "courses:import_upload": PASSPORT,
    "courses:import_new": Page(seen("staff", others=403)),
    "courses:import_detail": Page(TEAM, ("course import",)),
    "courses:import_file": Page(TEAM, ("course import",)),
    "courses:term_import": PASSPORT,
    "courses:term_preview": PASSPORT,
    "courses:material_list": PASSPORT,
    "courses:material_add": PASSPORT,
    "courses:material_link": PASSPORT,
    "courses:material_edit": Page(TEAM, ("version", "material")),
    "courses:material_remove": Page(TEAM, ("version", "material")),
    "courses:material_measure": Page(SENT_ONLY, ("version", "material")),
    "courses:material_file": Page(TEAM, ("version", "material")),
    "courses:bank_list": PASSPORT,
    "courses:bank_import": PASSPORT,
    "courses:bank_commit": Page(SENT_ONLY, ("version",)),
    "courses:bank_add": PASSPORT,
    "courses:bank_preview": PASSPORT,
    "courses:bank_errors": Page(seen(), ("version",)),
    "courses:bank_template": PASSPORT,
    "courses:bank_file": Page(TEAM, ("version", "import")),
    "courses:bank_export": PASSPORT,
    "courses:bank_download": PASSPORT,
    "courses:question_same": PASSPORT,
    "courses:question_move": Page(SENT_ONLY, ("version",)),
    "courses:question_remove": Page(SENT_ONLY, ("version",)),
    "courses:question_add": Page(TEAM, ("version", "bank")),
    "courses:question_edit": Page(TEAM, ("version", "bank", "question")),
    "courses:bank_detail": Page(TEAM, ("version", "bank")),
    "courses:bank_merge": Page(TEAM, ("version", "bank")),
    "courses:bank_remove": Page(TEAM, ("version", "bank")),
    "expertise:expertise_list": Page(SIGNED_IN),
    "expertise:expertise_request": Page(REQUEST, ("version",)),
    "expertise:expertise_detail": REVIEW,
    "expertise:material_file": Page(ROUND, ("review", "dossier file")),
    "expertise:expertise_appoint": Page(KEEPERS, ("requested",)),
    "expertise:rating_edit": EXPERTS_OWN,
    "expertise:remark_list": REVIEW,
    "expertise:remark_answer": Page(
        seen("author", forbidden=("expert", "unit head", "staff")), REMARK
    ),
    "expertise:remark_accept": Page(SENT_ONLY, REMARK),
    "expertise:remark_withdraw": Page(SENT_ONLY, REMARK),
    "expertise:verdict_detail": Page(ROUND, ("returned",)),
    "expertise:verdict_write": EXPERTS_OWN,
    "expertise:verdict_sign": Page(SENT_ONLY, ("review",)),
    "certificates:certificate_list": Page(SIGNED_IN),
    "certificates:certificate_download": Page(
        seen("learner", "staff"), ("certificate",)
    ),
    "certificates:verify": Page(PUBLIC),
    "certificates:verified": Page(PUBLIC, ("certificate", "code")),
    "certificates:run_list": Page(seen("staff", others=403)),
    "certificates:run_detail": RUN,
    "certificates:run_issue": Page(SENT_ONLY, ("run",)),
    "certificates:run_export": RUN,
    "finance:report_list": Page(MONEY),
    "finance:report_detail": MONTH,
    "finance:report_make": Page(SENT_ONLY, ("month",)),
    "finance:month_close": Page(seen("finance", others=403), ("month",)),
    "finance:report_pdf": MONTH,
    "finance:report_xlsx": MONTH,
    "finance:report_csv": MONTH,
}


@pytest.fixture
def world(at, monkeypatch) -> World:
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)
    return make_world(at)


def addresses(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    """Name every address below, those of the admin site apart."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"an address has no name: {pattern}"
            yield f"{space}{pattern.name}"
        elif pattern.namespace != "admin":
            own = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, f"{space}{own}")


def address(name: str, world: World) -> str:
    return reverse(name, args=[world.names[key] for key in PAGES[name].args])


def changes(sql: str) -> bool:
    return re.match(r"\s*(INSERT|UPDATE|DELETE)", sql) is not None


def test_every_address_is_in_the_table() -> None:
    assert sorted(addresses(get_resolver().url_patterns, "")) == sorted(PAGES)


def answers_to(role: str, world: World) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Open every page as a role; return the statuses, and what was written where."""
    client, person = Client(), world.people[role]
    if person is not None:
        client.force_login(person)
    answered, written = {}, {}
    for name in PAGES:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address(name, world))
            answered[name] = answer.status_code
            if answer.streaming:
                list(answer.streaming_content)  # read to its end, a file is closed
        if rows := [row["sql"] for row in queries if changes(row["sql"])]:
            written[name] = rows
    return answered, written


def test_who_is_let_in_where_and_that_looking_writes_nothing(world) -> None:
    # One world for all roles: to make it costs more than to look at it.
    for role in ROLES:
        answered, written = answers_to(role, world)

        expected = {name: page.answers[role] for name, page in PAGES.items()}
        assert answered == expected, role
        assert written == {}, role


def test_a_number_longer_than_any_key_is_no_address(world) -> None:
    client = Client()
    client.force_login(world.people["staff"])
    answered = {}
    for name, page in PAGES.items():
        url = address(name, world)
        endless = re.sub(r"(?<=/)\d+(?=/)", ENDLESS, url)
        if url != endless:
            answered[name] = client.get(endless).status_code, page.answers["staff"]

    assert len(answered) > len(PAGES) // 2
    assert {
        name: status
        for name, (status, usual) in answered.items()
        if status != (405 if usual == 405 else 404)
    } == {}
