"""Terms from Moodle's export of a glossary: all of them, or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.enums import SnapshotReason
from courses.formats.glossary_xml import read_glossary
from courses.models import CourseVersion
from courses.selectors.glossary_files import GlossaryFile
from courses.services.course_import.parts import write_terms
from courses.services.history import keep_snapshot
from courses.services.locks import lock_for_edit


class GlossaryUnreadable(Exception):
    """A glossary that is refused whole: an entry cannot be taken, or there is none."""


@transaction.atomic
def import_terms(
    *, version: CourseVersion, content: bytes, by: User, at: datetime
) -> GlossaryFile:
    """Add the terms of a file; definitions of terms that are there are written anew.

    All or nothing: one bad entry refuses the whole file. The passport as it was is
    kept first.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        GlossaryUnreadable: an entry cannot be taken, or there is none.

    Source: MIN 3.2.10.
    """
    # Two imports at once would make a term twice: the stronger lock parts them.
    lock_for_edit(version, by=by, is_row_written=True)
    file = GlossaryFile(version, read_glossary(content))
    if file.glossary.errors or not file.glossary.terms:
        raise GlossaryUnreadable(_("The file was not imported: mend it first."))
    keep_snapshot(version=version, reason=SnapshotReason.IMPORT, by=by, at=at)
    write_terms(version, {row.term: row.definition for row in file.glossary.terms})
    version.is_glossary_unknown = False
    version.save(update_fields=["is_glossary_unknown"])
    return file
