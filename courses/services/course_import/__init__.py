"""A whole course from a Moodle backup: kept, read, confirmed, written; jobs do both."""

from courses.selectors.course_imports import APPLY_BACKUP, READ_BACKUP
from courses.services.course_import.applying import (
    ImportNotReady,
    NewCourse,
    apply_course_import,
)
from courses.services.course_import.glossary import GlossaryUnreadable, import_terms
from courses.services.course_import.ordering import (
    apply_ordered,
    order_course_import,
    read_ordered,
)
from courses.services.course_import.reading import (
    ReadBackup,
    keep_reading,
    read_import,
    read_ticked,
)
from courses.services.course_import.uploading import keep_backup

__all__ = [
    "APPLY_BACKUP",
    "READ_BACKUP",
    "GlossaryUnreadable",
    "ImportNotReady",
    "NewCourse",
    "ReadBackup",
    "apply_course_import",
    "apply_ordered",
    "import_terms",
    "keep_backup",
    "keep_reading",
    "order_course_import",
    "read_import",
    "read_ordered",
    "read_ticked",
]
