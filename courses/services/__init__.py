"""Every write of courses; each in one transaction, each asking for its right."""

from courses.services.banks import (
    BankExists,
    QuestionChanged,
    QuestionsUnreadable,
    add_bank,
    add_question,
    change_bank,
    change_question,
    delete_bank,
    delete_questions,
    import_file,
    import_questions,
    keep_question_file,
    keep_read_questions,
    merge_banks,
    move_questions,
)
from courses.services.drafts import (
    DraftRefused,
    SaveOutcome,
    discard_draft,
    keep_draft,
    save_or_keep,
)
from courses.services.edits import StaleEdit
from courses.services.history import (
    PassportFile,
    import_passport,
    keep_before_edit,
    keep_snapshot,
    restore_snapshot,
)
from courses.services.locks import PassportLocked, lock_for_edit
from courses.services.opening import open_course
from courses.services.parts import (
    PartGone,
    add_part,
    change_part,
    move_part,
    remove_part,
)
from courses.services.passport import (
    save_attestation,
    save_section,
    save_text,
    save_texts,
)
from courses.services.passport_in import WrittenPassport, apply_passport
from courses.services.showcase import save_short_descriptions
from courses.services.submission import (
    keep_check,
    record_check,
    submit_version,
    take_snapshot,
)
from courses.services.team import (
    AlreadyAuthor,
    LeadStays,
    add_author,
    appoint_lead,
    remove_author,
)
from courses.services.topics import copy_topic, place_topic

__all__ = [
    "AlreadyAuthor",
    "BankExists",
    "DraftRefused",
    "LeadStays",
    "PartGone",
    "PassportFile",
    "PassportLocked",
    "QuestionChanged",
    "QuestionsUnreadable",
    "SaveOutcome",
    "StaleEdit",
    "WrittenPassport",
    "add_author",
    "add_bank",
    "add_part",
    "add_question",
    "apply_passport",
    "appoint_lead",
    "change_bank",
    "change_part",
    "change_question",
    "copy_topic",
    "delete_bank",
    "delete_questions",
    "discard_draft",
    "import_file",
    "import_passport",
    "import_questions",
    "keep_before_edit",
    "keep_check",
    "keep_draft",
    "keep_question_file",
    "keep_read_questions",
    "keep_snapshot",
    "lock_for_edit",
    "merge_banks",
    "move_part",
    "move_questions",
    "open_course",
    "place_topic",
    "record_check",
    "remove_author",
    "remove_part",
    "restore_snapshot",
    "save_attestation",
    "save_or_keep",
    "save_section",
    "save_short_descriptions",
    "save_text",
    "save_texts",
    "submit_version",
    "take_snapshot",
]
