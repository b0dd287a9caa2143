"""What stands in the JSON of a passport, as data.

The schema in `docs/passport.schema.json`, the reader and the selector that writes are
made from these. A leaf is a field of a model, or one of the few kinds beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from courses.models import (
    BorrowedItem,
    CommunicationElement,
    ControlTask,
    Course,
    CourseText,
    CourseVersion,
    EducationalProgramme,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Material,
    Practicum,
    Question,
    QuestionBank,
    RegulationEdition,
    SoftwareRequirement,
    Topic,
)

FORMAT = "open-courses-passport/1"
MAX_ROWS = 2_000
MAX_QUESTIONS = 20_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that a field of a model holds; an empty text is taken where it says so."""

    field: "models.Field[Any, Any]"
    is_empty_taken: bool = True


@dataclass(frozen=True, slots=True)
class Constant:
    """A text that is always the same."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a row: its place in its list, from 1."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a row of another list, or null for none."""

    to: str


@dataclass(frozen=True, slots=True)
class References:
    """Numbers of rows of another list, each once, growing."""

    to: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text that no field of the passport holds."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false, of no field."""


@dataclass(frozen=True, slots=True)
class Fields:
    """An object with exactly these members; `unique` tells its rows apart."""

    members: Mapping[str, "Shape"]
    unique: str = ""
    is_nullable: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of objects."""

    of: Fields
    limit: int = MAX_ROWS


Shape = Leaf | Constant | Number | Reference | References | Text | Flag | Fields | Rows

# Fields that a course may have empty while it is being written, whatever the form asks.
MAY_BE_EMPTY = {"grading", "form"}

VERSION_FIELDS = (
    *("language", "is_language_course", "annotation", "audience", "aims", "tasks"),
    *("class_kinds", "control_forms", "technologies", "prerequisites", "study_model"),
    *("credits", "hours", "weeks", "weekly_hours", "documents_issued"),
    *("grade_formation", "completion_criterion", "literature", "announcements_url"),
    *("learners_forum_url", "entry_questionnaire", "recommendations"),
    *("programme_url", "is_glossary_unknown"),
)
TEXT_FIELDS = ("language", "title", "short_description")
TERM_FIELDS = ("term", "definition")
PROGRAMME_FIELDS = ("code", "title")
SOFTWARE_FIELDS = ("name", "requirements", "browser", "official_url", "instruction")
COMMUNICATION_FIELDS = ("mode", "kind", "title", "url", "schedule")
BORROWED_FIELDS = (
    *("title", "reference", "url", "is_consent_needed"),
    *("consent_name", "consent_sha256"),
)
TOPIC_FIELDS = ("week", "title", "hours", "id_number")
LONGREAD_FIELDS = ("title", "body", "url", "pages", "id_number")
PRACTICUM_FIELDS = ("kind", "title", "aim", "content")
ASSESSMENT_FIELDS = (
    *("title", "content", "criteria", "scoring", "grading", "in_gradebook", "points"),
    *("questions_drawn", "minutes", "attempts", "is_random", "id_number", "lms_facts"),
)
TASK_FIELDS = ("kind", "aim", "procedure", "is_bonus", *ASSESSMENT_FIELDS)
ATTESTATION_FIELDS = ("form", *ASSESSMENT_FIELDS)
# What the portal measured itself; of a file that comes in it is never taken on trust.
MEASURED_FIELDS = (
    *("state", "unreadable_reason", "container", "duration_seconds", "pages", "slides"),
    *("hidden_slides", "width", "height", "layout"),
)
MATERIAL_FIELDS = (
    *("kind", "title", "url", "file_name", "sha256", "size_bytes", *MEASURED_FIELDS),
    *("declared_minutes", "declared_pages", "declared_slides", "declared_reason"),
    *("rights", "licence", "id_number"),
)
BANK_FIELDS = ("category", "id_number")
QUESTION_FIELDS = (
    *("kind", "kind_name", "name", "text", "answers", "details", "raw", "raw_format"),
)


def _leaves(model: type[models.Model], names: tuple[str, ...]) -> dict[str, Shape]:
    leaves: dict[str, Shape] = {}
    for name in names:
        field: Any = model._meta.get_field(name)
        is_chosen = bool(field.choices)
        leaves[name] = Leaf(field, not is_chosen or field.blank or name in MAY_BE_EMPTY)
    return leaves


def _rows(
    model: type[models.Model],
    names: tuple[str, ...],
    *,
    unique: str = "",
    limit: int = MAX_ROWS,
    **beside: Shape,
) -> Rows:
    return Rows(Fields({**beside, **_leaves(model, names)}, unique), limit)


_TOPIC_PARTS: dict[str, Shape] = {
    "number": Number(),
    "outcomes": References("outcomes"),
    "assessed_in": Reference("topics"),
    "longreads": _rows(Longread, LONGREAD_FIELDS),
    "practicums": _rows(Practicum, PRACTICUM_FIELDS),
    "control_tasks": _rows(ControlTask, TASK_FIELDS),
}
PASSPORT = Fields(
    {
        "format": Constant(FORMAT),
        "course": Fields(_leaves(Course, ("code", "type"))),
        "version": _leaves(CourseVersion, ("number",))["number"],
        "edition": _leaves(RegulationEdition, ("code",))["code"],
        "fields": Fields(_leaves(CourseVersion, VERSION_FIELDS)),
        "texts": _rows(CourseText, TEXT_FIELDS, unique="language"),
        "authors": Rows(Fields({"name": Text(), "is_lead": Flag()})),
        "outcomes": _rows(LearningOutcome, ("text",), number=Number()),
        "programmes": _rows(EducationalProgramme, PROGRAMME_FIELDS),
        "glossary": _rows(GlossaryTerm, TERM_FIELDS, unique="term"),
        "topics": Rows(Fields({**_TOPIC_PARTS, **_leaves(Topic, TOPIC_FIELDS)})),
        "attestation": Fields(
            _leaves(FinalAttestation, ATTESTATION_FIELDS), is_nullable=True
        ),
        "materials": _rows(Material, MATERIAL_FIELDS, topic=Reference("topics")),
        "communication": _rows(CommunicationElement, COMMUNICATION_FIELDS),
        "software": _rows(SoftwareRequirement, SOFTWARE_FIELDS),
        "borrowed": _rows(BorrowedItem, BORROWED_FIELDS, topic=Reference("topics")),
        "banks": _rows(
            QuestionBank,
            BANK_FIELDS,
            unique="category",
            topic=Reference("topics"),
            questions=_rows(Question, QUESTION_FIELDS, limit=MAX_QUESTIONS),
        ),
    }
)
