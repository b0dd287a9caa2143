"""Documents are handed in and kept (MIN 5.4.8, 5.4.9)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from core.uploads import MEGABYTE, CheckedFile, FileKind
from core.workflow import WrongState
from registry.enums import CLOSED_ENTRY_STATES, DocumentKind
from registry.models import CourseDocument, RegisterEntry

DOCUMENT_KINDS = (FileKind.PDF, FileKind.DOCX, FileKind.JPEG, FileKind.PNG)
DOCUMENT_MAX_BYTES = 20 * MEGABYTE
FOLDER = "documents"


def receive_document(
    *,
    entry: RegisterEntry,
    kind: DocumentKind,
    file: CheckedFile,
    by: User,
    at: datetime,
) -> CourseDocument:
    """Take a document in; several of a kind may come, none is ever thrown away.

    Raises:
        PermissionDenied: `by` does not take documents in.
        WrongState: the course is archived or removed.
    """
    if not by.has_perm("registry.receive_document", entry):
        raise PermissionDenied
    with transaction.atomic():
        locked = RegisterEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if locked.state in CLOSED_ENTRY_STATES:
            raise WrongState(_("The course is archived or removed from the register."))
        stored_as, sha256 = store_bytes(
            file.content, folder=FOLDER, ending=file.kind.value
        )
        return CourseDocument.objects.create(
            entry=entry,
            kind=kind,
            file_name=file.name[:250],
            stored_as=stored_as,
            sha256=sha256,
            received_at=at,
            received_by=by,
        )
