"""Questions of banks: written by hand, changed, moved, deleted."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from courses.formats.fingerprint import fingerprint
from courses.formats.kept import KIND_NAME_LENGTH, NAME_LENGTH
from courses.formats.question import ParsedQuestion
from courses.formats.stored import question_to_row
from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.banks import content_mark
from courses.services.locks import lock_for_edit

# One statement for any number; the trigger of the trail sees each row.
_APPEND = """
UPDATE courses_question AS question
SET bank_id = %s, position = %s + moved.place
FROM (
    SELECT id, row_number() OVER (ORDER BY bank_id, position, id) AS place
    FROM courses_question WHERE id = ANY(%s)
) AS moved
WHERE question.id = moved.id
"""


class QuestionChanged(Exception):
    """Another person has saved the question since the form was opened."""

    def __init__(self, stored: Question) -> None:
        super().__init__(
            _(
                "Somebody has changed the question meanwhile; nothing was saved. It is "
                "now: “%(text)s”. Save again to put your text in its place."
            )
            % {"text": stored.text}
        )


@transaction.atomic
def add_question(*, bank: QuestionBank, question: ParsedQuestion, by: User) -> Question:
    """Put a question written by hand after those of a bank.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        QuestionBank.DoesNotExist: the bank is gone meanwhile.
    """
    _lock(bank, by=by)
    return Question.objects.create(
        bank=bank,
        position=last_position(bank) + 1,
        **stored_values(question, fingerprint(question)),
    )


@transaction.atomic
def change_question(
    *,
    bank: QuestionBank,
    question: Question,
    content: ParsedQuestion,
    seen: str,
    by: User,
) -> None:
    """Write a question anew, its fingerprint with it.

    `seen` is the `content_mark` of what the person had before them.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        Question.DoesNotExist: it is gone meanwhile.
        QuestionChanged: another person has saved it meanwhile.

    Source: MIN 3.4.2 (distinct questions).
    """
    lock_for_edit(bank.version, by=by, is_row_written=True)
    stored = Question.objects.get(pk=question.pk)
    if content_mark(stored) != seen:
        raise QuestionChanged(stored)
    for name, value in stored_values(content, fingerprint(content)).items():
        setattr(stored, name, value)
    stored.save()


@transaction.atomic
def move_questions(*, questions: QuerySet[Question], to: QuestionBank, by: User) -> int:
    """Put questions of the same version after those of a bank, in their order.

    Returns:
        How many moved; those that are in the bank stay where they are.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        QuestionBank.DoesNotExist: the bank is gone meanwhile.
    """
    _lock(to, by=by)
    return append_questions(questions.exclude(bank=to), to=to)


@transaction.atomic
def delete_questions(
    *, version: CourseVersion, questions: QuerySet[Question], by: User
) -> int:
    """Delete questions of a version.

    Returns:
        How many were deleted.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    keys = list(questions.values_list("pk", flat=True))
    mine = Question.objects.filter(bank__version=version, pk__in=keys)
    deleted, _by_model = mine.delete()
    return deleted


def append_questions(questions: QuerySet[Question], *, to: QuestionBank) -> int:
    """Move questions to the end of a bank whose version the caller has locked."""
    keys = list(
        questions.filter(bank__version=to.version_id).values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [to.pk, last_position(to), keys])
    return len(keys)


def last_position(bank: QuestionBank) -> int:
    """Return the number of a bank's last question, 0 of an empty one."""
    last = bank.questions.aggregate(last=Max("position"))["last"]
    return last or 0


def stored_values(question: ParsedQuestion, mark: str) -> dict[str, Any]:
    """Return the values of a question's row: what was told, and its fingerprint."""
    row = question_to_row(question)
    return {
        **row,
        "name": row["name"][:NAME_LENGTH],
        "kind_name": row["kind_name"][:KIND_NAME_LENGTH],
        "fingerprint": mark,
    }


def _lock(bank: QuestionBank, *, by: User) -> None:
    """Lock the version; two who add to a bank at once take their numbers in turn."""
    lock_for_edit(bank.version, by=by, is_row_written=True)
    if not QuestionBank.objects.filter(pk=bank.pk).exists():
        raise QuestionBank.DoesNotExist
