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
from courses.regulation.resource_facts import (
    BorrowedFacts,
    CommunicationFacts,
    CommunicationMode,
    MaterialFacts,
    MaterialKind,
    MeasureState,
    ProgrammeFacts,
    SoftwareFacts,
)

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


def make_longread(**changes) -> LongreadFacts:
    """Sixty pages: as much as eighteen hours ask for."""
    longread = LongreadFacts(
        id=21, body="Это текст о том, как считать и не ошибаться", pages=Decimal(60)
    )
    return replace(longread, **changes)


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
        attempts=2,
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
        longreads=(make_longread(id=20 + key),),
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
        attempts=1,
        is_random=True,
    )
    return replace(attestation, **changes)


def make_material(kind: MaterialKind, **changes) -> MaterialFacts:
    """A file that was measured and has what its kind has."""
    sizes = {
        MaterialKind.PROMO_VIDEO: {"container": "mov", "seconds": Decimal(170)},
        MaterialKind.VIDEO: {"container": "mov", "seconds": Decimal(360)},
        MaterialKind.AUDIO: {"container": "mp3", "seconds": Decimal(2700)},
        MaterialKind.TEXT: {"container": "docx", "pages": Decimal(6)},
        MaterialKind.PRESENTATION: {"container": "pptx", "slides": 10},
        MaterialKind.ILLUSTRATION: {"container": "jpeg"},
        MaterialKind.PROGRAMME: {"container": "pdf", "pages": Decimal(4)},
    }
    values = {
        "id": 81,
        "title": "Материал",
        "state": MeasureState.MEASURED,
        **sizes.get(kind, {"container": "docx"}),
        **changes,
    }
    return MaterialFacts(kind=kind, **values)


def make_link(kind: MaterialKind, **changes) -> MaterialFacts:
    """A link of which nothing is stated yet."""
    link = MaterialFacts(id=82, kind=kind, title="Ссылка", state=MeasureState.DECLARED)
    return replace(link, **changes)


def make_software(**changes) -> SoftwareFacts:
    software = SoftwareFacts(
        id=91,
        name="LibreOffice",
        requirements="2 ГБ памяти",
        browser="любой",
        official_url="https://www.libreoffice.org",
        instruction="Скачать и запустить",
    )
    return replace(software, **changes)


def make_borrowed(**changes) -> BorrowedFacts:
    item = BorrowedFacts(
        id=95,
        title="Схема",
        reference="Иванов И. И. Схема. М., 2020.",
        url="https://library.example/scheme",
    )
    return replace(item, **changes)


def make_terms(count: int) -> tuple[GlossaryTermFacts, ...]:
    return tuple(
        GlossaryTermFacts(term=f"Термин {number}", definition="Определение")
        for number in range(count)
    )


def make_weeks(count: int, **changes) -> tuple[TopicFacts, ...]:
    return tuple(make_topic(week, **changes) for week in range(1, count + 1))


def make_weeks_with_peers(count: int) -> tuple[TopicFacts, ...]:
    """Weeks the last of which also has a task that peers grade, for no points."""
    *others, last = make_weeks(count)
    essay = make_task(
        id=49, kind=TaskKind.ESSAY, grading=Grading.PEER, points=Decimal(0)
    )
    tasks = (*last.control_tasks, essay)
    return (*others, replace(last, control_tasks=tasks))


def make_course(**changes) -> CourseFacts:
    """Eight weeks of 18 hours: 144 hours, 4 credits; 8 x 10 + 20 points."""
    course = CourseFacts(
        type=CourseType.OPEN_LEARNING,
        language="ru",
        is_language_course=False,
        annotation="Курс о том, как считать и не ошибаться в расчётах",
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
        literature="Учебник, https://library.example/textbook",
        announcements_url="https://lms.university.example/news",
        learners_forum_url="https://lms.university.example/forum",
        programme_url="https://university.example/programme.pdf",
        authors=(make_author(),),
        outcomes=tuple(OutcomeFacts(id=key, text=f"Умеет {key}") for key in OUTCOMES),
        glossary=make_terms(30),
        topics=make_weeks_with_peers(8),
        entry_questionnaire="Чего вы ждёте от курса?",
        recommendations="Для расчётов нужен LibreOffice",
        short_description="Учит считать",
        software=(make_software(),),
        borrowed=(make_borrowed(is_consent_needed=True, has_consent=True),),
        materials=(
            make_material(MaterialKind.PROMO_VIDEO, id=83),
            make_material(MaterialKind.ILLUSTRATION, id=84),
            make_material(MaterialKind.VIDEO, id=85, topic_id=1),
            make_material(MaterialKind.PRESENTATION, id=86, topic_id=1, slides=90),
        ),
        programmes=(ProgrammeFacts(id=96, code="38.03.05", title="Информатика"),),
        communication=(
            CommunicationFacts(
                id=97, mode=CommunicationMode.SYNCHRONOUS, title="Вебинар"
            ),
        ),
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
