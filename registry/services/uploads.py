"""A table between its preview and its import: kept by us, named by a signed note."""

import hashlib

from django.core import signing
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import read_bytes, store_bytes
from core.uploads import CheckedFile, FileKind
from registry.models import Run

SALT = "registry.results"
HELD_SECONDS = 60 * 60
FOLDER = "results"


class UploadForgotten(Exception):
    """The table looked at is not the one to be taken in, or was looked at long ago."""


def hold_upload(*, run: Run, file: CheckedFile, by: User) -> str:
    """Keep a table that was looked at; return a note to name it by for an hour."""
    stored_as, _sha256 = store_bytes(file.content, folder=FOLDER, ending="xlsx")
    return signing.dumps([run.pk, by.pk, stored_as, file.name], salt=SALT)


def held_upload(note: str, *, run: Run, by: User) -> CheckedFile:
    """Return the table that a note names.

    Raises:
        UploadForgotten: the note is another person's, of another run, old or forged.
    """
    forgotten = UploadForgotten(
        _("The table was looked at too long ago: upload it again.")
    )
    try:
        run_id, user_id, stored_as, name = signing.loads(
            note, salt=SALT, max_age=HELD_SECONDS
        )
        content = read_bytes(stored_as)
    except (signing.BadSignature, FileNotFoundError) as error:
        raise forgotten from error
    if (run_id, user_id) != (run.pk, by.pk):
        raise forgotten
    sha256 = hashlib.sha256(content).hexdigest()
    return CheckedFile(name, FileKind.XLSX, content, sha256)
