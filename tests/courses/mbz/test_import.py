"""A whole course from a backup into a passport, new or there already."""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Job
from core.storage import read_bytes
from core.uploads import FileRefused
from courses.enums import (
    Grading,
    ImportState,
    MeasureState,
    SnapshotReason,
    TaskKind,
)
from courses.formats.mbz.diff import MOVED, Status
from courses.import_words import words_of
from courses.models import (
    ControlTask,
    CourseImport,
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    Longread,
    Question,
    QuestionBank,
    Topic,
)
from courses.selectors import passport_content
from courses.selectors.course_imports import (
    is_ticked_first,
    preview_of,
    progress_of,
    reason_of,
)
from courses.services import PassportLocked, restore_snapshot
from courses.services.course_import import (
    ImportNotReady,
    keep_reading,
    read_import,
)
from tests import factories
from tests.courses import life
from tests.courses.mbz import making
from tests.courses.mbz.imports import (
    PDF,
    applied,
    brought,
    course,
    new_course,
)
from tests.courses.mbz.making import Backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


@pytest.fixture
def imported(version, author, at):
    return applied(
        brought(course(), version=version, by=author, at=at), by=author, at=at
    )


def lines_of(backup, version, author, at):
    row = brought(backup, version=version, by=author, at=at)
    return {line.key: line for line in preview_of(row).lines}


def test_sections_become_weeks_with_a_topic(imported):
    assert list(imported.topics.values_list("week", "title")) == [
        (1, "Введение"),
        (2, "Оценки"),
    ]


def test_a_section_without_a_name_is_called_by_its_week(version, author, at):
    row = brought(Backup().section(3), version=version, by=author, at=at)
    applied(row, by=author, at=at)
    assert version.topics.get().title.endswith("3")


def test_a_page_becomes_theory_with_its_pages_counted(imported):
    longread = Longread.objects.get()
    assert (longread.title, longread.body) == ("Лонгрид", "Ряд\n\nПервый абзац")
    assert longread.pages > 0


def test_a_quiz_becomes_a_test_with_its_time_attempts_and_draw(imported):
    """MIN 3.3.3.17, 4.6: minutes, attempts, questions drawn, who grades."""
    task = ControlTask.objects.get(kind=TaskKind.TEST)
    assert (
        *(task.title, task.minutes, task.attempts, task.questions_drawn),
        *(task.is_random, task.grading, task.points, task.id_number),
    ) == (
        *("Тест недели", 30, 2, 2),
        *(False, Grading.AUTOMATIC, Decimal(10), "quiz-1"),
    )
    assert task.lms_facts["random_slots"] == 1


def test_a_workshop_becomes_work_that_peers_assess(imported):
    """MIN 4.6."""
    task = ControlTask.objects.get(kind=TaskKind.ASSIGNMENT)
    assert (task.grading, task.content) == (Grading.PEER, "Оцените работу")


def test_forums_above_the_weeks_become_links_and_means_of_communication(imported):
    """MIN 3.2.5, 4.4."""
    forum = "https://lms.university.example/mod/forum/view.php?id="
    assert (imported.announcements_url, imported.learners_forum_url) == (
        f"{forum}1",
        f"{forum}2",
    )
    assert list(imported.communication.values_list("title", "kind", "mode")) == [
        ("Объявления", "forum", "asynchronous"),
        ("Форум", "forum", "asynchronous"),
    ]


def test_a_survey_above_the_weeks_becomes_the_entry_questionnaire(imported):
    assert imported.entry_questionnaire == "Входная анкета\nВаше имя?"


def test_files_links_and_videos_become_materials(imported):
    rows = imported.materials.values_list("title", "kind", "state", "topic__week")
    assert set(rows) == {
        ("Лонгрид", "video", MeasureState.DECLARED, 1),
        ("Чтение", "text", MeasureState.WAITING, 1),
        ("Ссылка", "other", MeasureState.DECLARED, 1),
    }


def test_a_file_is_stored_by_its_hash_and_waits_to_be_measured(imported):
    material = imported.materials.get(title="Чтение")
    assert read_bytes(material.stored_as) == PDF
    assert Job.objects.get(subject_id=material.pk, kind__contains="material")


def test_questions_come_into_the_bank_of_the_topic_that_draws_from_it(imported):
    """MIN 3.3.3.17."""
    bank = imported.banks.get()
    assert (bank.category, bank.topic.week) == ("Неделя 1", 1)
    assert list(bank.questions.values_list("kind", "kind_name")) == [
        ("truefalse", ""),
        ("other", "stack"),
    ]
    source = imported.question_imports.get()
    assert (source.format, source.imported_count, source.left_out_count) == (
        "mbz",
        2,
        0,
    )


