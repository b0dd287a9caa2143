"""Three runs and their three hundred learners; one run is over, with certificates."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from certificates.services import issue_certificates
from config.demo.loading.scene import Scene, read_content
from core.sheets import write_table
from core.uploads import FileKind, check_content
from registry.models import Run
from registry.selectors import certificate_languages
from registry.selectors.results import COLUMNS
from registry.services import (
    close_run,
    enrol,
    import_results,
    open_run_enrolment,
    plan_run,
)


def load(scene: Scene) -> None:
    """Plan and open the runs, enrol the learners, end the run that is over."""
    learners = iter([scene.people["kunanbay"], *scene.learners])
    for row in read_content("courses.toml")["runs"]:
        run = _opened_run(scene, row)
        crowd = [next(learners) for _ in range(row["learners"])]
        _enrol(scene, run, crowd, row["starts_in_days"])
        if row["state"] == "closed":
            _end(scene, run, crowd, row)


def _opened_run(scene: Scene, row: dict[str, Any]) -> Run:
    planned = scene.days_ago(-row["starts_in_days"] + 30)
    run = plan_run(
        entry=scene.versions[row["course"]].register_entry,
        title=row["title"],
        starts_on=scene.day(row["starts_in_days"]),
        ends_on=scene.day(row["ends_in_days"]),
        passing_points=Decimal(row["passing_points"]),
        lms_url=row["lms_url"],
        by=scene.staff,
        at=planned,
    )
    open_run_enrolment(run=run, by=scene.staff, at=planned + timedelta(days=3))
    return run


def _enrol(scene: Scene, run: Run, crowd: list[User], starts_in_days: int) -> None:
    languages = certificate_languages(run.entry.version)
    for number, learner in enumerate(crowd):
        enrol(
            run=run,
            learner=learner,
            language=learner.language if learner.language in languages else "ru",
            by=learner,
            at=scene.days_ago(-starts_in_days + number % 20),
        )


def _end(scene: Scene, run: Run, crowd: list[User], row: dict[str, Any]) -> None:
    ended = scene.days_ago(-row["ends_in_days"])
    table = write_table(
        title="Результаты",
        header=COLUMNS,
        rows=_results(scene, crowd, row),
    )
    file = check_content(table, name="results.xlsx", allowed={FileKind.XLSX})
    import_results(run=run, file=file, by=scene.staff, at=ended + timedelta(days=2))
    issue_certificates(run=run, by=scene.staff, at=ended + timedelta(days=3))
    close_run(run=run, by=scene.staff, at=ended + timedelta(days=5))


def _results(
    scene: Scene, crowd: list[User], row: dict[str, Any]
) -> Iterator[list[Any]]:
    for number, learner in enumerate(crowd):
        is_passed = number < row["passed"]
        points = 60 + number * 7 % 41 if is_passed else 12 + number * 5 % 46
        yield [
            learner.email,
            learner.surname,
            learner.given_name,
            learner.patronymic,
            Decimal(points),
            scene.day(row["ends_in_days"] - number % 3),
        ]
