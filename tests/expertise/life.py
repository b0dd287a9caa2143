"""What happens to a course at expertise, as services make it happen."""

from datetime import date, timedelta
from decimal import Decimal

from courses.enums import Grading, PracticumKind, TaskKind
from courses.models import (
    ControlTask,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    RegulationEdition,
)
from courses.regulation.catalogue import BY_CODE
from expertise import services
from expertise.enums import Mark, VerdictKind
from expertise.models import Criterion
from tests import factories
from tests.courses.materials.making import with_file

DUE_ON = date(2026, 10, 1)
CONCLUSION = "Содержание отвечает результатам обучения."


def lenient_edition():
    """An edition that demands nothing: what courses must have is tried elsewhere."""
    edition, _is_new = RegulationEdition.objects.get_or_create(
        code="lenient",
        defaults={
            "title": "Без требований",
            "in_force_from": date(2020, 1, 1),
            "country": "RU",
            "thresholds": factories.edition().thresholds,
            "switched_off": sorted(BY_CODE),
        },
    )
    return edition


def version(author, **fields):
    """A course that may go to expertise."""
    fields.setdefault("edition", lenient_edition())
    return factories.VersionFactory(lead=author, **fields)


def whole_version(author, **fields):
    """A course with something in every part of its passport."""
    made = version(author, annotation="О данных.", hours=36, **fields)
    outcome = LearningOutcome.objects.create(version=made, position=1, text="Считать.")
    GlossaryTerm.objects.create(version=made, term="Выборка", definition="Часть.")
    topic = factories.TopicFactory(version=made, week=1, title="Среднее")
    second = factories.TopicFactory(version=made, week=2, assessed_in=topic)
    topic.outcomes.add(outcome)
    second.outcomes.add(outcome)
    Longread.objects.create(topic=topic, position=1, title="О среднем", body="Текст.")
    Practicum.objects.create(
        topic=topic, position=1, kind=PracticumKind.EXERCISE, title="Сосчитать"
    )
    ControlTask.objects.create(
        topic=topic,
        position=1,
        kind=TaskKind.TEST,
        grading=Grading.AUTOMATIC,
        points=Decimal("12.5"),
    )
    FinalAttestation.objects.create(
        version=made, form="test", grading=Grading.AUTOMATIC, content="Тест."
    )
    bank = factories.BankFactory(version=made, topic=topic)
    factories.BankFactory(version=made)
    factories.QuestionFactory(bank=bank, answers=[{"text": "true", "fraction": 100}])
    return made


def requested(author, *, at, **fields):
    made = version(author, **fields)
    return services.request_expertise(version=made, by=author, at=at)


def requested_with_file(author, *, at, **fields):
    """A round over a dossier that has one file among its materials."""
    made = version(author, **fields)
    with_file(made, by=author, at=at)
    return services.request_expertise(version=made, by=author, at=at)


def appointed(expertise, expert, *, staff, at, due_on=DUE_ON):
    services.appoint_expert(
        expertise=expertise, expert=expert, due_on=due_on, by=staff, at=at
    )
    return expertise


def rated(expertise, mark=Mark.MET, comment=""):
    marks = dict.fromkeys(Criterion.objects.filter(is_in_use=True), (mark, comment))
    services.rate_criteria(expertise=expertise, marks=marks, by=expertise.expert)


def remark(expertise, *, at, text="Уточните критерии.", **place):
    return services.write_remark(
        expertise=expertise, text=text, by=expertise.expert, at=at, **place
    )


def signed(expertise, kind, *, at, **fields):
    values = {
        "kind": kind,
        "conclusion": CONCLUSION,
        "password": factories.PASSWORD,
        "by": expertise.expert,
        "at": at,
        **fields,
    }
    return services.sign_verdict(expertise=expertise, **values)


def returned(expertise, *, at, remarks=1):
    """Conclude a round with a return for rework; give back its remarks."""
    rated(expertise)
    written = [remark(expertise, at=at) for _number in range(remarks)]
    signed(expertise, VerdictKind.REWORK, at=at)
    expertise.version.refresh_from_db()
    return written


def answered(remarks, author, *, at):
    for row in remarks:
        services.answer_remark(remark=row, answer="Исправили.", by=author, at=at)


def later(at, days=1):
    return at + timedelta(days=days)
