"""A whole course from a Moodle backup: kept, read by a job, confirmed, written."""

from courses.selectors.course_imports import READ_BACKUP
from courses.services.course_import.applying import (
    ImportNotReady,
    NewCourse,
    apply_course_import,
)
from courses.services.course_import.glossary import GlossaryUnreadable, import_terms
from courses.services.course_import.reading import (
    ReadBackup,
    keep_reading,
    read_import,
)
from courses.services.course_import.uploading import keep_backup

__all__ = [
    "READ_BACKUP",
    "GlossaryUnreadable",
    "ImportNotReady",
    "NewCourse",
    "ReadBackup",
    "apply_course_import",
    "import_terms",
    "keep_backup",
    "keep_reading",
    "read_import",
]
