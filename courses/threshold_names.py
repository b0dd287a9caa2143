"""The numbers of an edition in words, as its form names them."""

from django.utils.translation import gettext_lazy as _

THRESHOLD_NAMES = {
    "languages": _("Languages of courses"),
    "hours_per_credit": _("Academic hours in a credit"),
    "glossary_terms_min": _("Terms of the glossary, at least"),
    "glossary_terms_max": _("Terms of the glossary, at most"),
    "credits_max": _("Credits, at most"),
    "weeks_min": _("Weeks, at least"),
    "weeks_max": _("Weeks, at most"),
    "weekly_hours_max": _("Hours a week, at most"),
    "weekly_test_questions_min": _("Questions of a weekly test, at least"),
    "weekly_test_minutes_min": _("Minutes of a weekly test, at least"),
    "weekly_test_minutes_max": _("Minutes of a weekly test, at most"),
    "topic_bank_min": _("Questions in the bank of a topic, at least"),
    "final_test_questions_min": _("Questions of the final test, at least"),
    "final_test_questions_max": _("Questions of the final test, at most"),
    "final_test_minutes_min": _("Minutes of the final test, at least"),
    "final_test_minutes_max": _("Minutes of the final test, at most"),
    "course_bank_min": _("Questions in the banks of the course, at least"),
    "points_max": _("Points of the course"),
    "capitals_share_max": _("Share of capital letters, at most"),
    "promo_minutes_max": _("Minutes of the promo video, at most"),
    "video_containers": _("Formats of video"),
    "video_minutes_max": _("Minutes of a video, at most"),
    "video_minutes_recommended_min": _("Minutes of a video, recommended at least"),
    "video_minutes_recommended_max": _("Minutes of a video, recommended at most"),
    "proportion_tolerance": _("Material per hour, share off the mean"),
    "load_tolerance": _("Load of weeks, share off the mean"),
    "theory_hours": _("Hours of a topic that theory is counted for"),
    "theory_pages_min": _("Pages of theory for so many hours, at least"),
    "theory_pages_max": _("Pages of theory for so many hours, at most"),
    "theory_media_minutes_min": _(
        "Minutes of video and audio for so many hours, at least"
    ),
    "theory_media_minutes_max": _(
        "Minutes of video and audio for so many hours, at most"
    ),
    "theory_video_fragments_min": _("Videos for so many hours, at least"),
    "theory_audio_fragments_min": _("Audio recordings for so many hours, at least"),
    "page_font_pt": _("Size of type on a page, pt"),
    "page_spacing": _("Line spacing on a page"),
    "page_margin_cm": _("Margins of a page, cm"),
    "slides_per_hour": _("Slides for an hour of content"),
    "bank_draw_ratio": _("Questions of a bank for each one drawn"),
    "illustration_containers": _("Formats of the illustration"),
}
