"""Accounts in the admin: who opens what, and the lock's buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.admin import UserAdmin
from accounts.enums import Role
from accounts.models import RoleGrant, Signature, User
from core.models import OutgoingMail
from tests.factories import (
    FinanceFactory,
    GrantFactory,
    HrFactory,
    OfficerFactory,
    StaffFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")
# What an inline of grants sends when nothing is granted.
NO_GRANTS = {"grants-TOTAL_FORMS": "0", "grants-INITIAL_FORMS": "0"}
ACCOUNT = {
    "email": "Expert@University.example",
    "is_active": "on",
    "language": "kk",
    "surname": "Экспертов",
    "given_name": "Арман",
}


@pytest.fixture
def officer(client):
    person = OfficerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def hr(client):
    person = HrFactory()
    client.force_login(person)
    return person


def page(name: str, person: User) -> str:
    return reverse(f"admin:accounts_user_{name}", args=[person.pk])


# --- Who opens what ---------------------------------------------------------------

LISTS = {
    "accounts_user": {"staff", "hr", "officer"},
    "accounts_unit": {"staff", "finance", "hr", "officer"},
    "accounts_signature": {"staff", "officer"},
    "core_job": {"staff", "officer"},
    "core_outgoingmail": {"staff", "officer"},
    "core_dayoverride": {"staff", "officer"},
    "core_counter": {"staff", "officer"},
}
ROLES = {
    "learner": UserFactory,
    "staff": StaffFactory,
    "finance": FinanceFactory,
    "hr": HrFactory,
    "officer": OfficerFactory,
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ROLES)
def test_each_list_opens_to_its_roles(client, name, role):
    client.force_login(ROLES[role]())
    response = client.get(reverse(f"admin:{name}_changelist"), follow=True)
    assert response.status_code == (200 if role in LISTS[name] else 403)


@pytest.mark.parametrize("address", ["/admin/", PEOPLE, "/admin/login/"])
def test_the_way_in_is_the_portals_own(client, address):
    response = client.get(address, follow=True)
    final, _status = response.redirect_chain[-1]
    assert final.startswith(reverse("accounts:sign_in"))


def test_staff_come_back_to_the_page_they_wanted(client, staff):
    client.force_login(staff)
    assert client.get(f"/admin/login/?next={PEOPLE}", follow=True).status_code == 200


def test_the_way_out_is_the_portals_own(client, staff):
    client.force_login(staff)
    client.post(reverse("admin:logout"))
    assert "_auth_user_id" not in client.session


def test_the_password_is_changed_on_the_portals_own_page(client, staff):
    client.force_login(staff)
    response = client.get(reverse("admin:password_change"))
    assert response.url == reverse("accounts:password_change")


# --- The list of people -----------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is_locked=yes", ["locked@b.example"]),
        ("is_locked=no", ["author@b.example"]),
        ("is_author__exact=1", ["author@b.example"]),
        ("q=locked@b", ["locked@b.example"]),
        ("is_locked=nonsense&is_author__exact=1", ["author@b.example"]),
    ],
)
def test_people_are_filtered_and_searched(client, officer, at, query, found):
    UserFactory(email="locked@b.example", locked_at=at)
    UserFactory(email="author@b.example", is_author=True)
    response = client.get(f"{PEOPLE}?{query}")
    shown = {person.email for person in response.context["cl"].result_list}
    assert shown - {officer.email} == set(found)


def test_the_list_takes_as_many_queries_for_three_people_as_for_thirty(client, officer):
    counts = []
    for more in (3, 27):
        for _ in range(more):
            GrantFactory(role=Role.HR, user__unit=UnitFactory())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PEOPLE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_record_mended_while_the_account_is_locked_leaves_it_locked(
    client, hr, at, monkeypatch
):
    person, whole_form = UserFactory(), UserAdmin.get_form

    def lock_meanwhile(self, request, obj=None, change=False, **options):
        User.objects.filter(pk=person.pk).update(locked_at=at)
        return whole_form(self, request, obj, change, **options)

    monkeypatch.setattr(UserAdmin, "get_form", lock_meanwhile)
    answer = client.post(page("change", person), {**ACCOUNT, **NO_GRANTS})

    person.refresh_from_db()
    assert answer.status_code == 302
    assert (person.surname, person.locked_at) == ("Экспертов", at)


def test_units_say_how_many_people_they_have(client, hr):
    unit = UnitFactory()
    UserFactory.create_batch(2, unit=unit)
    response = client.get(reverse("admin:accounts_unit_changelist"))
    (shown,) = response.context["cl"].result_list
    assert shown.people_count == 2
    assert ">2<" in response.content.decode()


def test_signatures_are_read_and_not_written(client, officer, author, at):
    signature = Signature.objects.create(
        user=author, subject="Вердикт", sha256="0" * 64, method="password", signed_at=at
    )
    address = reverse("admin:accounts_signature_change", args=[signature.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"subject": "Другое"}).status_code == 403
    assert client.get(reverse("admin:accounts_signature_add")).status_code == 403


# --- Accounts ---------------------------------------------------------------------


def test_an_account_made_by_staff_gets_a_letter(client, hr):
    """Source: KSTU 3.4, 5.1."""
    response = client.post(ADD, ACCOUNT, follow=True)
    assert response.status_code == 200
    person = User.objects.get(email="expert@university.example")
    assert (person.surname, person.language) == ("Экспертов", "kk")
    assert OutgoingMail.objects.get().to == person.email


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not one"),
        ("email", "KNOWN@b.example"),
        ("surname", "За\u202eмужева"),
        ("language", "xx"),
    ],
)
def test_an_account_that_will_not_do_is_not_made(client, hr, field, value):
    UserFactory(email="known@b.example")
    response = client.post(ADD, {**ACCOUNT, field: value})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert not OutgoingMail.objects.exists()


def test_the_officer_makes_no_accounts(client, officer):
    assert client.post(ADD, ACCOUNT).status_code == 403


def test_staff_change_a_record_but_not_its_login_nor_its_rights(client, hr, author):
    form = {**ACCOUNT, **NO_GRANTS, "is_superuser": "on", "locked_at": "2026-01-01"}
    response = client.post(page("change", author), form)
    assert response.status_code == 302
    email = author.email
    author.refresh_from_db()
    assert (author.surname, author.email) == ("Экспертов", email)
    assert not author.is_superuser
    assert author.locked_at is None
    assert not OutgoingMail.objects.exists()


def granted(role: str) -> dict[str, str]:
    return {
        **ACCOUNT,
        "grants-TOTAL_FORMS": "1",
        "grants-INITIAL_FORMS": "0",
        "grants-0-role": role,
        "grants-0-since_on": "2026-09-01",
    }


def test_the_officer_grants_a_role(client, officer, author):
    client.post(page("change", author), granted(Role.HR))
    assert RoleGrant.objects.get(user=author).role == Role.HR


def test_a_head_without_a_unit_is_refused_in_words(client, officer, author):
    response = client.post(page("change", author), granted(Role.UNIT_HEAD))
    assert response.status_code == 200
    assert "The head of a unit needs the unit." in response.content.decode()


@pytest.mark.parametrize("factory", [HrFactory, StaffFactory])
def test_nobody_else_grants_a_role_not_even_to_oneself(client, factory):
    person = factory()
    client.force_login(person)
    client.post(page("change", person), granted(Role.SECURITY_OFFICER))
    assert RoleGrant.objects.get(user=person).role != Role.SECURITY_OFFICER


def test_the_system_is_nobodys_to_change(client, officer):
    system = User.objects.get(is_system=True)
    assert client.get(page("change", system)).status_code == 302
    assert client.get(page("lock", system)).status_code == 404


def test_nobody_is_deleted(client, officer, author):
    assert client.post(page("delete", author), {"post": "yes"}).status_code == 403


# --- The lock ---------------------------------------------------------------------


def test_the_officer_locks_and_unlocks_by_a_button(client, officer, author):
    """Source: KSTU 5.7, 6.7."""
    for name, is_locked in (("lock", True), ("unlock", False)):
        button = page(name, author)
        assert button in client.get(page("change", author)).content.decode()
        assert client.get(button).status_code == 200
        author.refresh_from_db()
        assert (author.locked_at is not None) is not is_locked
        assert client.post(button).url == page("change", author)
        author.refresh_from_db()
        assert (author.locked_at is not None) is is_locked


@pytest.mark.parametrize("factory", [HrFactory, StaffFactory])
@pytest.mark.parametrize("name", ["lock", "unlock"])
def test_others_see_no_button_and_may_not_press_it(client, author, factory, name):
    client.force_login(factory())
    assert page(name, author) not in client.get(page("change", author)).content.decode()
    assert client.get(page(name, author)).status_code == 403
    assert client.post(page(name, author)).status_code == 403


def test_the_officers_desk_tells_of_the_locked(client, officer, author, at):
    assert "locked" not in client.get(reverse("desk")).content.decode()
    User.objects.filter(pk=author.pk).update(locked_at=at)
    desk = client.get(reverse("desk")).content.decode()
    assert "1 account is locked" in desk
    assert f"{PEOPLE}?is_locked=yes" in desk


def test_nobody_else_owes_it(client, staff, author, at):
    User.objects.filter(pk=author.pk).update(locked_at=at)
    client.force_login(staff)
    assert "account is locked" not in client.get(reverse("desk")).content.decode()
