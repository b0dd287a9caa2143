"""Question banks: filled from a file, assigned to topics, deleted."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from courses.formats.question import ParsedAnswer, ParsedQuestion
from courses.models import (
    CourseVersion,
    Question,
    QuestionBank,
    QuestionImport,
    Topic,
)
from courses.selectors.question_files import (
    QuestionFile,
    UnreadQuestion,
    read_question_file,
)
from courses.services.locks import lock_for_edit

FOLDER = "questions"
ENDING = "gift"
BATCH = 1000
NAME_LENGTH = 255
FILE_NAME_LENGTH = 250


class QuestionsUnreadable(Exception):
    """A file of questions that is refused whole; `errors` has each line and reason."""

    def __init__(self, errors: list[UnreadQuestion]) -> None:
        super().__init__(
            "\n".join(
                _("Line %(line)s: %(reason)s")
                % {"line": error.line, "reason": error.reason}
                for error in errors
            )
        )
        self.errors = errors


@transaction.atomic
def import_questions(
    *,
    version: CourseVersion,
    name: str,
    content: bytes,
    topics: Mapping[str, Topic | None] | None = None,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Fill banks from a GIFT file, one for each of its categories; keep the file.

    All or nothing: one broken question refuses the whole file. Questions that a bank
    has already are left out. `topics` assigns categories to topics; a category that it
    does not name keeps its topic, or goes to the one whose title it bears.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        QuestionsUnreadable: a question cannot be read, or there is none.

    Source: MIN 3.3.3.17, 3.4.2.
    """
    # Two imports at once would make the same bank twice: the stronger lock parts them.
    lock_for_edit(version, by=by, is_row_written=True)
    file = read_question_file(version=version, name=name, content=content)
    _refuse_unreadable(file)
    source = _record_import(version, file, content, by=by, at=at)
    chosen = topics or {}
    for category in file.by_category:
        topic = chosen[category] if category in chosen else file.topic_of(category)
        bank, _is_new = QuestionBank.objects.update_or_create(
            version=version, category=category, defaults={"topic": topic}
        )
        rows = _rows(bank, source, file.new_in(category))
        Question.objects.bulk_create(rows, batch_size=BATCH)
    return source


@transaction.atomic
def change_bank(*, bank: QuestionBank, topic: Topic | None, by: User) -> None:
    """Assign a bank to a topic, or to the whole course.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(bank.version, by=by)
    bank.topic = topic
    bank.save(update_fields=["topic"])


@transaction.atomic
def delete_bank(*, bank: QuestionBank, by: User) -> None:
    """Delete a bank with its questions; the files they came from are kept.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(bank.version, by=by)
    bank.delete()


def _refuse_unreadable(file: QuestionFile) -> None:
    if file.errors:
        raise QuestionsUnreadable(file.errors)
    if not file.bank.questions:
        raise QuestionsUnreadable(
            [UnreadQuestion(1, _("There is no question in the file."))]
        )


def _record_import(
    version: CourseVersion,
    file: QuestionFile,
    content: bytes,
    *,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Keep the file and say how much of it is new."""
    stored_as, sha256 = store_bytes(content, folder=FOLDER, ending=ENDING)
    imported = sum(len(file.new_in(category)) for category in file.by_category)
    return QuestionImport.objects.create(
        version=version,
        file_name=file.name[-FILE_NAME_LENGTH:],
        stored_as=stored_as,
        sha256=sha256,
        imported_count=imported,
        left_out_count=len(file.bank.questions) - imported,
        at=at,
        by=by,
    )


def _rows(
    bank: QuestionBank, source: QuestionImport, rows: list[tuple[ParsedQuestion, str]]
) -> Iterator[Question]:
    first = bank.questions.count() + 1
    for position, (question, mark) in enumerate(rows, start=first):
        yield Question(
            bank=bank,
            source=source,
            position=position,
            kind=question.kind.value,
            name=question.name[:NAME_LENGTH],
            text=question.text,
            answers=[_answer(answer) for answer in question.answers],
            fingerprint=mark,
            raw=question.raw,
        )


def _answer(answer: ParsedAnswer) -> dict[str, Any]:
    """Return the answer for JSON; what it has not is left out."""
    told = {
        "text": answer.text,
        "fraction": _number(answer.fraction),
        "text_format": answer.text_format.value,
        "feedback": answer.feedback,
        "match": answer.match,
        "tolerance": None if answer.tolerance is None else _number(answer.tolerance),
    }
    return {
        key: value
        for key, value in told.items()
        if value not in ("", None) or key == "text"
    }


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
