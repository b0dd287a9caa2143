"""Imports of whole courses: who may see them, and what they would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from core.enums import JobState
from core.models import Job
from courses.enums import ImportState
from courses.formats.mbz.diff import Existing, Line, Status, compare
from courses.formats.mbz.errors import REASON_TEXTS, Reason
from courses.formats.mbz.plan import (
    Item,
    LeftOut,
    Target,
    item_from,
    left_out_from,
)
from courses.models import (
    ControlTask,
    CourseImport,
    CourseVersion,
    FinalAttestation,
    Longread,
    Question,
)
from courses.selectors.versions import versions_visible_to

BACKUP = "mbz"
READ_BACKUP = "courses.read_backup"
APPLY_BACKUP = "courses.apply_backup"
# In the contents of an import: what was confirmed, and why it was not written.
ORDER, REFUSAL = "order", "refusal"
FIELDS = ("announcements_url", "learners_forum_url", "entry_questionnaire")
ASSESSMENT = (
    *(
        "title",
        "content",
        "criteria",
        "grading",
        "in_gradebook",
        "points",
        "questions_drawn",
    ),
    *("minutes", "attempts", "is_random"),
)
MATERIAL = ("kind", "title", "url", "file_name", "sha256")


class Refusal(StrEnum):
    """Why a confirmed import was not written; nothing of it was."""

    FORBIDDEN = "forbidden"
    LOCKED = "locked"
    NO_COURSE = "no_course"
    NO_EDITION = "no_edition"


def imports_visible_to(user: User, on: date) -> QuerySet[CourseImport]:
    """Return the imports that a person may see.

    Those of a passport are seen by who may edit it; one that is to open a new course,
    by the one of the centre's staff who brought it.
    """
    imports = CourseImport.objects.filter(format=BACKUP).select_related("version", "by")
    versions = versions_visible_to(user, on).order_by().values("pk")
    own = Q(version=None, by=user) if user.has_perm("courses.open_course") else Q()
    seen = Q(version__in=versions)
    return imports.filter(seen | own if own else seen)


@dataclass(frozen=True)
class ImportPreview:
    """What was read, line by line beside the passport that it is meant for."""

    row: CourseImport
    version: CourseVersion | None

    @cached_property
    def items(self) -> list[Item]:
        """Return what the backup holds that a passport has a place for.

        The title of a course that is opened for it is the one that its opener gives.
        """
        items = map(item_from, self.row.contents.get("items", ()))
        is_new = self.row.version_id is None
        return [
            item
            for item in items
            if not (is_new and "title" in item.values and item.target is Target.FIELD)
        ]

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """Return what becomes nothing, and why."""
        return [left_out_from(told) for told in self.row.contents.get("left_out", ())]

    @cached_property
    def lines(self) -> list[Line]:
        """Return each item beside its part of the passport, then what is only there."""
        there = existing_parts(self.version) if self.version is not None else []
        return compare(self.items, there)


def preview_of(row: CourseImport) -> ImportPreview:
    """Return the preview of an import that was read."""
    return ImportPreview(row, row.version)


def reason_of(row: CourseImport) -> str:
    """Return why a backup cannot be read, and which part of it was wrong."""
    reason = gettext(REASON_TEXTS[Reason(row.problem)])
    member = row.contents.get("member", "")
    return f"{reason} ({member})" if member else reason


def is_ordered(row: CourseImport) -> bool:
    """Tell whether an import was confirmed and waits to be written."""
    return row.state == ImportState.READY and ORDER in row.contents


def is_underway(row: CourseImport) -> bool:
    """Tell whether a job has to read or to write an import."""
    return row.state == ImportState.WAITING or is_ordered(row)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job of an import is; `ahead` are those in line before it."""

    is_running: bool
    has_given_up: bool
    ahead: int


def progress_of(row: CourseImport) -> Progress:
    """Return how far the job is that reads an import, or writes it."""
    kind = APPLY_BACKUP if is_ordered(row) else READ_BACKUP
    job = Job.objects.filter(kind=kind, subject_id=row.pk).first()
    state = JobState(job.state) if job is not None else JobState.QUEUED
    is_queued = job is not None and state is JobState.QUEUED
    return Progress(
        is_running=state is JobState.RUNNING,
        has_given_up=state is JobState.FAILED,
        ahead=_count_ahead(job) if job is not None and is_queued else 0,
    )


def _count_ahead(job: Job) -> int:
    before = Q(due_at__lt=job.due_at) | Q(due_at=job.due_at, pk__lt=job.pk)
    unfinished = Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING))
    return unfinished.filter(before, lane=job.lane).count()


