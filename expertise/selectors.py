"""Reads of the expertise: what a person may see, what is rated, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import units_headed_by
from courses.models import CourseText, CourseVersion
from courses.regulation.engine import Report
from courses.selectors import reasons_against_expertise
from expertise.enums import ExpertiseState, RemarkState
from expertise.models import Criterion, Expertise, Indicator, Rating, Remark, Verdict

SORTS = {
    "title": ("version__course__code", "round"),
    "requested": ("requested_at", "pk"),
    "due": ("due_on", "pk"),
}


def _for_pages(expertises: QuerySet[Expertise]) -> QuerySet[Expertise]:
    return expertises.select_related(
        "version__course__unit", "expert", "requested_by", "verdict"
    ).prefetch_related("version__texts", "version__authorships")


def expertises_visible_to(user: User, on: date) -> QuerySet[Expertise]:
    """Return the rounds a person may read.

    Experts see those given to them, authors and heads of units those of their courses,
    centre staff all.
    """
    expertises = _for_pages(Expertise.objects.all())
    if user.has_perm("expertise.view_expertise"):
        return expertises
    return expertises.filter(
        Q(expert=user)
        | Q(version__authorships__user=user)
        | Q(version__course__unit__in=units_headed_by(user, on))
    ).distinct()


def expertises_found(
    expertises: QuerySet[Expertise], *, state: str = "", words: str = "", sort: str = ""
) -> QuerySet[Expertise]:
    """Filter rounds by state and words of the code, the titles or the expert."""
    if state in ExpertiseState:
        expertises = expertises.filter(state=state)
    for word in words.split():
        # A subquery, no join: each word would join the titles once more.
        titled = CourseText.objects.filter(
            version=OuterRef("version"), title__icontains=word
        )
        expertises = expertises.filter(
            Exists(titled)
            | Q(version__course__code__icontains=word)
            | Q(expert__surname__icontains=word)
        )
    order = SORTS.get(sort.removeprefix("-"))
    if order is None:
        return expertises
    sign = "-" if sort.startswith("-") else ""
    return expertises.order_by(*(f"{sign}{name}" for name in order))


def counts_by_state(expertises: QuerySet[Expertise]) -> dict[str, int]:
    """Return how many rounds of a set are in each state."""
    rows = (
        expertises.order_by().values_list("state").annotate(Count("pk", distinct=True))
    )
    return dict(rows)


def rounds_of(version: CourseVersion) -> QuerySet[Expertise]:
    """Return the rounds of a version, the first one first."""
    return version.expertises.select_related("expert", "verdict__signature").order_by(
        "round"
    )


def remarks_up_to(expertise: Expertise, user: User) -> QuerySet[Remark]:
    """Return the remarks of a round that a person reads, and of the rounds before it.

    What an expert has not signed yet is seen by that expert alone.
    """
    return (
        Remark.objects.filter(
            Q(expertise__state=ExpertiseState.CONCLUDED) | Q(expertise__expert=user),
            expertise__version=expertise.version_id,
            expertise__round__lte=expertise.round,
        )
        .select_related("expertise__version__course", "answered_by")
        .prefetch_related("expertise__version__authorships")
        .order_by("expertise__round", "pk")
    )


def verdict_of(expertise: Expertise) -> Verdict | None:
    """Return the signed verdict of a round, if it has one."""
    return (
        Verdict.objects.filter(expertise=expertise)
        .select_related("signature__user")
        .first()
    )


@dataclass(frozen=True, slots=True)
class RatedIndicator:
    """An indicator with its criteria, each with the mark it has so far."""

    indicator: Indicator
    rows: list[tuple[Criterion, Rating | None]] = field(default_factory=list)


def rating_sheet(expertise: Expertise) -> list[RatedIndicator]:
    """Return what an expert rates, or has rated, by indicator (MIN 5.4.3)."""
    ratings = {rating.criterion_id: rating for rating in expertise.ratings.all()}
    criteria = Criterion.objects.select_related("indicator")
    if expertise.state == ExpertiseState.CONCLUDED:
        criteria = criteria.filter(pk__in=ratings)
    else:
        criteria = criteria.filter(Q(is_in_use=True) | Q(pk__in=ratings))
    groups: dict[int, RatedIndicator] = {}
    for criterion in criteria:
        group = groups.setdefault(
            criterion.indicator_id, RatedIndicator(criterion.indicator)
        )
        group.rows.append((criterion, ratings.get(criterion.pk)))
    return list(groups.values())


def count_rated(sheet: Iterable[RatedIndicator]) -> tuple[int, int]:
    """Return how many criteria of a sheet are rated, and of how many."""
    marks = [rating for group in sheet for _criterion, rating in group.rows]
    return sum(rating is not None for rating in marks), len(marks)


def expert_candidates(expertise: Expertise | None = None) -> QuerySet[User]:
    """Return the people who may be asked: active staff and invited specialists.

    Authors of the course and who requested the round are left out, where it is given.
    """
    people = User.objects.filter(is_active=True, is_system=False).exclude(
        Q(position="") & Q(degree="") & Q(unit__isnull=True)
    )
    if expertise is None:
        return people
    return people.exclude(pk=expertise.requested_by_id).exclude(
        authorships__version=expertise.version_id
    )


def reasons_of_remarks(version: CourseVersion) -> list[str]:
    """Return why remarks keep a version from its next round (MIN 5.4.7)."""
    count = Remark.objects.filter(
        expertise__version=version, state=RemarkState.OPEN
    ).count()
    if not count:
        return []
    return [
        ngettext(
            "%(count)d remark of the expert has no answer yet.",
            "%(count)d remarks of the expert have no answer yet.",
            count,
        )
        % {"count": count}
    ]


def reasons_against_request(
    version: CourseVersion, report: Report | None = None
) -> list[str]:
    """Return why a version cannot go to expertise yet; empty when it can.

    A page that has checked it already gives its report.
    """
    return [
        *reasons_of_remarks(version),
        *reasons_against_expertise(version, report),
    ]
