"""What people owe to an expertise, or wait for: told to the desk."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.desk import Duty, contributes
from courses.enums import Stage
from expertise.enums import ExpertiseState, RemarkState
from expertise.models import Expertise


@contributes
def courses_to_rate(user: User, _at: datetime) -> Iterator[Duty]:
    """An expert owes a verdict on each round given to them (MIN 5.4.3)."""
    for expertise in _rounds().filter(expert=user, state=ExpertiseState.REVIEW):
        yield Duty(
            title=_("Give your expertise: %(course)s") % _named(expertise),
            url=_url("expertise_detail", expertise),
            detail=_("%(code)s, round %(round)s") % _named(expertise),
            due_at=_end_of(expertise.due_on),
        )


@contributes
def experts_to_appoint(user: User, _at: datetime) -> Iterator[Duty]:
    """The centre owes an expert to each round requested, and waits for the others."""
    if not user.has_perm("expertise.appoint_expert"):
        return
    for expertise in _rounds().filter(state=ExpertiseState.REQUESTED):
        yield Duty(
            title=_("Appoint the expert: %(course)s") % _named(expertise),
            url=_url("expertise_detail", expertise),
            detail=_("%(code)s, round %(round)s") % _named(expertise),
        )
    for expertise in _rounds().filter(state=ExpertiseState.REVIEW):
        yield Duty(
            title=_("Verdict on %(course)s") % _named(expertise),
            url=_url("expertise_detail", expertise),
            detail=str(expertise.expert),
            due_at=_end_of(expertise.due_on),
            is_mine=False,
        )


@contributes
def remarks_to_answer(user: User, _at: datetime) -> Iterator[Duty]:
    """Authors owe an answer to each remark of a course returned (MIN 5.4.7)."""
    rounds = _rounds().filter(
        version__authorships__user=user,
        version__stage=Stage.REWORK,
        state=ExpertiseState.CONCLUDED,
    )
    for expertise in rounds.annotate(
        left=Count("remarks", filter=Q(remarks__state=RemarkState.OPEN), distinct=True)
    ).filter(left__gt=0):
        yield Duty(
            title=_("Answer the expert: %(course)s") % _named(expertise),
            url=_url("remark_list", expertise),
            detail=ngettext(
                "%(count)d remark without an answer",
                "%(count)d remarks without an answer",
                expertise.left,
            )
            % {"count": expertise.left},
        )


@contributes
def verdicts_awaited(user: User, _at: datetime) -> Iterator[Duty]:
    """Authors wait for the verdict on their course."""
    rounds = _rounds().filter(
        version__authorships__user=user, version__stage=Stage.EXPERTISE
    )
    for expertise in rounds.exclude(state=ExpertiseState.CONCLUDED):
        yield Duty(
            title=_("Verdict on %(course)s") % _named(expertise),
            url=_url("expertise_detail", expertise),
            detail=str(expertise.get_state_display()),
            due_at=_end_of(expertise.due_on),
            is_mine=False,
        )


def _rounds() -> QuerySet[Expertise]:
    return Expertise.objects.select_related(
        "version__course", "expert"
    ).prefetch_related("version__texts")


def _named(expertise: Expertise) -> dict[str, object]:
    version = expertise.version
    return {
        "course": version.title,
        "code": version.course.code,
        "round": expertise.round,
    }


def _url(name: str, expertise: Expertise) -> str:
    return reverse(f"expertise:{name}", args=[expertise.pk])


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
