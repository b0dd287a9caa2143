"""Questions from a file: previewed, then stored with the file they came from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from courses.formats.kept import QUESTION_COLUMNS, ReadQuestions, to_json
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
    anew_beside,
    read_question_file,
)
from courses.services.locks import lock_for_edit

FOLDER = "questions"
COLUMNS = ("bank_id", "source_id", "position", *QUESTION_COLUMNS)
FILE_NAME_LENGTH = 250
ID_NUMBER_LENGTH = 100
ARCHIVE_START = b"PK"


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


def keep_question_file(content: bytes) -> tuple[str, str]:
    """Store a file of questions as it is; return its storage name and its SHA-256."""
    ending = "xlsx" if content.startswith(ARCHIVE_START) else "txt"
    return store_bytes(content, folder=FOLDER, ending=ending)


def keep_read_questions(read: ReadQuestions) -> str:
    """Store what a file gave until its import; return its storage name.

    No row names it: it is swept away as any file that was looked at and left.
    """
    stored_as, _sha256 = store_bytes(to_json(read), folder=FOLDER, ending="json")
    return stored_as


def import_questions(
    *,
    version: CourseVersion,
    name: str,
    content: bytes,
    topics: Mapping[str, Topic | None] | None = None,
    is_good_only: bool = False,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Read a file and import it: see `import_file`."""
    return import_file(
        version=version,
        file=read_question_file(version=version, name=name, content=content),
        content=content,
        topics=topics or {},
        is_good_only=is_good_only,
        by=by,
        at=at,
    )


@transaction.atomic
def import_file(
    *,
    version: CourseVersion,
    file: QuestionFile,
    content: bytes,
    topics: Mapping[str, Topic | None],
    is_good_only: bool,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Fill banks from a file, one for each of its categories; keep the file.

    One broken question refuses the whole file, unless only the good ones are asked
    for. Questions that a bank has already are left out. `topics` assigns categories to
    topics; a category that it does not name keeps its topic, or goes to the one whose
    title it bears.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        QuestionsUnreadable: a question cannot be read, or there is none to import.

    Source: MIN 3.3.3.17, 3.4.2.
    """
    # Two imports at once would make the same bank twice: the stronger lock parts them.
    lock_for_edit(version, by=by, is_row_written=True)
    _refuse_unreadable(file, is_good_only=is_good_only)
    file = anew_beside(file, version)
    source = _record_import(version, file, content, by=by, at=at)
    assigned = {
        name: topics[name] if name in topics else file.topic_of(name)
        for name in file.by_category
    }
    banks = _banks(version, file, assigned)
    _store(_rows(file, source, banks, _last_positions(banks.values())))
    return source


def _refuse_unreadable(file: QuestionFile, *, is_good_only: bool) -> None:
    errors = file.errors
    if not file.count:
        errors = errors or [UnreadQuestion(1, _("There is no question in the file."))]
    elif is_good_only:
        return
    if errors:
        raise QuestionsUnreadable(errors)


def _record_import(
    version: CourseVersion,
    file: QuestionFile,
    content: bytes,
    *,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Keep the file and say how much of it is new; what cannot be read is left out."""
    stored_as, sha256 = keep_question_file(content)
    imported = sum(len(file.new_in(category)) for category in file.by_category)
    return QuestionImport.objects.create(
        version=version,
        format=file.read.format,
        file_name=file.name[-FILE_NAME_LENGTH:],
        stored_as=stored_as,
        sha256=sha256,
        imported_count=imported,
        left_out_count=file.count - imported + len(file.errors),
        at=at,
        by=by,
    )


def _banks(
    version: CourseVersion, file: QuestionFile, topics: Mapping[str, Topic | None]
) -> dict[str, QuestionBank]:
    """Return the banks of a file's categories, made and assigned as told."""
    banks = {bank.category: bank for bank in version.banks.filter(category__in=topics)}
    for bank in banks.values():
        bank.topic = topics[bank.category]
    QuestionBank.objects.bulk_update(banks.values(), ["topic"])
    made = QuestionBank.objects.bulk_create(
        QuestionBank(
            version=version,
            category=name,
            topic=topic,
            id_number=file.id_numbers.get(name, "")[:ID_NUMBER_LENGTH],
        )
        for name, topic in topics.items()
        if name not in banks
    )
    return banks | {bank.category: bank for bank in made}


def _last_positions(banks: Iterable[QuestionBank]) -> dict[int, int]:
    """Return the number of the last question of each bank that has one."""
    return dict(
        Question.objects.filter(bank__in=banks)
        .order_by()
        .values_list("bank")
        .annotate(last=Max("position"))
    )


def _rows(
    file: QuestionFile,
    source: QuestionImport,
    banks: Mapping[str, QuestionBank],
    last: Mapping[int, int],
) -> Iterator[tuple[Any, ...]]:
    """Give the values of each new question's row, as `COLUMNS`; asks no database."""
    for category in file.by_category:
        bank = banks[category]
        first = last.get(bank.pk, 0) + 1
        for position, row in enumerate(file.new_in(category), start=first):
            yield (bank.pk, source.pk, position, *row)


def _store(rows: Iterator[tuple[Any, ...]]) -> None:
    """Write rows as they come, by COPY.

    `bulk_create` escapes each value twice: that alone is more than half of its CPU. The
    triggers of the trail see these rows as any others. While it lasts the connection
    answers nothing else: rows that ask the database would wait for ever.
    """
    command = f"COPY courses_question ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
