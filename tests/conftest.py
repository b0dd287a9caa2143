"""What every test may use: people, a clock, the database as the application sees it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from core.rights import grant_rights
from tests import factories

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """A moment of a working day: Monday, 14 September 2026, noon in Moscow."""
    return AT


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    """Files of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def source_language(settings) -> Iterator[None]:
    """Tests read the language of the source; translations are tried by themselves."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def plain_static_files(tmp_path_factory, settings) -> None:
    """Pages name their static files as they are: nothing has been collected."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    """Real hashing is tried where it matters; elsewhere it only costs time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Give the application's role its rights on the test database.

    At the end, threads of live servers may still hold a connection to it.
    """
    with django_db_blocker.unblock():
        grant_rights(settings.DATABASE_APPLICATION_ROLE)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            # Only a superuser may stop an autovacuum.
            " AND backend_type = 'client backend'"
        )


@pytest.fixture
def as_application(db) -> Iterator[None]:
    """Talk to PostgreSQL as the application's role, as production does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.DATABASE_APPLICATION_ROLE}")
        yield
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture
def staff(db):
    return factories.StaffFactory()


@pytest.fixture
def author(db):
    return factories.UserFactory(surname="Авторова", is_author=True)


@pytest.fixture
def other_author(db):
    return factories.UserFactory(surname="Соавторов", is_author=True)


@pytest.fixture
def stranger(db):
    return factories.UserFactory(surname="Чужанин")


@pytest.fixture
def expert(db):
    return factories.UserFactory(surname="Экспертов")


@pytest.fixture
def learner(db):
    return factories.UserFactory(surname="Слушателева")


@pytest.fixture
def accountant(db):
    return factories.FinanceFactory()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, one for the process: Playwright starts once."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("chromium is not installed: `make test` installs it where it can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