def test_terms_come_into_the_glossary_which_is_known_then(imported):
    """MIN 3.2.10."""
    assert (imported.glossary.count(), imported.is_glossary_unknown) == (3, False)


def test_a_glossary_that_the_backup_cannot_tell_is_unknown_and_not_empty(
    version, author, at
):
    """MIN 3.2.10."""
    backup = Backup().section(1).activity("glossary", 3, "Глоссарий", section=41)
    applied(brought(backup, version=version, by=author, at=at), by=author, at=at)
    version.refresh_from_db()
    assert version.is_glossary_unknown is True


def test_a_glossary_that_is_there_already_stays_known(version, author, at):
    GlossaryTerm.objects.create(version=version, term="Мода", definition="Частое")
    backup = Backup().section(1).activity("glossary", 3, "Глоссарий", section=41)
    applied(brought(backup, version=version, by=author, at=at), by=author, at=at)
    version.refresh_from_db()
    assert version.is_glossary_unknown is False


def test_the_quiz_called_final_becomes_the_final_attestation(version, author, at):
    """MIN 3.4."""
    backup = Backup().section(0).section(1)
    body = making.quiz(making.entry_slot(1), timelimit=0, attempts_number=0, grade=40)
    backup.activity("quiz", 3, "Итоговый тест", section=40, body=body)
    applied(brought(backup, version=version, by=author, at=at), by=author, at=at)
    final = FinalAttestation.objects.get(version=version)
    assert (final.title, final.minutes, final.attempts, final.points) == (
        *("Итоговый тест", 0),
        *(0, Decimal(40)),
    )


def test_the_description_of_the_course_is_taken_where_there_is_none(imported):
    assert imported.texts.get().short_description == "О курсе"
    assert imported.texts.get().title == "Основы статистики"


def test_the_passport_as_it_was_is_kept_first(imported):
    assert imported.snapshots.get().reason == SnapshotReason.IMPORT


def test_an_import_tells_what_it_made(imported):
    row = CourseImport.objects.get()
    assert (row.state, row.version) == (ImportState.DONE, imported)
    assert row.contents["made"]["questions"] == 2
    assert row.contents["made"]["parts"]["task"] == {"made": 2, "changed": 0}


def test_the_same_backup_again_changes_nothing(imported, author, at):
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Topic, Longread, ControlTask, QuestionBank, Question)
    ]
    lines = lines_of(course(), imported, author, at)
    assert {line.status for line in lines.values()} == {Status.SAME}
    row = CourseImport.objects.first()
    applied(row, by=author, at=at, keys=set(lines))
    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (Topic, Longread, ControlTask, QuestionBank, Question)
    ]


def test_a_quiz_is_known_again_by_its_identifier_whatever_its_name(
    imported, author, at
):
    lines = lines_of(course(name="Другое имя"), imported, author, at)
    line = lines["activity-7"]
    changes = [(change.name, change.old, change.new) for change in line.changes]
    assert (line.status, changes) == (
        Status.CHANGED,
        [("title", "Тест недели", "Другое имя")],
    )


def test_a_section_that_moved_is_known_again(imported, author, at):
    backup = Backup(users=True).section(2, "Введение", key=41)
    line = lines_of(backup, imported, author, at)["section-41"]
    assert [(change.name, change.old, change.new) for change in line.changes] == [
        ("week", 1, 2)
    ]


def test_nothing_is_deleted_without_a_tick(imported, author, at):
    row = brought(Backup().section(1, "Введение"), version=imported, by=author, at=at)
    gone = [line for line in preview_of(row).lines if line.item is None]
    assert {line.existing.target for line in gone} == {
        *("topic", "longread", "material", "task", "communication", "bank")
    }
    applied(row, by=author, at=at)
    assert (imported.topics.count(), imported.banks.count()) == (2, 1)


def test_what_is_ticked_to_be_deleted_goes(imported, author, at):
    row = brought(Backup().section(1, "Введение"), version=imported, by=author, at=at)
    gone = {line.key for line in preview_of(row).lines if line.item is None}
    applied(row, by=author, at=at, keys=gone)
    assert (
        imported.topics.count(),
        ControlTask.objects.count(),
        imported.banks.count(),
        imported.materials.count(),
        imported.communication.count(),
    ) == (1, 0, 0, 0, 0)


def test_a_row_of_another_course_is_never_deleted(imported, other_author, author, at):
    other = factories.VersionFactory(lead=other_author)
    topic = factories.TopicFactory(version=other)
    row = brought(Backup().section(1), version=imported, by=author, at=at)
    applied(row, by=author, at=at, keys={f"gone-topic-{topic.pk}"})
    assert other.topics.get() == topic


