"""Reads of people and units."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.links import LinkRefused, proves, read_confirmation, read_key
from accounts.models import RoleGrant, Unit, User


def system_user() -> User:
    """Return the user that beat and the jobs act as.

    Raises:
        User.DoesNotExist: the installation has not been migrated.
    """
    return User.objects.get(is_system=True)


def grants_in_force(user: User, on: date) -> QuerySet[RoleGrant]:
    """Return the roles a person has on a day."""
    return user.grants.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), since_on__lte=on
    ).select_related("unit")


def units_headed_by(user: User, on: date) -> QuerySet[Unit]:
    """Return the units whose head a person is on a day."""
    return Unit.objects.filter(
        grants__in=grants_in_force(user, on).filter(role=Role.UNIT_HEAD)
    ).distinct()


def people_with_role(role: Role, on: date) -> QuerySet[User]:
    """Return active people who have a role on a day."""
    return User.objects.filter(
        Q(grants__until_on__isnull=True) | Q(grants__until_on__gte=on),
        is_active=True,
        grants__role=role,
        grants__since_on__lte=on,
    ).distinct()


def users_visible_to(user: User) -> QuerySet[User]:
    """Return the people whose records a person may open."""
    if user.has_perm("accounts.view_user"):
        return User.objects.filter(is_system=False)
    return User.objects.filter(pk=user.pk)


def person_with_email(email: str) -> User | None:
    """Return the active person whose login an e-mail is, whatever its case."""
    return User.objects.filter(
        email=email.strip().lower(), is_active=True, is_system=False
    ).first()


def person_to_confirm(token: str) -> User:
    """Return whose e-mail the link of a letter proves.

    Raises:
        LinkRefused: the link is forged or too old, or the e-mail is another by now.
    """
    user_id, email = read_confirmation(token)
    user = User.objects.filter(pk=user_id, email=email, is_active=True).first()
    if user is None:
        raise LinkRefused
    return user


def person_of_password_link(key: str, token: str) -> User:
    """Return who may set a password by the link of a letter.

    Raises:
        LinkRefused: the link is forged, spent or too old.
    """
    user = User.objects.filter(
        pk=read_key(key), is_active=True, is_system=False
    ).first()
    if user is None or not proves(user, token):
        raise LinkRefused
    return user


def locked_people() -> QuerySet[User]:
    """Return the people whose accounts are locked."""
    return User.objects.filter(locked_at__isnull=False, is_active=True)
