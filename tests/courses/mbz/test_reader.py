"""A backup of any Moodle from 2 to 5, in either packing, in any order."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from courses.formats.mbz.counts import count
from courses.formats.mbz.model import MoodleBackup
from courses.formats.mbz.reader import copy_files, read_backup
from courses.formats.question import Kind
from tests.courses.mbz import making
from tests.courses.mbz.making import Backup, stream

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
OLD = "3.9.7 (Build: 20210510)"


def read(backup: Backup) -> MoodleBackup:
    return read_backup(stream(backup.tar()))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not on this machine")
def test_the_counts_of_every_sample_are_the_true_ones():
    truth = json.loads((SAMPLES / "counts.json").read_text())
    files = sorted((SAMPLES / "mbz").glob("*.mbz"))
    told = {}
    for path in files:
        with path.open("rb") as file:
            told[path.name] = count(read_backup(file))
    assert files
    for name, counts in told.items():
        expected = truth[f"mbz/{name}"]
        bank = {key: expected["bank"][key] for key in counts["bank"]}
        own = {key: expected[key] for key in counts if key in expected}
        assert counts == {
            **own,
            "bank": bank,
            "is_glossary_unknown": name == "mdlcore_backup.mbz",
        }


@pytest.mark.parametrize("pack", [making.tar_of, making.zip_of])
def test_both_packings_tell_the_same(pack):
    backup = Backup().section(0).section(1, "Введение").activity("page", 7, "Страница")
    members = backup.finished()
    assert read_backup(stream(pack(members))) == read(backup)


def test_members_may_stand_in_any_order():
    members = Backup().section(1).activity("page", 7, "Страница").finished()
    turned = dict(reversed(members.items()))
    assert read_backup(stream(making.tar_of(turned))) == read_backup(
        stream(making.tar_of(members))
    )


def test_what_moodle_writes_as_null_is_empty():
    backup = read(Backup().section(3).activity("page", 7, "Страница", section=43))
    assert (backup.sections[0].title, backup.activities[0].id_number) == ("", "")


def test_activities_stand_in_the_order_of_the_page():
    backup = Backup().section(1, sequence=[9, 8])
    backup.activity("page", 8, "Вторая").activity("page", 9, "Первая")
    assert [row.title for row in read(backup).activities] == ["Первая", "Вторая"]


def test_an_activity_that_is_being_deleted_is_passed_by():
    backup = Backup().section(1).activity("page", 8, "Страница", going=True)
    assert read(backup).activities == ()


def test_hidden_sections_and_activities_are_told_so():
    backup = Backup().section(1, visible=False).activity("page", 8, "А", visible=False)
    told = read(backup)
    assert (told.sections[0].is_visible, told.activities[0].is_visible) == (
        False,
        False,
    )


def test_a_question_bank_up_to_3_11_stands_in_its_categories():
    backup = Backup(release=OLD).category(
        1, "top", making.question(5, extra="<hidden>1</hidden>")
    )
    backup.category(2, "Тема 1", making.question(6), making.question(7), parent=1)
    bank = read(backup).bank
    assert [row.question.category for row in bank.questions] == ["Тема 1"] * 2
    assert (bank.hidden, dict(bank.types)) == (1, {"truefalse": 2})


def test_random_questions_of_moodle_3_are_slots_and_no_questions():
    backup = Backup(release=OLD).section(1)
    backup.category(
        2, "Тема", making.question(6), making.question(9, "random", parent=9)
    )
    slots = making.slot(6), making.slot(9)
    backup.activity("quiz", 3, "Тест", body=making.quiz(*slots))
    counts = count(read(backup))
    assert counts["bank"] == {
        "questions": 1,
        "real": 1,
        "types": {"random": 1, "truefalse": 1},
        "subquestions": 0,
    }
    assert (counts["quiz_slots"], counts["quiz_random_slots"]) == (2, 1)


def test_slots_of_moodle_2_name_their_question_otherwise():
    backup = Backup(release="2.4").section(1)
    backup.activity("quiz", 3, "Тест", body=making.quiz(making.slot(6, "question")))
    (activity,) = read(backup).activities
    assert activity.quiz is not None
    assert [slot.question_id for slot in activity.quiz.slots] == ["6"]


def test_of_an_entry_of_moodle_4_the_newest_ready_version_counts():
    versions = (
        (1, "ready", making.question(11, text="Старый")),
        (3, "draft", making.question(13, text="Черновик")),
        (2, "ready", making.question(12, text="Новый")),
    )
    backup = Backup().category(2, "Тема", making.entry(5, *versions, idnumber="Q-5"))
    (row,) = read(backup).bank.questions
    assert (row.id, row.entry_id, row.question.text, row.question.id_number) == (
        *("12", "5", "Новый"),
        "Q-5",
    )


def test_an_entry_that_has_no_ready_version_is_not_in_the_bank():
    draft = making.entry(5, (1, "draft", making.question(11)))
    hidden = making.entry(6, (1, "hidden", making.question(12)))
    bank = read(Backup().category(2, "Тема", draft, hidden)).bank
    assert (bank.questions, bank.hidden) == ([], 2)


def test_embedded_answers_are_one_question_with_the_code_of_their_places():
    whole = making.question(
        20,
        "multianswer",
        text="Столица — {#1}, река — {#2}.",
        plugin="<multianswer><question>20</question><sequence>22,21</sequence></multianswer>",
    )
    parts = (
        making.question(21, "shortanswer", text="{1:SA:=Иртыш}", parent=20, plugin=""),
        making.question(22, "shortanswer", text="{1:SA:=Астана}", parent=20, plugin=""),
    )
    bank = read(Backup(release=OLD).category(2, "Тема", *parts, whole)).bank
    (row,) = bank.questions
    assert row.question.kind is Kind.CLOZE
    assert row.question.text == "Столица — {1:SA:=Астана}, река — {1:SA:=Иртыш}."
    assert (bank.subquestions, dict(bank.types)) == (2, {"multianswer": 1})


@pytest.mark.parametrize(
    "condition",
    [
        '{"questioncategoryid":"9","includingsubcategories":0,"tags":["1,foo"]}',
        '{"filter":{"category":{"jointype":1,"values":["9"],"filteroptions":[]}}}',
        '{"filter":{"category":{"jointype":1,"values":[9]}},"cat":"9,5"}',
    ],
)
def test_draws_of_moodle_4_and_5_name_their_category(condition):
    backup = Backup().section(1)
    slots = making.drawn_slot(condition), making.entry_slot(5)
    backup.activity("quiz", 3, "Тест", body=making.quiz(*slots))
    (activity,) = read(backup).activities
    assert activity.quiz is not None
    drawn, fixed = activity.quiz.slots
    assert (drawn.is_random, drawn.category_ids) == (True, ("9",))
    assert (fixed.is_random, fixed.entry_id) == (False, "5")


@pytest.mark.parametrize("condition", ["", "[]", "{", '{"filter":1}', "[" * 99_999])
def test_a_draw_that_makes_no_sense_is_a_draw_of_nobody_knows_what(condition):
    backup = Backup().section(1)
    body = making.quiz(making.drawn_slot(condition))
    (activity,) = read(backup.activity("quiz", 3, "Тест", body=body)).activities
    assert activity.quiz is not None
    assert activity.quiz.slots[0].category_ids == ()


def test_settings_of_a_quiz_are_read_in_their_own_measure():
    body = making.quiz(timelimit=2700, attempts_number=0, grade="20.5", timeopen=5)
    (activity,) = read(
        Backup().section(1).activity("quiz", 3, "Т", body=body)
    ).activities
    assert activity.quiz is not None
    assert (
        activity.quiz.time_limit_seconds,
        activity.quiz.attempts,
        activity.quiz.grade,
        activity.quiz.opens_at,
    ) == (2700, 0, Decimal("20.5"), 5)


TERM = making.fields(concept="Медиана", definition="<p>Середина ряда</p>", approved=1)
UNAPPROVED = making.fields(concept="Мода", definition="Частое", approved=0)


def test_terms_of_a_backup_with_users_are_the_approved_ones():
    body = f"<entries><entry>{TERM}</entry><entry>{UNAPPROVED}</entry></entries>"
    backup = Backup(users=True).section(1)
    backup.activity("glossary", 3, "Глоссарий", body=body, userinfo=True)
    told = read(backup)
    assert [term.term for term in told.activities[0].terms or ()] == ["Медиана"]
    assert count(told)["glossary_entries"] == 1


@pytest.mark.parametrize(
    ("users", "userinfo", "is_unknown"),
    [(False, True, True), (True, False, True), (True, True, False)],
)
def test_an_empty_glossary_is_known_to_be_empty_only_with_the_data_of_users(
    users, userinfo, is_unknown
):
    backup = Backup(users=users).section(1)
    backup.activity(
        "glossary", 3, "Глоссарий", body="<entries></entries>", userinfo=userinfo
    )
    assert count(read(backup))["is_glossary_unknown"] is is_unknown


def test_files_of_resources_are_found_by_their_context_and_copied_by_hash():
    backup = Backup().section(1).activity("resource", 3, "Чтение", context=77)
    backup.file(77, "глава.pdf", b"%PDF-1.4 a")
    backup.file(78, "чужой.pdf", b"%PDF-1.4 b")
    backup.file(77, "работа.pdf", b"%PDF-1.4 c", component="assignsubmission_file")
    packed = stream(backup.tar())
    (file,) = read_backup(packed).activities[0].files
    copied = {}
    copy_files(
        packed,
        {file.content_hash},
        keep=lambda name, pieces: copied.update({name: b"".join(pieces)}),
    )
    assert copied == {file.content_hash: b"%PDF-1.4 a"}


def test_what_learners_did_is_passed_by():
    attempts = "<attempts>" + "<attempt><x>1</x></attempt>" * 1000 + "</attempts>"
    body = making.quiz(making.slot(6)) + attempts
    backup = Backup().section(1).activity("quiz", 3, "Тест", body=body)
    (activity,) = read(backup).activities
    assert activity.quiz is not None
    assert len(activity.quiz.slots) == 1


def test_kinds_of_activity_that_nobody_knows_are_counted_and_not_opened():
    backup = Backup().section(1).activity("hvp", 3, "Интерактив", body="<x>")
    counts = count(read(backup))
    assert counts["activities"] == {"hvp": 1}
