"""PDF and presentations: pages and slides counted one by one, as headers lie."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import IndirectObject

from courses.formats.measures import FileUnreadable, Measures, UnreadableReason
from courses.formats.office import R_ID, P, opened, part, targets

MAX_PAGES = 10_000
_TAIL_BYTES = 2048
_SLIDES = "ppt/presentation.xml"
_HIDDEN = ("0", "false")


def measure_pdf(path: Path) -> Measures:
    """Return how many pages there are; how they are set is not told.

    Raises:
        FileUnreadable: cut, damaged, locked by a password, or without a page.
    """
    if not _has_its_end(path):
        raise FileUnreadable(UnreadableReason.CUT)
    try:
        reader = PdfReader(path)
        # Without a password to open it, only to change it: anyone may read it.
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileUnreadable(UnreadableReason.ENCRYPTED)
        count = _count_pages(reader)
    except DependencyError as error:  # a cipher that is not at hand
        raise FileUnreadable(UnreadableReason.ENCRYPTED) from error
    except (
        *(PyPdfError, OSError, ValueError, TypeError, KeyError, AttributeError),
        *(IndexError, RecursionError, NotImplementedError),
    ) as error:
        raise FileUnreadable(UnreadableReason.DAMAGED) from error
    if not count:
        raise FileUnreadable(UnreadableReason.NO_PAGES)
    return Measures("pdf", pages=Decimal(count))


def _has_its_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return b"%%EOF" in file.read()


def _count_pages(reader: PdfReader) -> int:
    """Walk the tree of pages: the number it says of itself may be any."""
    root: Any = reader.trailer["/Root"]
    count, seen, waiting = 0, set(), [root["/Pages"]]
    while waiting:
        node = waiting.pop()
        kids = node.get("/Kids")
        if kids is None:
            count += 1
            if count > MAX_PAGES:
                raise FileUnreadable(UnreadableReason.TOO_DEAR)
            continue
        for kid in kids.get_object():
            mark = kid.idnum if isinstance(kid, IndirectObject) else id(kid)
            if mark in seen:
                raise FileUnreadable(UnreadableReason.DAMAGED)
            seen.add(mark)
            waiting.append(kid.get_object())
    return count


def measure_pptx(path: Path) -> Measures:
    """Return the slides that are shown, and those that are hidden apart.

    Raises:
        FileUnreadable: cut, damaged, or without a slide.
    """
    with opened(path) as archive:
        names = targets(archive, _SLIDES)
        listed = part(archive, _SLIDES).iterfind(f"{P}sldIdLst/{P}sldId")
        slides = [part(archive, names[slide.get(R_ID, "")]) for slide in listed]
        hidden = sum(slide.get("show") in _HIDDEN for slide in slides)
    if not slides:
        raise FileUnreadable(UnreadableReason.NO_SLIDES)
    return Measures("pptx", slides=len(slides) - hidden, hidden_slides=hidden)
