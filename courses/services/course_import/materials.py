"""Files and links of an import → materials; files wait to be measured."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from core.enums import Lane
from core.jobs import enqueue
from courses.enums import MeasureState
from courses.formats.mbz.diff import Line
from courses.formats.mbz.plan import Item
from courses.models import CourseVersion, Material
from courses.services.course_import.topics import Topics, items_of, save_all
from courses.services.materials import MEASURE

# What was measured of the file before, when another one takes its place.
UNMEASURED: Mapping[str, Any] = {
    "measured_at": None,
    "unreadable_reason": "",
    **dict.fromkeys(
        ("duration_seconds", "pages", "slides", "hidden_slides", "width", "height")
    ),
    "layout": None,
}
# A link takes the place of a file.
NO_FILE: Mapping[str, Any] = {
    **UNMEASURED,
    **dict.fromkeys(("stored_as", "sha256", "file_name", "container"), ""),
    "size_bytes": None,
    "state": MeasureState.DECLARED,
}


def write_materials(
    version: CourseVersion,
    topics: Topics,
    lines: Sequence[Line],
    files: Mapping[str, Mapping[str, Any]],
    *,
    by: User,
    at: datetime,
) -> None:
    """Make and change materials; jobs measure the files that are new."""
    rows = {row.pk: row for row in version.materials.all()}
    written, waiting = [], []
    for item, pk in items_of(lines):
        row = rows.get(pk) or Material(version=version, topic=topics.of(item))
        row.topic = topics.of(item) or row.topic
        is_new_file = _fill(row, item, files)
        written.append(row)
        if is_new_file:
            waiting.append(row)
    save_all(Material, written, there=rows.values(), owner="topic_id")
    enqueue(
        MEASURE,
        lane=Lane.HEAVY,
        subject_ids=[row.pk for row in waiting],
        by=by,
        at=at,
    )


def _fill(row: Material, item: Item, files: Mapping[str, Mapping[str, Any]]) -> bool:
    """Fill a material in; True where its file is to be measured."""
    values = item.values
    row.kind = values["kind"]
    row.title = values["title"]
    row.id_number = item.id_number or row.id_number
    if "url" in values:
        _write(row, {**NO_FILE, "url": values["url"]})
        return False
    file = files[values["content_hash"]]
    if row.sha256 == file["sha256"]:
        return False
    name = values["file_name"]
    waiting = {"url": "", "file_name": name, "state": MeasureState.WAITING}
    _write(row, {**UNMEASURED, **file, **waiting})
    return True


def _write(row: Material, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
