"""Writes of people: registration, passwords, locks, signatures."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import letters
from accounts.backends import GuardedBackend
from accounts.enums import SignatureMethod
from accounts.links import LinkRefused, proves
from accounts.models import PasswordHash, Signature, User
from accounts.selectors import (
    person_of_password_link,
    person_to_confirm,
    person_with_email,
)


class AlreadyRegistered(Exception):
    """The e-mail belongs to an account already."""


class WrongPassword(Exception):
    """The password given to confirm an action is not the person's."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a person says of oneself when registering (KSTU 3.2–3.5, MIN 5.2.2)."""

    email: str
    password: str
    surname: str
    given_name: str
    patronymic: str = ""
    is_author: bool = False
    language: str = "ru"


@transaction.atomic
def register_person(*, person: NewPerson, at: datetime) -> User:
    """Make an account that opens when its e-mail is confirmed.

    Whoever registers has agreed that actions under the account count as signed by
    one's own hand (KSTU 6.2).

    Raises:
        AlreadyRegistered: the e-mail has an account.
    """
    email = person.email.strip().lower()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email,
                person.password,
                surname=person.surname,
                given_name=person.given_name,
                patronymic=person.patronymic,
                is_author=person.is_author,
                language=person.language,
                joined_at=at,
                agreed_at=at,
                password_changed_at=at,
            )
    except IntegrityError as error:
        raise AlreadyRegistered(email) from error
    PasswordHash.objects.create(user=user, password=user.password, changed_at=at)
    letters.ask_to_confirm(user, at=at)
    return user


@transaction.atomic
def receive_registration(*, person: NewPerson, at: datetime) -> None:
    """Register a person, or tell the owner of the e-mail that there is an account.

    Both cost the same hash and say nothing, so that no stranger learns who has an
    account.
    """
    try:
        register_person(person=person, at=at)
    except AlreadyRegistered:
        owner = person_with_email(person.email)
        if owner is not None:
            letters.tell_registered_already(owner, at=at)


@transaction.atomic
def confirm_email(*, token: str, at: datetime) -> User:
    """Open the account whose e-mail the token proves; a second time changes nothing.

    Raises:
        LinkRefused: the token is forged or older than three days.
    """
    user = person_to_confirm(token)
    User.objects.filter(pk=user.pk, email_confirmed_at=None).update(
        email_confirmed_at=at
    )
    return user


@transaction.atomic
def open_account(*, user: User, by: User, at: datetime) -> User:
    """Save an account made by staff; its owner chooses the password by a letter.

    Source: KSTU 3.2–3.5, 5.1.

    Raises:
        PermissionDenied: `by` may not make accounts.
    """
    if not by.has_perm("accounts.add_user"):
        raise PermissionDenied
    user.email = user.email.strip().lower()
    user.joined_at = at
    user.set_unusable_password()
    user.save()
    letters.invite(user, at=at)
    return user


@transaction.atomic
def ask_for_password(*, email: str, at: datetime) -> None:
    """Send whoever has an account under this e-mail a way back in.

    Source: KSTU part 2, 3.4.
    """
    user = person_with_email(email)
    if user is not None:
        letters.help_with_password(user, at=at)


@transaction.atomic
def set_password_by_link(*, key: str, token: str, password: str, at: datetime) -> User:
    """Set a password by the link of a letter, which proves the e-mail too.

    A locked account stays locked (KSTU 5.7).

    Raises:
        LinkRefused: the link is forged, spent or too old.
        ValidationError: the password is not one that may be taken.
    """
    found = person_of_password_link(key, token)
    user = User.objects.select_for_update().get(pk=found.pk)
    if not proves(user, token):
        raise LinkRefused
    validate_password(password, user)
    user.email_confirmed_at = user.email_confirmed_at or at
    user.agreed_at = user.agreed_at or at
    user.save(update_fields=["email_confirmed_at", "agreed_at"])
    change_password(user=user, password=password, at=at)
    return user


def change_own_password(*, by: User, current: str, password: str, at: datetime) -> None:
    """Change one's password; the present one is asked first.

    Asked in this order, the refusal of a former password tells nothing to whoever
    found a session open.

    Raises:
        WrongPassword: `current` is not the person's, or the account is locked.
        ValidationError: the password is not one that may be taken.
    """
    confirm_identity(by=by, password=current)
    validate_password(password, by)
    change_password(user=by, password=password, at=at)


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> None:
    """Set a password that has been validated, and keep its hash (KSTU 5.1)."""
    user.set_password(password)
    user.password_changed_at = at
    user.save(update_fields=["password", "password_changed_at"])
    PasswordHash.objects.create(user=user, password=user.password, changed_at=at)


def change_own_details(
    *, by: User, surname: str, office_phone: str, mobile_phone: str, language: str
) -> None:
    """Change what people change of their own record.

    Source: KSTU 3.6 (surname, phones).
    """
    by.surname = surname
    by.office_phone = office_phone
    by.mobile_phone = mobile_phone
    by.language = language
    by.save(update_fields=["surname", "office_phone", "mobile_phone", "language"])


def choose_language(*, by: User, language: str) -> None:
    """Keep the language that a person reads the portal in."""
    if by.language != language:
        by.language = language
        by.save(update_fields=["language"])


@transaction.atomic
def unlock_account(*, user: User, by: User, at: datetime) -> None:
    """Open a locked account again (KSTU 5.7: the responsible officer does).

    Raises:
        PermissionDenied: `by` is not a security officer.
    """
    if not by.has_perm("accounts.lock_user", user):
        raise PermissionDenied
    User.objects.filter(pk=user.pk).update(locked_at=None, failed_sign_ins=0)
    user.refresh_from_db()


@transaction.atomic
def lock_account(*, user: User, by: User, at: datetime) -> None:
    """Close an account's way in (KSTU 6.7).

    Raises:
        PermissionDenied: `by` is not a security officer.
    """
    if not by.has_perm("accounts.lock_user", user):
        raise PermissionDenied
    User.objects.filter(pk=user.pk, locked_at=None).update(locked_at=at)
    user.refresh_from_db()


def confirm_identity(*, by: User, password: str) -> None:
    """Check anew that the person at the keyboard is who is signed in.

    Called before the transaction of what is signed, so that a wrong password counts
    towards the lock even when nothing else happens (KSTU 5.7).

    Raises:
        WrongPassword: the password is not the person's, or the account is locked.
    """
    if GuardedBackend().authenticate(None, by.email, password) != by:
        raise WrongPassword(_("The password is not right: nothing has changed."))


def add_signature(
    *, by: User, in_role: str, subject: str, sha256: str, at: datetime
) -> Signature:
    """Sign exactly what has this hash, after `confirm_identity`.

    Source: KSTU part 1 (simple electronic signature), 6.2.
    """
    return Signature.objects.create(
        user=by,
        in_role=in_role,
        subject=subject,
        sha256=sha256,
        method=SignatureMethod.PASSWORD,
        signed_at=at,
    )
