"""Question banks: filled from files and by hand, arranged, emptied."""

from courses.services.banks.arranging import (
    BankExists,
    add_bank,
    change_bank,
    delete_bank,
    merge_banks,
)
from courses.services.banks.importing import (
    QuestionsUnreadable,
    import_file,
    import_questions,
    keep_question_file,
    keep_read_questions,
)
from courses.services.banks.questions import (
    QuestionChanged,
    add_question,
    change_question,
    delete_questions,
    move_questions,
)

__all__ = [
    "BankExists",
    "QuestionChanged",
    "QuestionsUnreadable",
    "add_bank",
    "add_question",
    "change_bank",
    "change_question",
    "delete_bank",
    "delete_questions",
    "import_file",
    "import_questions",
    "keep_question_file",
    "keep_read_questions",
    "merge_banks",
    "move_questions",
]
