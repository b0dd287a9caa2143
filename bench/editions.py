"""Who would fail under a new edition, asked of 1,000 courses: CPU of the worker.

Each course has 8 weeks, a topic a week, 240 questions and 34 materials (a promo video, an
illustration and, a topic, three videos and a presentation), with the rest of a passport;
two of three lack a part of it.

    python -m config.embedded python -m bench.editions [--json]
"""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from time import process_time
from typing import Any

import django
import pgtrigger

COURSES, WEEKS, QUESTIONS_A_WEEK = 1000, 8, 30
AT = datetime(2026, 9, 1, tzinfo=UTC)
TEXT = "Сказано всё, что нужно. " * 20
PLAIN = {
    **dict.fromkeys(
        (
            *("annotation", "audience", "aims", "tasks", "class_kinds", "literature"),
            *("control_forms", "technologies", "prerequisites", "documents_issued"),
            *("grade_formation", "completion_criterion"),
        ),
        TEXT,
    ),
    "announcements_url": "https://lms.university.example/1",
    "study_model": "online",
    "credits": Decimal(4),
    "hours": 144,
    "weeks": WEEKS,
    "weekly_hours": Decimal(18),
}


def measure() -> dict[str, Any]:
    """Return the CPU and the queries of a preview over all courses."""
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from core.enums import Lane  # noqa: PLC0415
    from core.jobs import run_due  # noqa: PLC0415
    from courses import tasks  # noqa: F401, PLC0415 (registers how the jobs are done)
    from courses.services.editions import ask_who_would_fail  # noqa: PLC0415

    # A quarter of a million questions: that each is noted in the trail is not the point.
    with pgtrigger.ignore():
        staff, edition = _people_and_courses()
    start = process_time()
    preview = ask_who_would_fail(edition=edition, by=staff, at=AT)
    asked = process_time() - start
    with CaptureQueriesContext(connection) as queries:
        start = process_time()
        batches = run_due(Lane.HEAVY, clock=lambda: AT)
        worked = process_time() - start
    preview.refresh_from_db()
    return {
        "courses": preview.done_count,
        "questions": COURSES * WEEKS * QUESTIONS_A_WEEK,
        "batches": batches,
        "failing": preview.lines.exclude(failed=[]).count(),
        "ask_cpu_s": round(asked, 2),
        "worker_cpu_s": round(worked, 1),
        "queries": len(queries),
    }


def _people_and_courses() -> tuple[Any, Any]:
    from accounts.enums import Role  # noqa: PLC0415 (Django is set up by now)
    from accounts.models import RoleGrant, Unit, User  # noqa: PLC0415
    from courses import models  # noqa: PLC0415

    staff = User.objects.create(email="staff@university.example", joined_at=AT)
    RoleGrant.objects.create(user=staff, role=Role.CENTRE_STAFF, since_on=AT.date())
    unit = Unit.objects.create(code="bench", name="Bench")
    shipped = models.RegulationEdition.objects.get(code="minin-2022")
    edition = models.RegulationEdition.objects.create(
        code="bench",
        title="Bench",
        in_force_from=AT.date(),
        country="RU",
        thresholds={**shipped.thresholds, "weeks_min": WEEKS + 1},
    )
    courses = models.Course.objects.bulk_create(
        models.Course(
            code=f"B-{number}",
            unit=unit,
            type="open_learning",
            created_at=AT,
            created_by=staff,
        )
        for number in range(COURSES)
    )
    versions = models.CourseVersion.objects.bulk_create(
        models.CourseVersion(
            course=course,
            edition=shipped,
            **{**PLAIN, "literature": "" if number % 3 else TEXT},
        )
        for number, course in enumerate(courses)
    )
    _fill(versions, staff)
    return staff, edition


def _fill(versions: list[Any], author: Any) -> None:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    models.CourseText.objects.bulk_create(
        models.CourseText(version=version, language="ru", title=f"Course {version.pk}")
        for version in versions
    )
    models.Authorship.objects.bulk_create(
        models.Authorship(version=version, user=author, is_lead=True)
        for version in versions
    )
    topics = models.Topic.objects.bulk_create(
        models.Topic(
            version=version, week=week, position=1, title="T", hours=Decimal(18)
        )
        for version in versions
        for week in range(1, WEEKS + 1)
    )
    models.Longread.objects.bulk_create(
        models.Longread(topic=topic, position=1, title="T", body=TEXT)
        for topic in topics
    )
    models.ControlTask.objects.bulk_create(_tests(topics))
    models.Material.objects.bulk_create(_materials(versions, topics), batch_size=5000)
    banks = models.QuestionBank.objects.bulk_create(
        models.QuestionBank(
            version_id=topic.version_id, topic=topic, category=f"Topic {topic.week}"
        )
        for topic in topics
    )
    models.Question.objects.bulk_create(_questions(banks), batch_size=5000)


def _tests(topics: Iterable[Any]) -> Iterator[Any]:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    for topic in topics:
        yield models.ControlTask(
            topic=topic,
            position=1,
            kind="test",
            grading="automatic",
            points=10,
            questions_drawn=10,
            minutes=20,
        )


def _materials(versions: Iterable[Any], topics: Iterable[Any]) -> Iterator[Any]:
    for version in versions:
        yield _material(version.pk, None, "promo_video", 170)
        yield _material(version.pk, None, "illustration", None)
    for topic in topics:
        for seconds in (300, 420, 700):
            yield _material(topic.version_id, topic, "video", seconds)
        yield _material(topic.version_id, topic, "presentation", None)


def _material(version_id: int, topic: Any, kind: str, seconds: int | None) -> Any:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    containers = {"illustration": "jpeg", "presentation": "pptx"}
    return models.Material(
        version_id=version_id,
        topic=topic,
        position=1,
        kind=kind,
        title="M",
        stored_as="bench",
        state="measured",
        measured_at=AT,
        container=containers.get(kind, "mov"),
        duration_seconds=seconds,
        slides=90 if kind == "presentation" else None,
    )


def _questions(banks: Iterable[Any]) -> Iterator[Any]:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    for bank in banks:
        for number in range(1, QUESTIONS_A_WEEK + 1):
            yield models.Question(
                bank=bank,
                position=number,
                kind="truefalse",
                text=f"{bank.pk}-{number}",
                fingerprint=f"{bank.pk:032x}{number:032x}",
            )


def main() -> None:
    """Migrate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up now)

    call_command("migrate", verbosity=0)
    figures = measure()
    print(json.dumps(figures, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
