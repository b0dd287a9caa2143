"""Files that the portal holds already, known by their hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from courses.enums import MeasureState
from courses.models import BorrowedItem, CourseVersion, Material
from courses.passport_json import plain, shape
from courses.selectors.versions import versions_visible_to

MaterialEvent: Any = Material.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory
BorrowedItemEvent: Any = BorrowedItem.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory
FACTS = ("size_bytes", "stored_as", "measured_at", *shape.MEASURED_FIELDS)


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """What the portal holds of the files of a passport, by hash.

    `materials` are the facts of a file; `consents` where a written consent is stored.
    """

    materials: Mapping[str, Mapping[str, Any]]
    consents: Mapping[str, str]


def known_files(
    *, version: CourseVersion, content: Mapping[str, Any], by: User, at: datetime
) -> KnownFiles:
    """Return the files of a passport that the portal holds.

    Those of this version, now or before, and those of others that the person may read:
    a hash alone opens no stranger's file.
    """
    marks = {row["sha256"] for row in content["materials"]} - {""}
    consents = {row["consent_sha256"] for row in content["borrowed"]} - {""}
    seen = versions_visible_to(by, timezone.localdate(at)).order_by()
    return KnownFiles(
        _materials(version, marks, seen.values("pk")),
        _consents(version, consents, seen.values("pk")),
    )


@dataclass(frozen=True, slots=True)
class StoredMaterial:
    """Where a file of a version lies, and what the guard told it to be."""

    stored_as: str
    container: str


def stored_material(version_id: int, sha256: str) -> StoredMaterial | None:
    """Return a file that a version has now or had before, by its hash.

    A kept passport knows its files by hash; the trail knows where they lie.
    """
    names = ("stored_as", "container")
    for rows in (Material.objects, MaterialEvent.objects):
        found = (
            rows.filter(version_id=version_id, sha256=sha256)
            .exclude(stored_as="")
            .order_by()
            .values_list(*names)
            .first()
        )
        if found is not None:
            return StoredMaterial(*found)
    return None


def _materials(
    version: CourseVersion, marks: set[str], seen: Any
) -> dict[str, dict[str, Any]]:
    """Return the newest facts of each file, measured ones before others."""
    if not marks:
        return {}
    before = MaterialEvent.objects.filter(version_id=version.pk, sha256__in=marks)
    now = Material.objects.filter(version__in=seen, sha256__in=marks)
    rows = [
        *before.order_by("pgh_id").values("sha256", *FACTS),
        *now.order_by("pk").values("sha256", *FACTS),
    ]
    rows.sort(key=lambda row: row["state"] != MeasureState.WAITING)
    return {
        row.pop("sha256"): {name: plain(value) for name, value in row.items()}
        for row in rows
    }


def _consents(version: CourseVersion, marks: set[str], seen: Any) -> dict[str, str]:
    if not marks:
        return {}
    before = BorrowedItemEvent.objects.filter(
        version_id=version.pk, consent_sha256__in=marks
    )
    now = BorrowedItem.objects.filter(version__in=seen, consent_sha256__in=marks)
    names = ("consent_sha256", "consent_stored_as")
    return {**dict(before.values_list(*names)), **dict(now.values_list(*names))}
