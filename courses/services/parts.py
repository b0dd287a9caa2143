"""Parts of a passport: outcomes, topics and what stands in them, declarations."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.forms import model_to_dict
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from core.uploads import CheckedFile
from courses.marks import Marks
from courses.models import (
    BorrowedItem,
    CommunicationElement,
    ControlTask,
    CourseVersion,
    EducationalProgramme,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Material,
    Practicum,
    SoftwareRequirement,
    Topic,
)
from courses.rules import version_of
from courses.selectors.pages import pages_of_body
from courses.services.edits import settle
from courses.services.locks import lock_for_edit

OfTopic = Longread | Practicum | ControlTask
Declaration = (
    EducationalProgramme | SoftwareRequirement | CommunicationElement | BorrowedItem
)
OrderedPart = LearningOutcome | Topic | OfTopic | Declaration
Part = GlossaryTerm | OrderedPart
PartT = TypeVar("PartT", bound=Part)
FIRST = 1
CONSENT_FOLDER = "consents"


class PartGone(Exception):
    """Somebody removed the part, or the topic that it stands in, meanwhile."""


@transaction.atomic
def add_part(
    *,
    model: type[PartT],
    to: CourseVersion | Topic,
    values: Mapping[str, Any],
    by: User,
) -> PartT:
    """Add a part to a version or to a topic, after those that are there.

    `values` are those of the model's fields; `outcomes` of a topic among them, and
    `consent`, a checked file or `None`, of borrowed material.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: the topic is no longer there.
    """
    lock_for_edit(_version(to), by=by, is_row_written=model is GlossaryTerm)
    if isinstance(to, Topic):
        lock_part(to)
    owner = "topic" if isinstance(to, Topic) else "version"
    part = model(**{owner: to})
    _fill(part, values)
    if isinstance(part, GlossaryTerm):
        # Who enters a term knows the glossary, whatever a backup could not tell.
        unknown = CourseVersion.objects.filter(is_glossary_unknown=True)
        unknown.filter(pk=part.version_id).update(is_glossary_unknown=False)
    else:
        part.position = _last_position(part) + 1
    part.save()
    _connect(part, values)
    return part


@transaction.atomic
def change_part(
    *, part: Part, values: Mapping[str, Any], by: User, base: Marks | None = None
) -> None:
    """Change a part; a topic that goes to another week becomes its last.

    `base` are the marks of what the person saw; see `settle`.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: it is no longer there.
        StaleEdit: somebody else changed the same fields meanwhile.
    """
    lock_for_edit(_version(part), by=by)
    lock_part(part)
    stored = model_to_dict(part, fields=list(values))
    written = settle(stored=stored, values=values, base=base)
    week = part.week if isinstance(part, Topic) else None
    _fill(part, written)
    if isinstance(part, Topic) and part.week != week:
        part.position = _last_position(part) + 1
    part.save()
    _connect(part, written)


@transaction.atomic
def move_part(*, part: OrderedPart, by_places: int, by: User) -> None:
    """Move a part among its like: −1 is a place up, 1 a place down.

    A part at the end stays where it is.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: it is no longer there.
    """
    # Whoever moves parts of one course waits for the other: both renumber a row.
    lock_for_edit(_version(part), by=by, is_row_written=True)
    row = list(_siblings(part))
    if part not in row:
        raise gone(part)
    place = row.index(part)
    row.insert(max(0, place + by_places), row.pop(place))
    for position, sibling in enumerate(row, start=FIRST):
        sibling.position = position
    type(part)._default_manager.bulk_update(row, ["position"])
    part.refresh_from_db()


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Remove a part with all that stands in it; banks of a topic stay, unassigned.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(_version(part), by=by)
    part.delete()


def lock_part(part: Part | Material) -> None:
    """Hold a part until the transaction ends, and read it anew.

    Raises:
        PartGone: it is no longer there.
    """
    rows: Any = type(part)._default_manager
    locked = rows.select_for_update(no_key=True, of=("self",))
    try:
        part.refresh_from_db(from_queryset=locked)
    except type(part).DoesNotExist as error:
        raise gone(part) from error


def gone(part: Part | Material) -> PartGone:
    """Return the refusal for a part that is no longer there."""
    return PartGone(
        _("Nothing was saved: somebody has removed “%(part)s” meanwhile.")
        % {"part": part}
    )


def _version(obj: CourseVersion | Part) -> CourseVersion:
    version = version_of(obj)
    assert version is not None  # noqa: S101 - every part belongs to a version
    return version


def _fill(part: Part, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(part, BorrowedItem) and name == "consent":
            _keep_consent(part, value)
        elif name != "outcomes":
            setattr(part, name, value)
    if isinstance(part, Longread) and "body" in values:
        part.pages = pages_of_body(part.body, _version(part))


def _keep_consent(item: BorrowedItem, file: CheckedFile | None) -> None:
    """Keep the written consent of an author with what is borrowed (MIN 5.3.4)."""
    stored_as = digest = ""
    if file is not None:
        stored_as, digest = store_bytes(
            file.content, folder=CONSENT_FOLDER, ending=file.kind.value
        )
    item.consent_name = file.name if file else ""
    item.consent_stored_as, item.consent_sha256 = stored_as, digest


def _connect(part: Part, values: Mapping[str, Any]) -> None:
    if isinstance(part, Topic) and "outcomes" in values:
        part.outcomes.set(values["outcomes"])


def _siblings(part: OrderedPart) -> Any:
    rows: Any = type(part)._default_manager.all()
    if isinstance(part, OfTopic):
        return rows.filter(topic_id=part.topic_id)
    if isinstance(part, Topic):
        rows = rows.filter(week=part.week)
    return rows.filter(version_id=part.version_id)


def _last_position(part: OrderedPart) -> int:
    rows = _siblings(part).exclude(pk=part.pk)
    return int(rows.aggregate(last=models.Max("position"))["last"] or 0)
