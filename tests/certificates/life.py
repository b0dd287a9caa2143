"""What comes before a certificate: a course in the register, a run, results."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import User
from courses.models import CourseText
from registry.enums import EntryState, RunState
from registry.models import Enrolment, RegisterEntry, Result, ResultImport, Run
from tests.factories import StaffFactory, UserFactory, VersionFactory

OPENED_AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
COMPLETED_ON = date(2026, 6, 1)
TITLES = {
    "kk": "Статистика негіздері",
    "ky": "Статистиканын негиздери",
    "en": "Foundations of Statistics",
}


def make_run(*, languages: tuple[str, ...] = (), hours: int | None = 144) -> Run:
    """Make an open run of a course with a title in Russian and in `languages`."""
    version = VersionFactory(hours=hours, credits=Decimal(4) if hours else None)
    for language in languages:
        CourseText.objects.create(
            version=version, language=language, title=TITLES[language]
        )
    number = RegisterEntry.objects.count() + 1
    entry = RegisterEntry.objects.create(
        version=version,
        number=number,
        state=EntryState.OPEN,
        recommended_at=OPENED_AT,
        documents_due_at=OPENED_AT,
        opened_at=OPENED_AT,
        opened_by=StaffFactory(),
    )
    return Run.objects.create(
        entry=entry,
        title=f"Весна 2026, поток {number}",
        starts_on=date(2026, 2, 9),
        ends_on=date(2026, 6, 5),
        state=RunState.OPEN,
        opened_at=OPENED_AT,
    )


def add_learner(
    run: Run,
    *,
    learner: User | None = None,
    language: str = "ru",
    points: int = 80,
    **enrolment,
) -> User:
    """Enrol a learner with a result; 60 points pass."""
    learner = learner or UserFactory()
    row = Enrolment.objects.create(
        run=run, learner=learner, language=language, enrolled_at=OPENED_AT, **enrolment
    )
    Result.objects.create(
        enrolment=row,
        points=points,
        is_passed=points >= 60,
        completed_on=COMPLETED_ON,
        source=_import(run),
    )
    return learner


def add_learners(run: Run, count: int) -> None:
    """Enrol many learners who passed, in a few statements."""
    people = User.objects.bulk_create(UserFactory.build_batch(count))
    rows = Enrolment.objects.bulk_create(
        Enrolment(run=run, learner=person, language="ru", enrolled_at=OPENED_AT)
        for person in people
    )
    Result.objects.bulk_create(
        Result(
            enrolment=row,
            points=80,
            is_passed=True,
            completed_on=COMPLETED_ON,
            source=_import(run),
        )
        for row in rows
    )


def _import(run: Run) -> ResultImport:
    source, _is_new = ResultImport.objects.get_or_create(
        run=run,
        defaults={
            "file_name": "results.xlsx",
            "stored_as": "results/00.xlsx",
            "sha256": "0" * 64,
            "at": OPENED_AT,
            "by": run.entry.opened_by,
        },
    )
    return source
