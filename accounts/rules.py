"""Who may: predicates on people. Nothing outside a `rules.py` asks for a role by name."""

from datetime import date
from typing import Any

import rules
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User


def roles_of(user: Any) -> dict[str, set[int | None]]:
    """Return the roles in force today, with the units they are granted for.

    Kept on the user for the request, as many rules ask.
    """
    if not getattr(user, "is_authenticated", False):
        return {}
    today = timezone.localdate()
    kept: tuple[date, dict[str, set[int | None]]] | None = getattr(
        user, "roles_in_force", None
    )
    if kept is None or kept[0] != today:
        roles: dict[str, set[int | None]] = {}
        for grant in user.grants.all():
            if grant.since_on <= today and (
                grant.until_on is None or today <= grant.until_on
            ):
                roles.setdefault(grant.role, set()).add(grant.unit_id)
        kept = (today, roles)
        user.roles_in_force = kept
    return kept[1]


def _has(role: Role, name: str) -> rules.Predicate:
    return rules.predicate(lambda user: role in roles_of(user), name=name)


is_centre_staff = _has(Role.CENTRE_STAFF, "is_centre_staff")
is_finance = _has(Role.FINANCE, "is_finance")
is_hr = _has(Role.HR, "is_hr")
is_security_officer = _has(Role.SECURITY_OFFICER, "is_security_officer")
is_unit_head = _has(Role.UNIT_HEAD, "is_unit_head")


@rules.predicate
def is_system(user: Any) -> bool:
    """The system itself: beat and the jobs."""
    return bool(getattr(user, "is_system", False))


@rules.predicate
def is_signed_in(user: Any) -> bool:
    """Anybody with an account."""
    return bool(getattr(user, "is_authenticated", False))


@rules.predicate
def is_oneself(user: Any, other: User | None) -> bool:
    """The record is the person's own."""
    return other is not None and user.pk == other.pk


def heads_unit(user: Any, unit_id: int | None) -> bool:
    """Tell whether a person heads the unit."""
    return unit_id is not None and unit_id in roles_of(user).get(Role.UNIT_HEAD, set())


is_administration = is_centre_staff | is_finance | is_hr | is_security_officer

rules.add_perm("accounts.enter_admin", is_administration)
rules.add_perm("accounts", is_administration)
rules.add_perm("accounts.view_user", is_centre_staff | is_hr | is_security_officer)
rules.add_perm("accounts.add_user", is_hr | is_centre_staff)
rules.add_perm("accounts.change_user", is_hr | is_security_officer | is_centre_staff)
rules.add_perm("accounts.lock_user", is_security_officer)
rules.add_perm("accounts.view_unit", is_administration)
rules.add_perm("accounts.add_unit", is_hr | is_centre_staff)
rules.add_perm("accounts.change_unit", is_hr | is_centre_staff)
rules.add_perm("accounts.view_rolegrant", is_hr | is_security_officer | is_centre_staff)
rules.add_perm("accounts.add_rolegrant", is_security_officer)
rules.add_perm("accounts.change_rolegrant", is_security_officer)
rules.add_perm("accounts.delete_rolegrant", is_security_officer)
rules.add_perm("accounts.view_signature", is_security_officer | is_centre_staff)
rules.add_perm("accounts.view_trail", is_security_officer)

rules.add_perm("core", is_centre_staff | is_security_officer)
for _model in ("job", "outgoingmail", "dayoverride", "counter"):
    rules.add_perm(f"core.view_{_model}", is_centre_staff | is_security_officer)
for _verb in ("add", "change", "delete"):
    rules.add_perm(f"core.{_verb}_dayoverride", is_centre_staff)
rules.add_perm("core.view_quarantinedfile", is_centre_staff | is_security_officer)
rules.add_perm("core.see_quarantinedfile", is_security_officer)
