"""Writing a whole passport: from a file of JSON, or back to a kept state. One way.

Rows are known again by what they hold, then by their identifier or title, then by their
place, so that a remark still finds the topic it speaks of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from courses.models import CourseVersion, FinalAttestation
from courses.passport_json import shape
from courses.selectors.known_files import known_files
from courses.services.locks import lock_for_edit
from courses.services.passport_in.banks import write_banks
from courses.services.passport_in.files import write_borrowed, write_materials
from courses.services.passport_in.rows import set_values
from courses.services.passport_in.topics import write_topics
from courses.services.passport_in.version_parts import write_outcomes, write_plain_parts

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenPassport:
    """What of a passport could not be written: the names of files not held here."""

    left_out: tuple[str, ...]


@transaction.atomic
def apply_passport(
    *, version: CourseVersion, content: Values, by: User, at: datetime
) -> WrittenPassport:
    """Make a passport what `content` says: all of it or nothing.

    `content` is what `read_passport` gave, or a snapshot `upgraded`. The course's code
    and type, its edition and its author team stay: they are not the passport's text.
    Files are taken by their hash from those that the version had, or that `by` may see;
    what is measured of a file is taken from the portal, never from `content`.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    _write_fields(version, content["fields"])
    write_plain_parts(version, content)
    outcomes = write_outcomes(version, content["outcomes"])
    topics = write_topics(version, content["topics"], outcomes)
    _write_attestation(version, content["attestation"])
    files = known_files(version=version, content=content, by=by, at=at)
    left_out = [
        *write_materials(
            version, content["materials"], topics.rows, files, by=by, at=at
        ),
        *write_borrowed(version, content["borrowed"], topics.rows, files),
    ]
    write_banks(version, content["banks"], topics.rows)
    # Last: what stood in them has found its place by now.
    topics.remove_gone()
    return WrittenPassport(tuple(left_out))


def _write_fields(version: CourseVersion, values: Values) -> None:
    version.refresh_from_db(fields=shape.VERSION_FIELDS)
    changed = set_values(version, values, shape.VERSION_FIELDS)
    if changed:
        version.save(update_fields=changed)


def _write_attestation(version: CourseVersion, values: Values | None) -> None:
    found = FinalAttestation.objects.filter(version=version).first()
    if values is None:
        if found:
            found.delete()
        return
    attestation = found or FinalAttestation(version=version)
    changed = set_values(attestation, values, shape.ATTESTATION_FIELDS)
    if changed or not found:
        attestation.save()
