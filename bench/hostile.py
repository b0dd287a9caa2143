"""Hostile files at their doors: seconds and memory, each in a process of its own.

python -m bench.hostile [--json]
"""

import json
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from tests.hostile.files import MEGABYTE, hostile_files, tarred, zipped

os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1/none")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ENDINGS = ("docx", "mbz")


def main() -> None:
    """Bring every file in a child, print the figures."""
    with TemporaryDirectory() as folder:
        told = {path.name: _in_a_child(path) for path in _write(Path(folder))}
    if "--json" in sys.argv:
        print(json.dumps(told))
        return
    for name, figures in told.items():
        print(name, *(f"{key} {value}" for key, value in figures.items()))


def _write(folder: Path) -> list[Path]:
    written = []
    for ending in ENDINGS:
        for file in hostile_files(ending):
            path = folder / file.name
            path.write_bytes(file.content)
            written.append(path)
    for name, content in _dear_ones():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return list(dict.fromkeys(written))


def _dear_ones() -> list[tuple[str, bytes]]:
    """Give files that stay below each limit for long: the dearest to refuse or to take."""
    noise = os.urandom(MEGABYTE)
    return [
        ("packed.mbz", tarred({"content": bytes(1000 * MEGABYTE)})),
        ("long.docx", zipped({"word/document.xml": (noise[:9000] * 7000)})),
        ("binary.gift", b"words " * 3 * MEGABYTE + b"\0"),
    ]


def _in_a_child(path: Path) -> dict[str, Any]:
    """Fork, as gunicorn does once the portal is loaded: the peak is the child's own."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as children:
        return children.submit(bring, path).result()


def bring(path: Path) -> dict[str, Any]:
    """Let a file through the guard of the door that its name is of."""
    # ruff: noqa: PLC0415 - Django is made ready first
    from django.core.files.uploadedfile import TemporaryUploadedFile

    from core.uploads import FileKind, FileRefused, check_upload
    from courses.services.course_import.uploading import check_backup

    content = path.read_bytes()
    upload = TemporaryUploadedFile(path.name, "", len(content), None)
    upload.write(content)
    upload.seek(0)
    del content
    before, clock = _rss_megabytes(), time.perf_counter()
    try:
        if path.suffix == ".mbz":
            check_backup(upload, path.name)
        else:
            check_upload(upload, allowed=set(FileKind), max_bytes=64 * MEGABYTE)
        answer = "taken"
    except FileRefused as refusal:
        answer = f"refused: {refusal}"
    return {
        "kilobytes": path.stat().st_size // 1024,
        "seconds": round(time.perf_counter() - clock, 2),
        "rss_megabytes_before": before,
        "rss_megabytes": _rss_megabytes(),
        "answer": answer,
    }


def _rss_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    django.setup()
    main()
