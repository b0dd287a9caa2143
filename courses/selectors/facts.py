"""The facts of versions, read in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
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
from courses.selectors.resource_facts import resources_of

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
    QuestionKind.CLOZE,
}
# What a longread says, in which language and case, is told by its beginning.
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
    "entry_questionnaire",
    "recommendations",
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
    "attempts",
    "is_random",
)


def facts_of(version: CourseVersion) -> facts.CourseFacts:
    """Gather what the requirements look at, in fifteen queries at most."""
    return facts_of_many([version])[version.pk]


def facts_of_many(versions: Sequence[CourseVersion]) -> dict[int, facts.CourseFacts]:
    """Gather the facts of any number of versions, in fifteen queries in all.

    The course of each version must be at hand.
    """
    keys = [version.pk for version in versions]
    authors, outcomes, glossary = _authors(versions), _outcomes(keys), _glossary(keys)
    topics, banks, attestations = _topics(keys), _banks(keys), _attestations(keys)
    resources = resources_of(versions)
    return {
        version.pk: facts.CourseFacts(
            type=facts.CourseType(version.course.type),
            study_model=facts.StudyModel(version.study_model)
            if version.study_model
            else None,
            authors=tuple(authors[version.pk]),
            outcomes=tuple(outcomes[version.pk]),
            glossary=_terms(version, glossary[version.pk]),
            topics=tuple(topics[version.pk]),
            banks=tuple(banks[version.pk]),
            attestation=attestations.get(version.pk),
            **resources[version.pk],
            **{name: getattr(version, name) for name in PLAIN_FIELDS},
        )
        for version in versions
    }


def _grouped(rows: Iterable[tuple[int, RowT]]) -> Rows[RowT]:
    groups: defaultdict[int, list[RowT]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return groups


def _authors(versions: Sequence[CourseVersion]) -> Rows[facts.AuthorFacts]:
    return _grouped(
        (
            row.version_id,
            facts.AuthorFacts(
                id=row.pk,
                surname=row.user.surname,
                given_name=row.user.given_name,
                patronymic=row.user.patronymic,
                position=row.user.position,
                degree=row.user.degree,
                academic_title=row.user.academic_title,
            ),
        )
        for row in _authorships(versions)
    )


def _authorships(versions: Sequence[CourseVersion]) -> Iterable[Authorship]:
    """Return the author teams: pages have prefetched them with their people."""
    if all(
        "authorships" in getattr(version, "_prefetched_objects_cache", ())
        for version in versions
    ):
        return [row for version in versions for row in version.authorships.all()]
    return Authorship.objects.filter(version__in=versions).select_related("user")


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


def _terms(
    version: CourseVersion, terms: list[facts.GlossaryTermFacts]
) -> tuple[facts.GlossaryTermFacts, ...] | None:
    """Return the terms; none, where a backup did not tell, are unknown."""
    return None if version.is_glossary_unknown and not terms else tuple(terms)


def _topics(keys: list[int]) -> Rows[facts.TopicFacts]:
    longreads, practicums, tasks = _longreads(keys), _practicums(keys), _tasks(keys)
    rows = (
        Topic.objects.filter(version__in=keys)
        .annotate(aims=ArrayAgg("outcomes", filter=Q(outcomes__isnull=False)))
        # Aggregation drops the model's own order.
        .order_by("version_id", "week", "position", "pk")
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
    has_link = ExpressionWrapper(Q(body__contains="://"), output_field=BooleanField())
    rows = Longread.objects.filter(topic__version__in=keys).values_list(
        "topic_id", "id", Left("body", BEGINNING), "url", "pages", has_link
    )
    return _grouped(
        (
            key,
            facts.LongreadFacts(
                id=part_id,
                body=body,
                url=url,
                # A text that was not counted yet has the row's default.
                pages=pages or None,
                has_link=is_linking,
            ),
        )
        for key, part_id, body, url, pages, is_linking in rows
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
    """Banks with the marks of their questions, kind by kind, in one query.

    Descriptions ask nothing and are left out.
    """
    rows = (
        QuestionBank.objects.filter(version__in=keys)
        .values_list("version_id", "id", "topic_id", "questions__kind")
        .annotate(
            total=Count("questions"),
            marks=ArrayAgg("questions__fingerprint", distinct=True),
        )
        .order_by("version_id", "id")
    )
    return _grouped(
        (key, _bank(bank_id, topic_id, list(kinds)))
        for (key, bank_id, topic_id), kinds in groupby(rows, key=itemgetter(0, 1, 2))
    )


def _bank(
    bank_id: int, topic_id: int | None, kinds: list[tuple[Any, ...]]
) -> facts.BankFacts:
    """Put the kinds of a bank together; one without questions has a single row."""
    asking = [
        (kind, total, marks)
        for *_bank, kind, total, marks in kinds
        if total and kind != QuestionKind.DESCRIPTION
    ]
    drawn = [marks for kind, _total, marks in asking if kind in DRAWABLE_KINDS]
    totals = Counter({kind: total for kind, total, _marks in asking})
    return facts.BankFacts(
        id=bank_id,
        topic_id=topic_id,
        total=totals.total(),
        fingerprints=frozenset().union(*(marks for _kind, _total, marks in asking)),
        drawable=frozenset().union(*drawn),
        by_hand=totals[QuestionKind.ESSAY],
        of_unknown_kind=totals[QuestionKind.OTHER],
    )
