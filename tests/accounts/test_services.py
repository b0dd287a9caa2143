"""Registration, confirmation, passwords, locks, signatures."""

import re

import pytest
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from time_machine import travel

from accounts import letters
from accounts.links import CONFIRM_SALT, LinkRefused, confirmation_token, password_link
from accounts.models import PasswordHash, Signature, User
from accounts.services import (
    AlreadyRegistered,
    NewPerson,
    WrongPassword,
    add_signature,
    ask_for_password,
    change_own_details,
    change_own_password,
    choose_language,
    confirm_email,
    confirm_identity,
    lock_account,
    open_account,
    receive_registration,
    register_person,
    set_password_by_link,
    unlock_account,
)
from core.models import Job, OutgoingMail
from tests.factories import (
    PASSWORD,
    FinanceFactory,
    HrFactory,
    OfficerFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NEW = "Тополь-82-река"
PERSON = NewPerson(
    email=" New@University.example ",
    password=NEW,
    surname="Новикова",
    given_name="Айгүл",
    patronymic="",
    language="kk",
)


def link_of(letter: OutgoingMail) -> list[str]:
    """The parts of the link that a letter carries."""
    (address,) = re.findall(rf"{settings.BASE_URL}/account/(\S+)/\n", letter.body)[:1]
    return address.split("/")


# --- Registration -----------------------------------------------------------------


def test_whoever_registers_has_a_closed_account_and_a_letter(at):
    """Source: KSTU 3.3, 6.2; MIN 5.2.2."""
    user = register_person(person=PERSON, at=at)

    assert (user.email, user.surname) == ("new@university.example", "Новикова")
    assert (user.joined_at, user.agreed_at, user.password_changed_at) == (at, at, at)
    assert user.email_confirmed_at is None
    assert user.language == "kk"
    assert user.check_password(NEW)
    assert PasswordHash.objects.get().user == user
    letter = OutgoingMail.objects.get()
    assert letter.to == user.email
    assert link_of(letter)[0] == "confirm"
    assert Job.objects.get().subject_id == letter.pk


def test_an_e_mail_has_one_account(at):
    register_person(person=PERSON, at=at)
    with pytest.raises(AlreadyRegistered):
        register_person(person=PERSON, at=at)
    assert User.objects.filter(email="new@university.example").count() == 1


def test_a_second_registration_changes_nothing_and_tells_the_owner(at):
    owner = UserFactory(email="new@university.example", language="ru")
    receive_registration(person=PERSON, at=at)

    letter = OutgoingMail.objects.get()
    assert letter.to == owner.email
    assert "/account/password/forgotten/" in letter.body
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert owner.surname != "Новикова"


def test_a_registration_with_the_mail_of_a_closed_account_says_nothing(at):
    UserFactory(email="new@university.example", is_active=False)
    receive_registration(person=PERSON, at=at)
    assert not OutgoingMail.objects.exists()


def test_a_first_registration_goes_through(at):
    receive_registration(person=PERSON, at=at)
    assert User.objects.filter(email="new@university.example").exists()


# --- Confirmation -----------------------------------------------------------------


def test_the_link_of_the_letter_opens_the_account(at):
    user = register_person(person=PERSON, at=at)
    _confirm, token = link_of(OutgoingMail.objects.get())
    assert confirm_email(token=token, at=at) == user
    user.refresh_from_db()
    assert user.email_confirmed_at == at


def test_the_link_may_be_followed_again(at):
    user = register_person(person=PERSON, at=at)
    token = confirmation_token(user)
    confirm_email(token=token, at=at)
    confirm_email(token=token, at=at.replace(year=2027))
    user.refresh_from_db()
    assert user.email_confirmed_at == at


@pytest.mark.parametrize("days", [3.01, 30])
def test_a_link_older_than_three_days_is_refused(at, days):
    with travel(at, tick=False) as clock:
        token = confirmation_token(register_person(person=PERSON, at=at))
        clock.shift(days * 24 * 3600)
        with pytest.raises(LinkRefused):
            confirm_email(token=token, at=at)


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", "a:b:c", signing.dumps([1, "x"], salt="another")],
    ids=["empty", "no token", "no signature", "of another use"],
)
def test_a_forged_link_is_refused(token, at):
    with pytest.raises(LinkRefused):
        confirm_email(token=token, at=at)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "b@b.example"}])
