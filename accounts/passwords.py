"""What a password must be.

Source: KSTU 5.1: at least eight characters with a digit, a lower-case letter, an
upper-case letter and a special sign; no sign repeated in a row; not one used before.
"""

import re
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_LENGTH = 8
# A longer one costs the hasher more than it protects.
MAX_LENGTH = 128
KEPT_PASSWORDS = 10


class CompositionValidator:
    """Refuse a password that lacks a kind of sign, or repeats one in a row."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError that names everything the password lacks."""
        wrong = [
            message
            for is_wrong, message in (
                (
                    len(password) < MIN_LENGTH,
                    _("at least %(count)s characters") % {"count": MIN_LENGTH},
                ),
                (
                    len(password) > MAX_LENGTH,
                    _("at most %(count)s characters") % {"count": MAX_LENGTH},
                ),
                (not any(sign.isdigit() for sign in password), _("a digit")),
                (
                    not any(sign.islower() for sign in password),
                    _("a lower-case letter"),
                ),
                (
                    not any(sign.isupper() for sign in password),
                    _("an upper-case letter"),
                ),
                (all(sign.isalnum() for sign in password), _("a special sign")),
                (
                    re.search(r"(.)\1", password) is not None,
                    _("no sign twice in a row"),
                ),
            )
            if is_wrong
        ]
        if wrong:
            raise ValidationError(
                _("The password needs: %(missing)s.") % {"missing": ", ".join(wrong)}
            )

    def get_help_text(self) -> str:
        """Say the rule in words."""
        return _(
            "At least 8 characters: a digit, a lower-case and an upper-case letter and "
            "a special sign; no sign twice in a row."
        )


class GuessableValidator(CommonPasswordValidator):
    """Refuse a password of the lists of guessed ones, signs put about it or not."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError when the letters and digits alone are on the list."""
        super().validate(password, user)
        super().validate(re.sub(r"[\W_]", "", password), user)


class NotUsedBeforeValidator:
    """Refuse a password that the person had before."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError when the present or a kept hash fits."""
        if user is None or user.pk is None or len(password) > MAX_LENGTH:
            return
        kept = user.old_passwords.values_list("password", flat=True)
        former = {user.password, *kept[:KEPT_PASSWORDS]}
        if any(check_password(password, encoded) for encoded in former):
            raise ValidationError(_("You had this password before. Choose a new one."))

    def get_help_text(self) -> str:
        """Say the rule in words."""
        return _("Not one that you had before.")
