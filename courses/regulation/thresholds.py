"""The numbers a regulation sets: their names and kinds; values are an edition's."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from courses.regulation.language import LANGUAGES as TOLD_APART

T = TypeVar("T")


class WrongThreshold(ValueError):
    """A value that is not of the threshold's kind."""


@dataclass(frozen=True, slots=True)
class Threshold(Generic[T]):
    """A named value of an edition.

    Attributes:
        name: Its key in the edition.
        read: Turns a raw value into the right type, or raises `WrongThreshold`.
        names: Of a list, what the portal knows; empty where any name will do.
    """

    name: str
    read: Callable[[object], T]
    names: frozenset[str] = frozenset()


def read_whole(value: object) -> int:
    """A whole number above zero."""
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise WrongThreshold(value)
    return value


def read_decimal(value: object) -> Decimal:
    """A number above zero; JSON rows bring floats and texts."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise WrongThreshold(value)
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise WrongThreshold(value) from error
    if not number.is_finite() or number <= 0:
        raise WrongThreshold(value)
    return number


def read_names(value: object) -> tuple[str, ...]:
    """A list of texts, not empty."""
    if not isinstance(value, list | tuple) or not value:
        raise WrongThreshold(value)
    if not all(isinstance(name, str) and name for name in value):
        raise WrongThreshold(value)
    return tuple(value)


# Formats that the portal tells apart by the content of a file.
VIDEOS = frozenset(("avi", "mpeg", "mov", "mp4", "webm"))
PICTURES = frozenset(("jpeg", "png", "gif", "webp"))

LANGUAGES = Threshold("languages", read_names, TOLD_APART)
HOURS_PER_CREDIT = Threshold("hours_per_credit", read_whole)
GLOSSARY_TERMS_MIN = Threshold("glossary_terms_min", read_whole)
GLOSSARY_TERMS_MAX = Threshold("glossary_terms_max", read_whole)
CREDITS_MAX = Threshold("credits_max", read_decimal)
WEEKS_MIN = Threshold("weeks_min", read_whole)
WEEKS_MAX = Threshold("weeks_max", read_whole)
WEEKLY_HOURS_MAX = Threshold("weekly_hours_max", read_decimal)
WEEKLY_TEST_QUESTIONS_MIN = Threshold("weekly_test_questions_min", read_whole)
WEEKLY_TEST_MINUTES_MIN = Threshold("weekly_test_minutes_min", read_whole)
WEEKLY_TEST_MINUTES_MAX = Threshold("weekly_test_minutes_max", read_whole)
TOPIC_BANK_MIN = Threshold("topic_bank_min", read_whole)
FINAL_TEST_QUESTIONS_MIN = Threshold("final_test_questions_min", read_whole)
FINAL_TEST_QUESTIONS_MAX = Threshold("final_test_questions_max", read_whole)
FINAL_TEST_MINUTES_MIN = Threshold("final_test_minutes_min", read_whole)
FINAL_TEST_MINUTES_MAX = Threshold("final_test_minutes_max", read_whole)
COURSE_BANK_MIN = Threshold("course_bank_min", read_whole)
POINTS_MAX = Threshold("points_max", read_decimal)
CAPITALS_SHARE_MAX = Threshold("capitals_share_max", read_decimal)
PROMO_MINUTES_MAX = Threshold("promo_minutes_max", read_decimal)
VIDEO_CONTAINERS = Threshold("video_containers", read_names, VIDEOS)
VIDEO_MINUTES_MAX = Threshold("video_minutes_max", read_decimal)
VIDEO_MINUTES_RECOMMENDED_MIN = Threshold("video_minutes_recommended_min", read_decimal)
VIDEO_MINUTES_RECOMMENDED_MAX = Threshold("video_minutes_recommended_max", read_decimal)
PROPORTION_TOLERANCE = Threshold("proportion_tolerance", read_decimal)
LOAD_TOLERANCE = Threshold("load_tolerance", read_decimal)
THEORY_HOURS = Threshold("theory_hours", read_decimal)
THEORY_PAGES_MIN = Threshold("theory_pages_min", read_decimal)
THEORY_PAGES_MAX = Threshold("theory_pages_max", read_decimal)
THEORY_MEDIA_MINUTES_MIN = Threshold("theory_media_minutes_min", read_decimal)
THEORY_MEDIA_MINUTES_MAX = Threshold("theory_media_minutes_max", read_decimal)
THEORY_VIDEO_FRAGMENTS_MIN = Threshold("theory_video_fragments_min", read_whole)
THEORY_AUDIO_FRAGMENTS_MIN = Threshold("theory_audio_fragments_min", read_whole)
PAGE_FONT_PT = Threshold("page_font_pt", read_decimal)
PAGE_SPACING = Threshold("page_spacing", read_decimal)
PAGE_MARGIN_CM = Threshold("page_margin_cm", read_decimal)
SLIDES_PER_HOUR = Threshold("slides_per_hour", read_decimal)
BANK_DRAW_RATIO = Threshold("bank_draw_ratio", read_decimal)
ILLUSTRATION_CONTAINERS = Threshold("illustration_containers", read_names, PICTURES)