def test_a_link_for_what_is_no_longer_so_is_refused(change, at):
    user = register_person(person=PERSON, at=at)
    token = confirmation_token(user)
    User.objects.filter(pk=user.pk).update(**change)
    with pytest.raises(LinkRefused):
        confirm_email(token=token, at=at)


def test_a_link_of_nobody_is_refused(at):
    with pytest.raises(LinkRefused):
        confirm_email(token=signing.dumps([0, "x"], salt=CONFIRM_SALT), at=at)


# --- Accounts made by staff -------------------------------------------------------


@pytest.mark.parametrize("factory", [HrFactory, StaffFactory])
def test_staff_make_an_account_whose_owner_chooses_the_password(factory, at):
    """Source: KSTU 3.2–3.5, 5.1."""
    user = User(email="Expert@University.example", surname="Экспертов", given_name="А")
    open_account(user=user, by=factory(), at=at)

    user.refresh_from_db()
    assert (user.email, user.joined_at) == ("expert@university.example", at)
    assert not user.has_usable_password()
    _password, key, token = link_of(OutgoingMail.objects.get())

    set_password_by_link(key=key, token=token, password=NEW, at=at)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert (user.email_confirmed_at, user.agreed_at) == (at, at)


@pytest.mark.parametrize("factory", [UserFactory, FinanceFactory, OfficerFactory])
def test_others_make_no_accounts(factory, at):
    with pytest.raises(PermissionDenied):
        open_account(user=User(email="a@b.example"), by=factory(), at=at)
    assert not User.objects.filter(email="a@b.example").exists()


# --- A forgotten password ---------------------------------------------------------


def test_a_forgotten_password_is_set_anew_by_a_letter(author, at):
    """Source: KSTU part 2, 3.4."""
    ask_for_password(email=author.email.upper(), at=at)
    _password, key, token = link_of(OutgoingMail.objects.get())
    set_password_by_link(key=key, token=token, password=NEW, at=at)

    author.refresh_from_db()
    assert author.check_password(NEW)
    assert author.password_changed_at == at
    with pytest.raises(LinkRefused):
        set_password_by_link(key=key, token=token, password="Рябина-41-лес", at=at)


def test_nobody_is_written_to_who_has_no_account(at):
    UserFactory(email="closed@university.example", is_active=False)
    for email in ("nobody@university.example", "closed@university.example", ""):
        ask_for_password(email=email, at=at)
    ask_for_password(email=User.objects.get(is_system=True).email, at=at)
    assert not OutgoingMail.objects.exists()


def test_the_owner_of_a_locked_account_is_sent_to_the_officer(author, at):
    """Source: KSTU 5.7."""
    User.objects.filter(pk=author.pk).update(locked_at=at)
    ask_for_password(email=author.email, at=at)
    assert "/account/" not in OutgoingMail.objects.get().body


def test_a_new_password_does_not_unlock(author, at):
    """Source: KSTU 5.7."""
    key, token = password_link(author)
    User.objects.filter(pk=author.pk).update(locked_at=at)
    set_password_by_link(key=key, token=token, password=NEW, at=at)
    author.refresh_from_db()
    assert author.locked_at == at


def test_a_password_of_old_is_not_set_by_a_letter(author, at):
    key, token = password_link(author)
    with pytest.raises(ValidationError):
        set_password_by_link(key=key, token=token, password=PASSWORD, at=at)


def test_a_link_used_at_the_same_moment_elsewhere_is_refused(author, at, monkeypatch):
    """Both saw a good link; the second finds it spent when it has the row's lock."""
    key, token = password_link(author)
    monkeypatch.setattr("accounts.services.person_of_password_link", lambda *_: author)
    set_password_by_link(key=key, token=token, password=NEW, at=at)
    with pytest.raises(LinkRefused):
        set_password_by_link(key=key, token=token, password="Рябина-41-лес", at=at)


