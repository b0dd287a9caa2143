"""What every test may use: people, a clock, the database as the application sees it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

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
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Give the application's role its rights on the test database."""
    with django_db_blocker.unblock():
        grant_rights(settings.DATABASE_APPLICATION_ROLE)


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
