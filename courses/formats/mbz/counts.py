"""Counts of a backup, for scripts."""

from collections import Counter
from typing import TypedDict

from courses.formats.mbz.model import MoodleBackup, Slot

DESCRIPTION = "description"


class BankCounts(TypedDict):
    """Counts of a bank; `real` leaves out descriptions, which ask nothing."""

    questions: int
    real: int
    types: dict[str, int]
    subquestions: int


class BackupCounts(TypedDict):
    """Counts of a backup.

    `is_glossary_unknown`: a glossary's entries were left out of the backup with the
    data of users, so that none here does not mean none in the course.
    """

    sections: int
    activities: dict[str, int]
    activities_total: int
    bank: BankCounts
    quizzes: int
    quiz_slots: int
    quiz_random_slots: int
    glossary_entries: int
    is_glossary_unknown: bool


def count(backup: MoodleBackup) -> BackupCounts:
    """Count sections, activities by kind, questions, slots of quizzes and terms."""
    kinds = Counter(activity.module for activity in backup.activities)
    quizzes = [row.quiz for row in backup.activities if row.quiz is not None]
    slots = [slot for quiz in quizzes for slot in quiz.slots]
    glossaries = [row for row in backup.activities if row.module == "glossary"]
    bank = backup.bank
    return BackupCounts(
        sections=len(backup.sections),
        activities=dict(sorted(kinds.items())),
        activities_total=kinds.total(),
        bank=BankCounts(
            questions=len(bank.questions),
            real=len(bank.questions) - bank.types[DESCRIPTION],
            types=dict(sorted(bank.types.items())),
            subquestions=bank.subquestions,
        ),
        quizzes=len(quizzes),
        quiz_slots=len(slots),
        quiz_random_slots=sum(is_random(slot, backup) for slot in slots),
        glossary_entries=sum(len(row.terms or ()) for row in glossaries),
        is_glossary_unknown=any(row.terms is None for row in glossaries),
    )


def is_random(slot: Slot, backup: MoodleBackup) -> bool:
    """Tell whether a slot draws; up to Moodle 3.11 by a question of a kind of its own."""
    return slot.is_random or slot.question_id in backup.bank.random_category
