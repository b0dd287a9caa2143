"""Kept states of a passport: when, by whom, compared, gone back to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from courses.enums import SnapshotReason
from courses.models import (
    CourseVersion,
    LearningOutcome,
    Longread,
    PassportSnapshot,
    Topic,
)
from courses.passport_json import passport_sha256
from courses.selectors import passport_content
from courses.selectors.history import kept_states, snapshots_of
from courses.selectors.passport_diff import differences, size_of_change
from courses.services import (
    PassportLocked,
    keep_before_edit,
    keep_snapshot,
    move_part,
    place_topic,
    restore_snapshot,
)
from tests import factories
from tests.courses import life, passports

pytestmark = pytest.mark.django_db
FIRST = "nothing: it is the first"


@pytest.fixture
def version(author, at) -> CourseVersion:
    return passports.full_version(author, at)


def keep(version, by, at, reason=SnapshotReason.KEPT) -> PassportSnapshot:
    return keep_snapshot(version=version, reason=reason, by=by, at=at)


def test_a_state_is_kept_once_while_nothing_changes(version, author, at) -> None:
    first = keep(version, author, at)

    assert keep(version, author, at + timedelta(hours=1)) == first
    assert first.sha256 == passport_sha256(passport_content(version))

    version.aims = "Другие"
    version.save()
    assert keep(version, author, at + timedelta(hours=2)) != first


def test_a_stranger_keeps_nothing(version, stranger, at) -> None:
    with pytest.raises(PermissionDenied):
        keep(version, stranger, at)


def test_the_state_before_another_persons_first_edit_is_kept(
    version, author, other_author, at
) -> None:
    version.authorships.create(user=other_author)
    keep_before_edit(version=version, by=author, at=at)
    change(version, "aims", "Раз")
    keep_before_edit(version=version, by=author, at=at + timedelta(minutes=20))
    keep_before_edit(version=version, by=other_author, at=at + timedelta(minutes=21))

    assert kept(version) == [("Раз", other_author), ("Сказано всё, что нужно", author)]


def test_the_state_before_an_edit_after_a_rest_is_kept(version, author, at) -> None:
    keep_before_edit(version=version, by=author, at=at)
    change(version, "aims", "Раз")
    keep_before_edit(version=version, by=author, at=at + timedelta(minutes=30))

    assert [aims for aims, _by in kept(version)] == ["Раз", "Сказано всё, что нужно"]


def test_whether_there_is_anything_to_keep_is_told_by_one_query(
    version, author, at, django_assert_num_queries
) -> None:
    keep_before_edit(version=version, by=author, at=at)

    with django_assert_num_queries(1):
        keep_before_edit(version=version, by=author, at=at + timedelta(minutes=5))


def change(version, name, value) -> None:
    CourseVersion.objects.filter(pk=version.pk).update(**{name: value})
    version.refresh_from_db()


def kept(version) -> list[tuple[str, object]]:
    return [
        (row.content["fields"]["aims"], row.by)
        for row in version.snapshots.select_related("by")
    ]


def test_a_passport_goes_back_to_a_kept_state_and_the_state_before_is_kept(
    version, author, at
) -> None:
    state = keep(version, author, at)
    topic = version.topics.get(week=1)
    longread = topic.longreads.get()
    topic.longreads.update(title="Иначе")
    version.topics.get(week=2).delete()
    version.glossary.all().delete()
    version.banks.first().questions.all().delete()
    LearningOutcome.objects.create(version=version, position=2, text="Лишний")
    change(version, "aims", "Не то")
    before = passport_content(version)

    done = restore_snapshot(snapshot=state, by=author, at=at + timedelta(hours=1))

    assert done.left_out == ()
    assert passport_content(version) == state.content
    # A remark still finds what it speaks of.
    assert version.topics.get(week=1) == topic
    assert topic.longreads.get() == longread
    undone = version.snapshots.first()
    assert (undone.reason, undone.content) == (SnapshotReason.UNDO, before)


def test_a_file_taken_out_of_the_passport_comes_back_with_its_state(
    version, author, at
) -> None:
    state = keep(version, author, at)
    version.materials.all().delete()
    version.borrowed.all().delete()

    restore_snapshot(snapshot=state, by=author, at=at + timedelta(hours=1))

    film = version.materials.get(sha256=passports.MARK)
    assert (film.stored_as, film.measured_at) == ("materials/ab.mov", at)
    assert version.borrowed.get().consent_stored_as == "consents/ab.pdf"


def test_nobody_goes_back_while_the_passport_is_locked(version, author, at) -> None:
    state = keep(version, author, at)
    life.at_stage(version, "expertise", author, at)

    with pytest.raises(PassportLocked):
        restore_snapshot(snapshot=state, by=author, at=at)


def test_going_back_asks_the_same_however_much_there_is(
    author, at, django_assert_max_num_queries
) -> None:
    for weeks in (2, 8):
        version = life.whole_version(author, weeks=weeks, questions_a_week=2)
        state = keep(version, author, at)
        change(version, "aims", "Не то")
        with django_assert_max_num_queries(75):
            restore_snapshot(snapshot=state, by=author, at=at + timedelta(hours=1))


def test_what_differs_is_told_by_part_with_words_before_and_after(version, at) -> None:
    before = passport_content(version)
    topic = version.topics.get(week=1)
    Topic.objects.filter(pk=topic.pk).update(title="Новое имя")
    topic.longreads.update(title="Другой", body="Текст и ещё")
    topic.control_tasks.all().delete()
    version.banks.last().delete()
    factories.BankFactory(version=version, category="Новый")
    change(version, "aims", "Не то")

    found = differences(before, passport_content(version))

    assert [
        (row.title, row.state, [(c.title, c.before, c.after) for c in row.changes])
        for row in found
        if row.state == "changed" and "Question" not in row.title
    ] == [
        (
            "Description and workload",
            "changed",
            [("Aims", "Сказано всё, что нужно", "Не то")],
        ),
        (
            "Week 1. Новое имя",
            "changed",
            [("Title", "Week 1. Тема недели 1", "Week 1. Новое имя")],
        ),
        (
            "Week 1. Новое имя · Longread · Другой",
            "changed",
            [("Title", "Лонгрид", "Другой"), ("Text", "Текст", "Текст и ещё")],
        ),
        (
            "Borrowed material · Рисунок",
            "changed",
            [("Topic", "Тема недели 1", "Новое имя")],
        ),
    ]
    assert [(row.title, row.state) for row in found if row.state != "changed"] == [
        ("Week 1. Новое имя · Control task · Тест по теме", "removed"),
        ("Question bank · Новый", "added"),
        ("Question bank · Тема 2", "removed"),
    ]


def test_a_topic_that_left_its_row_is_told_with_what_it_stood_after(author) -> None:
    version = life.whole_version(author, weeks=4)
    before = passport_content(version)
    first = version.topics.get(week=1)
    place_topic(topic=first, week=4, place=2, by=author)
    after = passport_content(version)

    (moved,) = differences(before, after)
    (back,) = differences(after, before)

    assert (moved.title, moved.state) == ("Week 4. Тема недели 1", "moved")
    assert [(c.title, c.before, c.after) for c in moved.changes] == [
        ("Stands after", FIRST, "Week 4. Тема недели 4"),
        ("Title", "Week 1. Тема недели 1", "Week 4. Тема недели 1"),
    ]
    assert (back.state, back.changes[0].after) == ("moved", FIRST)


def test_parts_within_a_topic_that_changed_places_are_told(author) -> None:
    version = life.whole_version(author, weeks=1)
    topic = version.topics.get()
    Longread.objects.create(topic=topic, title="Второй", body="Текст", position=2)
    before = passport_content(version)
    move_part(part=topic.longreads.get(title="Второй"), by_places=-1, by=author)

    (moved,) = differences(before, passport_content(version))

    assert (moved.state, moved.size) == ("moved", 1)
    assert moved.changes[0].title == "Stands after"
    assert FIRST in {moved.changes[0].before, moved.changes[0].after}


def test_a_question_that_was_changed_stands_beside_what_it_was(version) -> None:
    before = passport_content(version)
    question = version.banks.first().questions.get(name="Выбор")
    question.text = "Что неверно?"
    question.save()

    (bank,) = differences(before, passport_content(version))

    (turned,) = bank.changes
    assert turned.before == "Что верно?\n– Да (100 %)\n– Нет (0 %)"
    assert turned.after == "Что неверно?\n– Да (100 %)\n– Нет (0 %)"


def test_of_a_long_list_of_questions_the_rest_is_counted(author) -> None:
    version = life.whole_version(author, weeks=1, questions_a_week=60)
    before = passport_content(version)
    version.banks.get().questions.all().delete()

    (bank,) = differences(before, passport_content(version))

    assert (len(bank.changes), bank.unseen, bank.size) == (50, 10, 60)


def test_each_kept_state_tells_how_much_changed(version, author, at) -> None:
    for number in range(3):
        change(version, "aims", f"Цель {number}")
        change(version, "tasks", f"Задача {number}")
        keep(version, author, at + timedelta(minutes=number))

    whole = kept_states(version, list(snapshots_of(version)))
    page = kept_states(version, list(snapshots_of(version)[:2]))

    assert [state.size for state in whole] == [2, 2, None]
    assert [state.size for state in page] == [2, 2]
    assert kept_states(version, []) == []
    same = passport_content(version)
    assert size_of_change(same, same) == 0


# Pages


def url(name, *args) -> str:
    return reverse(f"courses:{name}", args=args)


def test_an_edit_in_the_browser_keeps_the_passport_as_it_was(
    client, version, author
) -> None:
    client.force_login(author)
    before = passport_content(version)

    client.post(url("grading_edit", version.pk), {"documents_issued": "Новое"})

    assert version.snapshots.get().content == before
    assert version.snapshots.get().reason == SnapshotReason.EDIT


def test_a_state_is_kept_looked_at_compared_and_gone_back_to(
    client, version, author
) -> None:
    client.force_login(author)
    assert "Nothing is kept yet" in text(client, url("history_list", version.pk))

    client.post(url("history_keep", version.pk))
    state = version.snapshots.get()
    client.post(url("history_keep", version.pk))
    assert (version.snapshots.count(), state.reason) == (1, SnapshotReason.KEPT)
    change(version, "aims", "Совсем другое")

    page = text(client, url("history_list", version.pk))
    assert "Kept by hand" in page
    assert "Упражнение" in text(client, url("snapshot_detail", version.pk, state.pk))
    asked = f"?before={state.pk}&after=now"
    assert "<ins>Совсем другое</ins>" in text(
        client, url("history_compare", version.pk) + asked
    )
    assert "They are the same" in text(client, url("history_compare", version.pk))
    restore = url("snapshot_restore", version.pk, state.pk)
    assert "1 thing in the passport changes" in text(client, restore)
    client.post(restore)
    version.refresh_from_db()

    assert passport_content(version) == state.content
    assert "The passport is as it was then" in text(client, restore)


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "-1", "²"])
def test_a_state_that_is_not_there_is_not_found(client, version, author, key) -> None:
    client.force_login(author)

    answer = client.get(url("history_compare", version.pk), {"before": key})

    assert answer.status_code == 404


def test_a_state_of_another_passport_is_not_found(client, version, author, at) -> None:
    other = factories.VersionFactory(lead=author)
    state = keep(other, author, at)
    client.force_login(author)

    assert [
        client.get(url(name, version.pk, state.pk)).status_code
        for name in ("snapshot_detail", "snapshot_restore")
    ] == [404, 404]


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
