"""questions.xml, read as it streams by: Moodle 2 to 3 and 4 to 5 keep banks apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO

from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.kinds import moodle_kind, parse_question, parts_of
from courses.formats.mbz.model import Bank, BankQuestion, Category
from courses.formats.mbz.xml import (
    Budget,
    Element,
    elements_of,
    line_of,
    number_of,
    text_of,
)
from courses.formats.mbz.xml_parts import FilesOf

RANDOM = "random"
READY = "ready"
# The root of each context, which no author named.
TOP = "top"
MAX_DEPTH = 50
# The level of Moodle's contexts that an activity is.
MODULE = 70


@dataclass(frozen=True, slots=True)
class _Row:
    """A category as it stands in the file: its name and the id of its parent."""

    name: str
    parent: str
    category: Category


def read_bank(
    stream: IO[bytes],
    name: str,
    *,
    budget: Budget,
    files: FilesOf,
    holders: Mapping[str, str],
) -> Bank:
    """Read all categories and questions, with the files that they show.

    `holders` are the titles of activities by their ids: from Moodle 5 each bank is one.

    Raises:
        BackupUnreadable: broken, hostile, or more questions than are taken.
    """
    return _BankReader(budget, files, holders).read(stream, name)


class _BankReader:
    """What is known of the bank while the file streams by."""

    def __init__(
        self, budget: Budget, files: FilesOf, holders: Mapping[str, str]
    ) -> None:
        self._limits = budget.limits
        self._files = files
        self._holders = holders
        self._budget = budget
        self._bank = Bank()
        self._rows: dict[str, _Row] = {}
        # The newest ready version of an entry, and where in the bank it stands.
        self._newest: dict[str, tuple[int, int]] = {}
        self._unready: set[str] = set()
        self._parts: dict[str, str] = {}
        self._kept = 0

    def read(self, stream: IO[bytes], name: str) -> Bank:
        tags = ("question", "question_category")
        for element in elements_of(stream, name, tags=tags, budget=self._budget):
            if element.tag == "question_category":
                self._take_category(element)
            # The settings of embedded answers have a field of this name, too.
            elif element.tag == "question" and _parent_tag(element) == "questions":
                self._take_question(element)
        return self._finished()

    def _take_category(self, element: Element) -> None:
        key = str(element.get("id", ""))
        category = Category(
            id=key,
            parent_id=line_of(element, "parent"),
            path=(),
            id_number=line_of(element, "idnumber", longest=100),
            context_level=number_of(element, "contextlevel"),
            context_instance_id=line_of(element, "contextinstanceid"),
        )
        row = _Row(line_of(element, "name"), line_of(element, "parent"), category)
        self._rows[key] = row

    def _take_question(self, element: Element) -> None:
        bank, kind = self._bank, line_of(element, "qtype", longest=60)
        key = str(element.get("id", ""))
        category = _around(element, "question_category")
        category_id = str(category.get("id", "")) if category is not None else ""
        parent = line_of(element, "parent")
        if kind == RANDOM:
            bank.types[kind] += 1
            bank.random_category[key] = category_id
            # Its text says whether it draws from categories within, too.
            if text_of(element, "questiontext") == "1":
                bank.random_deep.add(key)
        elif parent not in ("", "0", key):
            self._take_part(element, key)
        else:
            self._take_whole(element, key, category_id)

    def _take_part(self, element: Element, key: str) -> None:
        """Keep a question within embedded answers: its text is the code of its place."""
        self._bank.subquestions += 1
        text = text_of(element, "questiontext")
        self._keep(len(text))
        self._parts[key] = text

    def _take_whole(self, element: Element, key: str, category_id: str) -> None:
        entry = _around(element, "question_bank_entry")
        versions = _around(element, "question_versions")
        if entry is None:
            self._take_old(element, key, category_id)
            return
        entry_id = str(entry.get("id", ""))
        if line_of(versions, "status") not in ("", READY):
            self._unready.add(entry_id)
            return
        version = number_of(versions, "version")
        place = len(self._bank.questions)
        if entry_id in self._newest:
            known_version, place = self._newest[entry_id]
            if known_version >= version:
                return
        self._newest[entry_id] = (version, place)
        kept = BankQuestion(
            id=key,
            entry_id=entry_id,
            category_id=category_id,
            question=parse_question(
                element,
                id_number=line_of(entry, "idnumber", longest=100),
                files=self._files,
            ),
            parts=parts_of(element),
        )
        if place < len(self._bank.questions):
            self._keep(_size(kept) - _size(self._bank.questions[place]))
            self._bank.questions[place] = kept
        else:
            self._add(kept)

    def _take_old(self, element: Element, key: str, category_id: str) -> None:
        if text_of(element, "hidden") == "1":
            self._bank.hidden += 1
            return
        self._add(
            BankQuestion(
                id=key,
                entry_id="",
                category_id=category_id,
                question=parse_question(
                    element,
                    id_number=line_of(element, "idnumber", longest=100),
                    files=self._files,
                ),
                parts=parts_of(element),
            )
        )

    def _add(self, question: BankQuestion) -> None:
        if len(self._bank.questions) >= self._limits.questions:
            raise BackupUnreadable(Reason.TOO_MUCH)
        self._keep(_size(question))
        self._bank.questions.append(question)

    def _keep(self, size: int) -> None:
        self._kept += size
        if self._kept > self._limits.kept_bytes:
            raise BackupUnreadable(Reason.TOO_MUCH)

    def _finished(self) -> Bank:
        bank = self._bank
        bank.hidden += len(self._unready - self._newest.keys())
        bank.categories = self._apart(
            {key: self._named(row) for key, row in self._rows.items()}
        )
        bank.questions = list(map(self._whole, bank.questions))
        for kept in bank.questions:
            bank.types[moodle_kind(kept.question)] += 1
        return bank

    def _named(self, row: _Row) -> Category:
        names: list[str] = []
        step: _Row | None = row
        for _level in range(MAX_DEPTH):
            if step is None:
                break
            if step.parent not in ("", "0") or step.name != TOP:
                names.append(step.name)
            step = self._rows.get(step.parent)
        return replace(row.category, path=tuple(reversed(names)))

    def _apart(self, categories: dict[str, Category]) -> dict[str, Category]:
        """Tell apart categories of one name in several banks, by the banks' titles."""
        contexts: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in categories.values():
            contexts[row.path].add(row.context_instance_id)
        return {
            key: replace(row, path=(self._holders[row.context_instance_id], *row.path))
            if len(contexts[row.path]) > 1
            and row.context_level == MODULE
            and row.context_instance_id in self._holders
            else row
            for key, row in categories.items()
        }

    def _whole(self, kept: BankQuestion) -> BankQuestion:
        """Give a question its category's path and its embedded answers."""
        category = self._bank.categories.get(kept.category_id)
        path = "/".join(category.path) if category else ""
        text = kept.question.text
        for number, part_id in enumerate(kept.parts, start=1):
            text = text.replace(f"{{#{number}}}", self._parts.get(part_id, ""), 1)
        return replace(
            kept, question=replace(kept.question, category=path, text=text), parts=()
        )


def _size(kept: BankQuestion) -> int:
    return len(kept.question.text) + len(kept.question.raw)


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _around(element: Element, tag: str) -> Element | None:
    """Return the nearest element around that has a tag."""
    ancestors: Iterator[Element] = element.iterancestors(tag)
    return next(ancestors, None)
