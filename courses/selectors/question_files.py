"""A file of questions, looked at before anything of it is kept."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext

from courses.enums import QuestionKind
from courses.formats.fingerprint import fingerprint
from courses.formats.question import Kind, ParsedBank, ParsedQuestion
from courses.formats.reading import read_questions
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

    `by_category` has the questions with their fingerprints, by the name of their bank;
    `known` tells in which banks of the version a fingerprint stands.
    """

    name: str
    bank: ParsedBank
    by_category: dict[str, list[tuple[ParsedQuestion, str]]]
    known: dict[str, set[str]]
    topics: tuple[Topic, ...]
    assigned: dict[str, Topic | None]

    @cached_property
    def errors(self) -> list[UnreadQuestion]:
        """What cannot be read, in the order of the file."""
        return [
            UnreadQuestion(error.line, gettext(error.reason))
            for error in self.bank.errors
        ]

    @cached_property
    def id_numbers(self) -> dict[str, str]:
        """What the LMS calls each category that the file describes."""
        return {
            category_name(category.path, file_name=self.name): category.id_number
            for category in self.bank.described
        }

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many questions of each kind there are, the most frequent first."""
        return _by_kind(self.bank.questions)

    @cached_property
    def unknown_kinds(self) -> dict[str, int]:
        """Kinds that the portal does not know, as the file names them."""
        names = Counter(
            question.kind_name
            for question in self.bank.questions
            if question.kind is Kind.OTHER
        )
        return dict(names.most_common())

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
            mark
            for rows in self.by_category.values()
            for question, mark in rows
            if question.kind is not Kind.DESCRIPTION
        }
        return len(marks - self.known.keys())

    def new_in(self, category: str) -> list[tuple[ParsedQuestion, str]]:
        """Return the questions of a category that its bank does not have yet."""
        return [
            (question, mark)
            for question, mark in self.by_category[category]
            if category not in self.known.get(mark, ())
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
            for _question, mark in rows:
                homes.setdefault(mark, set()).add(name)
        return homes

    def _preview(self, name: str) -> CategoryPreview:
        new = self.new_in(name)
        marks = {mark for _question, mark in new}
        rows = self.by_category[name]
        return CategoryPreview(
            name=name,
            questions=len(rows),
            kinds=_by_kind(question for question, _mark in rows),
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
    bank = read_questions(content, name=name)
    by_category: dict[str, list[tuple[ParsedQuestion, str]]] = {}
    for question in bank.questions:
        category = category_name(question.category, file_name=name)
        rows = by_category.setdefault(category, [])
        rows.append((question, fingerprint(question)))
    return QuestionFile(name, bank, by_category, **_beside(version))


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


def _by_kind(questions: Iterable[ParsedQuestion]) -> dict[str, int]:
    kinds = Counter(question.kind.value for question in questions)
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
