"""Pictures: their size, once they are seen to be whole."""

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from courses.formats.measures import FileUnreadable, Measures, UnreadableReason

PICTURES = ("jpeg", "png", "gif", "webp")
MAX_PIXELS = 40_000_000
# The last bytes, where drawing the picture does not ask for them.
_ENDS = {"png": b"IEND\xaeB`\x82"}
_TAIL_BYTES = 64 * 1024


def measure_image(path: Path, container: str) -> Measures:
    """Return the width and height of a picture, drawn once to see that it is whole.

    Raises:
        FileUnreadable: cut, damaged, or of more pixels than are drawn.
    """
    try:
        with Image.open(path, formats=[container]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise FileUnreadable(UnreadableReason.TOO_DEAR)
            picture.load()
        if _ENDS.get(container, b"") not in _tail(path):
            raise FileUnreadable(UnreadableReason.CUT)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        *(OSError, SyntaxError, ValueError, IndexError, EOFError),
    ) as error:
        is_cut = "truncated" in str(error)
        raise FileUnreadable(
            UnreadableReason.CUT if is_cut else UnreadableReason.DAMAGED
        ) from error
    return Measures(container, width=width, height=height)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return file.read()
