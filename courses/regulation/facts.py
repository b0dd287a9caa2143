"""The facts of a course that the requirements look at.

A selector fills them. `None` means unknown, an empty text or tuple that there is
nothing. Texts are plain, without markup. Ids are those of the rows, so that a
finding can point at a form.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar, cast

from courses.regulation.known import Amount, any_of, total_of
from courses.regulation.record import record
from courses.regulation.resource_facts import (
    BorrowedFacts,
    CommunicationFacts,
    MaterialFacts,
    MaterialKind,
    ProgrammeFacts,
    SoftwareFacts,
)

T = TypeVar("T")


class CourseType(StrEnum):
    """Type of an open course. Source: MIN 2.1, 2.3."""

    PROPAEDEUTIC = "propaedeutic"
    OPEN_LEARNING = "open_learning"
    PROFESSIONAL_DEVELOPMENT = "professional_development"
    RETRAINING = "retraining"
    SCIENTIFIC_SCHOOL = "scientific_school"


class StudyModel(StrEnum):
    """Model of study. Source: MIN 3.2.4.2."""

    ONLINE = "online"
    BLENDED = "blended"


class TaskKind(StrEnum):
    """Kind of a control task. Source: MIN 3.3.3.15."""

    TEST = "test"
    ASSIGNMENT = "assignment"
    PROJECT = "project"
    ESSAY = "essay"
    SURVEY = "survey"


class AttestationForm(StrEnum):
    """Form of the final attestation. Source: MIN 3.4.1, 3.4.2."""

    TEST = "test"
    PROJECT = "project"
    EXAM = "exam"
    PORTFOLIO = "portfolio"


class Grading(StrEnum):
    """Who grades. Source: MIN 4.6."""

    AUTOMATIC = "automatic"
    PEER = "peer"
    MANUAL = "manual"


@record(kw_only=True)
class AuthorFacts:
    """An author; empty patronymic, degree or title: the person has none."""

    id: int | None = None
    surname: str | None
    given_name: str | None
    patronymic: str | None
    position: str | None
    degree: str | None
    academic_title: str | None


@record(kw_only=True)
class OutcomeFacts:
    """A learning outcome."""

    id: int
    text: str | None


@record(kw_only=True)
class GlossaryTermFacts:
    """A term of the glossary with its definition."""

    id: int | None = None
    term: str
    definition: str


@record(kw_only=True)
class LongreadFacts:
    """A piece of theory: its text, or the address where it stands.

    Attributes:
        body: The beginning of its text.
        pages: A4 pages of the text in the edition's format; `None` while not counted.
        has_link: Whether an address stands anywhere in the text.
    """

    id: int | None = None
    body: str | None
    url: str | None = ""
    pages: Decimal | None = None
    has_link: bool = False


@record(kw_only=True)
class PracticumFacts:
    """A practical exercise."""

    id: int | None = None
    kind: str | None
    title: str | None
    aim: str | None
    content: str | None


@record(kw_only=True)
class AssessmentFacts:
    """What a control task and the final attestation have in common.

    `questions_drawn`, `minutes`, `attempts` and `is_random` tell of tests only.
    """

    id: int | None = None
    title: str | None
    content: str | None
    criteria: str | None
    scoring: str | None
    grading: Grading | None
    in_gradebook: bool | None
    points: Decimal | None
    questions_drawn: int | None = None
    minutes: int | None = None
    attempts: int | None = None
    is_random: bool | None = None


@record(kw_only=True)
class ControlTaskFacts(AssessmentFacts):
    """A control task of a topic."""

    kind: TaskKind | None
    aim: str | None
    procedure: str | None
    is_bonus: bool = False

    def is_assessing(self) -> bool | None:
        """Whether it assesses outcomes: not a survey, gives points, no bonus."""
        if self.kind is TaskKind.SURVEY or self.is_bonus:
            return False
        return None if self.points is None else self.points > 0

    def is_control_test(self) -> bool:
        """Whether it is a test for points, not one for training (MIN 4.5)."""
        return self.kind is TaskKind.TEST and self.is_assessing() is not False

    def is_control(self) -> bool:
        """Whether it controls what was learnt: no survey, no test for training."""
        if self.kind is TaskKind.TEST:
            return self.is_control_test()
        return self.kind is not TaskKind.SURVEY


@record(kw_only=True)
class FinalAttestationFacts(AssessmentFacts):
    """The final attestation; a test in part is stated as a test."""

    form: AttestationForm | None

    def is_test(self) -> bool | None:
        """Whether it is a test; not known of another form that draws questions."""
        if self.form is AttestationForm.TEST:
            return True
        return None if self.form is None or self.questions_drawn else False


@record(kw_only=True)
class TopicFacts:
    """A topic.

    Attributes:
        outcomes: Ids of the learning outcomes it aims at.
        assessed_in: Id of the other topic in which its outcomes are assessed.
    """

    id: int
    week: int | None
    title: str | None
    hours: Decimal | None
    outcomes: frozenset[int]
    assessed_in: int | None = None
    longreads: tuple[LongreadFacts, ...] = ()
    practicums: tuple[PracticumFacts, ...] = ()
    control_tasks: tuple[ControlTaskFacts, ...] = ()

    def stated_hours(self) -> Decimal | None:
        """Its hours; none or zero is no statement."""
        return self.hours if self.hours and self.hours > 0 else None

    def is_assessing(self) -> bool | None:
        """Whether one of its control tasks assesses outcomes."""
        return any_of(task.is_assessing() for task in self.control_tasks)

    def is_covered_by(self, other: "TopicFacts | None") -> bool | None:
        """Whether another topic assesses and aims at all its outcomes."""
        if other is None or not self.outcomes or not self.outcomes <= other.outcomes:
            return False
        return other.is_assessing()


@record(kw_only=True)
class BankFacts:
    """A question bank.

    Questions are told by their fingerprints, so that the same question counts
    once, be it twice in one bank or in two banks. Descriptions are no questions.

    Attributes:
        topic_id: Its topic; `None` for a bank of the whole course.
        total: Questions, repeated ones included.
        fingerprints: The distinct questions.
        drawable: Those of them that can be drawn at random and graded by machine.
        by_hand: Questions, repeated ones included, that a person has to grade.
        of_unknown_kind: Questions of kinds that the portal does not know.
    """

    id: int | None = None
    topic_id: int | None
    total: int | None
    fingerprints: frozenset[str] | None
    drawable: frozenset[str] | None
    by_hand: int = 0
    of_unknown_kind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """A version of a course; fields are named as the passport names them.

    `glossary` is `None` when nobody knows it (a backup without user data).
    A number that is not stated is `None`. `title` and `short_description` are those
    in the language of the course.
    """

    type: CourseType
    language: str | None
    is_language_course: bool
    annotation: str | None
    audience: str | None
    aims: str | None
    tasks: str | None
    class_kinds: str | None
    control_forms: str | None
    technologies: str | None
    prerequisites: str | None
    study_model: StudyModel | None
    credits: Decimal | None
    hours: int | None
    weeks: int | None
    weekly_hours: Decimal | None
    documents_issued: str | None
    grade_formation: str | None
    completion_criterion: str | None
    literature: str | None
    announcements_url: str | None
    learners_forum_url: str | None
    programme_url: str | None
    entry_questionnaire: str | None = ""
    recommendations: str | None = ""
    title: str | None = ""
    short_description: str | None = ""
    authors: tuple[AuthorFacts, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()
    glossary: tuple[GlossaryTermFacts, ...] | None = ()
    topics: tuple[TopicFacts, ...] = ()
    banks: tuple[BankFacts, ...] = ()
    attestation: FinalAttestationFacts | None = None
    materials: tuple[MaterialFacts, ...] = ()
    programmes: tuple[ProgrammeFacts, ...] = ()
    software: tuple[SoftwareFacts, ...] = ()
    communication: tuple[CommunicationFacts, ...] = ()
    borrowed: tuple[BorrowedFacts, ...] = ()
    _known: dict[Callable[..., object], object] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def once(self, work: Callable[["CourseFacts"], T]) -> T:
        """What a function tells of the course, asked once for all requirements."""
        if work not in self._known:
            self._known[work] = work(self)
        return cast("T", self._known[work])

    def materials_of(self, kind: MaterialKind) -> list[MaterialFacts]:
        """Materials of a kind, in their order."""
        return [material for material in self.materials if material.kind is kind]

    def topics_by_id(self) -> dict[int | None, TopicFacts]:
        """Topics by their ids; nothing stands under `None`."""
        return {topic.id: topic for topic in self.topics}

    def topics_by_week(self) -> dict[int, list[TopicFacts]]:
        """Topics of each week that has some, in the order of weeks."""
        return self.once(_topics_by_week)

    def measured_weeks(self) -> Amount:
        """The last week that has a topic; whole when every topic has its week."""
        weeks = [topic.week or 0 for topic in self.topics]
        is_whole = bool(weeks) and min(weeks) > 0
        return Amount(max(weeks, default=0), is_whole)

    def measured_hours(self) -> Amount:
        """The hours of all topics together."""
        if not self.topics:
            return Amount(0, is_whole=False)
        return total_of(topic.stated_hours() for topic in self.topics)


def _topics_by_week(course: CourseFacts) -> dict[int, list[TopicFacts]]:
    weeks: defaultdict[int, list[TopicFacts]] = defaultdict(list)
    for topic in course.topics:
        if topic.week is not None and topic.week > 0:
            weeks[topic.week].append(topic)
    return dict(sorted(weeks.items()))
