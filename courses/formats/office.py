"""The parts of an office file: an archive of XML, read without a document type."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from courses.formats.measures import FileUnreadable, UnreadableReason

# A text of 4,000 pages; a tree takes some ten times its text.
MAX_PART_BYTES = 24 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an office file.

    Raises:
        FileUnreadable: it is cut, damaged, or locked by a password.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise FileUnreadable(UnreadableReason.CUT) from error
    except RuntimeError as error:  # what a member with a password is answered by
        raise FileUnreadable(UnreadableReason.ENCRYPTED) from error
    except etree.XMLSyntaxError as error:
        code = getattr(error, "code", None)  # not in the stubs
        is_out = code == etree.ErrorTypes.ERR_NO_MEMORY
        reason = UnreadableReason.TOO_DEAR if is_out else UnreadableReason.DAMAGED
        raise FileUnreadable(reason) from error
    except (zlib.error, EOFError, KeyError, ValueError) as error:
        raise FileUnreadable(UnreadableReason.DAMAGED) from error


def part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the root of a part.

    Raises:
        FileUnreadable: it is larger than is read, or brings its own document type.
        KeyError: there is none of that name.
    """
    with archive.open(name) as stream:
        content = stream.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise FileUnreadable(UnreadableReason.TOO_DEAR)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise FileUnreadable(UnreadableReason.DAMAGED)
    return root


def part_if_any(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the root of a part, None where the file has none of that name."""
    return part(archive, name) if name in archive.namelist() else None


def targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the names of the parts that a part points at, by its own marks."""
    folder, _slash, own = name.rpartition("/")
    relations = part_if_any(archive, f"{folder}/_rels/{own}.rels")
    if relations is None:
        return {}
    return {
        relation.get("Id", ""): _absolute(relation.get("Target", ""), name)
        for relation in relations
        if relation.get("TargetMode") != "External"
    }


def _absolute(target: str, name: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return normpath(join(dirname(name), target))
