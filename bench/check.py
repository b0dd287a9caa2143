"""The structural check of a large course: queries, and CPU without them.

16 weeks, 32 topics, 1,000 questions, 200 materials.

    python -m config.embedded python -m bench.check [--json]
"""

import argparse
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from time import process_time
from typing import Any

import django

WEEKS, TOPICS_A_WEEK, QUESTIONS, MATERIALS = 16, 2, 1000, 200
RUNS = 50
AT = datetime(2026, 9, 1, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Return the number of queries and the CPU of the facts and of the check."""
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from courses.regulation import engine  # noqa: PLC0415
    from courses.selectors import edition_of, facts_of  # noqa: PLC0415

    version = large_course()
    with CaptureQueriesContext(connection) as queries:
        facts = facts_of(version)
    edition = edition_of(version.edition)
    check_ms, facts_ms = [], []
    for _run in range(RUNS):
        start = process_time()
        report = engine.run(replace(facts), edition)
        check_ms.append((process_time() - start) * 1000)
        start = process_time()
        facts_of(version)
        facts_ms.append((process_time() - start) * 1000)
    return {
        "weeks": WEEKS,
        "topics": WEEKS * TOPICS_A_WEEK,
        "questions": QUESTIONS,
        "materials": MATERIALS,
        "findings": len(report.findings),
        "queries": len(queries),
        "check_cpu_ms": round(median(check_ms), 2),
        "check_best_cpu_ms": round(min(check_ms), 2),
        "facts_cpu_ms": round(median(facts_ms), 2),
        "facts_best_cpu_ms": round(min(facts_ms), 2),
    }


def large_course() -> Any:
    """Make the course that is checked: 16 weeks, 32 topics, 1,000 questions."""
    from accounts.models import Unit, User  # noqa: PLC0415 (Django is set up by now)
    from courses import models  # noqa: PLC0415

    user = User.objects.create(email="a@university.example", joined_at=AT)
    unit = Unit.objects.create(code="bench", name="Bench")
    course = models.Course.objects.create(
        code="B-1", unit=unit, type="open_learning", created_at=AT, created_by=user
    )
    edition = models.RegulationEdition.objects.get(code="minin-2022")
    version = models.CourseVersion.objects.create(
        course=course, edition=edition, weeks=WEEKS, credits=6, hours=216
    )
    for place in range(WEEKS * TOPICS_A_WEEK):
        _add_topic(version, place)
    _add_materials(version)
    return version


def _add_materials(version: Any) -> None:
    """Videos for the most part, some of them too long, as in a large course."""
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    topics = list(version.topics.all())
    kinds = ("video", "video", "video", "text", "presentation", "image")
    models.Material.objects.bulk_create(
        models.Material(
            version=version,
            topic=topics[number % len(topics)],
            position=number + 1,
            kind=kinds[number % len(kinds)],
            title=f"Material {number}",
            stored_as=f"materials/{number}",
            state="measured",
            measured_at=AT,
            container="mov",
            duration_seconds=Decimal(240 + 3 * number),
            pages=Decimal(7),
            slides=12,
        )
        for number in range(MATERIALS)
    )


def _add_topic(version: Any, place: int) -> None:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    topic = models.Topic.objects.create(
        version=version,
        week=place // TOPICS_A_WEEK + 1,
        position=place % TOPICS_A_WEEK + 1,
        title=f"Topic {place}",
        hours=Decimal("6.7"),
    )
    models.Longread.objects.create(
        topic=topic,
        position=1,
        title="T",
        body="Это текст о том, как считать. " * 40,
        pages=7,
    )
    models.Practicum.objects.create(
        topic=topic, position=1, kind="exercise", title="P", aim="a", content="c"
    )
    models.ControlTask.objects.create(
        topic=topic,
        position=1,
        kind="test",
        grading="automatic",
        points=2,
        questions_drawn=10,
        minutes=20,
    )
    _add_bank(version, topic, place)


def _add_bank(version: Any, topic: Any, place: int) -> None:
    from courses import models  # noqa: PLC0415 (Django is set up by now)

    bank = models.QuestionBank.objects.create(
        version=version, topic=topic, category=f"Topic {place}"
    )
    models.Question.objects.bulk_create(
        models.Question(
            bank=bank,
            position=number,
            kind="truefalse",
            text=f"{place}-{number}",
            fingerprint=f"{place:032x}{number:032x}",
        )
        for number in range(QUESTIONS // (WEEKS * TOPICS_A_WEEK) + 1)
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
