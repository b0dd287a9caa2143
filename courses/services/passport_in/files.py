"""Materials and borrowed items: the portal's own files, known by their hash."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from accounts.models import User
from core.enums import Lane
from core.jobs import enqueue
from courses.enums import MeasureState
from courses.models import BorrowedItem, CourseVersion, Material, Topic
from courses.passport_json import shape
from courses.selectors.known_files import KnownFiles
from courses.services.materials import MEASURE
from courses.services.passport_in.rows import Listing, placed, write_rows

Values = Mapping[str, Any]
LINK = {"stored_as": "", "measured_at": None}
NO_CONSENT = {"consent_name": "", "consent_sha256": "", "consent_stored_as": ""}


def write_materials(
    version: CourseVersion,
    rows: Sequence[Values],
    topics: Sequence[Topic],
    files: KnownFiles,
    *,
    by: User,
    at: datetime,
) -> list[str]:
    """Write the materials; return the names of files that the portal does not hold."""
    held = [row for row in rows if _is_held(row, files)]
    listing = Listing(
        rows=version.materials.all(),
        make=partial(Material, version=version),
        names=(
            *shape.MATERIAL_FIELDS,
            *("stored_as", "measured_at", "topic_id", "position"),
        ),
        known_by=(
            *(("sha256", "topic_id"), ("sha256",), ("url", "topic_id"), ("url",)),
            ("id_number",),
        ),
    )
    written = write_rows(listing, list(_materials(held, topics, files)))
    waiting = [row.pk for row in written if row.state == MeasureState.WAITING]
    if waiting:
        enqueue(MEASURE, lane=Lane.HEAVY, subject_ids=waiting, by=by, at=at)
    return [row["file_name"] for row in rows if not _is_held(row, files)]


def _is_held(row: Values, files: KnownFiles) -> bool:
    is_link = row["state"] == MeasureState.DECLARED
    return is_link or row["sha256"] in files.materials


def _materials(
    rows: Sequence[Values], topics: Sequence[Topic], files: KnownFiles
) -> Iterator[Values]:
    """Return the rows numbered in each topic, with what is known of their files."""
    places: Counter[int | None] = Counter()
    for row in rows:
        topic_id = _topic_id(row, topics)
        places[topic_id] += 1
        facts = files.materials[row["sha256"]] if row["sha256"] else LINK
        yield {**row, **facts, "topic_id": topic_id, "position": places[topic_id]}


def write_borrowed(
    version: CourseVersion,
    rows: Sequence[Values],
    topics: Sequence[Topic],
    files: KnownFiles,
) -> list[str]:
    """Write the borrowed items; return the names of consents not held here."""
    missing = [
        row["consent_name"]
        for row in rows
        if row["consent_sha256"] and row["consent_sha256"] not in files.consents
    ]
    listing = Listing(
        rows=version.borrowed.all(),
        make=partial(BorrowedItem, version=version),
        names=(*shape.BORROWED_FIELDS, "consent_stored_as", "topic_id", "position"),
        known_by=(("title",), ("position",)),
    )
    wanted = [
        {**row, **_consent(row, files), "topic_id": _topic_id(row, topics)}
        for row in placed(rows)
    ]
    write_rows(listing, wanted)
    return missing


def _consent(row: Values, files: KnownFiles) -> dict[str, str]:
    stored_as = files.consents.get(row["consent_sha256"])
    return {"consent_stored_as": stored_as} if stored_as else NO_CONSENT


def _topic_id(row: Values, topics: Sequence[Topic]) -> int | None:
    pk: int | None = topics[row["topic"] - 1].pk if row["topic"] else None
    return pk
