"""A course that meets every requirement, so that a test changes one thing."""

from dataclasses import replace
from decimal import Decimal

from courses.regulation.edition import EDITIONS, Edition, load_edition
from courses.regulation.engine import run
from courses.regulation.facts import (
    AttestationForm,
    AuthorFacts,
    BankFacts,
    ControlTaskFacts,
    CourseFacts,
    CourseType,
    FinalAttestationFacts,
    GlossaryTermFacts,
    Grading,
    LongreadFacts,
    OutcomeFacts,
    PracticumFacts,
    StudyModel,
    TaskKind,
    TopicFacts,
)
from courses.regulation.finding import Finding, Outcome

MININ = load_edition(EDITIONS / "minin-2022.toml")
OUTCOMES = (1, 2)


def make_author(**changes) -> AuthorFacts:
    author = AuthorFacts(
        id=71,
        surname="Ёлкина",
        given_name="Дария",
        patronymic="",
        position="доцент",
        degree="",
        academic_title="",
    )
    return replace(author, **changes)


def make_practicum(**changes) -> PracticumFacts:
    practicum = PracticumFacts(
        id=31, kind="практическая работа", title="Выборка", aim="Уметь", content="Шаги"
    )
    return replace(practicum, **changes)


def make_task(**changes) -> ControlTaskFacts:
    task = ControlTaskFacts(
        id=41,
        kind=TaskKind.TEST,
        title="Тест недели",
        aim="Проверить знания",
        content="Вопросы по теме",
        procedure="Сдать до конца недели",
        criteria="Доля верных ответов",
        scoring="Балл за каждый верный ответ",
        grading=Grading.AUTOMATIC,
        in_gradebook=True,
        points=Decimal(10),
        questions_drawn=10,
        minutes=20,
        is_random=True,
    )
    return replace(task, **changes)


def make_topic(week: int | None = 1, **changes) -> TopicFacts:
    key = changes.get("id", week)
    topic = TopicFacts(
        id=key,
        week=week,
        title=f"Тема {week}",
        hours=Decimal("18.0"),
        outcomes=frozenset(OUTCOMES),
        longreads=(LongreadFacts(id=20 + key, body="Текст"),),
        practicums=(make_practicum(id=30 + key),),
        control_tasks=(make_task(id=40 + key),),
    )
    return replace(topic, **changes)


def make_questions(count: int, prefix: str = "q") -> frozenset[str]:
    return frozenset(f"{prefix}{number}" for number in range(count))


def make_bank(topic_id: int | None, count: int = 30, **changes) -> BankFacts:
    questions = make_questions(count, f"topic {topic_id} question ")
    bank = BankFacts(
        id=50 + (topic_id or 0),
        topic_id=topic_id,
        total=count,
        fingerprints=questions,
        drawable=questions,
    )
    return replace(bank, **changes)


def make_attestation(**changes) -> FinalAttestationFacts:
    attestation = FinalAttestationFacts(
        id=61,
        form=AttestationForm.TEST,
        title="Итоговый тест",
        content="Советы по подготовке",
        criteria="Доля верных ответов",
        scoring="Балл за каждый верный ответ",
        grading=Grading.AUTOMATIC,
        in_gradebook=True,
        points=Decimal(20),
        questions_drawn=30,
        minutes=60,
        is_random=True,
    )
    return replace(attestation, **changes)


def make_terms(count: int) -> tuple[GlossaryTermFacts, ...]:
    return tuple(
        GlossaryTermFacts(term=f"Термин {number}", definition="Определение")
        for number in range(count)
    )


def make_weeks(count: int, **changes) -> tuple[TopicFacts, ...]:
    return tuple(make_topic(week, **changes) for week in range(1, count + 1))


def make_course(**changes) -> CourseFacts:
    """Eight weeks of 18 hours: 144 hours, 4 credits; 8 x 10 + 20 points."""
    course = CourseFacts(
        type=CourseType.OPEN_LEARNING,
        language="ru",
        is_language_course=False,
        annotation="Курс учит считать",
        audience="Студенты",
        aims="Цели",
        tasks="Задачи",
        class_kinds="Лонгриды, практикумы",
        control_forms="Тесты",
        technologies="Онлайн",
        prerequisites="Школьный курс",
        study_model=StudyModel.ONLINE,
        credits=Decimal("4.0"),
        hours=144,
        weeks=8,
        weekly_hours=Decimal("18.0"),
        documents_issued="Сертификат",
        grade_formation="Сумма баллов",
        completion_criterion="60 баллов",
        literature="Учебник",
        announcements_url="https://lms.university.example/news",
        learners_forum_url="https://lms.university.example/forum",
        programme_url="https://university.example/programme.pdf",
        authors=(make_author(),),
        outcomes=tuple(OutcomeFacts(id=key, text=f"Умеет {key}") for key in OUTCOMES),
        glossary=make_terms(30),
        topics=make_weeks(8),
        banks=tuple(make_bank(week) for week in range(1, 9)),
        attestation=make_attestation(),
    )
    return replace(course, **changes)


def with_topic(course: CourseFacts, **changes) -> CourseFacts:
    """The course with its first topic changed."""
    first, *others = course.topics
    return replace(course, topics=(replace(first, **changes), *others))


def with_task(course: CourseFacts, **changes) -> CourseFacts:
    """The course with the control task of its first topic changed."""
    return with_topic(course, control_tasks=(make_task(**changes),))


def with_attestation(course: CourseFacts, **changes) -> CourseFacts:
    return replace(course, attestation=make_attestation(**changes))


def findings(
    course: CourseFacts, code: str, edition: Edition = MININ
) -> tuple[Finding, ...]:
    """What a check says of one requirement."""
    return tuple(found for found in run(course, edition).findings if found.code == code)


def outcomes(course: CourseFacts, code: str, edition: Edition = MININ) -> list[Outcome]:
    return [found.outcome for found in findings(course, code, edition)]


def worst(course: CourseFacts, code: str, edition: Edition = MININ) -> Outcome:
    """The outcome that counts when a requirement has several findings."""
    order = (
        Outcome.FAILED,
        Outcome.CANNOT_TELL,
        Outcome.PASSED,
        Outcome.NOT_APPLICABLE,
    )
    return min(outcomes(course, code, edition), key=order.index)
