"""A file of questions, looked at before anything of it is kept."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext

from courses.enums import QuestionKind
from courses.formats.graded import GRADED_BY_TEXTS, graded_by
from courses.formats.kept import QuestionRow, ReadQuestions, read_rows
from courses.formats.question import Kind
from courses.models import CourseVersion, Question, QuestionBank, Topic

# A category is a path; its last part is what the author called it.
PATH_SEPARATOR = "/"
# Moodle writes where in itself the category hung: that is not the author's name.
MOODLE_ROOT = re.compile(r"^\$\w+\$(/top)?(/|$)")


@dataclass(frozen=True, slots=True)
class UnreadQuestion:
    """A question, or a whole file, that cannot be read: its line and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownKind:
    """A kind that the portal does not know, as the file names it, and who grades it.

    Source: MIN 4.6.
    """

    name: str
    count: int
    graded: str


@dataclass(frozen=True, slots=True)
class CategoryPreview:
    """One category of a file: a bank to be made or filled.

    `known` are questions its bank has already: they are left out; `repeated` stand in
    the category more than once, `elsewhere` in another bank of the course or another
    category of the file: they are kept, but count once.
    """

    name: str
    questions: int
    kinds: dict[str, int]
    known: int
    repeated: int
    elsewhere: int
    topic: Topic | None


@dataclass(frozen=True)
class QuestionFile:
    """A file of questions beside the version it is meant for.

    `by_category` has the rows of the questions by the name of their bank; `known` tells
    in which banks of the version a fingerprint stands.
    """

    name: str
    read: ReadQuestions
    by_category: dict[str, list[QuestionRow]]
    known: dict[str, set[str]]
    topics: tuple[Topic, ...]
    assigned: dict[str, Topic | None]

    @cached_property
    def errors(self) -> list[UnreadQuestion]:
        """What cannot be read, in the order of the file."""
        return [
            UnreadQuestion(error.line, gettext(error.reason))
            for error in self.read.errors
        ]

    @property
    def count(self) -> int:
        """How many questions could be read."""
        return sum(map(len, self.by_category.values()))

    @cached_property
    def id_numbers(self) -> dict[str, str]:
        """What the LMS calls each category that the file describes."""
        return {
            category_name(path, file_name=self.name): id_number
            for path, id_number in self.read.id_numbers.items()
        }

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many questions of each kind there are, the most frequent first."""
        return _by_kind(chain.from_iterable(self.by_category.values()))

    @cached_property
    def unknown_kinds(self) -> list[UnknownKind]:
        """Kinds that the portal does not know, the most frequent first."""
        names = Counter(
            row.kind_name
            for rows in self.by_category.values()
            for row in rows
            if row.kind == Kind.OTHER
        )
        return [
            UnknownKind(name, count, gettext(GRADED_BY_TEXTS[graded_by(name)]))
            for name, count in names.most_common()
        ]

    @cached_property
    def categories(self) -> list[CategoryPreview]:
        """Return what each category holds, in the order of the file."""
        return [self._preview(name) for name in self.by_category]

    @property
    def known_count(self) -> int:
        """How many questions their banks have already."""
        return sum(category.known for category in self.categories)

    @property
    def repeated_count(self) -> int:
        """How many questions stand in their category again."""
        return sum(category.repeated for category in self.categories)

    @property
    def elsewhere_count(self) -> int:
        """How many distinct questions another bank has, or another category."""
        return sum(category.elsewhere for category in self.categories)

    @cached_property
    def gain(self) -> int:
        """How many distinct questions the course gains; descriptions ask nothing."""
        marks = {
            row.fingerprint
            for rows in self.by_category.values()
            for row in rows
            if row.kind != Kind.DESCRIPTION
        }
        return len(marks - self.known.keys())

    def new_in(self, category: str) -> list[QuestionRow]:
        """Return the questions of a category that its bank does not have yet."""
        return [
            row
            for row in self.by_category[category]
            if category not in self.known.get(row.fingerprint, ())
        ]

    def topic_of(self, category: str) -> Topic | None:
        """Return the topic of a bank: as assigned before, else guessed by its name."""
        if category in self.assigned:
            return self.assigned[category]
        return guess_topic(category, self.topics)

    @cached_property
    def _homes(self) -> dict[str, set[str]]:
        """In which categories each fingerprint of the file stands."""
        homes: dict[str, set[str]] = {}
        for name, rows in self.by_category.items():
            for row in rows:
                homes.setdefault(row.fingerprint, set()).add(name)
        return homes

    def _preview(self, name: str) -> CategoryPreview:
        new = self.new_in(name)
        marks = {row.fingerprint for row in new}
        rows = self.by_category[name]
        return CategoryPreview(
            name=name,
            questions=len(rows),
            kinds=_by_kind(rows),
            known=len(rows) - len(new),
            repeated=len(new) - len(marks),
            elsewhere=sum(
                bool((self._homes[mark] | self.known.get(mark, set())) - {name})
                for mark in marks
            ),
            topic=self.topic_of(name),
        )


def read_question_file(
    *, version: CourseVersion, name: str, content: bytes
) -> QuestionFile:
    """Read a file of questions beside the banks and the topics of a version."""
    return beside_version(read_rows(content, name=name), version=version, name=name)


def beside_version(
    read: ReadQuestions, *, version: CourseVersion, name: str
) -> QuestionFile:
    """Return what a file gave beside the banks and the topics of a version."""
    by_category: dict[str, list[QuestionRow]] = {}
    for path, rows in read.by_category.items():
        by_category.setdefault(category_name(path, file_name=name), []).extend(rows)
    return QuestionFile(name, read, by_category, **_beside(version))


def anew_beside(file: QuestionFile, version: CourseVersion) -> QuestionFile:
    """Return a file that was read, beside the version as it stands now."""
    return replace(file, **_beside(version))


def _beside(version: CourseVersion) -> dict[str, Any]:
    """Read what of a version an import depends on, in three queries."""
    known: dict[str, set[str]] = {}
    for category, mark in (
        Question.objects.filter(bank__version=version)
        .order_by()
        .values_list("bank__category", "fingerprint")
        .iterator()
    ):
        known.setdefault(mark, set()).add(category)
    banks = QuestionBank.objects.filter(version=version).select_related("topic")
    return {
        "known": known,
        "topics": tuple(Topic.objects.filter(version=version)),
        "assigned": {bank.category: bank.topic for bank in banks},
    }


def _by_kind(rows: Iterable[QuestionRow]) -> dict[str, int]:
    kinds = Counter(row.kind for row in rows)
    return {str(QuestionKind(kind).label): count for kind, count in kinds.most_common()}


def category_name(category: str, *, file_name: str) -> str:
    """Return the name of the bank; questions of no category go by the file's name."""
    longest = QuestionBank._meta.get_field("category").max_length
    own = MOODLE_ROOT.sub("", category)
    return (own or PurePath(file_name).stem)[:longest]


def guess_topic(category: str, topics: Iterable[Topic]) -> Topic | None:
    """Return the topic whose title a category bears, or holds within its own."""
    wanted = _plain(category.rpartition(PATH_SEPARATOR)[2])
    titles = [(_plain(topic.title), topic) for topic in topics]
    same = [topic for title, topic in titles if title == wanted]
    held = [topic for title, topic in titles if title in wanted or wanted in title]
    found = same or held
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " ".join(words.split())
