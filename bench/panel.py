"""A form of a large course, and the answer to its autosave: queries, CPU, bytes.

16 weeks, 32 topics, 1,000 questions, 200 materials: the save, the check anew, the panel.

    python -m config.embedded python -m bench.panel [--json]
"""

import argparse
import itertools
import json
import os
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import django

RUNS = 30
HTMX = {"HX-Request": "true"}


def measure() -> dict[str, Any]:
    """Return queries, CPU and bytes of one page and of one autosave among many."""
    from django.test import Client  # noqa: PLC0415 (Django is set up by now)

    from bench.check import (  # noqa: PLC0415
        AT,
        TOPICS_A_WEEK,
        WEEKS,
        large_course,
    )

    version = large_course()
    author = version.course.created_by
    author.email_confirmed_at = AT
    author.save()
    version.authorships.create(user=author, is_lead=True)
    client = Client()
    client.force_login(author)
    url = f"/courses/{version.pk}/grading/"

    answer, numbers = client.get(url, secure=True), itertools.count()
    fields = {bound.name: bound.value() or "" for bound in answer.context["form"]}

    def autosave() -> Any:
        nonlocal answer
        text, base = f"Text {next(numbers)}", answer.context["base"]
        changed = {"documents_issued": text, "base": base, "autosave": "1"}
        typed = {**fields, **changed}
        answer = client.post(url, typed, headers=HTMX, secure=True)
        return answer

    saved = _measured(autosave)
    return {
        "weeks": WEEKS,
        "topics": WEEKS * TOPICS_A_WEEK,
        "state": answer.context["state"],
        "page": _measured(lambda: client.get(url, secure=True)),
        "autosave": saved,
    }


def _measured(ask: Callable[[], Any]) -> dict[str, Any]:
    """Ask many times; the first answer warms what is made once."""
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)

    ask()
    queries: list[str] = []

    def count(execute: Any, sql: str, *asked: Any) -> Any:
        queries.append(sql)
        return execute(sql, *asked)

    # The test client's own requests reset the log of queries.
    with connection.execute_wrapper(count):
        answer = ask()
    spent = []
    for _number in range(RUNS):
        start = process_time()
        ask()
        spent.append((process_time() - start) * 1000)
    return {
        "queries": len(queries),
        "bytes": len(answer.content),
        "cpu_ms": round(median(spent), 1),
        "best_cpu_ms": round(min(spent), 1),
    }


def main() -> None:
    """Migrate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up now)
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    call_command("migrate", verbosity=0)
    figures = measure()
    print(json.dumps(figures, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
