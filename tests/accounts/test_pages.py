"""The pages about accounts: who comes where, and what they answer."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import urls
from accounts.http import person_of
from accounts.links import confirmation_token, password_link
from accounts.models import User
from core.models import OutgoingMail
from tests.factories import (
    PASSWORD,
    FinanceFactory,
    GrantFactory,
    HrFactory,
    OfficerFactory,
    StaffFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NEW = "Тополь-82-река"
FORM = {
    "purpose": "learner",
    "surname": "Новикова",
    "given_name": "Айгүл",
    "patronymic": "",
    "email": "new@university.example",
    "password": NEW,
    "repeated": NEW,
    "agrees": "on",
}
PROFILE = {
    "surname": "Замужева",
    "office_phone": "",
    "mobile_phone": "+996 312 54-51-25",
    "language": "ky",
}


def address(name: str, person: User | None = None) -> str:
    arguments = {
        "email_confirm": lambda: [confirmation_token(person)],
        "password_new": lambda: password_link(person),
    }
    return reverse(f"accounts:{name}", args=arguments.get(name, list)())


# --- Every address × everybody ----------------------------------------------------

ROLES = {
    "nobody": lambda: None,
    "learner": UserFactory,
    "author": lambda: UserFactory(is_author=True),
    "staff": StaffFactory,
    "finance": FinanceFactory,
    "hr": HrFactory,
    "officer": OfficerFactory,
}
# Address → what a GET answers to somebody not signed in, and to anybody signed in.
GETS = {
    "sign_in": (200, 302),
    "sign_out": (405, 405),
    "register": (200, 302),
    "registered": (200, 200),
    "email_confirm": (200, 200),
    "password_forgotten": (200, 200),
    "password_letter": (200, 200),
    "password_new": (200, 200),
    "password_change": (302, 200),
    "profile": (302, 200),
}


def test_every_address_is_in_the_matrix():
    assert {pattern.name for pattern in urls.urlpatterns} == set(GETS)


@pytest.mark.parametrize("name", GETS)
@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role(client, name, role):
    person = ROLES[role]()
    if person:
        client.force_login(person)
    response = client.get(address(name, UserFactory()))
    assert response.status_code == GETS[name][person is not None]
    if (person, GETS[name][0]) == (None, 302):
        assert response.url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("name", GETS)
def test_a_look_changes_nothing(client, author, name):
    client.force_login(author)
    page = address(name, UserFactory(email_confirmed_at=None))
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    written = [
        query["sql"]
        for query in queries
        if re.match(r"(INSERT|UPDATE|DELETE)", query["sql"])
    ]
    assert written == []


@pytest.mark.parametrize("name", ["password_change", "profile"])
def test_a_form_of_ones_own_is_not_taken_from_a_stranger(client, name):
    response = client.post(address(name), PROFILE)
    assert response.url.startswith(reverse("accounts:sign_in"))


# --- Registration -----------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["learner", "author"])
def test_anybody_registers_and_confirms_and_comes_in(client, purpose):
    response = client.post(address("register"), {**FORM, "purpose": purpose})
    assert response.url == address("registered")
    person = User.objects.get(email=FORM["email"])
    assert (person.is_author, person.language) == (purpose == "author", "en")

    letter = OutgoingMail.objects.get()
    link = re.search(rf"{settings.BASE_URL}(/\S+)", letter.body)[1]
    assert FORM["email"] in client.get(link).content.decode()
    assert client.post(link).url == address("sign_in")
    client.post(address("sign_in"), {"email": FORM["email"], "password": NEW})
    assert client.get(address("profile")).status_code == 200


def test_a_known_e_mail_is_answered_as_an_unknown_one(client):
    """Nobody learns here who has an account."""
    UserFactory(email=FORM["email"])
    known = client.post(address("register"), FORM)
    unknown = client.post(address("register"), {**FORM, "email": "b@b.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email="b@b.example").exists()


def test_the_language_of_the_page_is_the_language_of_the_letters(client):
    client.cookies["language"] = "kk"
    client.post(address("register"), FORM)
    assert User.objects.get(email=FORM["email"]).language == "kk"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", "administrator"),
        ("surname", ""),
        ("surname", " "),
        ("surname", "А" * 81),
        ("surname", "А" * 10_000),
        ("surname", "Нов\u202eикова"),
        ("surname", "Нов\nикова"),
        ("given_name", "Ай\0гүл"),
        ("patronymic", "А\u200bА"),
        ("email", "not an e-mail"),
        ("email", "a@b.example\r\nBcc: c@d.example"),
        ("email", "почта@b.example"),
        ("email", "a@почта.example"),
        ("email", f"{'a' * 250}@b.example"),
        ("password", "abc"),
        ("password", ""),
        ("password", f"{NEW}{'х' * 1_000_000}"),
        ("repeated", "Тополь-82-озеро"),
        ("agrees", ""),
    ],
)
def test_a_field_that_will_not_do_is_named(client, field, value):
    response = client.post(address("register"), {**FORM, field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not User.objects.filter(email=FORM["email"]).exists()


def test_what_was_typed_stays_but_for_the_passwords(client):
    page = client.post(address("register"), {**FORM, "agrees": ""}).content.decode()
    assert FORM["surname"] in page
    assert NEW not in page


def test_a_name_is_text_wherever_it_is_shown(client):
    client.post(address("register"), {**FORM, "surname": "<img src=file:>{{7*7}}"})
    person = User.objects.get(email=FORM["email"])
    client.force_login(person)
    User.objects.update(email_confirmed_at=person.joined_at)
    page = client.get(address("profile")).content.decode()
    assert "&lt;img src=file:&gt;{{7*7}}" in page
    assert "<img src=file:" not in page


# --- Links of letters -------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "/account/confirm/nonsense/",
        "/account/confirm/a:b:c/",
        "/account/password/MQ/nonsense/",
        "/account/password/!/x/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_says_so_and_what_to_do(client, link, method):
    response = getattr(client, method)(link)
    assert response.status_code == 410
    assert address("password_forgotten") in response.content.decode()


def test_a_password_is_set_by_the_link_once(client, author):
    link = address("password_new", author)
    form = {"password": NEW, "repeated": NEW, "agrees": "on"}
    assert client.post(link, form).url == address("sign_in")
    assert client.post(link, form).status_code == 410
    client.post(address("sign_in"), {"email": author.email, "password": NEW})
    assert client.get(address("profile")).status_code == 200


def test_a_password_of_old_is_refused_beside_its_field(client, author):
    form = {"password": PASSWORD, "repeated": PASSWORD, "agrees": "on"}
    response = client.post(address("password_new", author), form)
    assert response.context["form"].errors["password"]


def test_whoever_has_agreed_is_not_asked_again(client, author, at):
    """Source: KSTU 6.2."""
    link = address("password_new", author)
    assert "agrees" in client.get(link).context["form"].fields
    User.objects.update(agreed_at=at)
    assert "agrees" not in client.get(link).context["form"].fields


def test_a_forgotten_password_is_answered_alike_for_all(client, author):
    letters = []
    for email in (author.email, "nobody@university.example"):
        response = client.post(address("password_forgotten"), {"email": email})
        assert response.url == address("password_letter")
        letters.append(OutgoingMail.objects.count())
    assert letters == [1, 1]


def test_what_is_no_e_mail_is_sent_back(client):
    response = client.post(address("password_forgotten"), {"email": "a b"})
    assert response.context["form"].errors


# --- One's own password and record ------------------------------------------------


def change(client, **fields):
    form = {"current": PASSWORD, "password": NEW, "repeated": NEW, **fields}
    return client.post(address("password_change"), form)


def test_a_changed_password_keeps_this_session_and_ends_the_others(client, author):
    other = type(client)()
    for device in (client, other):
        device.force_login(author)
    assert change(client).url == address("profile")
    assert client.get(address("profile")).status_code == 200
    assert other.get(address("profile")).status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"current": "Не-тот-1"}, "current"),
        ({"password": PASSWORD, "repeated": PASSWORD}, "password"),
        ({"repeated": "Рябина-41"}, "repeated"),
        ({"current": ""}, "current"),
    ],
)
def test_a_change_that_will_not_do_says_where(client, author, fields, wrong):
    client.force_login(author)
    response = change(client, **fields)
    assert list(response.context["form"].errors) == [wrong]
    author.refresh_from_db()
    assert author.check_password(PASSWORD)


def test_a_changed_record_speaks_the_new_language_at_once(client, author):
    client.force_login(author)
    response = client.post(address("profile"), PROFILE)
    assert response.url == address("profile")
    assert response.cookies["language"].value == "ky"
    author.refresh_from_db()
    assert (author.surname, author.mobile_phone) == ("Замужева", "+996 312 54-51-25")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("surname", ""),
        ("surname", "За\u202eмужева"),
        ("mobile_phone", "<script>"),
        ("office_phone", "1" * 41),
        ("language", "xx"),
    ],
)
def test_a_record_that_will_not_do_is_not_saved_and_not_shown_as_if(
    client, author, field, value
):
    client.force_login(author)
    response = client.post(address("profile"), {**PROFILE, field: value})
    assert list(response.context["form"].errors) == [field]
    assert response.context["user"].surname == author.surname
    author.refresh_from_db()
    assert author.language == "en"


def test_a_record_shows_what_the_centre_keeps(client):
    unit = UnitFactory(name="Кафедра физики")
    person = UserFactory(unit=unit, position="", academic_title="доцент")
    GrantFactory(user=person, role="unit_head", unit=unit)
    GrantFactory(user=person, role="hr")
    client.force_login(person)
    facts = {
        fact["label"]: fact["value"]
        for fact in client.get(address("profile")).context["facts"]
    }
    assert facts["Unit"] == "Кафедра физики"
    assert facts["Position"] == "—"
    assert facts["Roles"] == "Human resources, Head of a unit (Кафедра физики)"


def test_nobody_reads_the_record_of_another(client, author, stranger):
    client.force_login(stranger)
    assert author.email not in client.get(address("profile")).content.decode()


# --- The language -----------------------------------------------------------------

SET_LANGUAGE = reverse("set_language")


def test_a_language_is_kept_in_the_browser_and_on_the_account(client, author):
    client.force_login(author)
    response = client.post(SET_LANGUAGE, {"language": "kk", "next": "/account/"})
    assert response.url == "/account/"
    author.refresh_from_db()
    assert author.language == "kk"
    assert client.get("/account/").headers["Content-Language"] == "kk"


def test_a_stranger_chooses_a_language_too(client):
    client.post(SET_LANGUAGE, {"language": "ky"})
    assert client.get(address("sign_in")).headers["Content-Language"] == "ky"


@pytest.mark.parametrize("language", ["xx", "", "ru\r\nSet-Cookie: a=b"])
def test_a_language_that_nobody_speaks_here_changes_nothing(client, author, language):
    client.force_login(author)
    response = client.post(SET_LANGUAGE, {"language": language, "next": "//evil"})
    assert "language" not in response.cookies
    assert response.url == reverse("registry:showcase")
    author.refresh_from_db()
    assert author.language == "en"


def test_a_link_sets_no_language(client):
    assert client.get(SET_LANGUAGE).status_code == 405


@pytest.mark.parametrize(
    ("cookie", "account", "spoken"),
    [("kk", "ky", "kk"), ("", "ky", "ky"), ("xx", "ky", "ky"), ("", "xx", "en")],
)
def test_the_browser_goes_before_the_account_and_the_account_before_the_centre(
    client, cookie, account, spoken
):
    client.force_login(UserFactory(language=account))
    client.cookies["language"] = cookie
    answer = client.get("/account/", headers={"accept-language": "de"})
    assert answer.headers["Content-Language"] == spoken


def test_nothing_of_an_account_is_kept_by_a_cache(client):
    for name in ("sign_in", "register"):
        assert "no-store" in client.get(address(name)).headers["Cache-Control"]


def test_a_page_of_ones_own_wants_somebody(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        person_of(request)