def imports_of(version: CourseVersion | None, user: User) -> QuerySet[CourseImport]:
    """Return the imports into a version, or those of a person for new courses."""
    rows = CourseImport.objects.filter(format=BACKUP, version=version)
    return rows.select_related("by") if version else rows.filter(by=user)


def is_ticked_first(line: Line) -> bool:
    """Tell whether a line is to be taken unless the person says no.

    Not what learners do not see, nor what would write over the course's own words; a
    deletion never.
    """
    if line.item is None or line.status is Status.SAME:
        return False
    is_own = line.item.target is Target.FIELD and line.status is Status.CHANGED
    return not line.item.is_hidden and not is_own


def existing_parts(version: CourseVersion) -> list[Existing]:
    """Return what a backup may match, in ten queries whatever the size of the course."""
    return [
        *_topics(version),
        *_longreads(version),
        *_materials(version),
        *_tasks(version),
        *_attestation(version),
        *_communication(version),
        *_glossary(version),
        *_banks(version),
        *_fields(version),
    ]


def _topics(version: CourseVersion) -> Iterator[Existing]:
    for topic in version.topics.all():
        yield Existing(
            target=Target.TOPIC,
            id=topic.pk,
            title=topic.title,
            values={"week": topic.week, "title": topic.title},
            id_number=topic.id_number,
        )


def _longreads(version: CourseVersion) -> Iterator[Existing]:
    for longread in Longread.objects.filter(topic__version=version):
        yield Existing(
            target=Target.LONGREAD,
            id=longread.pk,
            title=longread.title,
            values={"title": longread.title, "body": longread.body},
            topic=longread.topic_id,
            id_number=longread.id_number,
        )


def _materials(version: CourseVersion) -> Iterator[Existing]:
    for material in version.materials.all():
        yield Existing(
            target=Target.MATERIAL,
            id=material.pk,
            title=material.title,
            values=_values(material, MATERIAL),
            topic=material.topic_id or 0,
            id_number=material.id_number,
        )


def _tasks(version: CourseVersion) -> Iterator[Existing]:
    for task in ControlTask.objects.filter(topic__version=version):
        yield Existing(
            target=Target.TASK,
            id=task.pk,
            title=task.title,
            values=_values(task, ("kind", *ASSESSMENT)),
            topic=task.topic_id,
            id_number=task.id_number,
        )


def _attestation(version: CourseVersion) -> Iterator[Existing]:
    for attestation in FinalAttestation.objects.filter(version=version):
        yield Existing(
            target=Target.ATTESTATION,
            id=attestation.pk,
            title=attestation.title,
            values=_values(attestation, ("form", *ASSESSMENT)),
            id_number=attestation.id_number,
        )


def _communication(version: CourseVersion) -> Iterator[Existing]:
    for element in version.communication.all():
        yield Existing(
            target=Target.COMMUNICATION,
            id=element.pk,
            title=element.title,
            values=_values(element, ("title", "kind", "mode", "url")),
        )


def _glossary(version: CourseVersion) -> Iterator[Existing]:
    members = dict(version.glossary.values_list("term", "definition"))
    if members:
        yield Existing(
            target=Target.GLOSSARY, id=version.pk, title="", values={"members": members}
        )


def _banks(version: CourseVersion) -> Iterator[Existing]:
    marks: dict[int, dict[str, str]] = {}
    rows = Question.objects.filter(bank__version=version).order_by()
    for bank_id, mark in rows.values_list("bank", "fingerprint"):
        marks.setdefault(bank_id, {})[mark] = ""
    for bank in version.banks.all():
        yield Existing(
            target=Target.BANK,
            id=bank.pk,
            title=bank.category,
            values={"category": bank.category, "members": marks.get(bank.pk, {})},
            topic=bank.topic_id or 0,
            id_number=bank.id_number,
        )


def _fields(version: CourseVersion) -> Iterator[Existing]:
    """Return the fields that are filled in; an empty one has nothing to lose."""
    told = {name: getattr(version, name) for name in FIELDS}
    text = version.texts.filter(language=version.language).first()
    if text is not None:
        told |= {"title": text.title, "short_description": text.short_description}
    for number, (name, value) in enumerate(told.items(), start=1):
        if value:
            yield Existing(
                target=Target.FIELD,
                id=number,
                title=value,
                values={name: value},
                id_number=name,
            )


def _values(row: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return fields as an item tells them: numbers of points as text."""
    told = {name: getattr(row, name) for name in names}
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in told.items()
    }
