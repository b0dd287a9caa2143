"""What was measured of a file of a course, or why it cannot be read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from courses.formats.reasons import gettext_noop


class UnreadableReason(StrEnum):
    """Why a file cannot be read; `UNREADABLE_TEXTS` has the words."""

    CUT = "cut"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_VIDEO = "no_video"
    NO_AUDIO = "no_audio"
    NO_PAGES = "no_pages"
    NO_SLIDES = "no_slides"
    TOO_DEAR = "too_dear"
    UNKNOWN = "unknown"


UNREADABLE_TEXTS = {
    UnreadableReason.CUT: gettext_noop(
        "The file is cut: it ends before all that it promises. Upload it anew."
    ),
    UnreadableReason.DAMAGED: gettext_noop(
        "The file is damaged. Open it in its own program, save it and upload it anew."
    ),
    UnreadableReason.ENCRYPTED: gettext_noop(
        "The file is locked by a password. Save it without one and upload it anew."
    ),
    UnreadableReason.NO_VIDEO: gettext_noop("There is no picture in the file."),
    UnreadableReason.NO_AUDIO: gettext_noop("There is no sound in the file."),
    UnreadableReason.NO_PAGES: gettext_noop("There is no page in the file."),
    UnreadableReason.NO_SLIDES: gettext_noop("There is no slide in the file."),
    UnreadableReason.TOO_DEAR: gettext_noop(
        "To measure the file takes too much time or memory. Make it simpler or smaller."
    ),
    UnreadableReason.UNKNOWN: gettext_noop(
        "The content of the file is of no kind that the portal measures."
    ),
}


class FileUnreadable(Exception):
    """The file cannot be measured."""

    def __init__(self, reason: UnreadableReason) -> None:
        super().__init__(UNREADABLE_TEXTS[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's own format, as most of its text is set: margins clockwise."""

    size_pt: Decimal
    spacing: Decimal
    margins_cm: tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a file says of itself by its content; what its kind has not is None.

    `pages` of a PDF are its own, those of a text its text laid out in one format.
    """

    container: str
    duration_seconds: Decimal | None = None
    pages: Decimal | None = None
    slides: int | None = None
    hidden_slides: int | None = None
    width: int | None = None
    height: int | None = None
    layout: Layout | None = None

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON: decimals as text."""
        return {
            **asdict(self),
            "duration_seconds": _text(self.duration_seconds),
            "pages": _text(self.pages),
            "layout": self.layout and layout_to_dict(self.layout),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Measures":
        """Read what `to_dict` wrote."""
        told = data["layout"]
        return cls(
            **{
                **data,
                "duration_seconds": _number(data["duration_seconds"]),
                "pages": _number(data["pages"]),
                "layout": told and layout_from_dict(told),
            }
        )


def layout_to_dict(layout: Layout) -> dict[str, Any]:
    """Shape for JSON, as a material keeps it."""
    return {
        "size_pt": float(layout.size_pt),
        "spacing": float(layout.spacing),
        "margins_cm": [float(margin) for margin in layout.margins_cm],
    }


def layout_from_dict(data: Mapping[str, Any]) -> Layout:
    """Read what `layout_to_dict` wrote."""
    top, right, bottom, left = (Decimal(str(cm)) for cm in data["margins_cm"])
    return Layout(
        Decimal(str(data["size_pt"])),
        Decimal(str(data["spacing"])),
        (top, right, bottom, left),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
