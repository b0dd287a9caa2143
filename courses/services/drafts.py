"""What was typed into a form of the passport and the passport has not taken."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import CourseVersion, SectionDraft
from courses.services.edits import StaleEdit
from courses.services.locks import lock_for_edit

MAX_DRAFT_BYTES = 300_000
BASE = "base"
RawValues = Mapping[str, list[str]]


class DraftRefused(Exception):
    """What was typed cannot be kept; the text says why."""


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What became of a save: nothing told, it is saved.

    `stale` is why it is not; `not_kept` why not even a draft of it is kept.
    """

    stale: StaleEdit | None = None
    not_kept: str = ""


@transaction.atomic
def save_or_keep(
    *,
    version: CourseVersion,
    page: str,
    save: Callable[[], object],
    typed: RawValues,
    by: User,
    at: datetime,
) -> SaveOutcome:
    """Save a form and forget its draft; keep it as a draft where it is stale.

    Both under one lock: else a save by the same person that came between the refusal
    and the draft would leave behind a draft of what is saved already.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: what is edited is no longer there.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    try:
        with transaction.atomic():
            save()
    except StaleEdit as refusal:
        try:
            keep_draft(version=version, page=page, values=typed, by=by, at=at)
        except DraftRefused as reason:
            return SaveOutcome(refusal, str(reason))
        return SaveOutcome(refusal)
    discard_draft(version=version, page=page, by=by)
    return SaveOutcome()


@transaction.atomic
def keep_draft(
    *, version: CourseVersion, page: str, values: RawValues, by: User, at: datetime
) -> SectionDraft:
    """Keep the raw input of a form, valid or not, in place of an earlier one.

    `values` are by the name of the field; `base` among them is what the form was loaded
    with. `page` is the path of the form.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        DraftRefused: it is too large, or holds a sign that no text may hold.
    """
    lock_for_edit(version, by=by)
    written = json.dumps(values, ensure_ascii=False)
    if len(written.encode()) > MAX_DRAFT_BYTES:
        raise DraftRefused(
            _("Not kept: the form holds more than %(limit)s kB of text. Shorten it.")
            % {"limit": MAX_DRAFT_BYTES // 1000}
        )
    if any("\0" in text for texts in values.values() for text in texts):
        raise DraftRefused(
            _("Not kept: there is an invisible sign (U+0000) in the text.")
        )
    draft, _is_new = SectionDraft.objects.update_or_create(
        version=version,
        user=by,
        page=page,
        defaults={
            "values": dict(values),
            "base": sha256("".join(values.get(BASE, [])).encode()).hexdigest(),
            "at": at,
        },
    )
    return draft


def discard_draft(*, version: CourseVersion, page: str, by: User) -> bool:
    """Forget what a person typed into a form; tell whether there was something."""
    drafts = SectionDraft.objects.filter(version=version, user=by, page=page)
    deleted, _by_model = drafts.delete()
    return deleted > 0
