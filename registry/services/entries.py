"""A course enters the register, rests, and leaves it (MIN 5.4.8–5.4.10, 5.6)."""

import re
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from accounts.models import User
from core.actors import Actor
from core.counters import next_number
from core.deadlines import due_at
from core.enums import TermUnit
from core.models import TransitionLog
from core.workflow import apply
from courses.enums import SnapshotReason
from courses.models import CourseVersion
from courses.services import take_snapshot
from registry.enums import DOCUMENTS_DUE_DAYS
from registry.models import RegisterEntry
from registry.services import letters

SERIES = "register"
# The course is found by words as Russian bends them, and by words as they stand:
# PostgreSQL has no dictionary of Kazakh or Kyrgyz.
CONFIGURATIONS = ("russian", "simple")


def make_entry(*, version: CourseVersion, by: Actor, at: datetime) -> RegisterEntry:
    """Begin the entry of a recommended course; its documents are due (MIN 5.4.8)."""
    with transaction.atomic():
        entry = RegisterEntry.objects.create(
            version=version,
            recommended_at=at,
            documents_due_at=due_at(
                at,
                DOCUMENTS_DUE_DAYS,
                TermUnit.CALENDAR_DAYS,
                country=settings.COUNTRY,
            ),
        )
        letters.ask_for_documents(entry, by=by, at=at)
    return entry


def enter_recommended(
    *, obj: CourseVersion, log: TransitionLog, **_signal: Any
) -> None:
    """Make the entry when a version is recommended, in the same transaction."""
    if log.name == "recommend":
        make_entry(version=obj, by=log.by, at=log.at)


def open_entry(
    *, entry: RegisterEntry, by: User, at: datetime, comment: str = ""
) -> RegisterEntry:
    """Give a course its number in the register and put it on the showcase.

    The number comes from a series without gaps: refused, it is given to the next.

    Raises:
        WrongState: it is open already, or over.
        NotAllowed: `by` does not keep the register.
        GuardsUnmet: documents, the short description or the illustration are missing;
            its reasons name each.

    Source: MIN 5.4.8–5.4.10; KAZ 4.1.
    """
    with transaction.atomic():
        # Before the gate is asked: whoever mends the showcase now is waited for.
        CourseVersion.objects.select_for_update(no_key=True).get(pk=entry.version_id)
        values = {"number": next_number(SERIES)}
        apply(entry, "open", by=by, at=at, comment=comment, values=values)
        take_snapshot(
            version=entry.version, reason=SnapshotReason.ADMISSION, by=by, at=at
        )
        refresh_search(entry=entry)
        letters.tell_opened(entry, by=by, at=at)
    return entry


def suspend_entry(
    *, entry: RegisterEntry, by: User, at: datetime, comment: str
) -> None:
    """Take a course off the showcase for a while. See `core.workflow.apply`."""
    apply(entry, "suspend", by=by, at=at, comment=comment)


def resume_entry(
    *, entry: RegisterEntry, by: User, at: datetime, comment: str = ""
) -> None:
    """Put a suspended course on the showcase again. See `core.workflow.apply`."""
    apply(entry, "resume", by=by, at=at, comment=comment)


def archive_entry(
    *, entry: RegisterEntry, by: User, at: datetime, comment: str = ""
) -> None:
    """Close a course that is not run any more. See `core.workflow.apply`."""
    apply(entry, "archive", by=by, at=at, comment=comment)


def remove_entry(*, entry: RegisterEntry, by: User, at: datetime, comment: str) -> None:
    """Close a course on the application of its unit's head (MIN 5.6.2)."""
    apply(entry, "remove", by=by, at=at, comment=comment)


def refresh_search(*, entry: RegisterEntry) -> None:
    """Write anew what the showcase finds the course by, in all its languages."""
    version = entry.version
    texts = list(version.texts.all())
    parts = (
        ("A", " ".join(text.title for text in texts)),
        ("B", " ".join(text.short_description for text in texts)),
        ("C", version.annotation),
        ("C", f"{version.course.unit.name} {version.course.code}"),
    )
    vector = reduce(
        add,
        (
            SearchVector(Value(_apart(words)), weight=weight, config=configuration)
            for weight, words in parts
            for configuration in CONFIGURATIONS
        ),
    )
    RegisterEntry.objects.filter(pk=entry.pk).update(search=vector)


def _apart(words: str) -> str:
    """Part what the parser would take for a path or an address: a/b, a.b."""
    return re.sub(r"[/.@\\-]", " ", words)
