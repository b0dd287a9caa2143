"""Video and audio are as long as their packets; headers are not believed."""

from decimal import Decimal

import pytest

from core.signatures import sniff
from courses.formats.measures import FileUnreadable, UnreadableReason
from courses.formats.media import measure_media
from tests.courses.materials import media_files
from tests.courses.materials.media_files import AUDIO, VIDEO, written

CUT, DAMAGED = UnreadableReason.CUT, UnreadableReason.DAMAGED
# A program stream says nowhere how long it is, nor does Ogg: half of one is a whole
# shorter one.
SAYS_ITS_LENGTH = [name for name in VIDEO if name != "mpeg"]


@pytest.mark.parametrize("container", VIDEO)
def test_a_video_is_told_by_its_content_and_measured(tmp_path, container):
    content = media_files.video(container)
    found = measure_media(written(tmp_path, "x", content), container)
    assert sniff(content) == container
    assert (found.container, found.duration_seconds) == (container, Decimal("2.000"))
    assert (found.width, found.height) == (64, 48)


@pytest.mark.parametrize("container", AUDIO)
def test_a_sound_is_told_by_its_content_and_measured(tmp_path, container):
    content = media_files.audio(container)
    found = measure_media(written(tmp_path, "x", content), container)
    assert sniff(content) == container
    assert found.duration_seconds == pytest.approx(Decimal(2), abs=Decimal("0.05"))
    assert (found.width, found.height) == (None, None)


@pytest.mark.parametrize("container", SAYS_ITS_LENGTH)
def test_half_a_video_cannot_be_read(tmp_path, container):
    content = media_files.video(container, seconds=4)
    with pytest.raises(FileUnreadable) as refused:
        measure_media(written(tmp_path, "x", content[: len(content) // 2]), container)
    assert refused.value.reason in {CUT, DAMAGED}


@pytest.mark.parametrize("container", [name for name in AUDIO if name != "ogg"])
def test_a_third_of_a_sound_cannot_be_read(tmp_path, container):
    content = media_files.audio(container, seconds=4)
    cut = written(tmp_path, "x", content[: len(content) // 3])
    with pytest.raises(FileUnreadable) as refused:
        measure_media(cut, container)
    assert refused.value.reason == CUT


def test_a_sound_in_the_container_of_a_video_is_no_video(tmp_path):
    content = media_files.audio("m4a")
    with pytest.raises(FileUnreadable) as refused:
        measure_media(written(tmp_path, "x", content), "mp4")
    assert refused.value.reason == UnreadableReason.NO_VIDEO


def test_a_picture_without_sound_is_no_sound(tmp_path):
    content = media_files.video("mp4")
    with pytest.raises(FileUnreadable) as refused:
        measure_media(written(tmp_path, "x", content), "m4a")
    assert refused.value.reason == UnreadableReason.NO_AUDIO


def test_a_header_that_promises_more_than_there_is_is_not_believed(tmp_path):
    """An AVI of 2 s whose header says 44 minutes."""
    content = bytearray(media_files.video("avi"))
    frames = (44 * 60 * 25).to_bytes(4, "little")
    main, stream = content.find(b"avih"), content.find(b"strh")
    content[main + 24 : main + 28] = frames
    content[stream + 40 : stream + 44] = frames
    with pytest.raises(FileUnreadable) as refused:
        measure_media(written(tmp_path, "x", bytes(content)), "avi")
    assert refused.value.reason == CUT


@pytest.mark.parametrize("container", ["mp4", "avi", "webm", "mpeg", "mp3", "ogg"])
def test_noise_under_the_name_of_a_container_cannot_be_read(tmp_path, container):
    with pytest.raises(FileUnreadable) as refused:
        measure_media(written(tmp_path, "x", b"\x07" * 5000), container)
    assert refused.value.reason in {CUT, DAMAGED}


def test_a_list_that_names_other_files_opens_none(tmp_path):
    secret = written(tmp_path, "secret.mp4", media_files.video("mp4"))
    names = f"#EXTM3U\n#EXTINF:2,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()
    for container in ("mp4", "webm", "mpeg"):
        with pytest.raises(FileUnreadable):
            measure_media(written(tmp_path, "x.m3u8", names), container)


def test_a_box_of_64_bits_and_one_up_to_the_end_are_no_cut(tmp_path):
    content = media_files.video("mp4")
    at = content.find(b"mdat") - 4
    size = int.from_bytes(content[at : at + 4], "big")
    # The free box before it gives its place to the longer head.
    long = b"\0\0\0\1mdat" + (size + 8).to_bytes(8, "big")
    widened = content[: at - 8] + long + content[at + 8 :]
    assert content[at - 4 : at] == b"free"
    found = measure_media(written(tmp_path, "x", widened), "mp4")
    assert found.duration_seconds == Decimal("2.000")
