"""Bring the database to the newest schema, as its owner: `python -m config.migrate`.

The owner's address is DATABASE_OWNER_URL; the application's own role may not do it.
"""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate, then give the application's role its rights on what is new."""
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if owner_url:
        os.environ["DATABASE_URL"] = owner_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False)
    if settings.DATABASES["default"]["USER"] == settings.DATABASE_APPLICATION_ROLE:
        # To narrow the rights of the owner would lock it out of its own migrations.
        sys.stderr.write("One role owns and serves: its rights are not narrowed.\n")
    else:
        call_command("grant_rights")


if __name__ == "__main__":
    main()
