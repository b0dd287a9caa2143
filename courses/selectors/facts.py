"""The facts of versions, read in one query however many they are."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from courses.enums import QuestionKind
from courses.formats.graded import GradedBy, graded_by
from courses.models import CourseVersion
from courses.regulation import facts
from courses.selectors.facts_rows import Row, Rows, rows_of
from courses.selectors.resource_facts import resources_of

FactT = TypeVar("FactT")
ByTopic = Mapping[int, list[FactT]]

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


def facts_of(version: CourseVersion) -> facts.CourseFacts:
    """Gather what the requirements look at, in one query."""
    return facts_of_many([version])[version.pk]


def facts_of_many(versions: Sequence[CourseVersion]) -> dict[int, facts.CourseFacts]:
    """Gather the facts of any number of versions, in one query in all.

    The course of each version must be at hand.
    """
    found = rows_of(versions)
    return {version.pk: _facts(version, found[version.pk]) for version in versions}


def _facts(version: CourseVersion, rows: Rows) -> facts.CourseFacts:
    return facts.CourseFacts(
        type=facts.CourseType(version.course.type),
        study_model=facts.StudyModel(version.study_model)
        if version.study_model
        else None,
        **_told_in_its_language(version, rows["texts"]),
        authors=_made(facts.AuthorFacts, rows["authors"]),
        outcomes=_made(facts.OutcomeFacts, rows["outcomes"]),
        glossary=_terms(version, rows["glossary"]),
        topics=_topics(rows),
        banks=tuple(map(_bank, rows["banks"])),
        attestation=next(map(_attestation, rows["attestation"]), None),
        **resources_of(rows),
        **{name: getattr(version, name) for name in PLAIN_FIELDS},
    )


def _made(fact: Callable[..., FactT], rows: Iterable[Row]) -> tuple[FactT, ...]:
    return tuple(fact(**row) for row in rows)


def _told_in_its_language(
    version: CourseVersion, texts: Iterable[Row]
) -> dict[str, Any]:
    """Return title and short description in the language of the course."""
    for text in texts:
        if text.pop("language") == version.language:
            return text
    return {"title": "", "short_description": ""}


def _terms(
    version: CourseVersion, terms: list[Row]
) -> tuple[facts.GlossaryTermFacts, ...] | None:
    """Return the terms; none, where a backup did not tell, are unknown."""
    if version.is_glossary_unknown and not terms:
        return None
    return _made(facts.GlossaryTermFacts, terms)


def _topics(rows: Rows) -> tuple[facts.TopicFacts, ...]:
    longreads = _by_topic(rows["longreads"], _longread)
    practicums = _by_topic(rows["practicums"], facts.PracticumFacts)
    tasks = _by_topic(rows["control_tasks"], _task)
    return tuple(
        facts.TopicFacts(
            **{**row, "outcomes": frozenset(row["outcomes"])},
            longreads=tuple(longreads[row["id"]]),
            practicums=tuple(practicums[row["id"]]),
            control_tasks=tuple(tasks[row["id"]]),
        )
        for row in rows["topics"]
    )


def _by_topic(rows: Iterable[Row], make: Callable[..., FactT]) -> ByTopic[FactT]:
    groups: defaultdict[int, list[FactT]] = defaultdict(list)
    for row in rows:
        groups[row.pop("topic_id")].append(make(**row))
    return groups


def _longread(**row: Any) -> facts.LongreadFacts:
    # A text that was not counted yet has the row's default.
    return facts.LongreadFacts(**{**row, "pages": row["pages"] or None})


def _task(**row: Any) -> facts.ControlTaskFacts:
    kind = facts.TaskKind(row["kind"]) if row["kind"] else None
    return facts.ControlTaskFacts(**{**row, "kind": kind, "grading": _grading(row)})


def _attestation(row: Row) -> facts.FinalAttestationFacts:
    form = facts.AttestationForm(row["form"]) if row["form"] else None
    return facts.FinalAttestationFacts(
        **{**row, "form": form, "grading": _grading(row)}
    )


def _grading(row: Row) -> facts.Grading | None:
    return facts.Grading(row["grading"]) if row["grading"] else None


def _bank(row: Row) -> facts.BankFacts:
    """Put the kinds of a bank together; descriptions ask nothing and are left out."""
    asking = [kind for kind in row["kinds"] if kind[0] != QuestionKind.DESCRIPTION]
    graders = [_grader(kind, name) for kind, name, _total, _marks in asking]
    totals: Counter[GradedBy] = Counter()
    drawn = []
    for grader, (_kind, _name, total, marks) in zip(graders, asking, strict=True):
        totals[grader] += total
        if grader is GradedBy.MACHINE:
            drawn.append(marks)
    return facts.BankFacts(
        id=row["id"],
        topic_id=row["topic_id"],
        total=totals.total(),
        fingerprints=frozenset().union(*(kind[-1] for kind in asking)),
        drawable=frozenset().union(*drawn),
        by_hand=totals[GradedBy.PERSON],
        of_unknown_kind=totals[GradedBy.NOBODY_KNOWS],
    )


def _grader(kind: str, name: str) -> GradedBy:
    """Tell who grades questions of a kind. Source: MIN 4.6."""
    if kind in DRAWABLE_KINDS:
        return GradedBy.MACHINE
    return GradedBy.PERSON if kind == QuestionKind.ESSAY else graded_by(name)
