"""Signing in, and the lock (KSTU 5.7)."""

from threading import Barrier, Lock

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db.models import QuerySet
from django.urls import reverse

from accounts.backends import GuardedBackend
from accounts.models import User
from accounts.services import unlock_account
from tests.core.threads import run_together
from tests.factories import PASSWORD, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("accounts:sign_in")
WRONG = "Не-тот-1-пароль"


def sign_in(client, person, password=PASSWORD, **fields):
    return client.post(SIGN_IN, {"email": person.email, "password": password, **fields})


def words_of(response) -> str:
    """The page without what differs by itself: the token and what was typed."""
    form = response.context["form"]
    return str(form.errors)


class CountingHasher(MD5PasswordHasher):
    """Counts how many passwords were hashed."""

    count = 0
    _lock = Lock()

    def encode(self, password, salt):
        with self._lock:
            CountingHasher.count += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    CountingHasher.count = 0
    return CountingHasher


# --- The door ---------------------------------------------------------------------


def test_the_right_password_opens_the_desk(client, author):
    response = sign_in(client, author)
    assert response.status_code == 302
    assert response.url == reverse("desk")
    assert client.session["_auth_user_id"] == str(author.pk)


def test_the_login_is_the_same_in_any_case(client, author):
    author.email = author.email.upper()
    assert sign_in(client, author).status_code == 302


def test_whoever_is_signed_in_needs_no_door(client, author):
    client.force_login(author)
    response = client.get(SIGN_IN, {"next": "/account/"})
    assert response.url == "/account/"


@pytest.mark.parametrize("target", ["/account/", "/desk/?a=b"])
def test_one_comes_where_one_wanted_to_go(client, author, target):
    assert sign_in(client, author, next=target).url == target


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\tjavascript:alert(1)",
    ],
)
def test_next_leads_nowhere_but_home(client, author, target):
    assert sign_in(client, author, next=target).url == reverse("desk")


@pytest.mark.parametrize(
    "fields", [{"email": "a@b.example"}, {"email": "a\0b", "password": "x\0y"}]
)
def test_half_a_form_is_sent_back(client, fields):
    response = client.post(SIGN_IN, fields)
    assert response.status_code == 200
    assert response.context["form"].errors


# --- The same words ---------------------------------------------------------------


def refused(kind: str, at) -> tuple[User, str]:
    """Make an account, and the password tried, that open nothing."""
    person = UserFactory()
    changes = {
        "unconfirmed": {"email_confirmed_at": None},
        "closed": {"is_active": False},
        "locked": {"locked_at": at},
    }
    User.objects.filter(pk=person.pk).update(**changes.get(kind, {}))
    if kind == "unknown":
        person.email = "nobody@university.example"
    if kind == "the system":
        person = User.objects.get(is_system=True)
    return person, WRONG if kind == "wrong" else PASSWORD


KINDS = ["wrong", "unknown", "locked", "unconfirmed", "closed", "the system"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_has_the_same_words(client, at, kind):
    plain = sign_in(client, UserFactory(), WRONG)
    person, password = refused(kind, at)
    response = sign_in(client, person, password)
    assert response.status_code == plain.status_code == 200
    assert words_of(response) == words_of(plain)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_costs_one_hash(client, at, counting, kind):
    person, password = refused(kind, at)
    counting.count = 0
    sign_in(client, person, password)
    assert counting.count == 1


def test_a_password_of_a_megabyte_is_refused_unhashed(client, author, counting):
    counting.count = 0
    response = sign_in(client, author, "Aa1!" * 250_000)
    assert response.context["form"].errors
    assert counting.count == 0


# --- The lock ---------------------------------------------------------------------


def test_the_third_wrong_password_does_not_lock_and_the_fourth_does(client, author):
    for number, is_locked in ((1, False), (2, False), (3, False), (4, True)):
        sign_in(client, author, WRONG)
        author.refresh_from_db()
        assert (author.failed_sign_ins, author.locked_at is not None) == (
            number,
            is_locked,
        )


def test_the_right_password_begins_the_count_anew(client, author):
    for _ in range(3):
        sign_in(client, author, WRONG)
    sign_in(client, author)
    author.refresh_from_db()
    assert author.failed_sign_ins == 0


def test_the_right_password_opens_nothing_while_locked(client, author, at):
    User.objects.filter(pk=author.pk).update(locked_at=at, failed_sign_ins=4)
    sign_in(client, author)
    assert "_auth_user_id" not in client.session
    author.refresh_from_db()
    assert author.failed_sign_ins == 4


def test_after_the_officer_unlocked_it_opens(client, author, at):
    User.objects.filter(pk=author.pk).update(locked_at=at, failed_sign_ins=4)
    unlock_account(user=author, by=OfficerFactory(), at=at)
    assert sign_in(client, author).status_code == 302


def test_a_lock_ends_the_sessions_that_are_open(client, author, at):
    client.force_login(author)
    User.objects.filter(pk=author.pk).update(locked_at=at)
    response = client.get(reverse("accounts:profile"))
    assert response.status_code == 302
    assert response.url.startswith(SIGN_IN)


GUESSES = 20


def guess_at_once(person, look=lambda: None) -> int:
    """Try so many wrong passwords at once; return how many were looked at.

    `look` is called before each look, to let the threads wait for each other.
    """
    real = User.check_password
    looked_at = []

    def counted(user, password):
        looked_at.append(password)
        look()
        return real(user, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(User, "check_password", counted)
        found = run_together(
            lambda n: authenticate(None, username=person.email, password=f"{WRONG}{n}"),
            GUESSES,
        )
    assert found == [None] * GUESSES
    return len(looked_at)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_guesses_at_once_four_are_looked_at(settings):
    """With the hasher of production, slow enough for the guesses to meet."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    person = UserFactory()
    assert guess_at_once(person) == 4
    person.refresh_from_db()
    assert person.failed_sign_ins == 4
    assert person.locked_at is not None


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_row_all_are_looked_at(monkeypatch):
    """The negative control: all have read the account before any has been counted."""
    person = UserFactory()
    all_have_read = Barrier(GUESSES)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows)
    assert guess_at_once(person, lambda: all_have_read.wait(timeout=30)) == GUESSES
    person.refresh_from_db()
    assert person.locked_at is None


# --- The way out ------------------------------------------------------------------


def test_signing_out_ends_the_session(client, author):
    """Source: KSTU 5.6."""
    sign_in(client, author)
    cookie = client.cookies["sessionid"].value
    client.post(reverse("accounts:sign_out"))

    client.cookies["sessionid"] = cookie
    response = client.get(reverse("desk"))
    assert response.url == f"{SIGN_IN}?next=/desk/"


def test_a_link_cannot_sign_out(client, author):
    client.force_login(author)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert "_auth_user_id" in client.session


# --- The backend itself -----------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "password"), [(None, "x"), ("", "x"), ("a@b.example", None)]
)
def test_nobody_signs_in_with_half_a_pair(username, password):
    assert GuardedBackend().authenticate(None, username, password) is None


def test_the_backend_leaves_rights_to_the_rules(staff):
    backend = GuardedBackend()
    assert backend.has_perm(staff, "accounts.enter_admin") is False
    assert backend.has_module_perms(staff, "accounts") is False
    assert staff.has_perm("accounts.enter_admin") is True
