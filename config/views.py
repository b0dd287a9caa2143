"""The desk, the brand, and the pages that say what went wrong."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from config.desk import desk_of
from core.models import QuarantinedFile

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@require_safe
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    return render(
        request, "config/desk.html", {"desk": desk_of(request.user, timezone.now())}
    )


@require_safe
@cache_control(max_age=3600, public=True)
def branding(_request: HttpRequest) -> HttpResponse:
    """Answer the university's colour as CSS; anything but a colour is left out."""
    colour = settings.BRAND_COLOUR
    css = f":root {{ --brand: {colour}; }}\n" if HEX_COLOUR.fullmatch(colour) else ""
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _refusal(
    request: HttpRequest,
    status: int,
    title: str,
    advice: str,
    reasons: Sequence[str] = (),
) -> HttpResponse:
    context = {"title": title, "advice": advice, "status": status, "reasons": reasons}
    return render(request, "config/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(
        request,
        400,
        _("This request cannot be understood"),
        _("Go back and try again; if it happens again, tell the centre what you did."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(
        request,
        403,
        _("You have no right to do this"),
        _("If you need it for your work, ask the centre for the right."),
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: sent from a page of an earlier session."""
    return _refusal(
        request,
        403,
        _("This page was open too long"),
        _("Go back, load the page anew and send it once more."),
    )


def file_infected(request: HttpRequest, kept: QuarantinedFile) -> HttpResponse:
    """Answer a file with a virus: nothing was stored, the officer knows."""
    return _refusal(
        request,
        400,
        _("There is a virus in the file"),
        _(
            "Nothing was taken in, and the security officer was told. "
            "Have your computer checked before you upload anything else."
        ),
        [f"“{kept.file_name}”: {kept.virus}"],
    )


def file_not_scanned(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a file while the scanner is out of reach: none passes unscanned."""
    return _refusal(
        request,
        503,
        _("The file could not be checked for viruses"),
        _("Nothing was taken in. Try again in some minutes."),
        [f"“{name}”"],
    )


def conflict(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """Answer what the present state of a thing does not allow, with the reasons."""
    return _refusal(
        request,
        409,
        _("This cannot be done now"),
        _("Go back and load the page anew: it shows what is possible."),
        reasons=reasons,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(
        request,
        404,
        _("There is no such page"),
        _("It may have been moved, or it is not open to you."),
    )
