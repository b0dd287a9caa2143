"""Banks of an import: questions that a bank has already are left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Max

from courses.formats.fingerprint import fingerprint
from courses.formats.mbz.banks import bank_key
from courses.formats.mbz.diff import Line
from courses.formats.mbz.model import Bank, MoodleBackup
from courses.formats.question import ParsedQuestion
from courses.models import (
    CourseImport,
    CourseVersion,
    Question,
    QuestionBank,
    QuestionImport,
)
from courses.services.banks.questions import stored_values
from courses.services.course_import.topics import Topics, items_of

BATCH = 1000

Marked = tuple[ParsedQuestion, str]


def write_banks(
    version: CourseVersion,
    topics: Topics,
    lines: Sequence[Line],
    backup: MoodleBackup | None,
    row: CourseImport,
) -> int:
    """Fill the banks that were ticked; return how many questions came in.

    Source: MIN 3.3.3.17, 3.4.2.
    """
    if not lines or backup is None:
        return 0
    banks = _banks(version, topics, lines)
    new = _new_questions(backup.bank, banks)
    count = sum(map(len, new.values()))
    told = sum(
        bank_key(backup.bank, row.category_id) in banks for row in backup.bank.questions
    )
    source = QuestionImport.objects.create(
        version=version,
        format=row.format,
        file_name=row.file_name,
        stored_as=row.stored_as,
        sha256=row.sha256,
        imported_count=count,
        left_out_count=told - count,
        at=row.at,
        by=row.by,
    )
    rows = _rows(banks, new, source)
    while batch := list(islice(rows, BATCH)):
        Question.objects.bulk_create(batch)
    return count


def _banks(
    version: CourseVersion, topics: Topics, lines: Sequence[Line]
) -> dict[str, QuestionBank]:
    """Return the banks by their keys, made where they are new.

    One without a topic goes to the one whose tests draw from it; none is taken away.
    """
    there = {bank.pk: bank for bank in version.banks.all()}
    banks: dict[str, QuestionBank] = {}
    for item, pk in items_of(lines):
        bank = there.get(pk) or QuestionBank(
            version=version, category=item.values["category"]
        )
        bank.topic = bank.topic or topics.of(item)
        bank.id_number = item.id_number or bank.id_number
        banks[item.key] = bank
    changed = [bank for bank in banks.values() if bank.pk in there]
    QuestionBank.objects.bulk_update(changed, ["topic", "id_number"])
    made = [bank for bank in banks.values() if bank.pk not in there]
    QuestionBank.objects.bulk_create(made)
    return banks


def _new_questions(
    bank: Bank, banks: dict[str, QuestionBank]
) -> dict[str, list[Marked]]:
    """Return the questions that a bank does not have yet; one told twice counts once."""
    known = set(
        Question.objects.filter(bank__in=banks.values())
        .order_by()
        .values_list("bank", "fingerprint")
    )
    new: defaultdict[str, list[Marked]] = defaultdict(list)
    for row in bank.questions:
        key = bank_key(bank, row.category_id)
        target = banks.get(key)
        mark = fingerprint(row.question)
        if target is not None and (target.pk, mark) not in known:
            new[key].append((row.question, mark))
    return new


def _rows(
    banks: dict[str, QuestionBank],
    new: dict[str, list[Marked]],
    source: QuestionImport,
) -> Iterator[Question]:
    last = dict(
        Question.objects.filter(bank__in=banks.values())
        .order_by()
        .values_list("bank")
        .annotate(last=Max("position"))
    )
    for key, questions in new.items():
        bank = banks[key]
        first = last.get(bank.pk, 0) + 1
        for position, (question, mark) in enumerate(questions, start=first):
            yield Question(
                bank=bank,
                source=source,
                position=position,
                **stored_values(question, mark),
            )
