"""The course, its passport, its topics and banks, and the edition it is checked by."""

from courses.models.bank import Question, QuestionBank, QuestionImport
from courses.models.control import ControlTask, FinalAttestation
from courses.models.course import Authorship, Course, CourseText, CourseVersion
from courses.models.passport import GlossaryTerm, LearningOutcome
from courses.models.record import Check, PassportSnapshot
from courses.models.regulation_edition import RegulationEdition
from courses.models.topic import Longread, Practicum, Topic

__all__ = [
    "Authorship",
    "Check",
    "ControlTask",
    "Course",
    "CourseText",
    "CourseVersion",
    "FinalAttestation",
    "GlossaryTerm",
    "LearningOutcome",
    "Longread",
    "PassportSnapshot",
    "Practicum",
    "Question",
    "QuestionBank",
    "QuestionImport",
    "RegulationEdition",
    "Topic",
]