def test_a_topic_comes_with_what_is_taken_of_it(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at, keys={"activity-7"})
    assert (version.topics.get().title, ControlTask.objects.count()) == ("Введение", 1)
    row.refresh_from_db()
    assert row.contents["made"]["parts"] == {
        "task": {"made": 1, "changed": 0},
        "topic": {"made": 1, "changed": 0},
    }


def test_a_new_file_takes_the_place_of_the_old_and_is_measured_anew(
    imported, author, at
):
    backup = course()
    backup.members.popitem()
    material = imported.materials.get(title="Чтение")
    backup.files.clear()
    backup.file(77, "глава2.pdf", PDF + b"%2")
    row = brought(backup, version=imported, by=author, at=at)
    applied(row, by=author, at=at)
    changed = imported.materials.get(pk=material.pk)
    assert (changed.file_name, changed.state) == ("глава2.pdf", MeasureState.WAITING)
    assert changed.sha256 != material.sha256


def test_a_definition_that_differs_is_written_anew(imported, author, at):
    imported.glossary.filter(term="Термин 1").update(definition="Иное")
    row = brought(course(), version=imported, by=author, at=at)
    applied(row, by=author, at=at)
    assert imported.glossary.get(term="Термин 1").definition == "Это"


def test_new_questions_join_the_bank_and_known_ones_are_left_out(imported, author, at):
    imported.banks.get().questions.filter(kind="other").delete()
    row = brought(course(), version=imported, by=author, at=at)
    applied(row, by=author, at=at)
    source = imported.question_imports.first()
    assert (source.imported_count, source.left_out_count) == (1, 1)


def test_hidden_things_are_not_ticked(version, author, at):
    backup = Backup().section(1, visible=False).activity("page", 4, "Текст")
    applied(brought(backup, version=version, by=author, at=at), by=author, at=at)
    assert version.topics.count() == 0


def test_words_of_the_passport_are_not_written_over_unless_ticked(imported, author, at):
    imported.learners_forum_url = "https://example.org/own"
    imported.save()
    row = brought(course(), version=imported, by=author, at=at)
    applied(row, by=author, at=at)
    imported.refresh_from_db()
    assert imported.learners_forum_url == "https://example.org/own"


def test_a_refused_file_is_left_out_with_its_reason(version, author, at):
    backup = Backup().section(1).activity("resource", 5, "Чтение", context=77)
    backup.file(77, "глава.pdf", b"MZ\x90\x00 not a pdf")
    backup.activity("resource", 6, "Нет файла", context=78)
    preview = preview_of(brought(backup, version=version, by=author, at=at))
    assert [(row.title, row.reason_code) for row in preview.left_out] == [
        ("Нет файла", "no_file"),
        ("Чтение", "refused"),
    ]


def test_staff_open_a_new_course_from_a_backup(staff, author, at):
    """MIN 5.2.1."""
    row = brought(course(), version=None, by=staff, at=at)
    made = applied(row, by=staff, at=at, new=new_course(author))
    assert (made.title, made.authorships.get().user) == ("Новый курс", author)
    assert made.topics.count() == 2


def test_a_new_course_needs_its_identity(staff, at):
    row = brought(course(), version=None, by=staff, at=at)
    with pytest.raises(ImportNotReady):
        applied(row, by=staff, at=at)


def test_an_import_is_confirmed_once(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at)
    with pytest.raises(ImportNotReady):
        applied(row, by=author, at=at)


def test_only_authors_bring_a_backup_into_a_passport_and_staff_a_new_course(
    version, author, other_author, staff, stranger, at
):
    for person, target in (
        *((other_author, version), (staff, version), (stranger, version)),
        *((author, None), (stranger, None)),
    ):
        with pytest.raises(PermissionDenied):
            brought(course(), version=target, by=person, at=at)
    assert CourseImport.objects.count() == 0


def test_only_authors_confirm(version, author, staff, at):
    row = brought(course(), version=version, by=author, at=at)
    with pytest.raises(PermissionDenied):
        applied(row, by=staff, at=at)


