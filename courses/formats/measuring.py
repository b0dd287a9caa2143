"""A file measured by its own content, in a process of its own.

What authors bring is read by parsers of many makers: a process apart, short of memory
and time, dies alone. `python -m courses.formats.measuring FILE CONTAINER FORMAT` prints
the measures or the reason as JSON.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from courses.formats.measures import FileUnreadable, Measures, UnreadableReason
from courses.formats.pages import PageFormat

logger = logging.getLogger(__name__)

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 120
WALL_SECONDS = 300
_ROOT = Path(__file__).parents[2]
_BY_FORMAT = ("font_pt", "spacing", "margin_cm")


def measure_apart(path: Path, *, container: str, page: PageFormat) -> Measures:
    """Measure a file in a child that may take only so much memory and time.

    Raises:
        FileUnreadable: it cannot be read, or not within the limits.
    """
    command = [sys.executable, "-m", "courses.formats.measuring"]
    asked = json.dumps([str(getattr(page, name)) for name in _BY_FORMAT])
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            [*command, str(path.resolve()), container, asked],
            cwd=_ROOT,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileUnreadable(UnreadableReason.TOO_DEAR) from error
    if child.returncode < 0:  # killed by a limit
        raise FileUnreadable(UnreadableReason.TOO_DEAR)
    if child.returncode > 0:
        logger.warning("%s was not measured: %s", path, child.stderr[-2000:].decode())
        raise FileUnreadable(UnreadableReason.DAMAGED)
    return _answer_of(json.loads(child.stdout))


def _answer_of(told: dict[str, Any]) -> Measures:
    if reason := told.get("unreadable"):
        raise FileUnreadable(UnreadableReason(reason))
    return Measures.from_dict(told)


def measure(path: Path, *, container: str, page: PageFormat) -> Measures:
    """Measure a file of a container by its content.

    Raises:
        FileUnreadable: it cannot be read.
    """
    return _way_to(container)(path, container, page)


def _way_to(container: str) -> Callable[[Path, str, PageFormat], Measures]:
    """Import only what is needed: a child that counts slides needs no codecs."""
    # ruff: noqa: PLC0415
    if container in {"pdf", "pptx"}:
        from courses.formats.documents import measure_pdf, measure_pptx

        way = measure_pdf if container == "pdf" else measure_pptx
        return lambda path, _container, _page: way(path)
    if container in {"docx", "odt"}:
        from courses.formats.docx import measure_docx
        from courses.formats.odt import measure_odt

        text = measure_docx if container == "docx" else measure_odt
        return lambda path, _container, page: text(path, page)
    if container in {"jpeg", "png", "gif", "webp"}:
        from courses.formats.images import measure_image

        return lambda path, kind, _page: measure_image(path, kind)
    from courses.formats.media import measure_media

    return lambda path, kind, _page: measure_media(path, kind)


def main(path: str, container: str, asked: str) -> None:
    """Measure within the limits, and print what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    page = PageFormat(*map(Decimal, json.loads(asked)))
    try:
        told = measure(Path(path), container=container, page=page).to_dict()
    except FileUnreadable as refusal:
        told = {"unreadable": refusal.reason.value}
    except (MemoryError, RecursionError):
        told = {"unreadable": UnreadableReason.TOO_DEAR.value}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
