"""The passport as one document: for snapshots, hashes, the dossier, export."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from courses.models import (
    CourseVersion,
    FinalAttestation,
    Material,
    Question,
    QuestionBank,
    Topic,
)
from courses.passport_json import FORMAT, plain, shape
from courses.selectors.versions import topics_of

Values = dict[str, Any]
Numbers = Mapping[int, int]


def passport_content(version: CourseVersion) -> Values:
    """Return the whole passport as plain values, in a stable order.

    Its shape is `courses.passport_json.PASSPORT`. The number of queries does not grow.
    """
    attestation = FinalAttestation.objects.filter(version=version).first()
    outcomes, topics = list(version.outcomes.all()), list(topics_of(version))
    aims, places = _numbers(outcomes), _numbers(topics)
    return {
        "format": FORMAT,
        "course": {"code": version.course.code, "type": version.course.type},
        "version": version.number,
        "edition": version.edition.code,
        "fields": values_of(version, shape.VERSION_FIELDS),
        "texts": _rows(version.texts.order_by("language"), shape.TEXT_FIELDS),
        "authors": [
            {"name": author.user.full_name, "is_lead": author.is_lead}
            for author in version.authorships.select_related("user")
        ],
        "outcomes": [
            {"number": aims[outcome.pk], "text": outcome.text} for outcome in outcomes
        ],
        "programmes": _rows(version.programmes.all(), shape.PROGRAMME_FIELDS),
        "glossary": _rows(version.glossary.all(), shape.TERM_FIELDS),
        "topics": [_topic(topic, aims, places) for topic in topics],
        "attestation": values_of(attestation, shape.ATTESTATION_FIELDS)
        if attestation
        else None,
        "materials": _placed(_by_topic(version, places), places, shape.MATERIAL_FIELDS),
        "communication": _rows(version.communication.all(), shape.COMMUNICATION_FIELDS),
        "software": _rows(version.software.all(), shape.SOFTWARE_FIELDS),
        "borrowed": _placed(version.borrowed.all(), places, shape.BORROWED_FIELDS),
        "banks": _banks(version, places),
    }


def values_of(row: Model, names: Iterable[str]) -> Values:
    """Return the values of a row that a passport holds."""
    return {name: plain(getattr(row, name)) for name in names}


def _numbers(rows: Iterable[Model]) -> Numbers:
    return {row.pk: number for number, row in enumerate(rows, start=1)}


def _rows(rows: QuerySet[Any], names: tuple[str, ...]) -> list[Values]:
    return [values_of(row, names) for row in rows]


def _placed(
    rows: Iterable[Any], places: Numbers, names: tuple[str, ...]
) -> list[Values]:
    return [
        {"topic": places.get(row.topic_id), **values_of(row, names)} for row in rows
    ]


def _by_topic(version: CourseVersion, places: Numbers) -> list[Material]:
    """Return the materials of the whole course, then topic by topic."""
    return sorted(
        version.materials.all(),
        key=lambda row: (places.get(row.topic_id or 0, 0), row.position, row.pk),
    )


def _topic(topic: Topic, aims: Numbers, places: Numbers) -> Values:
    chosen = topic.outcomes.all()
    return {
        "number": places[topic.pk],
        "outcomes": sorted(aims[outcome.pk] for outcome in chosen),
        "assessed_in": places.get(topic.assessed_in_id or 0),
        **values_of(topic, shape.TOPIC_FIELDS),
        "longreads": _rows(topic.longreads.all(), shape.LONGREAD_FIELDS),
        "practicums": _rows(topic.practicums.all(), shape.PRACTICUM_FIELDS),
        "control_tasks": _rows(topic.control_tasks.all(), shape.TASK_FIELDS),
    }


def _banks(version: CourseVersion, places: Numbers) -> list[Values]:
    questions: defaultdict[int, list[Values]] = defaultdict(list)
    rows = Question.objects.filter(bank__version=version)
    for bank_id, *values in rows.values_list("bank_id", *shape.QUESTION_FIELDS):
        questions[bank_id].append(dict(zip(shape.QUESTION_FIELDS, values, strict=True)))
    banks: QuerySet[QuestionBank] = version.banks.order_by("category")
    return [
        {
            "topic": places.get(bank.topic_id or 0),
            "questions": questions[bank.pk],
            **values_of(bank, shape.BANK_FIELDS),
        }
        for bank in banks
    ]