def test_a_locked_passport_takes_no_import(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    life.at_stage(version, "expertise", author, at)
    with pytest.raises(PassportLocked):
        applied(row, by=author, at=at)
    with pytest.raises(PassportLocked):
        brought(course(), version=version, by=author, at=at)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK"])
def test_what_is_no_archive_is_not_even_kept(version, author, at, content):
    with pytest.raises(FileRefused):
        brought(content, version=version, by=author, at=at)


def test_a_backup_that_cannot_be_read_says_why(version, author, at):
    content = making.tar_of({"moodle_backup.xml": b"<broken"})
    row = brought(content, version=version, by=author, at=at)
    assert row.state == ImportState.UNREADABLE
    assert reason_of(row).endswith("(moodle_backup.xml)")


def test_a_second_reading_changes_nothing(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at)
    keep_reading(row.pk, read_import(row.pk))
    row.refresh_from_db()
    assert row.state == ImportState.DONE


def test_a_job_that_gave_up_is_told(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    assert progress_of(row).has_given_up is False
    Job.objects.update(state="failed", finished_at=at)
    assert progress_of(row).has_given_up is True


def test_a_link_takes_the_place_of_a_file_of_its_name(imported, author, at):
    backup = Backup(users=True).section(1, "Введение")
    link = making.fields(externalurl="https://example.org/b.pdf")
    backup.activity("url", 5, "Чтение", body=link)
    applied(brought(backup, version=imported, by=author, at=at), by=author, at=at)
    material = imported.materials.get(title="Чтение")
    assert (material.url, material.stored_as, material.state) == (
        *("https://example.org/b.pdf", ""),
        MeasureState.DECLARED,
    )


def test_a_file_that_is_the_same_is_not_measured_again(imported, author, at):
    Job.objects.all().delete()
    imported.materials.filter(title="Чтение").update(kind="other")
    row = brought(course(), version=imported, by=author, at=at)
    Job.objects.all().delete()
    applied(row, by=author, at=at)
    assert imported.materials.get(title="Чтение").kind == "text"
    assert Job.objects.count() == 0


def test_a_backup_that_is_too_large_is_not_kept(version, author, at, monkeypatch):
    monkeypatch.setattr(
        "courses.services.course_import.uploading.MAX_BYTES", 1024 * 1024
    )
    backup = Backup().file(1, "a.bin", os.urandom(2 * 1024 * 1024))
    with pytest.raises(FileRefused, match="at most 1 MB"):
        brought(backup, version=version, by=author, at=at)


def test_a_title_is_made_in_the_language_of_a_course_that_has_none(version, author, at):
    version.texts.all().delete()
    version.texts.create(language="kk", title="Статистика")
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at, keys={"field-short_description"})
    assert version.texts.filter(language="ru").count() == 0


def test_an_import_is_undone_by_going_back_to_the_state_before(imported, author, at):
    """Issue, item 6: a course is updated, and nothing is lost."""
    imported.banks.get().questions.filter(kind="other").delete()
    before = passport_content(imported)
    backup = course(name="Другое имя").section(3, "Новая неделя")
    later = at + timedelta(hours=1)
    row = brought(backup, version=imported, by=author, at=later)
    gone = {line.key for line in preview_of(row).lines if line.item is None}
    ticked = {line.key for line in preview_of(row).lines if is_ticked_first(line)}
    applied(row, by=author, at=later, keys=ticked | gone)
    assert passport_content(imported) != before
    snapshot = imported.snapshots.get(at=later)
    restore_snapshot(snapshot=snapshot, by=author, at=later + timedelta(hours=1))
    after = CourseVersion.objects.get(pk=imported.pk)
    assert passport_content(after) == before


def test_a_section_with_a_new_name_is_known_again_by_its_identifier(
    imported, author, at
):
    backup = Backup(users=True).section(1, "Иначе", key=41)
    line = lines_of(backup, imported, author, at)["section-41"]
    assert [(change.name, change.old, change.new) for change in line.changes] == [
        ("title", "Введение", "Иначе")
    ]


def test_a_quiz_that_moved_to_another_week_is_known_again_by_its_identifier(
    imported, author, at
):
    backup = Backup(users=True).section(1, "Введение").section(2, "Оценки")
    body = making.quiz(making.entry_slot(9))
    backup.activity("quiz", 7, "Тест", body=body, idnumber="quiz-1", section=42)
    row = brought(backup, version=imported, by=author, at=at)
    line = next(line for line in preview_of(row).lines if line.key == "activity-7")
    moves = [(one.old, one.new) for one in line.changes if one.name == MOVED]
    assert moves == [("Введение", "Оценки")]
    rows = (
        row for group in words_of(preview_of(row), None).groups for row in group.rows
    )
    told = [(one.old, one.new) for row in rows for one in row.changes]
    assert told.count(("Введение", "Оценки")) == 1
    applied(row, by=author, at=at)
    assert ControlTask.objects.get(id_number="quiz-1").topic.title == "Оценки"
    again = brought(backup, version=imported, by=author, at=at)
    same = next(row for row in preview_of(again).lines if row.key == "activity-7")
    assert same.status is Status.SAME
