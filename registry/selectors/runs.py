"""Runs, enrolments and results, as far as a person may see them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from registry.enums import EnrolmentState, EntryState, RunState
from registry.models import Enrolment, RegisterEntry, Result, ResultImport, Run


def runs_visible_to(user: User) -> QuerySet[Run]:
    """Return the runs whose learners a person may see: centre staff see all."""
    if not user.has_perm("registry.manage_run"):
        return Run.objects.none()
    return Run.objects.select_related("entry__version__course__unit").prefetch_related(
        "entry__version__texts"
    )


def runs_with_counts(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Add how many are `enrolled`, have `results` and `passed`."""
    enrolled = Q(enrolments__state=EnrolmentState.ENROLLED)
    return runs.annotate(
        enrolled=Count("enrolments", filter=enrolled),
        results=Count("enrolments__result"),
        passed=Count("enrolments", filter=Q(enrolments__result__is_passed=True)),
    )


def runs_shown(entry: RegisterEntry) -> QuerySet[Run]:
    """Return the runs of a course that its public page tells of: now and to come."""
    return entry.runs.exclude(state=RunState.CLOSED).order_by("starts_on", "pk")


def runs_of_entry(entry: RegisterEntry, user: User) -> QuerySet[Run]:
    """Return the runs of an entry that a person may open, with counts."""
    return runs_with_counts(runs_visible_to(user).filter(entry=entry))


def public_runs() -> QuerySet[Run]:
    """Return the runs of every course that has a public page."""
    hidden = (EntryState.DOCUMENTS, EntryState.REMOVED)
    return (
        Run.objects.exclude(entry__state__in=hidden)
        .select_related("entry__version__course__unit")
        .prefetch_related("entry__version__texts", "entry__version__authorships")
    )


def reasons_against_enrolment(run: Run, on: date) -> list[str]:
    """Return why nobody may enrol in a run on a day; empty when one may."""
    reasons = []
    if run.entry.state != EntryState.OPEN:
        reasons.append(_("The course is not open in the register."))
    if run.state == RunState.PLANNED:
        reasons.append(_("Enrolment is not open yet."))
    elif run.state == RunState.CLOSED or run.ends_on < on:
        reasons.append(_("The run is over."))
    return reasons


def enrolments_of(user: User) -> QuerySet[Enrolment]:
    """Return a learner's own enrolments, the latest run first."""
    return (
        Enrolment.objects.filter(learner=user)
        .select_related("run__entry__version__course__unit", "result")
        .prefetch_related("run__entry__version__texts")
        .order_by("-run__starts_on", "-pk")
    )


def runs_one_is_in(user: User | AnonymousUser) -> set[int]:
    """Return the ids of the runs that whoever looks at the page is enrolled in."""
    if not user.is_authenticated:
        return set()
    enrolled = Enrolment.objects.filter(learner=user, state=EnrolmentState.ENROLLED)
    return set(enrolled.values_list("run", flat=True))


def enrolments_in(run: Run) -> QuerySet[Enrolment]:
    """Return everybody enrolled in a run, withdrawn ones too, with results."""
    return Enrolment.objects.filter(run=run).select_related("learner", "result")


# Groups of a run's learners, as its page offers them.
LEARNER_GROUPS = {
    "passed": Q(result__is_passed=True),
    "not_passed": Q(result__is_passed=False),
    "no_result": Q(result=None, state=EnrolmentState.ENROLLED),
    "withdrawn": Q(state=EnrolmentState.WITHDRAWN),
}


def find_learners(run: Run, words: str, group: str) -> QuerySet[Enrolment]:
    """Return the enrolments of a run by parts of names and e-mail, and by group."""
    enrolments = enrolments_in(run).filter(LEARNER_GROUPS.get(group, Q()))
    for word in words.split():
        enrolments = enrolments.filter(
            Q(learner__surname__icontains=word)
            | Q(learner__given_name__icontains=word)
            | Q(learner__patronymic__icontains=word)
            | Q(learner__email__icontains=word)
        )
    return enrolments


def count_learners(run: Run) -> dict[str, int]:
    """Count a run's enrolments by group, all of them under the empty name."""
    counts = Enrolment.objects.filter(run=run).aggregate(
        all=Count("pk"),
        **{name: Count("pk", filter=group) for name, group in LEARNER_GROUPS.items()},
    )
    return {"" if name == "all" else name: count for name, count in counts.items()}


def learners_of(run: Run) -> QuerySet[Enrolment]:
    """Return those who are in a run now, by name."""
    return enrolments_in(run).filter(state=EnrolmentState.ENROLLED)


def passed_results(run: Run) -> QuerySet[Result]:
    """Return the results that a certificate is due for (MIN 5.5.5), by name."""
    return Result.objects.filter(
        enrolment__run=run, enrolment__state=EnrolmentState.ENROLLED, is_passed=True
    ).select_related("enrolment__learner")


def imports_of(run: Run) -> QuerySet[ResultImport]:
    """Return the tables of results that came in for a run, newest first."""
    return ResultImport.objects.filter(run=run).select_related("by")


def imports_visible_to(user: User) -> QuerySet[ResultImport]:
    """Return the original tables of results a person may download."""
    if not user.has_perm("registry.import_results"):
        return ResultImport.objects.none()
    return ResultImport.objects.all()


def runs_past_their_end(on: date) -> QuerySet[Run]:
    """Return the runs that have ended and are not closed yet."""
    return runs_with_counts(
        Run.objects.filter(state=RunState.OPEN, ends_on__lt=on)
        .select_related("entry__version__course")
        .prefetch_related("entry__version__texts")
    )
