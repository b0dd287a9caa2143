"""The course, its passport, its topics and banks, and the edition it is checked by."""

from courses.models.bank import Question, QuestionBank, QuestionImport
from courses.models.control import ControlTask, FinalAttestation
from courses.models.course import Authorship, Course, CourseText, CourseVersion
from courses.models.course_import import CourseImport
from courses.models.declaration import (
    BorrowedItem,
    CommunicationElement,
    EducationalProgramme,
    SoftwareRequirement,
)
from courses.models.draft import SectionDraft
from courses.models.material import Material
from courses.models.passport import GlossaryTerm, LearningOutcome
from courses.models.record import Check, PassportSnapshot
from courses.models.regulation_edition import (
    EditionPreview,
    EditionPreviewLine,
    EditionText,
    RegulationEdition,
)
from courses.models.topic import Longread, Practicum, Topic

__all__ = [
    "Authorship",
    "BorrowedItem",
    "Check",
    "CommunicationElement",
    "ControlTask",
    "Course",
    "CourseImport",
    "CourseText",
    "CourseVersion",
    "EditionPreview",
    "EditionPreviewLine",
    "EditionText",
    "EducationalProgramme",
    "FinalAttestation",
    "GlossaryTerm",
    "LearningOutcome",
    "Longread",
    "Material",
    "PassportSnapshot",
    "Practicum",
    "Question",
    "QuestionBank",
    "QuestionImport",
    "RegulationEdition",
    "SectionDraft",
    "SoftwareRequirement",
    "Topic",
]
