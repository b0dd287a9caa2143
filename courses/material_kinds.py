"""What a material of each kind may be: the files taken in, their size, what is stated."""

from collections.abc import Set
from dataclasses import dataclass

from core.uploads import ENDINGS, MEGABYTE, PICTURES, FileKind
from courses.enums import MaterialKind

VIDEO = frozenset(
    (FileKind.MP4, FileKind.MOV, FileKind.AVI, FileKind.MPEG, FileKind.WEBM)
)
AUDIO = frozenset(
    (FileKind.MP3, FileKind.OGG, FileKind.WAV, FileKind.M4A, FileKind.FLAC)
)
TEXTS = frozenset((FileKind.PDF, FileKind.DOCX, FileKind.ODT))
SLIDES = frozenset((FileKind.PPTX, FileKind.PDF))

# Twelve minutes of video in good quality are 450 MB; the server in front takes 520.
VIDEO_BYTES = 500 * MEGABYTE
AUDIO_BYTES = 200 * MEGABYTE
DOCUMENT_BYTES = 64 * MEGABYTE
PICTURE_BYTES = 20 * MEGABYTE


@dataclass(frozen=True, slots=True)
class KindOfMaterial:
    """The files that a kind takes, and what an author states of one behind a link."""

    files: Set[FileKind]
    max_bytes: int
    declares: str = ""

    @property
    def endings(self) -> list[str]:
        """The endings that its files may have, for the browser's own choice."""
        return sorted({f".{ending}" for file in self.files for ending in ENDINGS[file]})

    @property
    def max_megabytes(self) -> int:
        """The limit in the unit that people are told."""
        return self.max_bytes // MEGABYTE


_MINUTES, _PAGES, _SLIDES = "declared_minutes", "declared_pages", "declared_slides"
_VIDEO = KindOfMaterial(VIDEO, VIDEO_BYTES, _MINUTES)
KINDS = {
    MaterialKind.PROMO_VIDEO: _VIDEO,
    MaterialKind.VIDEO: _VIDEO,
    MaterialKind.AUDIO: KindOfMaterial(AUDIO, AUDIO_BYTES, _MINUTES),
    MaterialKind.TEXT: KindOfMaterial(TEXTS, DOCUMENT_BYTES, _PAGES),
    MaterialKind.PRESENTATION: KindOfMaterial(SLIDES, DOCUMENT_BYTES, _SLIDES),
    MaterialKind.IMAGE: KindOfMaterial(PICTURES, PICTURE_BYTES),
    # Of these two the regulation names the format (MIN 5.4.8.1, 3.2.7).
    MaterialKind.ILLUSTRATION: KindOfMaterial(
        frozenset((FileKind.JPEG, FileKind.PNG)), PICTURE_BYTES
    ),
    MaterialKind.PROGRAMME: KindOfMaterial(frozenset((FileKind.PDF,)), DOCUMENT_BYTES),
    MaterialKind.RECOMMENDATIONS: KindOfMaterial(TEXTS, DOCUMENT_BYTES),
    MaterialKind.OTHER: KindOfMaterial(TEXTS | SLIDES | PICTURES, DOCUMENT_BYTES),
}
# They stand in the introduction or on the showcase, in no topic.
OF_WHOLE_COURSE = frozenset(
    (
        MaterialKind.PROMO_VIDEO,
        MaterialKind.ILLUSTRATION,
        MaterialKind.PROGRAMME,
        MaterialKind.RECOMMENDATIONS,
    )
)
