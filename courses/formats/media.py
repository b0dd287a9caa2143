"""Video and audio: how long they are, counted in packets, as headers lie.

A list or a stream that names other files is never opened: only the demuxer of the
container that the first bytes tell, and only of files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.stream import Disposition

from courses.formats.cut import is_cut
from courses.formats.measures import FileUnreadable, Measures, UnreadableReason

THOUSANDTH = Decimal("0.001")
_BOXED = ("mp4", "mov", "m4a")
_BOXES = "mov,mp4,m4a,3gp,3g2,mj2"
_DEMUXERS = {
    **dict.fromkeys(_BOXED, _BOXES),
    "avi": "avi",
    "mpeg": "mpeg,mpegts,mpegvideo",
    "webm": "matroska,webm",
    "mp3": "mp3",
    "ogg": "ogg",
    "wav": "wav",
    "flac": "flac",
}
VIDEO = ("mp4", "mov", "avi", "mpeg", "webm")
AUDIO = ("mp3", "ogg", "wav", "m4a", "flac")
# How far a header may be from the packets before the file is held to be cut.
_SLACK_SECONDS, _SLACK_SHARE = 1, Fraction(1, 50)


def measure_media(path: Path, container: str) -> Measures:
    """Return the length of a video or an audio, and the size of the picture.

    Raises:
        FileUnreadable: cut, damaged, or without picture or sound.
    """
    with _opened(path, container) as media:
        stream = _main_stream(media, container)
        seconds = _seconds_of_packets(media, stream)
        _refuse_cut(seconds, _promised(media, stream))
        is_video = stream.type == "video"
        return Measures(
            container,
            duration_seconds=_rounded(seconds),
            width=stream.codec_context.width if is_video else None,
            height=stream.codec_context.height if is_video else None,
        )


@contextmanager
def _opened(path: Path, container: str) -> Iterator[Any]:
    if is_cut(path, container):
        raise FileUnreadable(UnreadableReason.CUT)
    options = {"format_whitelist": _DEMUXERS[container], "protocol_whitelist": "file"}
    try:
        with av.open(str(path), options=options, metadata_errors="replace") as media:
            yield media
    except av.error.EOFError as error:
        raise FileUnreadable(UnreadableReason.CUT) from error
    except av.error.FFmpegError as error:
        raise FileUnreadable(UnreadableReason.DAMAGED) from error


def _main_stream(media: Any, container: str) -> Any:
    """Return the stream that the length is that of; a cover is no video."""
    pictures = [
        stream
        for stream in media.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if container in VIDEO:
        if not pictures or not pictures[0].codec_context.width:
            raise FileUnreadable(UnreadableReason.NO_VIDEO)
        return pictures[0]
    if not media.streams.audio:
        raise FileUnreadable(UnreadableReason.NO_AUDIO)
    return media.streams.audio[0]


def _seconds_of_packets(media: Any, stream: Any) -> Fraction:
    """Return from the first packet's beginning to the last one's end."""
    first = last = None
    counted = 0
    for packet in media.demux(stream):
        if not packet.size:
            continue  # the mark of the end
        length = max(packet.duration or 0, 0)
        begin = packet.pts if packet.pts is not None else packet.dts
        if begin is None:
            begin = counted
        counted += length
        first = begin if first is None else min(first, begin)
        last = begin + length if last is None else max(last, begin + length)
    if first is None or last is None or last <= first:
        raise FileUnreadable(UnreadableReason.CUT)
    return Fraction(last - first) * Fraction(stream.time_base)


def _promised(media: Any, stream: Any) -> Fraction | None:
    if stream.duration and stream.time_base:
        return Fraction(stream.duration) * Fraction(stream.time_base)
    return Fraction(media.duration, av.time_base) if media.duration else None


def _refuse_cut(seconds: Fraction, promised: Fraction | None) -> None:
    if promised is None:
        return
    slack = max(Fraction(_SLACK_SECONDS), promised * _SLACK_SHARE)
    if promised - seconds > slack:
        raise FileUnreadable(UnreadableReason.CUT)


def _rounded(seconds: Fraction) -> Decimal:
    exact = Decimal(seconds.numerator) / Decimal(seconds.denominator)
    return exact.quantize(THOUSANDTH)
