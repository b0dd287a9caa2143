"""Pages of question banks: lists, imports, one bank, its questions, exports."""

from courses.views.banks.details import bank_detail, bank_merge, bank_remove
from courses.views.banks.exporting import bank_download, bank_export, bank_template
from courses.views.banks.importing import (
    bank_commit,
    bank_errors,
    bank_file,
    bank_import,
    bank_preview,
)
from courses.views.banks.lists import bank_add, bank_list, question_same
from courses.views.banks.questions import (
    question_add,
    question_edit,
    question_move,
    question_remove,
)

__all__ = [
    "bank_add",
    "bank_commit",
    "bank_detail",
    "bank_download",
    "bank_errors",
    "bank_export",
    "bank_file",
    "bank_import",
    "bank_list",
    "bank_merge",
    "bank_preview",
    "bank_remove",
    "bank_template",
    "question_add",
    "question_edit",
    "question_move",
    "question_remove",
    "question_same",
]
