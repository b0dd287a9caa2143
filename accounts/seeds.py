"""The row every installation has: the system's own user."""

from datetime import UTC, datetime

from accounts.models import User


def ensure_system_user() -> None:
    """Make the user that beat and the jobs act as, once."""
    User.objects.get_or_create(
        is_system=True,
        defaults={
            "email": "system@portal.invalid",
            "surname": "Система",
            "given_name": "",
            "joined_at": datetime(2000, 1, 1, tzinfo=UTC),
            "password": "!",
        },
    )
