"""Every write of courses; each in one transaction, each asking for its right."""

from courses.services.banks import (
    QuestionsUnreadable,
    change_bank,
    delete_bank,
    import_questions,
)
from courses.services.locks import PassportLocked, lock_for_edit
from courses.services.opening import open_course
from courses.services.parts import add_part, change_part, move_part, remove_part
from courses.services.passport import (
    save_attestation,
    save_section,
    save_text,
    save_texts,
)
from courses.services.submission import record_check, submit_version, take_snapshot
from courses.services.team import (
    AlreadyAuthor,
    LeadStays,
    add_author,
    appoint_lead,
    remove_author,
)

__all__ = [
    "AlreadyAuthor",
    "LeadStays",
    "PassportLocked",
    "QuestionsUnreadable",
    "add_author",
    "add_part",
    "appoint_lead",
    "change_bank",
    "change_part",
    "delete_bank",
    "import_questions",
    "lock_for_edit",
    "move_part",
    "open_course",
    "record_check",
    "remove_author",
    "remove_part",
    "save_attestation",
    "save_section",
    "save_text",
    "save_texts",
    "submit_version",
    "take_snapshot",
]
