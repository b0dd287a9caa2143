"""Sign-in that locks the account before it hashes.

Source: KSTU 5.7: more than three wrong passwords lock the account.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.passwords import MAX_LENGTH

# More than three wrong ones: the fourth locks (KSTU 5.7).
WRONG_PASSWORDS_ALLOWED = 3


class GuardedBackend(ModelBackend):
    """Checks one password at a time per account, so parallel guesses gain nothing."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_credentials: Any,
    ) -> User | None:
        """Return the person, or None for every reason alike.

        An unknown login costs the same hash as a known one.
        """
        if not username or password is None or len(password) > MAX_LENGTH:
            return None
        with transaction.atomic():
            user = (
                User.objects.select_for_update()
                .filter(email=username.strip().lower(), is_system=False)
                .first()
            )
            if user is None:
                User().set_password(password)
                return None
            return self._checked(user, password)

    def _checked(self, user: User, password: str) -> User | None:
        if user.locked_at is not None:
            User().set_password(password)
            return None
        if not user.check_password(password):
            user.failed_sign_ins += 1
            if user.failed_sign_ins > WRONG_PASSWORDS_ALLOWED:
                user.locked_at = timezone.now()  # noqa: TID251 (Django's hook has no clock)
            user.save(update_fields=["failed_sign_ins", "locked_at"])
            return None
        if not self.user_can_authenticate(user):
            return None
        if user.failed_sign_ins:
            user.failed_sign_ins = 0
            user.save(update_fields=["failed_sign_ins"])
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """Active people whose e-mail is confirmed."""
        return bool(user.is_active and user.email_confirmed_at and not user.locked_at)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Leave all rights to the rules."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Leave all rights to the rules."""
        return False
