"""What the first bytes of a file say that it is: containers of video, audio, pictures.

`filetype` tells most; the rest it takes for one another: an .mp4 for an .mov, any
Matroska for a WebM, and a program stream only by its ending.
"""

import re

import filetype

HEAD_BYTES = 8192
_SNIFFED = {
    **{name: name for name in ("pdf", "png", "gif", "webp", "avi", "wav", "flac")},
    "jpg": "jpeg",
    "ogg": "ogg",
    "mp3": "mp3",
}
_BRANDS = {b"qt  ": "mov", b"M4A ": "m4a", b"M4B ": "m4a"}
# Pictures and telephones write the same boxes.
_FOREIGN_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"3g")
# Boxes that the oldest QuickTime files begin with.
_OLD_MOVIE = {b"moov", b"mdat", b"wide", b"skip", b"free", b"pnot"}
_WEBM = re.compile(rb"\x42\x82[\x80-\xff]{1,8}?\x00*webm")
_MPEG = (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
_PACKET_BYTES = 188


def sniff(head: bytes) -> str | None:
    """Return the container that the first bytes tell, by its short name, or None."""
    for told in (_boxes, _matroska, _mpeg):
        if kind := told(head):
            return kind
    if head.startswith(b"PK"):
        return None
    guessed = filetype.guess(head)
    return _SNIFFED.get(guessed.extension) if guessed else None


def is_known(head: bytes) -> bool:
    """Tell whether the first bytes are of some known kind, taken in or not."""
    return filetype.guess(head) is not None


def _boxes(head: bytes) -> str | None:
    kind, brand = head[4:8], head[8:12]
    if kind == b"ftyp":
        return None if brand.startswith(_FOREIGN_BRANDS) else _BRANDS.get(brand, "mp4")
    return "mov" if kind in _OLD_MOVIE else None


def _matroska(head: bytes) -> str | None:
    is_webm = head.startswith(b"\x1a\x45\xdf\xa3") and _WEBM.search(head[:64])
    return "webm" if is_webm else None


def _mpeg(head: bytes) -> str | None:
    packets = head[::_PACKET_BYTES][:5]
    is_transport = len(head) > 4 * _PACKET_BYTES and packets == b"\x47" * len(packets)
    return "mpeg" if is_transport or head.startswith(_MPEG) else None
