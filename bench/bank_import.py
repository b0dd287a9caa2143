"""Ten thousand questions previewed and imported: CPU, and how much the process grows.

Each format has a process of its own, so that no memory of another one is counted.

    python -m config.embedded python -m bench.bank_import [--count 10000] [--json]
"""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, TypedDict

import django

from bench.banks import COUNT, peak_kilobytes, question
from courses.formats.question import Format
from courses.formats.writing import write_questions

FORMATS = (Format.GIFT, Format.MOODLE_XML, Format.XLSX)
AT = datetime(2026, 9, 1, tzinfo=UTC)


class Import(TypedDict):
    """What one file took: to be read and looked at, and to be stored."""

    questions: int
    preview_cpu_s: float
    store_cpu_s: float
    grown_mb: int


def measure(*, count: int) -> dict[str, Import]:
    """Write the same questions in each format and import them."""
    questions = [question(number) for number in range(count)]
    figures: dict[str, Import] = {}
    with TemporaryDirectory() as name:
        environment = {**os.environ, "MEDIA_ROOT": name}
        for form in FORMATS:
            path = Path(name) / form.value
            path.write_bytes(write_questions(questions, format=form).content)
            command = [sys.executable, "-m", "bench.bank_import", "--file", str(path)]
            done = subprocess.run(  # noqa: S603 (our own words)
                command, stdout=subprocess.PIPE, check=True, env=environment
            )
            figures[form.value] = json.loads(done.stdout)
    return figures


def _import(path: Path) -> Import:
    from core.storage import read_bytes  # noqa: PLC0415 (Django is set up by now)
    from courses.formats.kept import from_json, read_rows  # noqa: PLC0415
    from courses.selectors.question_files import beside_version  # noqa: PLC0415
    from courses.services import import_file, keep_read_questions  # noqa: PLC0415

    version, lead = _course(path.name)
    content = path.read_bytes()
    before = peak_kilobytes()
    start = process_time()
    kept_as = keep_read_questions(read_rows(content, name=path.name))

    def kept() -> Any:
        read = from_json(read_bytes(kept_as))
        return beside_version(read, version=version, name=path.name)

    file = kept()
    assert sum(category.questions for category in file.categories) == file.count
    del file
    looked = process_time()
    done = import_file(
        version=version,
        file=kept(),
        content=content,
        topics={},
        is_good_only=False,
        by=lead,
        at=AT,
    )
    stored = process_time()
    return Import(
        questions=done.imported_count,
        preview_cpu_s=round(looked - start, 2),
        store_cpu_s=round(stored - looked, 2),
        grown_mb=(peak_kilobytes() - before) // 1024,
    )


def _course(code: str) -> Any:
    """Make a draft with its lead author."""
    from accounts.models import Unit, User  # noqa: PLC0415 (Django is set up by now)
    from courses import models  # noqa: PLC0415

    user = User.objects.create(email=f"{code}@bench.example", joined_at=AT)
    unit = Unit.objects.create(code=f"bench-{code}", name="Bench")
    course = models.Course.objects.create(
        code=code, unit=unit, type="open_learning", created_at=AT, created_by=user
    )
    edition = models.RegulationEdition.objects.get(code="minin-2022")
    version = models.CourseVersion.objects.create(course=course, edition=edition)
    version.authorships.create(user=user, is_lead=True)
    return version, user


def main() -> None:
    """Migrate, measure and print; `--file` is what the process of one import does."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up now)

    if options.file:
        print(json.dumps(_import(options.file)))
        return
    call_command("migrate", verbosity=0)
    figures = measure(count=options.count)
    print(json.dumps(figures, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
