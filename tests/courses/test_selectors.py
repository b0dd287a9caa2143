"""Reads of courses: who sees what, the lists, the facts, who owes what."""

from datetime import date
from decimal import Decimal

import pytest

from courses import panels
from courses.panels import Debt
from courses.regulation import facts
from courses.selectors import (
    check_version,
    check_versions,
    debts_of,
    facts_of,
    facts_of_many,
    passport_content,
    passport_sha256,
    stage_counts,
    version_by_code,
    versions_authored_by,
    versions_found,
    versions_visible_to,
)
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def test_who_sees_a_passport(author, other_author, staff, stranger) -> None:
    version = factories.VersionFactory(lead=author)
    factories.VersionFactory(lead=other_author)
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    former = factories.UserFactory()
    factories.GrantFactory(
        user=former,
        role="unit_head",
        unit=version.course.unit,
        until_on=date(2026, 9, 13),
    )

    def seen(user) -> int:
        return versions_visible_to(user, TODAY).count()

    assert [seen(user) for user in (author, head, staff)] == [1, 1, 2]
    assert [seen(user) for user in (former, stranger)] == [0, 0]
    assert list(versions_authored_by(author)) == [version]


def test_versions_are_found_by_words_stage_and_type(author, at) -> None:
    chemistry = factories.VersionFactory(title="Основы общей химии")
    history = factories.VersionFactory(
        title="История края", course__type="propaedeutic"
    )
    life.at_stage(history, "expertise", author, at)
    visible = versions_visible_to(factories.StaffFactory(), TODAY)

    def found(**asked) -> list:
        return list(versions_found(visible, **asked))

    assert found() == [history, chemistry]
    assert found(words="ХИМИИ основы") == [chemistry]
    assert found(words=history.course.code) == [history]
    assert found(words="химии истории") == []
    assert found(stage="expertise") == [history]
    assert found(course_type="propaedeutic") == [history]
    assert stage_counts(visible) == {"draft": 1, "expertise": 1}


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("title", "абв"),
        ("-title", "вба"),
        ("code", "ваб"),
        ("-code", "бав"),
        ("opened", "вба"),
        ("nonsense", "абв"),
        ("", "абв"),
    ],
)
def test_versions_are_sorted(sort, titles) -> None:
    for day, (title, code) in enumerate((("в", "1"), ("б", "3"), ("а", "2")), 1):
        factories.VersionFactory(
            title=title,
            course__code=code,
            course__created_at=factories.AT.replace(day=day),
        )
    visible = versions_visible_to(factories.StaffFactory(), TODAY)

    assert [row.title for row in versions_found(visible, sort=sort)] == list(titles)


def test_the_newest_version_goes_by_the_code(author, at) -> None:
    first = life.at_stage(factories.VersionFactory(), "rejected", author, at)
    second = factories.VersionFactory(course=first.course, number=2)

    assert version_by_code(first.course.code) == second
    assert version_by_code("ООК-1999-001") is None


def test_the_facts_are_those_of_the_passport(author) -> None:
    version = life.whole_version(author)
    outcome = version.outcomes.get()
    first, second = version.topics.all()
    second.assessed_in = first
    second.save()

    told = facts_of(version)

    assert (told.type, told.study_model) == (
        facts.CourseType.OPEN_LEARNING,
        facts.StudyModel.ONLINE,
    )
    assert (told.annotation, told.hours) == (version.annotation, 36)
    assert [topic.outcomes for topic in told.topics] == [frozenset({outcome.pk})] * 2
    assert [topic.assessed_in for topic in told.topics] == [None, first.pk]
    [task] = told.topics[0].control_tasks
    assert (task.kind, task.grading, task.points) == (
        facts.TaskKind.TEST,
        facts.Grading.AUTOMATIC,
        Decimal(5),
    )
    assert told.topics[0].longreads[0].body == "Текст"
    assert told.topics[0].practicums[0].aim == "Закрепить"
    assert told.attestation.form is facts.AttestationForm.TEST
    assert [author.surname for author in told.authors] == ["Авторова"]
    assert [bank.topic_id for bank in told.banks] == [first.pk, second.pk]


def test_an_empty_passport_has_its_facts_too() -> None:
    told = facts_of(factories.VersionFactory())

    assert told.attestation is told.study_model is None
    assert (told.topics, told.banks, told.outcomes, told.glossary) == ((), (), (), ())


def test_topics_stand_in_the_facts_by_week_and_place(author) -> None:
    version = factories.VersionFactory()
    for week, position in ((2, 1), (1, 2), (1, 1), (3, 1)):
        factories.TopicFactory(
            version=version, week=week, position=position, title=f"{week}{position}"
        )

    titles = [topic.title for topic in facts_of(version).topics]
    assert titles == ["11", "12", "21", "31"]


@pytest.mark.parametrize("weeks", [4, 16])
def test_a_check_asks_nine_queries_for_any_number_of_topics(
    weeks, author, django_assert_num_queries
) -> None:
    version = life.whole_version(author, weeks=weeks, questions_a_week=10)

    with django_assert_num_queries(9):
        check_version(version)


def test_many_versions_are_checked_in_as_many_queries_as_one(
    author, django_assert_num_queries
) -> None:
    versions = [life.whole_version(author, questions_a_week=2) for _ in range(3)]
    version_facts = {version.pk: facts_of(version) for version in versions}

    with django_assert_num_queries(9):
        assert facts_of_many(versions) == version_facts
    with django_assert_num_queries(9):
        reports = check_versions(versions)
    assert reports == {version.pk: check_version(version) for version in versions}
    assert facts_of_many([]) == {}


def test_the_same_passport_has_the_same_hash_and_another_another(author) -> None:
    version = life.whole_version(author, questions_a_week=2)
    before = passport_sha256(passport_content(version))
    assert passport_sha256(passport_content(version)) == before

    version.annotation += "."
    assert passport_sha256(passport_content(version)) != before


def test_the_content_of_a_passport_names_what_it_points_at(author) -> None:
    version = life.whole_version(author, questions_a_week=1)
    first, second = version.topics.all()
    second.assessed_in = first
    second.save()
    factories.BankFactory(version=version, category="Общий")

    content = passport_content(version)

    assert [topic["assessed_in"] for topic in content["topics"]] == [None, first.title]
    assert [topic["outcomes"] for topic in content["topics"]] == [[1], [1]]
    assert [bank["topic"] for bank in content["banks"]] == [
        first.title,
        second.title,
        None,
    ]
    assert content["fields"]["credits"] == "1"
    assert content["attestation"]["points"] == "90"
    assert content["authors"] == [{"name": author.full_name, "is_lead": True}]
    assert passport_content(factories.VersionFactory())["attestation"] is None


def test_an_open_passport_is_owed_by_its_lead_and_else_the_apps_above_tell(
    author, other_author, at, monkeypatch
) -> None:
    draft = factories.VersionFactory(lead=author)
    draft.authorships.create(user=other_author)
    sent = life.at_stage(factories.VersionFactory(lead=author), "expertise", author, at)
    monkeypatch.setattr(panels, "_DEBTS", [])
    assert debts_of([draft, sent]) == {draft.pk: Debt(author.short_name)}

    panels.register_debts(lambda ids: {sent.pk: Debt("Эксперт", TODAY)})
    assert debts_of([draft, sent]) == {
        draft.pk: Debt(author.short_name),
        sent.pk: Debt("Эксперт", TODAY),
    }
