"""How many queries the pages of a passport ask, for a short course and a long one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import CourseVersion
from courses.services import keep_check
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
MOST = 15
PAGES = (
    "texts_edit",
    "introduction_edit",
    "description_edit",
    "grading_edit",
    "attestation_edit",
    "author_list",
    "outcome_list",
    "term_list",
    "topic_list",
    "topic_add",
    "material_list",
    "bank_list",
    "programme_list",
    "check_report",
    "history_list",
)


@pytest.fixture
def short_and_long(author, at) -> list[CourseVersion]:
    """A course of 4 topics and one of 32, both with a check that was kept."""
    versions = [
        life.whole_version(author, weeks=weeks, questions_a_week=2) for weeks in (4, 16)
    ]
    for week in range(1, 17):
        topic = factories.TopicFactory(version=versions[1], week=week, position=2)
        topic.longreads.create(position=1, title="Лонгрид", body="Слово", pages=6)
    for version in versions:
        keep_check(version=version, by=author, at=at)
    assert [version.topics.count() for version in versions] == [4, 32]
    return versions


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_page_of_the_passport_asks_fifteen_queries_at_most(
    author, short_and_long, client: Client
) -> None:
    client.force_login(author)

    for page in PAGES:
        asked = [
            _queries(client, reverse(f"courses:{page}", args=[version.pk]))
            for version in short_and_long
        ]
        assert (page, asked[0] == asked[1], max(asked) <= MOST) == (page, True, True)


def test_a_part_of_the_passport_asks_fifteen_queries_at_most(
    author, short_and_long, client: Client
) -> None:
    client.force_login(author)
    asked: dict[str, list[int]] = {}
    for version in short_and_long:
        topic, bank = version.topics.get(week=1, position=1), version.banks.first()
        parts = {
            "topics": topic,
            "longreads": topic.longreads.first(),
            "control-tasks": topic.control_tasks.first(),
        }
        urls = {
            "topic_detail": ("topic_detail", topic.pk),
            "bank_detail": ("bank_detail", bank.pk),
            **{kind: ("part_edit", kind, part.pk) for kind, part in parts.items()},
        }
        for page, (name, *keys) in urls.items():
            url = reverse(f"courses:{name}", args=[version.pk, *keys])
            asked.setdefault(page, []).append(_queries(client, url))

    assert {page: few for page, (few, _many) in asked.items()} == {
        page: many for page, (_few, many) in asked.items()
    }
    assert max(map(max, asked.values())) <= MOST


def test_the_page_of_a_version_asks_the_same_for_4_topics_and_32(
    author, short_and_long, client: Client
) -> None:
    client.force_login(author)

    asked = [
        _queries(client, reverse("courses:version_detail", args=[version.pk]))
        for version in short_and_long
    ]

    assert asked[0] == asked[1] <= MOST
