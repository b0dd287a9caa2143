"""The kept states of a passport, newest first, with how much each changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from courses.models import CourseVersion, PassportSnapshot
from courses.selectors.passport import passport_content
from courses.selectors.passport_diff import size_of_change

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptState:
    """A kept state; `size` is how many things changed since the one before it.

    `size` is None where there is none before.
    """

    snapshot: PassportSnapshot
    size: int | None


def snapshots_of(version: CourseVersion) -> QuerySet[PassportSnapshot]:
    """Return the kept states of a version, newest first, without their contents."""
    return version.snapshots.select_related("by").defer("content")


def kept_states(
    version: CourseVersion, snapshots: Sequence[PassportSnapshot]
) -> list[KeptState]:
    """Return a page of kept states with the size of their changes, in two queries."""
    if not snapshots:
        return []
    oldest = snapshots[-1]
    before = version.snapshots.filter(at__lte=oldest.at).exclude(
        pk__in=[snapshot.pk for snapshot in snapshots]
    )
    rows = version.snapshots.filter(pk__in=[row.pk for row in snapshots])
    contents = dict(rows.values_list("pk", "content"))
    following = before.values_list("content", flat=True).first()
    row = [contents[snapshot.pk] for snapshot in snapshots]
    sizes: list[int | None] = [
        size_of_change(older, newer) for newer, older in pairwise(row)
    ]
    sizes.append(None if following is None else size_of_change(following, row[-1]))
    return [
        KeptState(snapshot, size)
        for snapshot, size in zip(snapshots, sizes, strict=True)
    ]


def size_since(version: CourseVersion, snapshot: PassportSnapshot | None) -> int | None:
    """Return how many things changed since a kept state; None where there is none."""
    if snapshot is None:
        return None
    return size_of_change(snapshot.content, passport_content(version))
