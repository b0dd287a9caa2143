"""Results come in as a table: all of it or nothing (MIN 4.6, 5.5.6)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from core.uploads import MEGABYTE, CheckedFile
from registry.models import Result, ResultImport, Run
from registry.selectors import Preview, preview_results

RESULTS_MAX_BYTES = 5 * MEGABYTE
FOLDER = "results"


class ResultsRefused(Exception):
    """Something in the table is wrong, so nothing was taken; `preview` tells what."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(_("Nothing was taken in: the table has errors."))
        self.preview = preview


def import_results(
    *, run: Run, file: CheckedFile, by: User, at: datetime
) -> ResultImport:
    """Take a whole table of results in; results there already are brought up to date.

    Raises:
        PermissionDenied: `by` does not import results.
        FileRefused: the table cannot be read or lacks columns.
        ResultsRefused: a row is wrong, or the run is not under way.
    """
    if not by.has_perm("registry.import_results", run):
        raise PermissionDenied
    with transaction.atomic():
        # Held against a close of the run, an import beside this one, a withdrawal.
        held = Run.objects.select_for_update().get(pk=run.pk)
        list(held.enrolments.select_for_update().order_by("pk"))
        preview = preview_results(held, file.content, on=timezone.localdate(at))
        if not preview.is_clean:
            raise ResultsRefused(preview)
        source = _keep_original(held, file, by=by, at=at)
        _save(preview, source)
    return source


def _keep_original(
    run: Run, file: CheckedFile, *, by: User, at: datetime
) -> ResultImport:
    stored_as, sha256 = store_bytes(file.content, folder=FOLDER, ending="xlsx")
    return ResultImport.objects.create(
        run=run,
        file_name=file.name[:250],
        stored_as=stored_as,
        sha256=sha256,
        at=at,
        by=by,
    )


def _save(preview: Preview, source: ResultImport) -> None:
    Result.objects.bulk_create(
        [
            Result(enrolment=row.enrolment, source=source, **row.values)
            for row in preview.rows
            if row.is_new or row.is_changing
        ],
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["points", "is_passed", "completed_on", "source"],
    )
