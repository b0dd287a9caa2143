"""The showcase is found by words in any language; the register is seen by anybody."""

import pytest
from django.urls import reverse

from registry import services
from registry.selectors import (
    Search,
    count_facet,
    find_courses,
    find_entries,
    on_showcase,
    text_in,
)
from tests import factories
from tests.registry import life

NOTHING = {"type": "", "unit": "", "language": ""}


@pytest.fixture
def shelf(author, staff, at):
    """Three open courses: on statistics in three languages, on rivers, Kazakh."""
    titles = {
        "Основы статистики": [
            ("kk", "Статистика негіздері"),
            ("ky", "Статистиканын негиздери"),
            ("en", "Foundations of statistics"),
        ],
        "Экология малых рек": [],
        "Қазақ тілі": [],
    }
    entries = {}
    for title, others in titles.items():
        entry = life.entry(author, at=at, title=title, short="Курс для всех")
        for language, text in others:
            life.titled(entry.version, language, text)
        entries[title] = life.opened(entry, staff=staff, at=at)
    return entries


def _found(words, **facets):
    courses = find_courses(Search(words, {**NOTHING, **facets}))
    return [entry.version.title for entry in courses]


@pytest.mark.parametrize(
    "words",
    [
        "статистика",
        "статистикой",
        "статист",
        "основы статистики",
        "негіздері",
        "негіз",
        "НЕГИЗ",
        "foundat",
        '"основы статистики"',
        "статистика -экология",
        "статистика or физика",
    ],
)
def test_course_is_found(shelf, words):
    assert _found(words) == ["Основы статистики"]


@pytest.mark.parametrize("words", ["химия", "!!!", "& | :* (", "'", '"', "\\"])
def test_nothing_is_found_and_nothing_breaks(shelf, words):
    assert _found(words) == []


def test_course_is_found_by_its_unit_and_its_code(shelf):
    version = shelf["Экология малых рек"].version
    assert "Экология малых рек" in _found(version.course.unit.name)
    assert _found(version.course.code.rsplit("-", 1)[1]) == ["Экология малых рек"]


def test_best_match_stands_first(author, staff, at, shelf):
    other = life.entry(author, at=at, title="Введение", short="и немного статистики")
    life.opened(other, staff=staff, at=at)
    assert _found("статистика") == ["Основы статистики", "Введение"]


def test_without_words_the_newest_stands_first(shelf):
    assert _found("") == list(reversed(shelf))


def test_facets_narrow_and_count_by_the_others(author, staff, at, shelf):
    kazakh = shelf["Қазақ тілі"].version
    kazakh.language = "kk"
    kazakh.save()
    search = Search("", {**NOTHING, "language": "kk"})
    assert _found("", language="kk") == ["Қазақ тілі"]
    assert count_facet(search, "language") == {"ru": 2, "kk": 1}
    assert count_facet(search, "type") == {"open_learning": 1}
    assert count_facet(search, "unit") == {str(kazakh.course.unit_id): 1}


def test_suspended_course_leaves_the_showcase(shelf, staff, at):
    entry = shelf["Қазақ тілі"]
    services.suspend_entry(entry=entry, by=staff, at=at, comment="Обновляется.")
    assert entry not in on_showcase()
    assert entry in find_entries("", order="number")


def test_newer_version_takes_the_place_of_the_older(shelf, author, staff, at):
    older = shelf["Экология малых рек"]
    newer = life.entry(
        author, at=at, title="Экология рек", course=older.version.course, number=2
    )
    assert older in on_showcase()
    life.opened(newer, staff=staff, at=at)
    assert older not in on_showcase()
    assert newer in on_showcase()


def test_search_follows_a_new_description(shelf):
    entry = shelf["Экология малых рек"]
    entry.version.texts.update(short_description="Гидрология для начинающих")
    assert _found("гидрология") == []
    services.refresh_search(entry=entry)
    assert _found("гидрология") == ["Экология малых рек"]


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 3), ("№ 000002", 1), ("2", 3), ("малых рек", 1), ("нет", 0)],
)
def test_register_is_searched_by_number_title_code_and_unit(shelf, words, count):
    found = find_entries(words, order="number")
    assert len(found) == count


def test_text_is_in_the_language_asked_or_the_course_own(shelf, author, at):
    version = shelf["Основы статистики"].version
    assert text_in(version, "kk").title == "Статистика негіздері"
    assert text_in(version, "de").title == "Основы статистики"
    version.language = "de"
    assert text_in(version, "fr") is not None
    version.texts.all().delete()
    assert text_in(version, "ru") is None


def test_showcase_has_chips_and_cards(client, shelf):
    page = client.get(reverse("registry:showcase"), {"language": "ru", "q": "рек"})
    assert page.status_code == 200
    assert "Экология малых рек" in page.content.decode()
    chips = [chip.count for chip in page.context["filters"][1]["chips"]]
    assert chips == [1, 1]


@pytest.mark.parametrize(
    "query",
    [
        {"type": "poetry"},
        {"unit": "abc"},
        {"unit": "99999999999999999999"},
        {"page": "-5"},
        {"page": "x"},
        {"q": "x" * 500},
    ],
)
def test_senseless_queries_are_answered(client, shelf, query):
    assert client.get(reverse("registry:showcase"), query).status_code == 200


def test_showcase_says_what_to_do_when_it_is_empty(client, db):
    page = client.get(reverse("registry:showcase"))
    assert 'class="empty"' in page.content.decode()
    page = client.get(reverse("registry:showcase"), {"q": "нет", "unit": "5"})
    assert 'class="empty"' in page.content.decode()


def test_course_page_tells_search_engines_of_it(client, run):
    run.entry.version.texts.update(title="Ряды </script><b>")
    page = client.get(reverse("registry:course_detail", args=[1])).content.decode()
    assert '"@type": "Course"' in page
    assert "</script><b>" not in page
    assert "\\u003C/script\\u003E" in page


def test_course_page_groups_topics_by_week(client, opened):
    for week, title in ((1, "Данные"), (1, "Шкалы"), (2, "Графики")):
        factories.TopicFactory(version=opened.version, week=week, title=title)
    page = client.get(reverse("registry:course_detail", args=[1]))
    assert [
        (week, [topic.title for topic in topics])
        for week, topics in page.context["weeks"]
    ] == [(1, ["Данные", "Шкалы"]), (2, ["Графики"])]


def test_removed_course_has_no_page_but_stays_in_the_register(
    client, opened, staff, at
):
    services.remove_entry(entry=opened, by=staff, at=at, comment="Заявление.")
    assert client.get(reverse("registry:course_detail", args=[1])).status_code == 404
    page = client.get(reverse("registry:register_list"))
    assert "Основы статистики" in page.content.decode()


def test_register_is_sorted_and_filtered_and_exported_as_seen(client, shelf):
    query = {"sort": "title", "q": "ос", "state": "open"}
    page = client.get(reverse("registry:register_list"), query)
    assert [row.shown_title for row in page.context["page"]] == ["Основы статистики"]
    table = client.get(reverse("registry:register_export"), query)
    assert table["Content-Disposition"] == 'attachment; filename="register.xlsx"'
    assert table.content[:2] == b"PK"
    assert (
        client.get(reverse("registry:register_list"), {"sort": "x"}).status_code == 200
    )
    empty = client.get(reverse("registry:register_list"), {"state": "archived"})
    assert 'class="empty"' in empty.content.decode()
