"""The passport as one document: for snapshots, hashes, the dossier."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from courses.models import CourseVersion, FinalAttestation, Question, Topic
from courses.selectors.versions import topics_of

VERSION_FIELDS = (
    "language",
    "is_language_course",
    "annotation",
    "audience",
    "aims",
    "tasks",
    "class_kinds",
    "control_forms",
    "technologies",
    "prerequisites",
    "study_model",
    "credits",
    "hours",
    "weeks",
    "weekly_hours",
    "documents_issued",
    "grade_formation",
    "completion_criterion",
    "literature",
    "announcements_url",
    "learners_forum_url",
    "entry_questionnaire",
    "recommendations",
    "programme_url",
)
ASSESSMENT_FIELDS = (
    "title",
    "content",
    "criteria",
    "scoring",
    "grading",
    "in_gradebook",
    "points",
    "questions_drawn",
    "minutes",
    "attempts",
    "is_random",
)


def passport_content(version: CourseVersion) -> dict[str, Any]:
    """Return the whole passport as plain values, in a stable order."""
    attestation = FinalAttestation.objects.filter(version=version).first()
    return {
        "course": {"code": version.course.code, "type": version.course.type},
        "version": version.number,
        "edition": version.edition.code,
        "fields": _values(version, VERSION_FIELDS),
        "texts": _rows(
            version.texts.order_by("language"),
            ("language", "title", "short_description"),
        ),
        "authors": [
            {"name": author.user.full_name, "is_lead": author.is_lead}
            for author in version.authorships.select_related("user")
        ],
        "outcomes": _rows(version.outcomes.all(), ("position", "text")),
        "glossary": _rows(version.glossary.all(), ("term", "definition")),
        "topics": [_topic(topic) for topic in topics_of(version)],
        "attestation": _values(attestation, ("form", *ASSESSMENT_FIELDS))
        if attestation
        else None,
        "banks": _banks(version),
    }


def passport_sha256(content: dict[str, Any]) -> str:
    """Return the hash of a passport written canonically: sorted keys, UTF-8."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        **_values(topic, ("week", "position", "title", "hours")),
        "outcomes": [outcome.position for outcome in topic.outcomes.all()],
        "assessed_in": topic.assessed_in.title if topic.assessed_in else None,
        "longreads": _rows(topic.longreads.all(), ("position", "title", "body", "url")),
        "practicums": _rows(
            topic.practicums.all(), ("position", "kind", "title", "aim", "content")
        ),
        "control_tasks": _rows(
            topic.control_tasks.all(),
            ("position", "kind", "aim", "procedure", "is_bonus", *ASSESSMENT_FIELDS),
        ),
    }


def _banks(version: CourseVersion) -> list[dict[str, Any]]:
    questions: dict[int, list[dict[str, Any]]] = {}
    for row in Question.objects.filter(bank__version=version):
        questions.setdefault(row.bank_id, []).append(
            _values(row, ("kind", "name", "text", "answers"))
        )
    return [
        {
            "category": bank.category,
            "topic": bank.topic.title if bank.topic else None,
            "questions": questions.get(bank.pk, []),
        }
        for bank in version.banks.select_related("topic")
    ]


def _rows(rows: QuerySet[Any], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_values(row, fields) for row in rows]


def _values(row: Model, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in fields}


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
