"""A file of questions, looked at before anything of it is kept."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from django.utils.translation import gettext

from courses.enums import QuestionKind
from courses.formats.fingerprint import fingerprint
from courses.formats.gift import read_gift
from courses.formats.question import ParsedBank, ParsedQuestion
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
    the file more than once, and are kept, but count once.
    """

    name: str
    questions: int
    kinds: dict[str, int]
    known: int
    repeated: int
    topic: Topic | None


@dataclass(frozen=True)
class QuestionFile:
    """A file of questions beside the version it is meant for."""

    name: str
    bank: ParsedBank
    known: frozenset[tuple[str, str]]
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
    def by_category(self) -> dict[str, list[tuple[ParsedQuestion, str]]]:
        """Questions with their fingerprints, by the name of their bank."""
        rows: dict[str, list[tuple[ParsedQuestion, str]]] = {}
        for question in self.bank.questions:
            name = category_name(question.category, file_name=self.name)
            rows.setdefault(name, []).append((question, fingerprint(question)))
        return rows

    def new_in(self, category: str) -> list[tuple[ParsedQuestion, str]]:
        """Return the questions of a category that its bank does not have yet."""
        return [
            (question, mark)
            for question, mark in self.by_category[category]
            if (category, mark) not in self.known
        ]

    def topic_of(self, category: str) -> Topic | None:
        """Return the topic of a bank: as assigned before, else guessed by its name."""
        if category in self.assigned:
            return self.assigned[category]
        return guess_topic(category, self.topics)

    @cached_property
    def categories(self) -> list[CategoryPreview]:
        """Return what each category holds, in the order of the file."""
        return [self._preview(name) for name in self.by_category]

    def _preview(self, name: str) -> CategoryPreview:
        rows = self.by_category[name]
        marks = Counter(mark for _question, mark in rows)
        kinds = Counter(question.kind.value for question, _mark in rows)
        return CategoryPreview(
            name=name,
            questions=len(rows),
            kinds={
                str(QuestionKind(kind).label): count
                for kind, count in kinds.most_common()
            },
            known=len(rows) - len(self.new_in(name)),
            repeated=len(rows) - len(marks),
            topic=self.topic_of(name),
        )


def read_question_file(
    *, version: CourseVersion, name: str, content: bytes
) -> QuestionFile:
    """Read a GIFT file beside the banks and the topics of a version."""
    return QuestionFile(
        name=name,
        bank=read_gift(content),
        known=frozenset(
            Question.objects.filter(bank__version=version)
            .order_by()
            .values_list("bank__category", "fingerprint")
        ),
        topics=tuple(Topic.objects.filter(version=version)),
        assigned={
            bank.category: bank.topic
            for bank in QuestionBank.objects.filter(version=version).select_related(
                "topic"
            )
        },
    )


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
