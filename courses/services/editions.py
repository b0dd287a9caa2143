"""Editions made by staff, and the question who would fail under one."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.enums import Lane
from core.jobs import enqueue
from core.workflow import TransitionRefused
from courses.enums import Stage
from courses.models import (
    CourseVersion,
    EditionPreview,
    EditionPreviewLine,
    RegulationEdition,
)
from courses.selectors import editions_in_force
from courses.selectors.editions import (
    BATCH,
    PREVIEW_EDITION,
    Verdicts,
    asked_sha256,
    is_edition_used,
    versions_to_preview,
)


class EditionUsed(TransitionRefused):
    """A course or a check points at the edition: it stays as it is."""


@transaction.atomic
def save_edition(*, edition: RegulationEdition, by: User) -> None:
    """Write an edition, a new one or one that nothing has used yet.

    Raises:
        PermissionDenied: `by` is not of the centre's staff.
        EditionUsed: a course or a check has come to use it.
    """
    verb = "change" if edition.pk else "add"
    if not by.has_perm(f"courses.{verb}_regulationedition"):
        raise PermissionDenied
    # Whoever makes a course under it waits for this lock, or is waited for.
    RegulationEdition.objects.select_for_update().filter(pk=edition.pk).first()
    if edition.pk and is_edition_used(edition):
        raise EditionUsed(
            _("The edition is used by now and stays as it is: make one like it.")
        )
    edition.save()


@transaction.atomic
def take_edition_in_force(
    *, version_ids: Iterable[int], by: User, at: datetime
) -> tuple[RegulationEdition, int]:
    """Have drafts checked by the newest edition in force; say by which and how many.

    A version that was ever sent to expertise stays under the edition it was sent under,
    so a new edition changes no past.

    Raises:
        PermissionDenied: `by` is not of the centre's staff.
        ValidationError: no edition of the regulation is in force on the day.

    Source: MIN 2 (which rules apply is told by the edition in force).
    """
    if not by.has_perm("courses.open_course"):
        raise PermissionDenied
    edition = editions_in_force(timezone.localdate(at)).first()
    if edition is None:
        raise ValidationError(_("No edition of the regulation is in force on the day."))
    drafts = CourseVersion.objects.filter(
        pk__in=version_ids, stage=Stage.DRAFT, submitted_at=None
    )
    return edition, drafts.exclude(edition=edition).update(edition=edition)


@transaction.atomic
def ask_who_would_fail(
    *, edition: RegulationEdition, by: User, at: datetime
) -> EditionPreview:
    """Have all courses checked by an edition in the background.

    The newest version of each course that was not rejected is compared with what its
    own edition says. A line is made for each at once; jobs fill them, batch by batch.

    Raises:
        PermissionDenied: `by` is not of the centre's staff.
    """
    if not by.has_perm("courses.add_editionpreview"):
        raise PermissionDenied
    versions = list(versions_to_preview().only("pk"))
    preview = EditionPreview.objects.create(
        edition=edition,
        total_count=len(versions),
        asked_sha256=asked_sha256(edition),
        finished_at=None if versions else at,
        at=at,
        by=by,
    )
    lines = EditionPreviewLine.objects.bulk_create(
        EditionPreviewLine(preview=preview, version=version) for version in versions
    )
    enqueue(
        PREVIEW_EDITION,
        lane=Lane.HEAVY,
        subject_ids=[line.pk for line in lines[::BATCH]],
        by=by,
        at=at,
    )
    return preview


@transaction.atomic
def keep_verdicts(*, verdicts: Verdicts, at: datetime) -> None:
    """Fill the lines of a batch and count them; the last batch ends the preview."""
    preview = EditionPreview.objects.select_for_update().get(pk=verdicts.preview_id)
    lines = EditionPreviewLine.objects.in_bulk(verdicts.failed)
    for key, line in lines.items():
        line.failed = verdicts.failed[key]
        line.failed_now = verdicts.failed_now[key]
    EditionPreviewLine.objects.bulk_update(lines.values(), ["failed", "failed_now"])
    preview.done_count += len(lines)
    if preview.done_count >= preview.total_count:
        preview.finished_at = at
    preview.save(update_fields=["done_count", "finished_at"])
