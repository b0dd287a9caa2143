"""Versions of courses, as far as a person may see them."""

from datetime import date

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from accounts.models import User
from accounts.selectors import units_headed_by
from courses.models import (
    Authorship,
    CourseText,
    CourseVersion,
    RegulationEdition,
    Topic,
)

SORTS = {
    "title": "title_shown",
    "code": "course__code",
    "unit": "course__unit__name",
    "opened": "course__created_at",
}


def _for_lists(versions: QuerySet[CourseVersion]) -> QuerySet[CourseVersion]:
    return versions.select_related(
        "course__unit", "course__created_by", "submitted_by", "edition"
    ).prefetch_related(
        "texts",
        Prefetch("authorships", Authorship.objects.select_related("user")),
    )


def versions_visible_to(user: User, on: date) -> QuerySet[CourseVersion]:
    """Return the versions whose passport a person may read.

    Authors see their own, heads of units those of the unit, centre staff all.
    """
    versions = _for_lists(CourseVersion.objects.all())
    if user.has_perm("courses.view_courseversion"):
        return versions
    own = Authorship.objects.filter(version=OuterRef("pk"), user=user)
    return versions.filter(Exists(own) | Q(course__unit__in=units_headed_by(user, on)))


def version_by_code(code: str) -> CourseVersion | None:
    """Return the newest version of the course with a code, for commands."""
    versions = _for_lists(CourseVersion.objects.filter(course__code=code))
    return versions.order_by("-number").first()


def versions_authored_by(user: User) -> QuerySet[CourseVersion]:
    """Return the versions a person is an author of, newest first."""
    return _for_lists(CourseVersion.objects.filter(authorships__user=user)).order_by(
        "-course__created_at", "-number"
    )


def versions_found(
    versions: QuerySet[CourseVersion],
    *,
    words: str = "",
    stage: str = "",
    course_type: str = "",
    sort: str = "",
) -> QuerySet[CourseVersion]:
    """Return the versions of a set that are looked for; newest first unless sorted.

    Each of `words` stands in a title or in the code; `sort` is a key of `SORTS`, with a
    minus before it to turn the order round.
    """
    own_title = CourseText.objects.filter(
        version=OuterRef("pk"), language=OuterRef("language")
    )
    versions = versions.annotate(title_shown=Subquery(own_title.values("title")[:1]))
    for word in words.split():
        titled = CourseText.objects.filter(
            version=OuterRef("pk"), title__icontains=word
        )
        versions = versions.filter(Exists(titled) | Q(course__code__icontains=word))
    if stage:
        versions = versions.filter(stage=stage)
    if course_type:
        versions = versions.filter(course__type=course_type)
    field = SORTS.get(sort.removeprefix("-"))
    if field is None:
        return versions.order_by("-course__created_at", "-pk")
    order = F(field).desc() if sort.startswith("-") else F(field).asc()
    return versions.order_by(order, "-pk")


def stage_counts(versions: QuerySet[CourseVersion]) -> dict[str, int]:
    """Return how many versions of a set stand in each stage."""
    rows = versions.order_by().values_list("stage").annotate(count=Count("pk"))
    return dict(rows)


def topics_of(version: CourseVersion) -> QuerySet[Topic]:
    """Return the topics of a version with all their parts, by week."""
    return (
        Topic.objects.filter(version=version)
        .select_related("assessed_in")
        .prefetch_related("outcomes", "longreads", "practicums", "control_tasks")
    )


def editions_in_force(on: date) -> QuerySet[RegulationEdition]:
    """Return the editions in force on a day, the newest first."""
    return RegulationEdition.objects.filter(in_force_from__lte=on)
