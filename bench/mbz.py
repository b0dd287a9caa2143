"""A Moodle backup of 500 MB: read whole in a process of its own, in how much memory.

python -m bench.mbz [--json]
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from courses.formats.mbz.becoming import plan_of
from courses.formats.mbz.counts import count
from courses.formats.mbz.reader import copy_files, read_backup

MEGABYTE = 1024 * 1024
FILES = 25
FILE_BYTES = 20 * MEGABYTE
QUESTIONS = 5_000
WEEKS = 16
COMPONENT, AREA = "mod_resource", "content"


def main() -> None:
    """Make a backup, read it in a child, print the figures."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "course.mbz"
        write_backup(path)
        command = [sys.executable, "-m", "bench.mbz", "--read", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 (our own words)
        figures = {
            "megabytes": path.stat().st_size // MEGABYTE,
            **json.loads(done.stdout),
        }
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name}: {figure}")


def write_backup(path: Path) -> None:
    """Write a gzip-tar of mostly opaque files that nothing compresses."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for name, content in _members():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))


def _members() -> Iterator[tuple[str, bytes]]:
    rows, activities = [], []
    for number in range(FILES):
        content = os.urandom(FILE_BYTES)
        mark = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        yield f"files/{mark[:2]}/{mark}", content
        key = 1000 + number
        rows.append(_file(key, mark))
        activities.append(_listed(key, number % WEEKS + 1))
        yield (
            f"activities/resource_{key}/resource.xml",
            f'<activity contextid="{key}"><resource><name>Видео {number}</name>'
            "</resource></activity>".encode(),
        )
    yield "files.xml", f"<files>{''.join(rows)}</files>".encode()
    yield "questions.xml", _questions().encode()
    sections = []
    for week in range(1, WEEKS + 1):
        sections.append(f"<section><sectionid>{week}</sectionid></section>")
        yield (
            f"sections/section_{week}/section.xml",
            f'<section id="{week}"><number>{week}</number></section>'.encode(),
        )
    yield (
        "moodle_backup.xml",
        (
            "<moodle_backup><information><contents>"
            f"<activities>{''.join(activities)}</activities>"
            f"<sections>{''.join(sections)}</sections>"
            "</contents></information></moodle_backup>"
        ).encode(),
    )


def _file(context: int, mark: str) -> str:
    return (
        f"<file><contenthash>{mark}</contenthash><contextid>{context}</contextid>"
        f"<component>{COMPONENT}</component><filearea>{AREA}</filearea>"
        f"<filename>лекция-{context}.mp4</filename><filesize>{FILE_BYTES}</filesize>"
        "<mimetype>video/mp4</mimetype></file>"
    )


def _listed(key: int, week: int) -> str:
    return (
        f"<activity><moduleid>{key}</moduleid><sectionid>{week}</sectionid>"
        f"<modulename>resource</modulename><title>Видео {key}</title>"
        f"<directory>activities/resource_{key}</directory></activity>"
    )


def _questions() -> str:
    text = "Какой из ответов верен? " * 20
    rows = "".join(
        f'<question id="{key}"><parent>0</parent><name>Вопрос {key}</name>'
        f"<questiontext>{text}{key}</questiontext><qtype>stack</qtype>"
        f"<plugin_qtype_stack_question>{'<x>код</x>' * 50}"
        "</plugin_qtype_stack_question></question>"
        for key in range(QUESTIONS)
    )
    return (
        '<question_categories><question_category id="1"><name>Тема</name>'
        f"<questions>{rows}</questions></question_category></question_categories>"
    )


def read(path: Path) -> dict[str, Any]:
    """Read a backup as the job does: its contents, its plan, the bytes of its files."""
    before, clock = _rss_megabytes(), time.perf_counter()
    taken = 0

    def keep(_name: str, pieces: Any) -> None:
        nonlocal taken
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            taken += len(piece)

    with path.open("rb") as stream:
        backup = read_backup(stream)
        plan = plan_of(backup)
        wanted = {
            item.values["content_hash"]
            for item in plan.items
            if "content_hash" in item.values
        }
        copy_files(stream, wanted, keep=keep)
    return {
        "questions": count(backup)["bank"]["questions"],
        "files": len(wanted),
        "taken_megabytes": taken // MEGABYTE,
        "seconds": round(time.perf_counter() - clock, 1),
        "cpu_seconds": round(time.process_time(), 1),
        "rss_megabytes_before": before,
        "rss_megabytes": _rss_megabytes(),
    }


def _rss_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if "--read" in sys.argv:
        print(json.dumps(read(Path(sys.argv[sys.argv.index("--read") + 1]))))
    else:
        main()
