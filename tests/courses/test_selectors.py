"""Reads of courses: who sees what, the lists, the facts, who owes what."""

from datetime import date
from decimal import Decimal

import pytest

from courses import panels
from courses.enums import MaterialKind
from courses.models import BorrowedItem, RegulationEdition, SoftwareRequirement
from courses.panels import Debt
from courses.regulation import facts
from courses.regulation import resource_facts as resources
from courses.regulation.finding import Gate
from courses.selectors import (
    check_version,
    check_versions,
    debts_of,
    edition_of,
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


def test_what_is_declared_and_uploaded_is_among_the_facts(author) -> None:
    version = life.whole_version(
        author, entry_questionnaire="Кто вы?", recommendations="Читайте"
    )
    topic = version.topics.first()
    video = life.measured(
        version,
        MaterialKind.VIDEO,
        topic=topic,
        container="avi",
        duration_seconds=Decimal("61.5"),
        rights="borrowed",
    )
    software = SoftwareRequirement.objects.create(
        version=version, position=1, name="R", browser="любой"
    )
    item = BorrowedItem.objects.create(
        version=version,
        position=1,
        title="Схема",
        is_consent_needed=True,
        consent_name="согласие.pdf",
        consent_stored_as="consents/1.pdf",
        consent_sha256="0" * 64,
    )

    told = facts_of(version)

    assert told.materials_of(resources.MaterialKind.VIDEO) == [
        resources.MaterialFacts(
            id=video.pk,
            topic_id=topic.pk,
            kind=resources.MaterialKind.VIDEO,
            title="Video",
            state=resources.MeasureState.MEASURED,
            container="avi",
            seconds=Decimal("61.500"),
            rights=resources.MaterialRights.BORROWED,
        )
    ]
    assert told.software == (
        resources.SoftwareFacts(id=software.pk, name="R", browser="любой"),
    )
    assert told.borrowed == (
        resources.BorrowedFacts(
            id=item.pk, title="Схема", is_consent_needed=True, has_consent=True
        ),
    )
    assert [(row.code, row.title) for row in told.programmes] == [
        ("38.03.05", "Бизнес-информатика")
    ]
    assert [row.mode for row in told.communication] == [
        resources.CommunicationMode.SYNCHRONOUS
    ]
    assert (told.entry_questionnaire, told.recommendations) == ("Кто вы?", "Читайте")
    assert told.short_description == "О чём курс и для чего он"
    assert told.topics[0].control_tasks[0].attempts == 2


def test_a_title_in_another_language_is_not_that_of_the_course() -> None:
    version = factories.VersionFactory(title="Основы статистики", language="kk")

    told = facts_of(version)

    assert (told.title, told.short_description) == ("", "")


def test_a_longread_tells_its_pages_and_whether_it_links(author) -> None:
    topic = factories.TopicFactory()
    body = "Слово " * 200 + "https://library.example"
    for position, pages in enumerate((Decimal("6.40"), Decimal(0)), start=1):
        topic.longreads.create(
            position=position, title="Лонгрид", body=body * position, pages=pages
        )

    counted, uncounted = facts_of(topic.version).topics[0].longreads

    assert (counted.pages, counted.has_link, len(counted.body)) == (
        Decimal("6.40"),
        True,
        500,
    )
    assert uncounted.pages is None


@pytest.mark.parametrize(
    ("is_unknown", "terms", "known"), [(True, 0, None), (True, 1, 1), (False, 0, 0)]
)
def test_a_glossary_that_a_backup_did_not_tell_is_unknown(
    is_unknown, terms, known
) -> None:
    version = factories.VersionFactory(is_glossary_unknown=is_unknown)
    for _number in range(terms):
        version.glossary.create(term="Атом", definition="Частица")

    glossary = facts_of(version).glossary

    assert (None if glossary is None else len(glossary)) == known


def test_questions_for_a_person_and_of_unknown_kinds_are_counted_apart() -> None:
    bank = factories.BankFactory()
    for kind in ("essay", "other", "other", "cloze", "truefalse", "description"):
        factories.QuestionFactory(bank=bank, kind=kind)

    [told] = facts_of(bank.version).banks

    assert (told.total, told.by_hand, told.of_unknown_kind) == (5, 1, 2)
    assert len(told.drawable) == 2


def test_an_edition_lacking_a_younger_number_takes_the_shipped_one(author) -> None:
    version = life.whole_version(author)
    old = RegulationEdition.objects.create(
        code="old",
        title="До материалов",
        in_force_from="2020-01-01",
        country="RU",
        thresholds={"weeks_max": 12},
    )

    assert edition_of(old).thresholds["promo_minutes_max"] == 3
    assert check_version(version, edition=old).blocks(Gate.EXPERTISE) == ()


def test_topics_stand_in_the_facts_by_week_and_place(author) -> None:
    version = factories.VersionFactory()
    for week, position in ((2, 1), (1, 2), (1, 1), (3, 1)):
        factories.TopicFactory(
            version=version, week=week, position=position, title=f"{week}{position}"
        )

    titles = [topic.title for topic in facts_of(version).topics]
    assert titles == ["11", "12", "21", "31"]


@pytest.mark.parametrize("weeks", [4, 16])
def test_a_check_asks_one_query_for_any_number_of_topics(
    weeks, author, django_assert_num_queries
) -> None:
    version = life.whole_version(author, weeks=weeks, questions_a_week=10)

    with django_assert_num_queries(1):
        check_version(version)


def test_many_versions_are_checked_in_one_query(
    author, django_assert_num_queries
) -> None:
    versions = [life.whole_version(author, questions_a_week=2) for _ in range(3)]
    version_facts = {version.pk: facts_of(version) for version in versions}

    with django_assert_num_queries(1):
        assert facts_of_many(versions) == version_facts
    with django_assert_num_queries(1):
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

    assert [topic["assessed_in"] for topic in content["topics"]] == [None, 1]
    assert [topic["outcomes"] for topic in content["topics"]] == [[1], [1]]
    # By name: “Общий”, then those of the topics.
    assert [bank["topic"] for bank in content["banks"]] == [None, 1, 2]
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
