"""People, units and grants: what the database refuses, who may what."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import rules
from accounts.enums import Role
from accounts.models import PasswordHash, RoleGrant, Signature, Unit, User
from accounts.seeds import ensure_system_user
from accounts.selectors import (
    grants_in_force,
    locked_people,
    people_with_role,
    person_with_email,
    system_user,
    units_headed_by,
    users_visible_to,
)
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

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_that_day(time_machine, at):
    time_machine.move_to(at)


# --- The database -----------------------------------------------------------------


def breaks(constraint: str, make) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_a_login_in_capitals_is_refused():
    breaks("user_email_in_lower_case", lambda: UserFactory(email="A@b.example"))


def test_a_second_account_of_an_e_mail_is_refused(author):
    breaks("accounts_user_email", lambda: UserFactory(email=author.email))


def test_there_is_one_system():
    breaks("user_one_system", lambda: UserFactory(is_system=True))


def test_a_unit_is_no_part_of_itself():
    unit = UnitFactory()
    breaks(
        "unit_not_part_of_itself",
        lambda: Unit.objects.filter(pk=unit.pk).update(parent=unit.pk),
    )


def test_a_head_heads_a_unit():
    breaks("grant_head_has_unit", lambda: GrantFactory(role=Role.UNIT_HEAD))


def test_a_term_ends_after_it_begins():
    breaks(
        "grant_ends_after_it_begins",
        lambda: GrantFactory(role=Role.HR, since_on=TODAY, until_on=TODAY - DAY),
    )


def test_the_system_is_made_once():
    ensure_system_user()
    assert system_user().is_system
    assert User.objects.filter(is_system=True).count() == 1


# --- Names ------------------------------------------------------------------------


def test_a_name_is_written_whole_and_short():
    person = UserFactory.build(
        surname="Ахметова", given_name="Гүлнар", patronymic="Серікқызы"
    )
    assert person.get_full_name() == "Ахметова Гүлнар Серікқызы"
    assert person.get_short_name() == "Ахметова\N{NO-BREAK SPACE}Г.\N{NO-BREAK SPACE}С."
    assert str(person) == person.short_name


def test_a_person_without_a_patronymic_has_one_initial():
    person = UserFactory.build(surname="Ким", given_name="Вера", patronymic="")
    assert person.full_name == "Ким Вера"
    assert person.short_name == "Ким\N{NO-BREAK SPACE}В."


def test_a_person_without_a_name_is_known_by_the_login():
    assert User(email="a@b.example").short_name == "a@b.example"


def test_other_rows_say_what_they_are(author, at):
    unit = UnitFactory(name="Кафедра физики")
    grant = GrantFactory(user=author, role=Role.HR)
    kept = PasswordHash(user=author, changed_at=at)
    signature = Signature(user=author, subject="Вердикт")
    assert str(unit) == "Кафедра физики"
    assert str(grant).startswith(f"{author}: ")
    assert str(kept) == f"{author} 14.09.2026"
    assert str(signature) == f"{author}: Вердикт"


@pytest.mark.parametrize("phone", ["+7 (495) 123-45-67, доб. 1", "<b>", "1\n2", "٣"])
def test_a_phone_of_other_signs_is_refused(phone):
    with pytest.raises(ValidationError):
        User._meta.get_field("office_phone").clean(phone, None)


# --- Making people ----------------------------------------------------------------


def test_a_login_is_found_in_any_case(author):
    assert User.objects.get_by_natural_key(f" {author.email.upper()} ") == author
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


def test_an_administrator_of_the_installation_may_all(at):
    root = User.objects.create_superuser("Root@b.example", "x", joined_at=at)
    assert root.email == "root@b.example"
    assert root.is_staff
    assert root.has_perm("accounts.add_rolegrant")


# --- Reads ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "is_in_force"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_a_role_lasts_its_term_both_days_counted(since, until, is_in_force, author):
    unit = UnitFactory()
    GrantFactory(
        user=author, role=Role.UNIT_HEAD, unit=unit, since_on=since, until_on=until
    )
    assert grants_in_force(author, TODAY).exists() is is_in_force
    assert units_headed_by(author, TODAY).exists() is is_in_force
    assert people_with_role(Role.UNIT_HEAD, TODAY).exists() is is_in_force
    assert rules.is_unit_head(author) is is_in_force
    assert rules.heads_unit(author, unit.pk) is is_in_force


def test_a_head_of_one_unit_heads_no_other(author):
    mine, other = UnitFactory(), UnitFactory()
    GrantFactory(user=author, role=Role.UNIT_HEAD, unit=mine)
    assert list(units_headed_by(author, TODAY)) == [mine]
    assert not rules.heads_unit(author, other.pk)
    assert not rules.heads_unit(author, None)


def test_people_with_a_role_are_active_and_told_once():
    person = UserFactory()
    GrantFactory(user=person, role=Role.HR)
    GrantFactory(user=person, role=Role.HR, since_on=TODAY)
    GrantFactory(user=UserFactory(is_active=False), role=Role.HR)
    assert list(people_with_role(Role.HR, TODAY)) == [person]


@pytest.mark.parametrize("factory", [StaffFactory, HrFactory, OfficerFactory])
def test_staff_see_everybody_but_the_system(factory, author):
    seen = users_visible_to(factory())
    assert author in seen
    assert system_user() not in seen


@pytest.mark.parametrize("factory", [UserFactory, FinanceFactory])
def test_others_see_themselves(factory, author):
    person = factory()
    assert list(users_visible_to(person)) == [person]


def test_a_person_is_found_by_e_mail_while_active(author):
    assert person_with_email(f" {author.email.upper()}") == author
    User.objects.update(is_active=False)
    assert person_with_email(author.email) is None


def test_locked_are_those_who_are_locked_and_active(author, stranger, at):
    User.objects.filter(pk=author.pk).update(locked_at=at)
    assert list(locked_people()) == [author]
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert list(locked_people()) == []


# --- Rules ------------------------------------------------------------------------

PERMISSIONS = {
    "accounts.enter_admin": {"staff", "finance", "hr", "officer"},
    "accounts.view_user": {"staff", "hr", "officer"},
    "accounts.add_user": {"staff", "hr"},
    "accounts.change_user": {"staff", "hr", "officer"},
    "accounts.lock_user": {"officer"},
    "accounts.view_unit": {"staff", "finance", "hr", "officer"},
    "accounts.add_unit": {"staff", "hr"},
    "accounts.change_unit": {"staff", "hr"},
    "accounts.view_rolegrant": {"staff", "hr", "officer"},
    "accounts.add_rolegrant": {"officer"},
    "accounts.change_rolegrant": {"officer"},
    "accounts.delete_rolegrant": {"officer"},
    "accounts.view_signature": {"staff", "officer"},
    "accounts.view_trail": {"officer"},
    "core.view_job": {"staff", "officer"},
    "core.view_outgoingmail": {"staff", "officer"},
    "core.view_dayoverride": {"staff", "officer"},
    "core.view_counter": {"staff", "officer"},
    "core.add_dayoverride": {"staff"},
    "core.change_dayoverride": {"staff"},
    "core.delete_dayoverride": {"staff"},
}
PEOPLE = {
    "nobody": UserFactory,
    "staff": StaffFactory,
    "finance": FinanceFactory,
    "hr": HrFactory,
    "officer": OfficerFactory,
}


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_may_what_it_may_and_no_more(who, permission):
    may = PEOPLE[who]().has_perm(permission)
    assert may is (who in PERMISSIONS[permission])


def test_a_role_asked_for_again_costs_no_query(staff, django_assert_num_queries):
    staff.has_perm("accounts.enter_admin")
    with django_assert_num_queries(0):
        assert rules.is_centre_staff(staff)


def test_a_role_ends_at_midnight_though_the_person_is_in_hand(author, time_machine, at):
    GrantFactory(user=author, role=Role.HR, until_on=TODAY)
    assert rules.is_hr(author)
    time_machine.move_to(at + DAY)
    assert not rules.is_hr(author)


def test_a_stranger_at_the_door_has_no_role(author):
    nobody = AnonymousUser()
    assert rules.roles_of(nobody) == {}
    assert not rules.is_signed_in(nobody)
    assert rules.is_signed_in(author)


def test_oneself_is_oneself(author, stranger):
    assert rules.is_oneself(author, author)
    assert not rules.is_oneself(author, stranger)
    assert not rules.is_oneself(author, None)


def test_the_system_is_the_system(author):
    assert rules.is_system(system_user())
    assert not rules.is_system(author)
    assert RoleGrant.objects.filter(user=system_user()).count() == 0
