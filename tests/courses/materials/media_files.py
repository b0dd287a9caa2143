"""Videos, sounds and pictures made for a test: seconds of them, or less than that."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image

# Container → (muxer, codec); what an installed PyAV writes by itself.
VIDEO = {
    "mp4": ("mp4", "mpeg4"),
    "mov": ("mov", "mpeg4"),
    "avi": ("avi", "mpeg4"),
    "mpeg": ("mpeg", "mpeg2video"),
    "webm": ("webm", "libvpx"),
}
AUDIO = {
    "mp3": ("mp3", "libmp3lame"),
    "ogg": ("ogg", "libopus"),
    "wav": ("wav", "pcm_s16le"),
    "m4a": ("ipod", "aac"),
    "flac": ("flac", "flac"),
}
RATE = 25


def video(container: str, seconds: int = 2) -> bytes:
    muxer, codec = VIDEO[container]
    stream = BytesIO()
    with av.open(stream, "w", format=muxer) as made:
        picture = made.add_stream(codec, rate=RATE)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        for number in range(seconds * RATE):
            frame = VideoFrame.from_image(
                Image.new("RGB", (64, 48), (number % 256, 9, 9))
            )
            made.mux(picture.encode(frame))
        made.mux(picture.encode())
    return stream.getvalue()


def audio(container: str, seconds: int = 2) -> bytes:
    muxer, codec = AUDIO[container]
    rate = 48_000
    stream = BytesIO()
    with av.open(stream, "w", format=muxer) as made:
        sound = made.add_stream(codec, rate=rate, layout="mono")
        for number in range(seconds * 50):
            frame = AudioFrame(format="s16", layout="mono", samples=rate // 50)
            frame.planes[0].update(bytes(2 * (rate // 50)))
            frame.sample_rate, frame.pts = rate, number * rate // 50
            frame.time_base = Fraction(1, rate)
            made.mux(sound.encode(frame))
        made.mux(sound.encode())
    return stream.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    stream = BytesIO()
    Image.radial_gradient("L").resize(size).save(stream, kind)
    return stream.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def transport_stream(seconds: int = 2) -> bytes:
    """A video as broadcasters send it, in packets of 188 bytes."""
    stream = BytesIO()
    with av.open(stream, "w", format="mpegts") as made:
        picture = made.add_stream("mpeg2video", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        for number in range(seconds * RATE):
            frame = VideoFrame.from_image(
                Image.new("RGB", (64, 48), (number % 256, 9, 9))
            )
            made.mux(picture.encode(frame))
        made.mux(picture.encode())
    return stream.getvalue()
