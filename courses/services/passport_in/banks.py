"""Question banks and their questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from courses.models import CourseVersion, Question, QuestionBank, Topic
from courses.passport_json import canonical, shape
from courses.passport_json.questions import mark_of
from courses.services.passport_in.rows import Listing, write_rows

Values = Mapping[str, Any]
BATCH = 1000


def write_banks(
    version: CourseVersion, rows: Sequence[Values], topics: Sequence[Topic]
) -> None:
    """Write the banks; a question that is there already stays the row that it is."""
    listing = Listing(
        rows=version.banks.all(),
        make=partial(QuestionBank, version=version),
        names=(*shape.BANK_FIELDS, "topic_id"),
        known_by=(("category",),),
    )
    wanted = [
        {**row, "topic_id": topics[row["topic"] - 1].pk if row["topic"] else None}
        for row in rows
    ]
    banks = write_rows(listing, wanted)
    _write_questions(version, banks, rows)


def _write_questions(
    version: CourseVersion, banks: Sequence[QuestionBank], rows: Sequence[Values]
) -> None:
    there = _there(version)
    new: list[Question] = []
    moved: list[Question] = []
    for bank, row in zip(banks, rows, strict=True):
        for position, values in enumerate(row["questions"], start=1):
            same = there[bank.pk, canonical(_told(values))]
            if not same:
                new.append(_new(bank, position, values))
                continue
            pk, stands_at = same.pop(0)
            if stands_at != position:
                moved.append(Question(pk=pk, position=position))
    gone = [pk for rows_left in there.values() for pk, _position in rows_left]
    Question.objects.filter(pk__in=gone).delete()
    Question.objects.bulk_update(moved, ["position"], batch_size=BATCH)
    Question.objects.bulk_create(new, batch_size=BATCH)


def _there(
    version: CourseVersion,
) -> defaultdict[tuple[int, str], list[tuple[int, int]]]:
    """Return what each question is: its bank and content → keys and positions."""
    rows = Question.objects.filter(bank__version=version).values(
        "pk", "bank_id", "position", *shape.QUESTION_FIELDS
    )
    there: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for row in rows.iterator(chunk_size=BATCH):
        key = row["bank_id"], canonical(_told(row))
        there[key].append((row["pk"], row["position"]))
    return there


def _told(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in shape.QUESTION_FIELDS}


def _new(bank: QuestionBank, position: int, values: Values) -> Question:
    return Question(
        bank=bank, position=position, fingerprint=mark_of(values), **_told(values)
    )
