from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail is kept in lower case, as it is the login."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by login, whatever the case it was typed in."""
        return self.get(email=(username or "").strip().lower())

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make a person who can sign in once the e-mail is confirmed."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator of the installation."""
        return self.create_user(email, password, is_superuser=True, **fields)
