"""Editions to ask about, and who asks."""

import pytest
from django.test import Client

from courses.models import CourseVersion, RegulationEdition
from tests import factories
from tests.courses import life
from tests.courses.editions.making import new_edition


@pytest.fixture(autouse=True)
def no_broker(monkeypatch) -> None:
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)


@pytest.fixture
def in_admin(client: Client, staff) -> Client:
    client.force_login(staff)
    return client


@pytest.fixture
def asked() -> RegulationEdition:
    """One that asks 3 weeks at the least, and no glossary at all."""
    return new_edition(thresholds={"weeks_min": 3}, switched_off=["literature"])


@pytest.fixture
def courses(author, at) -> dict[str, CourseVersion]:
    """A course that would fail anew, one that no longer would, one that always does."""
    short = life.whole_version(author, questions_a_week=100)
    return {
        "short": short,
        "long": life.whole_version(
            author, weeks=3, questions_a_week=70, literature="", credits="1.5"
        ),
        "empty": factories.VersionFactory(lead=author),
    }


@pytest.fixture
def officer(db):
    return factories.OfficerFactory()
