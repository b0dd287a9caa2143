"""Editions of the regulation: which are used, and who would fail under one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)

from accounts.models import User
from core.enums import JobState
from core.models import Job
from courses.enums import Stage
from courses.models import (
    Check,
    CourseText,
    CourseVersion,
    EditionPreview,
    EditionPreviewLine,
    RegulationEdition,
)
from courses.regulation import engine
from courses.selectors.checks import SHIPPED, edition_of
from courses.selectors.facts import facts_of_many

# The kind of the jobs of a preview; the subject of each is the first line of its batch.
PREVIEW_EDITION = "courses.preview_edition"
BATCH = 50
SORTS = {
    "code": "version__course__code",
    "title": "title_shown",
    "stage": "version__stage",
    "new": "new_count",
    "gone": "gone_count",
}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What two editions say of a batch of versions: codes not met, line by line."""

    preview_id: int
    failed: Mapping[int, list[str]]
    failed_now: Mapping[int, list[str]]


@dataclass(frozen=True, slots=True)
class PreviewProgress:
    """How far a preview is: courses checked of all, batches that gave up."""

    done: int
    total: int
    waiting: int
    given_up: int

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return not self.waiting


class Beyond(Func):
    """The codes of the first list that the second has not."""

    template = "(%(expressions)s)))"
    arg_joiner = " - ARRAY(SELECT jsonb_array_elements_text("
    output_field = JSONField()


class Length(Func):
    """How many codes there are in a list."""

    function = "jsonb_array_length"
    output_field = IntegerField()


class EachCode(Func):
    """Every code of a list, a row for each."""

    function = "jsonb_array_elements_text"
    set_returning = True
    output_field = TextField()


NEW = Beyond("failed", "failed_now")
GONE = Beyond("failed_now", "failed")


def is_edition_used(edition: RegulationEdition) -> bool:
    """Tell whether a course or a check points at an edition: then it never changes."""
    return RegulationEdition.objects.filter(_used(), pk=edition.pk).exists()


