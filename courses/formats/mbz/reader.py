"""A Moodle backup, whole: `.mbz` of Moodle 2 to 5, gzip-tar or zip."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO, Any

from courses.formats.mbz.activities import DROPPED, MODULES_READ, read_activity
from courses.formats.mbz.archive import UNREADABLE, members_of
from courses.formats.mbz.criteria import read_criteria
from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.limits import LIMITS, Limits
from courses.formats.mbz.model import Activity, Bank, MoodleBackup, Section
from courses.formats.mbz.questions import read_bank
from courses.formats.mbz.structure import (
    Contents,
    FileList,
    Listed,
    ModuleFacts,
    read_about,
    read_contents,
    read_module,
    read_section,
)
from courses.formats.mbz.xml import Budget, Element, elements_of, tree_of

CONTENTS = "moodle_backup.xml"
QUESTIONS = "questions.xml"
PART = re.compile(r"(activities|sections)/([^/]+)/([a-z0-9_]+)\.xml")
FILE = re.compile(r"files/[0-9a-f]{2}/([0-9a-f]{40})")
COPY_BYTES = 256 * 1024


@dataclass(slots=True)
class _Parts:
    """Small parsed parts of a backup; its members stand in any order."""

    files: FileList
    contents: Contents | None = None
    course: Element | None = None
    sections: dict[str, Element] = field(default_factory=dict)
    modules: dict[str, ModuleFacts] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    criteria: dict[str, str] = field(default_factory=dict)
    bank: Bank = field(default_factory=Bank)
    kept: int = 0


def read_backup(stream: IO[bytes], *, limits: Limits = LIMITS) -> MoodleBackup:
    """Read a backup from a file that can seek.

    Raises:
        BackupUnreadable: it is no backup, broken, encrypted, hostile or too large.
    """
    parts, budget = _Parts(files=FileList(limits)), Budget(limits)
    with TemporaryFile() as questions:
        for member in members_of(stream, limits=limits):
            take = _taker(member.name)
            if take is not None:
                with member.open() as content:
                    take(parts, content, member.name, budget)
            elif member.name == QUESTIONS:
                with member.open() as content:
                    questions.writelines(
                        _Pieces(
                            content, member.name, limits.xml_bytes, Reason.LARGE_XML
                        )
                    )
        if parts.contents is None:
            raise BackupUnreadable(Reason.NO_CONTENTS)
        _read_questions(parts, stream, questions, budget)
    sections = tuple(_sections(parts))
    return MoodleBackup(
        about=read_about(parts.contents, parts.course),
        sections=sections,
        activities=tuple(_activities(parts, sections)),
        bank=parts.bank,
    )


def _read_questions(
    parts: _Parts, stream: IO[bytes], questions: IO[bytes], budget: Budget
) -> None:
    """Read the bank once all files are known, which stand before it or after it."""
    if not questions.tell():
        return
    shown = parts.files.shown
    if wanted := shown.wanted():
        copy_files(stream, wanted, keep=shown.keep, limits=budget.limits)
    questions.seek(0)
    listed = parts.contents.activities.values() if parts.contents else ()
    parts.bank = read_bank(
        questions,
        QUESTIONS,
        budget=budget,
        files=shown.of,
        holders={row.id: row.title for row in listed},
    )
    parts.bank.files_left = shown.left_out


def copy_files(
    stream: IO[bytes],
    wanted: Collection[str],
    *,
    keep: Callable[[str, Iterable[bytes]], None],
    limits: Limits = LIMITS,
) -> None:
    """Give the bytes of some files, named by their hash, to `keep`, piece by piece.

    Raises:
        BackupUnreadable: as in `read_backup`.
    """
    left = limits.inflated_bytes
    for member in members_of(stream, limits=limits):
        match = FILE.fullmatch(member.name)
        if match is None or match[1] not in wanted:
            continue
        with member.open() as content:
            for_file = _Pieces(content, member.name, left)
            keep(match[1], for_file)
            left = for_file.left


class _Pieces:
    """Pieces of one file, counted against what may still be unpacked."""

    def __init__(
        self,
        content: IO[bytes],
        name: str,
        left: int,
        reason_code: Reason = Reason.TOO_LARGE,
    ) -> None:
        self._content = content
        self._name = name
        self._reason_code = reason_code
        self.left = left

    def __iter__(self) -> Iterator[bytes]:
        try:
            while piece := self._content.read(COPY_BYTES):
                self.left -= len(piece)
                if self.left < 0:
                    raise BackupUnreadable(self._reason_code, self._name)
                yield piece
        except UNREADABLE as error:
            raise BackupUnreadable(Reason.BROKEN, self._name) from error


Taker = Callable[[_Parts, IO[bytes], str, Budget], None]


def _taker(name: str) -> Taker | None:
    """Return who reads a member; None for the many that nobody needs."""
    if name in WHOLE_MEMBERS:
        return WHOLE_MEMBERS[name]
    match = PART.fullmatch(name)
    if match is None:
        return None
    folder, directory, part = match.groups()
    if folder == "sections":
        return _take_section if part == "section" else None
    if part in PARTS_OF_ANY:
        return PARTS_OF_ANY[part]
    module = directory.rpartition("_")[0]
    return _take_activity if part == module and module in MODULES_READ else None


def _take_contents(
    parts: _Parts, content: IO[bytes], name: str, budget: Budget
) -> None:
    root = tree_of(content, name, dropped=(), budget=budget)
    parts.contents = read_contents(root, limits=budget.limits)


def _take_course(parts: _Parts, content: IO[bytes], name: str, budget: Budget) -> None:
    parts.course = tree_of(content, name, dropped=(), budget=budget)


def _take_files(parts: _Parts, content: IO[bytes], name: str, budget: Budget) -> None:
    for element in elements_of(content, name, tags=("file",), budget=budget):
        parts.files.add(element)


def _take_section(parts: _Parts, content: IO[bytes], name: str, budget: Budget) -> None:
    if len(parts.sections) >= budget.limits.sections:
        raise BackupUnreadable(Reason.TOO_MUCH)
    parts.sections[name] = tree_of(content, name, dropped=(), budget=budget)


def _take_module(parts: _Parts, content: IO[bytes], name: str, budget: Budget) -> None:
    if len(parts.modules) >= budget.limits.activities:
        raise BackupUnreadable(Reason.TOO_MUCH)
    root = tree_of(content, name, dropped=(), budget=budget)
    parts.modules[name.rpartition("/")[0]] = read_module(root)


def _take_grading(parts: _Parts, content: IO[bytes], name: str, budget: Budget) -> None:
    root = tree_of(content, name, dropped=("instance",), budget=budget)
    criteria = read_criteria(root)
    parts.kept += len(criteria)
    parts.criteria[name.rpartition("/")[0]] = criteria


PARTS_OF_ANY: dict[str, Taker] = {"grading": _take_grading, "module": _take_module}


def _take_activity(
    parts: _Parts, content: IO[bytes], name: str, budget: Budget
) -> None:
    if len(parts.activities) >= budget.limits.activities:
        raise BackupUnreadable(Reason.TOO_MUCH)
    directory = name.rpartition("/")[0]
    key = directory.rpartition("/")[2]
    root = tree_of(content, name, dropped=DROPPED, budget=budget)
    blank = Activity(id="", module=key.rpartition("_")[0], section_id="", title="")
    activity = read_activity(blank, root, limits=budget.limits)
    parts.kept += len(activity.content) + len(activity.intro)
    if parts.kept > budget.limits.kept_bytes:
        raise BackupUnreadable(Reason.TOO_MUCH)
    parts.activities[directory] = activity


WHOLE_MEMBERS: dict[str, Taker] = {
    CONTENTS: _take_contents,
    "course/course.xml": _take_course,
    "files.xml": _take_files,
}


def _sections(parts: _Parts) -> Iterator[Section]:
    """Return the sections that the list names, by number."""
    assert parts.contents is not None  # noqa: S101 - asked before
    titles = parts.contents.section_titles
    read = (
        read_section(root, listed_title=titles.get(str(root.get("id")), ""))
        for root in parts.sections.values()
    )
    listed = (section for section in read if section.id in titles)
    yield from sorted(listed, key=lambda section: section.number)


def _activities(parts: _Parts, sections: tuple[Section, ...]) -> Iterator[Activity]:
    """Return the activities that the list names, in its order."""
    assert parts.contents is not None  # noqa: S101 - asked before
    orders = _orders(parts, sections)
    listed = [
        _activity(parts, row)
        for row in parts.contents.activities.values()
        if not _is_going(parts, row)
    ]
    yield from sorted(listed, key=lambda activity: orders.get(activity.id, len(orders)))


def _orders(parts: _Parts, sections: tuple[Section, ...]) -> dict[str, int]:
    """Return the place of each activity on the page: sections keep their sequence."""
    sequences = {
        str(root.get("id", "")): (root.findtext("sequence") or "").split(",")
        for root in parts.sections.values()
    }
    ids = [key for section in sections for key in sequences.get(section.id, ())]
    return {key: place for place, key in enumerate(filter(None, ids))}


def _is_going(parts: _Parts, row: Listed) -> bool:
    facts = parts.modules.get(row.directory)
    return facts is not None and facts.is_going


def _activity(parts: _Parts, row: Listed) -> Activity:
    read = parts.activities.get(row.directory)
    facts = parts.modules.get(row.directory)
    activity = read or Activity(id="", module=row.module, section_id="", title="")
    told: dict[str, Any] = {
        "id": row.id,
        "module": row.module,
        "section_id": (facts.section_id if facts else "") or row.section_id,
        "title": activity.title or row.title,
        "files": parts.files.of(activity.context_id) if activity.context_id else (),
    }
    if criteria := parts.criteria.get(row.directory):
        told["criteria"] = criteria
    if facts is not None:
        told |= {"id_number": facts.id_number, "is_visible": facts.is_visible}
    key = row.directory.rpartition("/")[2]
    has_users = parts.contents is not None and key in parts.contents.with_users
    if activity.module == "glossary" and not activity.terms and not has_users:
        told["terms"] = None
    return replace(activity, **told)
