"""How a course of the register is written on a page."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.models import CourseText, CourseVersion, Material
from registry.models import Enrolment, RegisterEntry, Result, Run
from registry.selectors import illustration_of, text_in

register = template.Library()

# So that no text of a course ends the script element it stands in.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def shown_text(version: CourseVersion) -> CourseText | None:
    """Return title and description in the language of the page, or of the course."""
    return text_in(version, get_language() or settings.LANGUAGE_CODE)


@register.filter
def illustration(version: CourseVersion) -> Material | None:
    """Return the picture of a course of the showcase, None for none."""
    return illustration_of(version)


@register.filter
def result_of(enrolment: Enrolment) -> Result | None:
    """Return the result of an enrolment read together with it, None for none."""
    return getattr(enrolment, "result", None)


@register.simple_tag
def course_json_ld(entry: RegisterEntry, runs: Iterable[Run]) -> SafeString:
    """Tell search engines of a course and its runs in the words of schema.org."""
    text = json.dumps(_described(entry, runs), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


def _described(entry: RegisterEntry, runs: Iterable[Run]) -> dict[str, Any]:
    version = entry.version
    text = shown_text(version)
    provider = {
        "@type": "CollegeOrUniversity",
        "name": settings.UNIVERSITY_NAME[settings.LANGUAGE_CODE],
        "url": settings.BASE_URL,
    }
    picture = illustration_of(version)
    image = {"image": f"{settings.BASE_URL}{_picture_address(entry)}"}
    return {
        **(image if picture else {}),
        "@context": "https://schema.org",
        "@type": "Course",
        "name": text.title if text else version.title,
        "description": (text.short_description if text else "") or version.annotation,
        "courseCode": version.course.code,
        "inLanguage": version.language,
        "url": f"{settings.BASE_URL}{_address(entry)}",
        "provider": provider,
        "teaches": [outcome.text for outcome in version.outcomes.all()],
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "name": run.title,
                "courseMode": "online",
                "startDate": run.starts_on.isoformat(),
                "endDate": run.ends_on.isoformat(),
            }
            for run in runs
        ],
    }


def _address(entry: RegisterEntry) -> str:
    return reverse("registry:course_detail", args=[entry.number])


def _picture_address(entry: RegisterEntry) -> str:
    return reverse("registry:course_illustration", args=[entry.number])
