"""Reads of question banks: their counts, questions looked for, the same ones twice."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from courses.enums import QuestionKind
from courses.formats.question import ParsedQuestion
from courses.formats.stored import question_from_row
from courses.models import CourseVersion, Question, QuestionBank

IS_ASKING = ~Q(questions__kind=QuestionKind.DESCRIPTION)
# What a row keeps of what a reader gave.
STORED = (
    *("kind", "kind_name", "name", "text", "answers", "details"),
    *("raw", "raw_format"),
)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank with its counts; descriptions ask nothing and are in `kinds` alone."""

    bank: QuestionBank
    total: int
    distinct: int
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class BankTotals:
    """Counts of all banks of a version together.

    `shared` of the distinct questions stand more than once, in one bank or in several.
    """

    total: int
    distinct: int
    shared: int


def bank_rows(version: CourseVersion) -> list[BankRow]:
    """Return the banks of a version with their counts, in two queries."""
    kinds: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for bank_id, kind, count in (
        Question.objects.filter(bank__version=version)
        .order_by()
        .values_list("bank", "kind")
        .annotate(count=Count("pk"))
        .order_by("bank", "-count", "kind")
    ):
        kinds[bank_id][str(QuestionKind(kind).label)] = count
    banks = version.banks.select_related("topic").annotate(
        total=Count("questions", filter=IS_ASKING),
        distinct=Count("questions__fingerprint", filter=IS_ASKING, distinct=True),
    )
    return [
        BankRow(bank, bank.total, bank.distinct, kinds[bank.pk])
        for bank in banks.order_by("pk")
    ]


def bank_totals(version: CourseVersion) -> BankTotals:
    """Return what the banks of a version hold together, each question once."""
    marks = (
        asking_questions(version)
        .order_by()
        .values("fingerprint")
        .annotate(count=Count("pk"))
        .values_list("count", flat=True)
    )
    counts = list(marks)
    return BankTotals(
        total=sum(counts),
        distinct=len(counts),
        shared=sum(count > 1 for count in counts),
    )


def asking_questions(version: CourseVersion) -> QuerySet[Question]:
    """Return the questions of a version, without descriptions, which ask nothing."""
    return Question.objects.filter(bank__version=version).exclude(
        kind=QuestionKind.DESCRIPTION
    )


def questions_found(
    questions: QuerySet[Question], *, words: str = "", kind: str = ""
) -> QuerySet[Question]:
    """Return the questions that have each of `words` in the text or in the name."""
    for word in words.split():
        questions = questions.filter(Q(text__icontains=word) | Q(name__icontains=word))
    return questions.filter(kind=kind) if kind else questions


def repeated_marks(version: CourseVersion) -> QuerySet[Question, str]:
    """Return the fingerprints that more than one question of a version has."""
    return (
        asking_questions(version)
        .order_by()
        .values("fingerprint")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .order_by("fingerprint")
        .values_list("fingerprint", flat=True)
    )


def repeated_among(version: CourseVersion, questions: Iterable[Question]) -> set[str]:
    """Return the fingerprints of these questions that others of the version have."""
    marks = {question.fingerprint for question in questions}
    return set(repeated_marks(version).filter(fingerprint__in=marks))


def same_questions(
    version: CourseVersion, marks: Iterable[str]
) -> list[list[Question]]:
    """Return the questions of each fingerprint, with their banks, in two queries."""
    groups: dict[str, list[Question]] = {mark: [] for mark in marks}
    for question in (
        asking_questions(version)
        .filter(fingerprint__in=groups)
        .select_related("bank")
        .order_by("bank", "position", "pk")
    ):
        groups[question.fingerprint].append(question)
    return list(groups.values())


def parsed_questions(banks: QuerySet[QuestionBank]) -> Iterator[ParsedQuestion]:
    """Give the questions of banks as writers take them, a few at a time."""
    rows = Question.objects.filter(bank__in=banks).select_related("bank")
    for question in rows.order_by("bank", "position", "pk").iterator(CHUNK):
        yield parsed_question(question, category=question.bank.category)


def parsed_question(question: Question, *, category: str) -> ParsedQuestion:
    """Return a stored question as its reader gave it."""
    row = {name: getattr(question, name) for name in STORED}
    return replace(question_from_row(row), category=category)


def content_mark(question: Question) -> str:
    """Hash all that a person may change of a question, to tell a stale save by it."""
    told = [getattr(question, name) for name in STORED]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
