"""What every page's frame shows: the university, the person's sections."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.rules import is_unit_head


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the top bar."""

    label: str
    url: str
    is_current: bool


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; the sections are made only where they are shown."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "portal": {
            "university_name": settings.UNIVERSITY_NAME.get(
                language, settings.UNIVERSITY_NAME[settings.LANGUAGE_CODE]
            ),
            "base_url": settings.BASE_URL,
            "account_links": [
                {"label": _("My record"), "url": reverse("accounts:profile")},
                {
                    "label": _("Change the password"),
                    "url": reverse("accounts:password_change"),
                },
            ],
        },
        "navigation": SimpleLazyObject(lambda: sections_of(request)),
    }


def sections_of(request: HttpRequest) -> list[Section]:
    """Return the sections a person has use for, by rights and by what one is in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        offered = [
            (_("Courses"), "registry:showcase"),
            (_("Verify a certificate"), "certificates:verify"),
        ]
    else:
        offered = [
            (_("Desk"), "desk"),
            (_("Courses"), "registry:showcase"),
        ]
        if user.is_author or user.has_perm("courses") or is_unit_head(user):
            offered.append((_("Passports"), "courses:version_list"))
        if user.has_perm("expertise") or user.expertises.exists():
            offered.append((_("Expertise"), "expertise:expertise_list"))
        offered.append((_("My learning"), "registry:my_learning"))
        if user.has_perm("finance.read_report"):
            offered.append((_("Finance"), "finance:report_list"))
        if user.is_staff:
            offered.append((_("Centre"), "admin:index"))
    return [
        Section(label, url, request.path == url)
        for label, url in ((label, reverse(name)) for label, name in offered)
    ]
