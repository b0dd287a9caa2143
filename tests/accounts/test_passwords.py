"""What a password must be (KSTU 5.1)."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from accounts.models import PasswordHash, User
from accounts.passwords import KEPT_PASSWORDS, MAX_LENGTH, NotUsedBeforeValidator
from accounts.services import change_password
from tests.factories import PASSWORD, UserFactory

GOOD = "Тополь-82"


def refusal(password: str, user: User | None = None) -> str:
    with pytest.raises(ValidationError) as error:
        validate_password(password, user)
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    "password", [GOOD, "Rowan#41", "Aa1!bcde", "Ұлы-дала7", "Өмүр*1981"]
)
def test_a_password_with_each_kind_of_sign_is_taken(password):
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Топь-82", "at least 8 characters"),
        ("Тополь-ок", "a digit"),
        ("ТОПОЛЬ-82", "a lower-case letter"),
        ("тополь-82", "an upper-case letter"),
        ("Тополь828", "a special sign"),
        ("Тополь-88", "no sign twice in a row"),
        ("Аа1!" * 33, "at most 128 characters"),
    ],
)
def test_what_is_missing_is_named(password, missing):
    """Source: KSTU 5.1."""
    assert missing in refusal(password)


def test_everything_that_is_missing_is_named_at_once():
    words = refusal("аа")
    for missing in ("8 characters", "a digit", "upper-case", "special", "twice"):
        assert missing in words


def test_eight_characters_are_enough_and_seven_are_not():
    validate_password("Tk#4mneo")
    assert "at least 8" in refusal("Tk#4mne")


def test_the_longest_that_is_taken_is_taken():
    validate_password(("Рябина-41" * 15)[:MAX_LENGTH])


@pytest.mark.parametrize("password", ["Qwerty123!", "!Qwerty-123", "Pa.ssword1"])
def test_a_password_that_everybody_guesses_is_refused_with_signs_about_it_too(password):
    assert "common" in refusal(password)


@pytest.mark.parametrize("password", ["Akhmetova#1", "Akhmetovа-7"])
def test_a_password_like_the_name_or_the_mail_is_refused(password):
    person = User(surname="Akhmetova", given_name="Gulnar", email="a@b.example")
    assert "similar" in refusal(password, person)


def test_a_password_once_had_is_refused(db, at):
    person = UserFactory()
    change_password(user=person, password=GOOD, at=at)
    change_password(user=person, password="Рябина-41", at=at)
    assert "before" in refusal(GOOD, person)
    validate_password("Осина-73-лист", person)


def test_the_present_password_is_refused_though_it_was_never_kept(db):
    person = UserFactory()
    assert not PasswordHash.objects.exists()
    assert "before" in refusal(PASSWORD, person)


def test_so_many_are_remembered(db, at):
    person = UserFactory()
    for number in range(KEPT_PASSWORDS + 2):
        day = at + timedelta(days=number)
        change_password(user=person, password=f"Берёза-{number}-лист", at=day)
    assert "before" in refusal("Берёза-2-лист", person)
    validate_password("Берёза-0-лист", person)


def test_a_password_longer_than_any_is_not_hashed_to_be_compared(
    db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        NotUsedBeforeValidator().validate("х" * (MAX_LENGTH + 1), User(pk=1))


def test_the_rules_say_themselves_in_words():
    assert len(password_validators_help_texts()) == 4
    assert all(password_validators_help_texts())