def editions_with_uses() -> QuerySet[RegulationEdition]:
    """Return the editions, each with its count of courses and whether it is used."""
    # A subquery each: two joins at once would multiply the rows.
    courses = (
        CourseVersion.objects.filter(edition=OuterRef("pk"))
        .order_by()
        .values("edition")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return RegulationEdition.objects.prefetch_related("texts").annotate(
        uses=Subquery(courses, output_field=IntegerField()), is_used=_used()
    )


def _used() -> Q:
    return Q(
        Exists(CourseVersion.objects.filter(edition=OuterRef("pk")))
        | Exists(Check.objects.filter(edition=OuterRef("pk")))
    )


def numbers_filled_in(edition: RegulationEdition) -> dict[str, Any]:
    """Return the numbers that a row lacks, with what `edition_of` takes for them.

    They came with requirements younger than the row. A kept check is what it was.
    """
    return {
        name: value
        for name, value in SHIPPED["thresholds"].items()
        if name not in edition.thresholds
    }


def asked_sha256(edition: RegulationEdition) -> str:
    """Return the hash of what an edition asks; its titles and day ask nothing."""
    asked = edition_of(edition).to_mapping()
    for name in ("code", "title", "in_force_from", "country"):
        del asked[name]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def is_preview_old(preview: EditionPreview) -> bool:
    """Tell whether the edition asks something else by now than was asked about."""
    return preview.asked_sha256 != asked_sha256(preview.edition)


def previews_visible_to(user: User) -> QuerySet[EditionPreview]:
    """Return the previews of editions: the centre's staff see all, others none."""
    previews = EditionPreview.objects.select_related("edition", "by").prefetch_related(
        "edition__texts"
    )
    if user.has_perm("courses.view_editionpreview"):
        return previews
    return previews.none()


def versions_to_preview() -> QuerySet[CourseVersion]:
    """Return the newest version of each course that was not rejected."""
    return (
        CourseVersion.objects.exclude(stage=Stage.REJECTED)
        .order_by("course_id", "-number")
        .distinct("course_id")
    )


def progress_of_preview(preview: EditionPreview) -> PreviewProgress:
    """Return how far a preview is: counts of rows."""
    jobs = Job.objects.filter(
        kind=PREVIEW_EDITION, subject_id__in=preview.lines.values("pk")
    ).aggregate(
        waiting=Count("pk", filter=Q(state__in=(JobState.QUEUED, JobState.RUNNING))),
        given_up=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    return PreviewProgress(done=preview.done_count, total=preview.total_count, **jobs)


def verdicts_of_batch(first_line_id: int) -> Verdicts:
    """Check the versions of a batch by the edition asked about and by their own.

    The number of queries does not grow with the batch.
    """
    first = EditionPreviewLine.objects.select_related("preview__edition").get(
        pk=first_line_id
    )
    lines = list(
        EditionPreviewLine.objects.filter(
            preview=first.preview_id, pk__gte=first_line_id
        ).select_related("version__course", "version__edition")[:BATCH]
    )
    facts = facts_of_many([line.version for line in lines])
    rows = {line.version.edition_id: line.version.edition for line in lines}
    own = {key: edition_of(row) for key, row in rows.items()}
    asked = edition_of(first.preview.edition)
    return Verdicts(
        preview_id=first.preview_id,
        failed={
            line.pk: _unmet(engine.run(facts[line.version_id], asked)) for line in lines
        },
        failed_now={
            line.pk: _unmet(
                engine.run(facts[line.version_id], own[line.version.edition_id])
            )
            for line in lines
        },
    )


def _unmet(report: engine.Report) -> list[str]:
    """Return the codes of what stops a course, each once, in the order of clauses."""
    return list(
        dict.fromkeys(
            finding.code for finding in report.findings if finding.is_blocking
        )
    )


def preview_lines(
    preview: EditionPreview, *, is_new_only: bool = False, sort: str = ""
) -> QuerySet[Any]:
    """Return the lines of a preview, those that fail anew first unless sorted.

    Each has `new_count`, `gone_count` and `title_shown`; `sort` is a key of `SORTS`,
    with a minus before it to turn the order round.
    """
    title = CourseText.objects.filter(
        version=OuterRef("version"), language=OuterRef("version__language")
    )
    lines = (
        EditionPreviewLine.objects.filter(preview=preview)
        .select_related("version__course__unit")
        .prefetch_related("version__texts")
        .annotate(
            new_count=Length(NEW),
            gone_count=Length(GONE),
            title_shown=Subquery(title.values("title")[:1]),
        )
    )
    if is_new_only:
        lines = lines.filter(new_count__gt=0)
    field = SORTS.get(sort.removeprefix("-"))
    if field is None:
        return lines.order_by("-new_count", "version__course__code", "pk")
    order = F(field).desc() if sort.startswith("-") else F(field).asc()
    return lines.order_by(order, "version__course__code", "pk")


def preview_counts(preview: EditionPreview) -> dict[str, int]:
    """Return of how many courses a preview tells: `all`, `new`, `gone`, `failed`."""
    lines = EditionPreviewLine.objects.filter(preview=preview).annotate(
        new_count=Length(NEW), gone_count=Length(GONE)
    )
    return lines.aggregate(
        all=Count("pk"),
        new=Count("pk", filter=Q(new_count__gt=0)),
        gone=Count("pk", filter=Q(gone_count__gt=0)),
        failed=Count("pk", filter=~Q(failed=[])),
    )


def failing_by_requirement(
    preview: EditionPreview, *, is_new_only: bool
) -> list[tuple[str, int]]:
    """Return how many courses would fail each requirement, by its code, most first."""
    rows = (
        EditionPreviewLine.objects.filter(preview=preview)
        .order_by()
        .annotate(code=EachCode(NEW if is_new_only else F("failed")))
        .values_list("code")
        .annotate(count=Count("pk"))
    )
    return sorted(rows, key=lambda row: (-row[1], row[0]))
