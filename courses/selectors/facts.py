"""The facts of versions, read in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.db.models.functions import Left

from courses.enums import QuestionKind
from courses.models import (
    Authorship,
    ControlTask,
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    QuestionBank,
    Topic,
)
from courses.regulation import facts

RowT = TypeVar("RowT")
Rows = Mapping[int, list[RowT]]

# Kinds that a machine draws at random and grades by itself (MIN 4.6, 4.11).
DRAWABLE_KINDS = {
    QuestionKind.MULTICHOICE,
    QuestionKind.TRUEFALSE,
    QuestionKind.SHORTANSWER,
    QuestionKind.NUMERICAL,
    QuestionKind.MATCH,
    QuestionKind.ORDERING,
}
# Whether a longread says anything is told by its beginning.
BEGINNING = 500
PLAIN_FIELDS = (
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
    "programme_url",
)
ASSESSMENT_FIELDS = (
    "id",
    "title",
    "content",
    "criteria",
    "scoring",
    "grading",
    "in_gradebook",
    "points",
    "questions_drawn",
    "minutes",
    "is_random",
)


def facts_of(version: CourseVersion) -> facts.CourseFacts:
    """Gather what the requirements look at, in nine queries."""
    return facts_of_many([version])[version.pk]


def facts_of_many(versions: Sequence[CourseVersion]) -> dict[int, facts.CourseFacts]:
    """Gather the facts of any number of versions, in nine queries in all.

    The course of each version must be at hand.
    """
    keys = [version.pk for version in versions]
    authors, outcomes, glossary = _authors(keys), _outcomes(keys), _glossary(keys)
    topics, banks, attestations = _topics(keys), _banks(keys), _attestations(keys)
    return {
        version.pk: facts.CourseFacts(
            type=facts.CourseType(version.course.type),
            study_model=facts.StudyModel(version.study_model)
            if version.study_model
            else None,
            authors=tuple(authors[version.pk]),
            outcomes=tuple(outcomes[version.pk]),
            glossary=tuple(glossary[version.pk]),
            topics=tuple(topics[version.pk]),
            banks=tuple(banks[version.pk]),
            attestation=attestations.get(version.pk),
            **{name: getattr(version, name) for name in PLAIN_FIELDS},
        )
        for version in versions
    }


def _grouped(rows: Iterable[tuple[int, RowT]]) -> Rows[RowT]:
    groups: defaultdict[int, list[RowT]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return groups


def _authors(keys: list[int]) -> Rows[facts.AuthorFacts]:
    rows = Authorship.objects.filter(version__in=keys).values_list(
        "version_id",
        "id",
        "user__surname",
        "user__given_name",
        "user__patronymic",
        "user__position",
        "user__degree",
        "user__academic_title",
    )
    return _grouped(
        (
            key,
            facts.AuthorFacts(
                id=author_id,
                surname=surname,
                given_name=given_name,
                patronymic=patronymic,
                position=position,
                degree=degree,
                academic_title=title,
            ),
        )
        for (
            key,
            author_id,
            surname,
            given_name,
            patronymic,
            position,
            degree,
            title,
        ) in rows
    )


def _outcomes(keys: list[int]) -> Rows[facts.OutcomeFacts]:
    rows = LearningOutcome.objects.filter(version__in=keys)
    return _grouped(
        (key, facts.OutcomeFacts(id=outcome_id, text=text))
        for key, outcome_id, text in rows.values_list("version_id", "id", "text")
    )


def _glossary(keys: list[int]) -> Rows[facts.GlossaryTermFacts]:
    rows = GlossaryTerm.objects.filter(version__in=keys)
    return _grouped(
        (key, facts.GlossaryTermFacts(id=term_id, term=term, definition=definition))
        for key, term_id, term, definition in rows.values_list(
            "version_id", "id", "term", "definition"
        )
    )


def _topics(keys: list[int]) -> Rows[facts.TopicFacts]:
    longreads, practicums, tasks = _longreads(keys), _practicums(keys), _tasks(keys)
    rows = (
        Topic.objects.filter(version__in=keys)
        .annotate(aims=ArrayAgg("outcomes", filter=Q(outcomes__isnull=False)))
        .values_list(
            "version_id", "id", "week", "title", "hours", "assessed_in_id", "aims"
        )
    )
    return _grouped(
        (
            key,
            facts.TopicFacts(
                id=topic_id,
                week=week,
                title=title,
                hours=hours,
                outcomes=frozenset(aims or ()),
                assessed_in=assessed_in,
                longreads=tuple(longreads[topic_id]),
                practicums=tuple(practicums[topic_id]),
                control_tasks=tuple(tasks[topic_id]),
            ),
        )
        for key, topic_id, week, title, hours, assessed_in, aims in rows
    )


def _longreads(keys: list[int]) -> Rows[facts.LongreadFacts]:
    rows = Longread.objects.filter(topic__version__in=keys).values_list(
        "topic_id", "id", Left("body", BEGINNING), "url"
    )
    return _grouped(
        (key, facts.LongreadFacts(id=part_id, body=body, url=url))
        for key, part_id, body, url in rows
    )


def _practicums(keys: list[int]) -> Rows[facts.PracticumFacts]:
    rows = Practicum.objects.filter(topic__version__in=keys).values(
        "topic_id", "id", "kind", "title", "aim", "content"
    )
    return _grouped(
        (
            row["topic_id"],
            facts.PracticumFacts(
                id=row["id"],
                kind=row["kind"],
                title=row["title"],
                aim=row["aim"],
                content=row["content"],
            ),
        )
        for row in rows
    )


def _tasks(keys: list[int]) -> Rows[facts.ControlTaskFacts]:
    rows = ControlTask.objects.filter(topic__version__in=keys).values(
        "topic_id", "kind", "aim", "procedure", "is_bonus", *ASSESSMENT_FIELDS
    )
    return _grouped(
        (row.pop("topic_id"), facts.ControlTaskFacts(**_typed(row, facts.TaskKind)))
        for row in rows
    )


def _attestations(keys: list[int]) -> dict[int, facts.FinalAttestationFacts]:
    rows = FinalAttestation.objects.filter(version__in=keys).values(
        "version_id", "form", *ASSESSMENT_FIELDS
    )
    return {
        row.pop("version_id"): facts.FinalAttestationFacts(
            **_typed(row, facts.AttestationForm)
        )
        for row in rows
    }


def _typed(
    row: dict[str, Any], kind: type[facts.TaskKind] | type[facts.AttestationForm]
) -> dict[str, Any]:
    """Turn the values of choices into those that the requirements know."""
    name = "kind" if kind is facts.TaskKind else "form"
    grading = row["grading"]
    return {
        **row,
        name: kind(row[name]) if row[name] else None,
        "grading": facts.Grading(grading) if grading else None,
    }


def _banks(keys: list[int]) -> Rows[facts.BankFacts]:
    """Banks with their questions, descriptions left out, in one query."""
    places: dict[int, tuple[int, int | None]] = {}
    total: defaultdict[int, int] = defaultdict(int)
    distinct: defaultdict[int, set[str]] = defaultdict(set)
    drawable: defaultdict[int, set[str]] = defaultdict(set)
    rows = QuestionBank.objects.filter(version__in=keys).values_list(
        "version_id", "id", "topic_id", "questions__kind", "questions__fingerprint"
    )
    for key, bank_id, topic_id, kind, mark in rows:
        places[bank_id] = (key, topic_id)
        # A bank without questions has a row of its own, with no mark.
        if not mark or kind == QuestionKind.DESCRIPTION:
            continue
        total[bank_id] += 1
        distinct[bank_id].add(mark)
        if kind in DRAWABLE_KINDS:
            drawable[bank_id].add(mark)
    return _grouped(
        (
            key,
            facts.BankFacts(
                id=bank_id,
                topic_id=topic_id,
                total=total[bank_id],
                fingerprints=frozenset(distinct[bank_id]),
                drawable=frozenset(drawable[bank_id]),
            ),
        )
        for bank_id, (key, topic_id) in places.items()
    )
