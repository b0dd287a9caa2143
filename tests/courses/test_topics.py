"""Topics among the weeks: to another place, to another week, copied."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from courses.models import CourseVersion, LearningOutcome, Longread, Material, Topic
from courses.services import (
    PartGone,
    PassportLocked,
    copy_topic,
    move_part,
    place_topic,
    remove_part,
)
from tests import factories
from tests.core.threads import run_together
from tests.courses import life
from tests.courses.typing_in import HTMX

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    """A course of two weeks: а, б, в in the first, г in the second."""
    made = factories.VersionFactory(lead=author, weeks=3)
    for week, position, title in ((1, 1, "а"), (1, 2, "б"), (1, 3, "в"), (2, 1, "г")):
        factories.TopicFactory(
            version=made, week=week, position=position, title=title, hours=Decimal(2)
        )
    return made


def topic(version: CourseVersion, title: str) -> Topic:
    return version.topics.get(title=title)


def order_of(version: CourseVersion) -> list[tuple[int, int, str]]:
    return list(version.topics.values_list("week", "position", "title"))


@pytest.mark.parametrize(
    ("title", "week", "place", "order"),
    [
        ("в", 1, 1, [(1, 1, "в"), (1, 2, "а"), (1, 3, "б"), (2, 1, "г")]),
        ("а", 1, 2, [(1, 1, "б"), (1, 2, "а"), (1, 3, "в"), (2, 1, "г")]),
        ("а", 1, 99, [(1, 1, "б"), (1, 2, "в"), (1, 3, "а"), (2, 1, "г")]),
        ("а", 2, 1, [(1, 2, "б"), (1, 3, "в"), (2, 1, "а"), (2, 2, "г")]),
        ("а", 2, 0, [(1, 2, "б"), (1, 3, "в"), (2, 1, "а"), (2, 2, "г")]),
        ("г", 5, 3, [(1, 1, "а"), (1, 2, "б"), (1, 3, "в"), (5, 1, "г")]),
        ("б", 1, 2, [(1, 1, "а"), (1, 2, "б"), (1, 3, "в"), (2, 1, "г")]),
    ],
)
def test_a_topic_goes_to_a_week_and_a_place(
    title, week, place, order, version, author
) -> None:
    place_topic(topic=topic(version, title), week=week, place=place, by=author)

    assert order_of(version) == order


def test_a_copy_stands_after_its_topic_with_all_its_parts(author) -> None:
    version = life.whole_version(author, questions_a_week=1)
    source = version.topics.get(week=1)
    Topic.objects.filter(pk=source.pk).update(id_number="t1", assessed_in=None)
    Longread.objects.filter(topic=source).update(id_number="l1")
    source.control_tasks.update(id_number="c1", lms_facts={"opens": "1"})
    Material.objects.create(
        version=version,
        topic=source,
        position=1,
        kind="video",
        title="Видео",
        url="https://lms.university.example/v",
        state="declared",
        id_number="m1",
    )
    last = factories.TopicFactory(version=version, week=1, position=2)
    copied = copy_topic(topic=source, by=author)

    assert [row.title for row in version.topics.filter(week=1)] == [
        source.title,
        f"Copy of {source.title}",
        last.title,
    ]
    assert (copied.hours, copied.id_number) == (source.hours, "")
    assert list(copied.outcomes.all()) == list(LearningOutcome.objects.all())
    [longread], [practicum] = copied.longreads.all(), copied.practicums.all()
    assert (longread.title, longread.id_number) == ("Лонгрид", "")
    assert practicum.title == "Упражнение"
    task, own = copied.control_tasks.first(), source.control_tasks.first()
    assert (task.title, task.points, task.id_number) == (own.title, own.points, "")
    assert (task.lms_facts, own.lms_facts) == ({}, {"opens": "1"})
    assert [row.title for row in copied.materials.all()] == ["Видео"]
    assert (copied.banks.count(), source.banks.count()) == (0, 1)


def test_the_title_of_a_copy_fits_its_field(version, author) -> None:
    Topic.objects.filter(title="а").update(title="я" * 250)

    assert len(copy_topic(topic=version.topics.first(), by=author).title) == 250


@pytest.mark.parametrize("edit", [copy_topic, place_topic])
def test_only_authors_of_an_open_passport_move_and_copy(
    edit, version, author, stranger, at
) -> None:
    where = {"week": 2, "place": 1} if edit is place_topic else {}
    first = topic(version, "а")
    before = order_of(version)
    with pytest.raises(PermissionDenied):
        edit(topic=first, **where, by=stranger)
    life.at_stage(version, "expertise", author, at)
    with pytest.raises(PassportLocked):
        edit(topic=topic(version, "а"), **where, by=author)

    assert order_of(version) == before


@pytest.mark.parametrize("edit", [copy_topic, place_topic])
def test_a_topic_that_is_gone_is_neither_moved_nor_copied(
    edit, version, author
) -> None:
    where = {"week": 2, "place": 1} if edit is place_topic else {}
    first = topic(version, "а")
    remove_part(part=topic(version, "а"), by=author)
    with pytest.raises(PartGone):
        edit(topic=first, **where, by=author)


@pytest.mark.django_db(transaction=True)
def test_topics_moved_by_two_at_once_keep_a_place_each(version, author) -> None:
    keys = list(version.topics.filter(week=1).values_list("pk", flat=True))

    def work(number: int) -> None:
        moved = Topic.objects.get(pk=keys[number % len(keys)])
        if number % 2:
            place_topic(topic=moved, week=1, place=1, by=author)
        else:
            move_part(part=moved, by_places=1, by=author)

    run_together(work, 8)

    places = version.topics.filter(week=1).values_list("position", flat=True)
    assert list(places) == [1, 2, 3]


# --- the page -----------------------------------------------------------------------


def post(author, version, name, title, headers=None, **values):
    client = Client()
    client.force_login(author)
    url = reverse(f"courses:{name}", args=[version.pk, topic(version, title).pk])
    return client.post(url, values, headers=headers or {}, follow=headers is None)


def test_a_topic_is_moved_by_a_form(version, author) -> None:
    page = post(author, version, "topic_place", "а", week="2", place="2")

    assert "“а” is now in week 2, place 2." in page.text
    assert order_of(version)[-1] == (2, 2, "а")


def test_a_topic_is_moved_by_a_script(version, author) -> None:
    answer = post(author, version, "topic_place", "а", HTMX, week="2", place="1")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'hx-swap-oob="innerHTML:#topic-said">“а” is now in week 2' in answer.text
    assert 'id="passport-panel" hx-swap-oob="true"' in answer.text
    assert order_of(version)[2:] == [(2, 1, "а"), (2, 2, "г")]


@pytest.mark.parametrize(
    "where", [{}, {"week": "0", "place": "1"}, {"week": "x", "place": "1" * 5000}]
)
@pytest.mark.parametrize("headers", [None, HTMX])
def test_where_there_is_no_place_nothing_moves(where, headers, version, author) -> None:
    before = order_of(version)
    page = post(author, version, "topic_place", "а", headers, **where)

    assert page.status_code == 200
    assert "Not moved: give the number of a week" in page.text
    assert order_of(version) == before


def test_a_topic_is_copied_by_its_button(version, author) -> None:
    page = post(author, version, "topic_copy", "а")

    assert "Added: Copy of а." in page.text
    assert version.topics.filter(week=1).count() == 4


def test_weeks_without_topics_are_shown_to_be_filled(version, author) -> None:
    client = Client()
    client.force_login(author)
    page = client.get(f"/courses/{version.pk}/topics/")

    assert [
        (week["number"], len(week["topics"]), week["hours"])
        for week in page.context["weeks"]
    ] == [(1, 3, 6), (2, 1, 2), (3, 0, 0)]
    assert "No topic in this week." in page.text


@pytest.mark.parametrize(
    ("query", "week"),
    [("?week=7", 7), ("", 3), ("?week=x", 3), ("?week=²", 3), (f"?week={'9' * 9}", 3)],
)
def test_a_topic_is_added_in_the_week_that_is_asked_for(
    query, week, version, author
) -> None:
    client = Client()
    client.force_login(author)
    form = client.get(f"/courses/{version.pk}/topics/add/{query}").context["form"]

    assert form["week"].value() == week
