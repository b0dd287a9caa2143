"""Signs that a video or a sound ends before its own end, read from its bytes.

Demuxers forgive too much: half a file is a whole shorter one to them. Where a container
says nowhere how long it is (MPEG), only what ends inside a packet is known to be cut;
what ends between two packets cannot be told from a whole file: `docs/materials.md`.
"""

from collections.abc import Callable
from pathlib import Path

# Written by programs that could not go back.
_UNKNOWN_SIZE = 0xFFFFFFFF
_BOX_HEAD = 8
# A day of video cut into pieces of a tenth of a second has as many.
_MOST_BOXES = 1_000_000
_TAIL_BYTES = 256 * 1024
_HEAD_BYTES = 64 * 1024
_SEGMENT = b"\x18\x53\x80\x67"
_TS_SYNC, _TS_PACKET_BYTES = 0x47, 188
_PACK, _PROGRAM_END = b"\x00\x00\x01\xba", b"\x00\x00\x01\xb9"
_OGG_PAGE, _OGG_LAST = b"OggS", 0x04
_OGG_HEAD_BYTES = 27
_HAS_BYTES = 0x02
_ID3_BYTES = 128


def is_cut(path: Path, container: str) -> bool:
    """Tell whether a file ends before what it promises; false where none can tell."""
    look = _LOOKS.get(container)
    return look is not None and look(path)


def _ends_inside_a_box(path: Path) -> bool:
    end, at = path.stat().st_size, 0
    with path.open("rb") as file:
        for _box in range(_MOST_BOXES):
            if at + _BOX_HEAD > end:
                break
            file.seek(at)
            size = int.from_bytes(file.read(4), "big")
            if size == 1:  # a long one: its size stands after its name
                size = int.from_bytes(file.read(12)[4:], "big")
            if size < _BOX_HEAD:
                return False  # up to the end of the file, or no box at all
            at += size
    return at > end


def _ends_inside_riff(path: Path) -> bool:
    head = _head(path, _BOX_HEAD)
    promised = int.from_bytes(head[4:], "little")
    is_told = head.startswith(b"RIFF") and promised != _UNKNOWN_SIZE
    return is_told and promised + len(head) > path.stat().st_size


def _ends_inside_the_segment(path: Path) -> bool:
    """Matroska: the segment that holds all says its length, unless it was live."""
    head = _head(path, _HEAD_BYTES)
    at = head.find(_SEGMENT) + len(_SEGMENT)
    if at < len(_SEGMENT) or at >= len(head) or not head[at]:
        return False
    width = 9 - head[at].bit_length()
    size = int.from_bytes(head[at : at + width], "big") & ((1 << 7 * width) - 1)
    is_unknown = size == (1 << 7 * width) - 1
    return not is_unknown and at + width + size > path.stat().st_size


def _ends_inside_a_frame_count(path: Path) -> bool:
    """MP3: the first frame may say how many bytes follow (Xing, Info)."""
    head, end = _head(path, _HEAD_BYTES), path.stat().st_size
    start = 0
    if head.startswith(b"ID3"):
        size = 0
        for seven_bits in head[6:10]:
            size = size << 7 | seven_bits & 0x7F
        start = 10 + size
    first = head[start : start + 64]
    at = max(first.find(b"Xing"), first.find(b"Info"))
    flags = first[at + 7 : at + 8] if at >= 0 else b""
    if not flags or not flags[0] & _HAS_BYTES:
        return False
    # The number of frames stands before that of bytes, where it is told.
    at += 12 if flags[0] & 1 else 8
    promised = int.from_bytes(first[at : at + 4], "big")
    # Some programs count the tags, too.
    return start + promised > end and promised not in (end, end - _ID3_BYTES)


def _ends_before_the_last_page(path: Path) -> bool:
    """Ogg: the last page of every stream is marked so (RFC 3533)."""
    tail = _tail(path)
    at = tail.rfind(_OGG_PAGE)
    if at < 0 or at + _OGG_HEAD_BYTES > len(tail):
        return True
    count = tail[at + 26]
    sizes = tail[at + _OGG_HEAD_BYTES : at + _OGG_HEAD_BYTES + count]
    end = at + _OGG_HEAD_BYTES + count + sum(sizes)
    is_last = bool(tail[at + 5] & _OGG_LAST)
    return not is_last or len(sizes) < count or end > len(tail)


def _ends_inside_a_packet(path: Path) -> bool:
    """MPEG: a transport stream has packets of one length, a program stream tells them."""
    head = _head(path, 4)
    if head[:1] == bytes([_TS_SYNC]):
        return path.stat().st_size % _TS_PACKET_BYTES != 0
    return head == _PACK and _walk_leads_out(_tail(path))


def _walk_leads_out(tail: bytes) -> bool:
    """Go from pack to packet and on; tell whether the last one is not all there."""
    at = tail.find(_PACK)
    while 0 <= at < len(tail):
        code = tail[at : at + 4]
        if code == _PROGRAM_END or not code.startswith(b"\0\0\1"):
            return 0 < len(code) < len(_PACK)  # what stands after the end is no packet
        if code == _PACK:
            if at + 14 > len(tail):
                return True
            is_second = tail[at + 4] >> 6 == 1  # MPEG-2 has a longer head, and padding
            at += 14 + (tail[at + 13] & 7) if is_second else 12
        else:
            at += 6 + int.from_bytes(tail[at + 4 : at + 6], "big")
    return at > len(tail)


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return file.read()


_LOOKS: dict[str, Callable[[Path], bool]] = {
    **dict.fromkeys(("mp4", "mov", "m4a"), _ends_inside_a_box),
    **dict.fromkeys(("avi", "wav"), _ends_inside_riff),
    "webm": _ends_inside_the_segment,
    "mp3": _ends_inside_a_frame_count,
    "ogg": _ends_before_the_last_page,
    "mpeg": _ends_inside_a_packet,
}
