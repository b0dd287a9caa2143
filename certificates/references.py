"""Which certificates a PDF says it is: the addresses of verification inside of it."""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

# Enough for any certificate of ours that somebody changed; a bomb stops here.
MAX_STREAMS = 500
MAX_INFLATED_BYTES = 32 * 1024 * 1024
# A file full of guessed addresses must not be a way to try them.
MAX_REFERENCES = 3

_ADDRESS = re.compile(
    rb"/verify/([0-9]{1,9})/([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})(?![A-Z0-9-])"
)
_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"


class Reference(NamedTuple):
    """A number with its code."""

    number: int
    code: str


def references_in(pdf: bytes) -> list[Reference]:
    """Return the first few certificates that a PDF refers to.

    The bytes are searched, no PDF is parsed: whatever is wrong with the file, this ends
    soon and in bounded memory.
    """
    found: dict[Reference, None] = {}
    for part in _readable_parts(pdf):
        for match in _ADDRESS.finditer(part):
            found[Reference(int(match[1]), match[2].decode())] = None
            if len(found) == MAX_REFERENCES:
                return list(found)
    return list(found)


def _readable_parts(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    room, place = MAX_INFLATED_BYTES, 0
    for _count in range(MAX_STREAMS):
        start = _STREAM.search(pdf, place)
        if start is None or room <= 0:
            return
        place = pdf.find(_END, start.end())
        if place < 0:
            return
        part = _inflated(memoryview(pdf)[start.end() : place], room)
        place += len(_END)
        room -= len(part)
        yield part


def _inflated(stream: memoryview, room: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, room)
    except zlib.error:
        return b""
