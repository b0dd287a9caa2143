"""Every write of the register; each in one transaction, each asking for its right."""

from registry.services.documents import (
    DOCUMENT_KINDS,
    DOCUMENT_MAX_BYTES,
    receive_document,
)
from registry.services.enrolments import AlreadyEnrolled, enrol, withdraw
from registry.services.entries import (
    archive_entry,
    enter_recommended,
    make_entry,
    open_entry,
    refresh_search,
    remove_entry,
    resume_entry,
    suspend_entry,
)
from registry.services.results import (
    RESULTS_MAX_BYTES,
    ResultsRefused,
    import_results,
)
from registry.services.runs import (
    change_run,
    close_run,
    open_run_enrolment,
    plan_run,
)
from registry.services.uploads import UploadForgotten, held_upload, hold_upload

__all__ = [
    "DOCUMENT_KINDS",
    "DOCUMENT_MAX_BYTES",
    "RESULTS_MAX_BYTES",
    "AlreadyEnrolled",
    "ResultsRefused",
    "UploadForgotten",
    "archive_entry",
    "change_run",
    "close_run",
    "enrol",
    "enter_recommended",
    "held_upload",
    "hold_upload",
    "import_results",
    "make_entry",
    "open_entry",
    "open_run_enrolment",
    "plan_run",
    "receive_document",
    "refresh_search",
    "remove_entry",
    "resume_entry",
    "suspend_entry",
    "withdraw",
]