@pytest.mark.parametrize(
    "key", ["", "!", "eA", "MA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
def test_a_forged_key_is_refused(key, author, at):
    _key, token = password_link(author)
    with pytest.raises(LinkRefused):
        set_password_by_link(key=key, token=token, password=NEW, at=at)


def test_a_link_of_another_person_is_refused(author, stranger, at):
    key, _token = password_link(author)
    _key, token = password_link(stranger)
    with pytest.raises(LinkRefused):
        set_password_by_link(key=key, token=token, password=NEW, at=at)


# --- One's own password -----------------------------------------------------------


def test_a_password_is_changed_by_whoever_knows_it(author, at):
    change_own_password(by=author, current=PASSWORD, password=NEW, at=at)
    author.refresh_from_db()
    assert author.check_password(NEW)
    assert PasswordHash.objects.get(user=author).changed_at == at


def test_a_wrong_present_password_changes_nothing_and_counts_towards_the_lock(
    author, at
):
    """Source: KSTU 5.7."""
    for _ in range(4):
        with pytest.raises(WrongPassword):
            change_own_password(by=author, current=NEW, password=NEW, at=at)
    author.refresh_from_db()
    assert author.check_password(PASSWORD)
    assert author.locked_at is not None


def test_a_former_password_is_told_to_nobody_who_does_not_know_the_present(author, at):
    with pytest.raises(WrongPassword):
        change_own_password(by=author, current=NEW, password=PASSWORD, at=at)


def test_a_weak_password_is_not_taken(author, at):
    with pytest.raises(ValidationError):
        change_own_password(by=author, current=PASSWORD, password="abc", at=at)
    author.refresh_from_db()
    assert author.check_password(PASSWORD)


# --- One's own record -------------------------------------------------------------


def test_people_change_their_surname_phones_and_language(author):
    """Source: KSTU 3.6."""
    change_own_details(
        by=author,
        surname="Замужева",
        office_phone="+7 (495) 111-22-33",
        mobile_phone="",
        language="ky",
    )
    author.refresh_from_db()
    assert (author.surname, author.language) == ("Замужева", "ky")
    assert (author.office_phone, author.mobile_phone) == ("+7 (495) 111-22-33", "")


def test_a_language_is_kept(author, django_assert_num_queries):
    choose_language(by=author, language="kk")
    author.refresh_from_db()
    assert author.language == "kk"
    with django_assert_num_queries(0):
        choose_language(by=author, language="kk")


# --- Locks ------------------------------------------------------------------------


def test_the_officer_locks_and_unlocks(author, at):
    """Source: KSTU 5.7, 6.7."""
    officer = OfficerFactory()
    lock_account(user=author, by=officer, at=at)
    assert author.locked_at == at
    lock_account(user=author, by=officer, at=at.replace(year=2027))
    assert author.locked_at == at
    unlock_account(user=author, by=officer, at=at)
    assert (author.locked_at, author.failed_sign_ins) == (None, 0)


@pytest.mark.parametrize("service", [lock_account, unlock_account])
@pytest.mark.parametrize("factory", [UserFactory, StaffFactory, HrFactory])
def test_others_neither_lock_nor_unlock(service, factory, author, at):
    with pytest.raises(PermissionDenied):
        service(user=author, by=factory(), at=at)


# --- Signatures -------------------------------------------------------------------


def test_a_signature_says_who_signed_what_and_how(expert, at):
    """Source: KSTU part 1, 6.2."""
    confirm_identity(by=expert, password=PASSWORD)
    signature = add_signature(
        by=expert, in_role="эксперт", subject="Вердикт", sha256="0" * 64, at=at
    )
    assert (signature.user, signature.in_role, signature.signed_at) == (
        expert,
        "эксперт",
        at,
    )
    assert Signature.objects.get().method == "password"


def test_a_wrong_password_does_not_confirm_and_counts(expert):
    with pytest.raises(WrongPassword):
        confirm_identity(by=expert, password=NEW)
    expert.refresh_from_db()
    assert expert.failed_sign_ins == 1


# --- Letters ----------------------------------------------------------------------


def test_an_address_gets_so_many_letters_an_hour_and_then_none(author, at):
    for _ in range(letters.LETTERS_AN_HOUR + 3):
        ask_for_password(email=author.email, at=at)
    assert OutgoingMail.objects.count() == letters.LETTERS_AN_HOUR
    ask_for_password(email=author.email, at=at.replace(hour=at.hour + 2))
    assert OutgoingMail.objects.count() == letters.LETTERS_AN_HOUR + 1
