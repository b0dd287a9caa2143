"""A course as its authors fill it in: whole, so that each test breaks what it is about."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from accounts.models import User
from courses.enums import (
    AttestationForm,
    CommunicationMode,
    Grading,
    MaterialKind,
    MeasureState,
    QuestionKind,
    TaskKind,
)
from courses.models import (
    CommunicationElement,
    CourseVersion,
    EducationalProgramme,
    FinalAttestation,
    LearningOutcome,
    Longread,
    Material,
    Practicum,
    Question,
    QuestionBank,
    Topic,
)
from tests import factories

TEXTS = (
    "annotation",
    "audience",
    "aims",
    "tasks",
    "class_kinds",
    "control_forms",
    "technologies",
    "prerequisites",
    "documents_issued",
    "grade_formation",
    "completion_criterion",
    "literature",
)
URLS = ("announcements_url", "learners_forum_url", "programme_url")
ADDRESS = "https://lms.university.example/course/1"


def whole_version(
    lead: User, *, weeks: int = 2, questions_a_week: int = 100, **fields: Any
) -> CourseVersion:
    """Return a version that meets every mandatory requirement."""
    hours = 18 * weeks
    values = {
        "study_model": "online",
        "credits": Decimal(hours) / 36,
        "hours": hours,
        "weeks": weeks,
        "weekly_hours": Decimal(18),
        **dict.fromkeys(TEXTS, "Сказано всё, что нужно"),
        **dict.fromkeys(URLS, ADDRESS),
        **fields,
    }
    version = factories.VersionFactory(lead=lead, **values)
    outcome = LearningOutcome.objects.create(
        version=version, position=1, text="Считает и объясняет"
    )
    for week in range(1, weeks + 1):
        topic = whole_topic(version, week, outcome, questions=questions_a_week)
    reviewed_by_peers(topic)
    attestation(version, points=Decimal(100 - 5 * weeks))
    declared(version)
    return version


def declared(version: CourseVersion) -> None:
    """Declare and upload what the regulation asks of the course as a whole."""
    EducationalProgramme.objects.create(
        version=version, position=1, code="38.03.05", title="Бизнес-информатика"
    )
    CommunicationElement.objects.create(
        version=version,
        position=1,
        mode=CommunicationMode.SYNCHRONOUS,
        kind="webinar",
        title="Вебинар",
    )
    measured(
        version, MaterialKind.PROMO_VIDEO, container="mov", duration_seconds=Decimal(90)
    )
    measured(version, MaterialKind.ILLUSTRATION, container="jpeg")
    version.texts.update(short_description="О чём курс и для чего он")


def measured(version: CourseVersion, kind: MaterialKind, **values: Any) -> Material:
    """Add a file that was measured already; nothing is stored."""
    return Material.objects.create(
        **{
            "version": version,
            "position": 1,
            "kind": kind,
            "title": kind.label,
            "stored_as": f"materials/{kind}",
            "file_name": f"{kind}.{values.get('container', 'pdf')}",
            "sha256": sha256(kind.encode()).hexdigest(),
            "state": MeasureState.MEASURED,
            "measured_at": factories.AT,
            **values,
        }
    )


def reviewed_by_peers(topic: Topic) -> None:
    """Add an essay that learners review for each other, for no points."""
    factories.TestFactory(
        topic=topic,
        position=2,
        kind=TaskKind.ESSAY,
        title="Эссе",
        grading=Grading.PEER,
        points=Decimal(0),
        questions_drawn=None,
        minutes=None,
        attempts=None,
    )


def whole_topic(
    version: CourseVersion, week: int, outcome: LearningOutcome, *, questions: int
) -> Topic:
    """Add a topic with theory, practicum, a test and its bank."""
    topic = factories.TopicFactory(version=version, week=week)
    topic.outcomes.add(outcome)
    # As many pages as eighteen hours ask for.
    Longread.objects.create(
        topic=topic, position=1, title="Лонгрид", body="Текст", pages=Decimal(60)
    )
    Practicum.objects.create(
        topic=topic,
        position=1,
        kind="exercise",
        title="Упражнение",
        aim="Закрепить",
        content=f"Решить задачи: {ADDRESS}",
    )
    factories.TestFactory(topic=topic, points=Decimal(5))
    bank = QuestionBank.objects.create(
        version=version, topic=topic, category=f"Тема {week}"
    )
    fill(bank, questions)
    return topic


def fill(bank: QuestionBank, count: int) -> None:
    """Put distinct questions into a bank."""
    Question.objects.bulk_create(
        Question(
            bank=bank,
            position=number,
            kind=QuestionKind.TRUEFALSE,
            text=f"{bank.category}: верно ли {number}?",
            fingerprint=f"{bank.pk:032}{number:032}",
        )
        for number in range(1, count + 1)
    )


def attestation(version: CourseVersion, **fields: Any) -> FinalAttestation:
    """Make the final attestation: a test as the regulation wants it."""
    values = {
        "form": AttestationForm.TEST,
        "title": "Итоговый тест",
        "content": "Вопросы по всем темам",
        "criteria": "Доля верных ответов",
        "scoring": "Балл за ответ",
        "grading": Grading.AUTOMATIC,
        "points": Decimal(90),
        "questions_drawn": 20,
        "minutes": 45,
        "attempts": 1,
        **fields,
    }
    return FinalAttestation.objects.create(version=version, **values)


def at_stage(version: CourseVersion, stage: str, by: User, at: Any) -> CourseVersion:
    """Put a version at a stage with the dates and people that the stage implies."""
    is_sent = stage != "draft"
    is_decided = stage in ("recommended", "rejected")
    CourseVersion.objects.filter(pk=version.pk).update(
        stage=stage,
        submitted_at=at if is_sent else None,
        submitted_by=by if is_sent else None,
        decided_at=at if is_decided else None,
    )
    version.refresh_from_db()
    return version
