"""The passport out and in: JSON, dossier on A4, the national registry's passport."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.storage import read_bytes, store_bytes
from core.uploads import MEGABYTE, CheckedFile, FileKind, FileRefused, check_upload
from courses.forms.exchange import PassportFileForm
from courses.models import CourseVersion
from courses.passport_json import (
    ReadPassport,
    passport_file,
    passport_sha256,
    read_passport,
)
from courses.places import url_of
from courses.printing import Stamp, passport_pdf
from courses.registry_passport import MeterLine, registry_document
from courses.selectors import passport_content
from courses.selectors.passport_diff import differences
from courses.selectors.registry_meter import registry_meter
from courses.services import PassportFile, import_passport
from courses.views.answers import (
    can_edit,
    crumbs_of,
    load_version,
    passport_view,
    person,
)
from courses.views.downloads import JSON, PDF, download
from courses.views.history import tell_left_out

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MAX_BYTES = 20 * MEGABYTE
FOLDER, ENDING = "passports", "json"
TOKEN_SALT = "courses.passport_file"  # noqa: S105 - the name of a use, no secret
TOKEN_SECONDS = 24 * 3600


@GET_OR_POST
@passport_view
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the files that go out; take one in and show what it would change."""
    version = load_version(request, pk, is_edit=False)
    form = PassportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = check_upload(
                form.cleaned_data["file"], allowed={FileKind.TEXT}, max_bytes=MAX_BYTES
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, version, file)
    context = {
        **_frame(request, version),
        "form": form,
        "meter": _count(registry_meter(version)),
    }
    status = 400 if form.errors else 200
    return render(request, "courses/export_page.html", context, status=status)


@require_POST
@passport_view
def exchange_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the file that was looked at: all of it or nothing."""
    version = load_version(request, pk, is_edit=False)
    try:
        kept = _KeptFile.from_token(request.POST.get("token", ""), version)
        content = read_bytes(kept.file.stored_as)
    except (signing.BadSignature, FileNotFoundError):
        messages.error(request, _("The preview is too old: choose the file again."))
        return redirect("courses:exchange", version.pk)
    read = read_passport(content)
    if read.errors:
        return _preview_page(request, version, kept.file.name, read)
    done = import_passport(
        version=version,
        content=read.content,
        file=kept.file,
        by=person(request),
        at=timezone.now(),
    )
    messages.success(request, _("The passport is taken in from the file."))
    tell_left_out(request, done.left_out)
    return redirect("courses:version_detail", version.pk)


@require_safe
@passport_view
def export_json(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    content = passport_file(passport_content(version))
    return download(content, JSON, f"{version.course.code}-passport.json")


@require_safe
@passport_view
def export_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    content = passport_content(version)
    stamp = Stamp(passport_sha256(content), timezone.now())
    pdf = passport_pdf(version, content, stamp)
    return download(pdf, PDF, f"{version.course.code}-passport.pdf")


@require_safe
@passport_view
def export_registry(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    document = registry_document(registry_meter(version))
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return download(content, JSON, f"{version.course.code}-online-edu-ru.json")


@require_safe
@passport_view
def registry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the national registry still needs, and where each comes from."""
    version = load_version(request, pk)
    lines = registry_meter(version)
    frame = _frame(request, version)
    url = reverse("courses:exchange", args=[version.pk])
    frame["breadcrumbs"].append({"label": _("Files out and in"), "url": url})
    return render(
        request,
        "courses/export_registry.html",
        {
            **frame,
            "meter": _count(lines),
            "lines": [_line(line, version) for line in lines],
        },
    )


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """A file between its preview and its import: stored, named by a signed token."""

    file: PassportFile
    token: str

    @classmethod
    def from_token(cls, token: str, version: CourseVersion) -> "_KeptFile":
        """Read the token that a preview gave for this version.

        Raises:
            BadSignature: it is forged, too old, or of another version.
        """
        told = signing.loads(token, salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
        if told.pop("version") != version.pk:
            raise signing.BadSignature
        return cls(PassportFile(**told), token)


def _keep(version: CourseVersion, checked: CheckedFile) -> _KeptFile:
    stored_as, sha256 = store_bytes(checked.content, folder=FOLDER, ending=ENDING)
    told: dict[str, Any] = {
        "name": checked.name,
        "stored_as": stored_as,
        "sha256": sha256,
        "size_bytes": len(checked.content),
    }
    token = signing.dumps({**told, "version": version.pk}, salt=TOKEN_SALT)
    return _KeptFile(PassportFile(**told), token)


def _preview(
    request: HttpRequest, version: CourseVersion, file: CheckedFile
) -> HttpResponse:
    """Show what a file would change; one that cannot be read is not even kept."""
    read = read_passport(file.content)
    token = "" if read.errors else _keep(version, file).token
    return _preview_page(request, version, file.name, read, token)


def _preview_page(
    request: HttpRequest,
    version: CourseVersion,
    name: str,
    read: ReadPassport,
    token: str = "",
) -> HttpResponse:
    found = (
        []
        if read.errors
        else differences(passport_content(version), _as_of(version, read.content))
    )
    context = {
        **_frame(request, version),
        "file_name": name,
        "token": token,
        "errors": read.errors,
        "differences": found,
        "size": sum(difference.size for difference in found),
        "course": read.content.get("course"),
    }
    status = 400 if read.errors else 200
    return render(request, "courses/export_preview.html", context, status=status)


def _as_of(version: CourseVersion, content: dict[str, Any]) -> dict[str, Any]:
    """Return a passport as it will be of this version: whose it is stays."""
    own = passport_content(version)
    kept = ("course", "version", "edition", "authors")
    return {**content, **{name: own[name] for name in kept}}


def _frame(request: HttpRequest, version: CourseVersion) -> dict[str, Any]:
    return {
        "version": version,
        "breadcrumbs": crumbs_of(version),
        "can_edit": can_edit(request, version),
    }


def _count(lines: list[MeterLine]) -> dict[str, int]:
    required = [line for line in lines if line.field.is_required]
    return {"filled": sum(line.is_filled for line in required), "total": len(required)}


def _line(line: MeterLine, version: CourseVersion) -> dict[str, Any]:
    place = line.field.place
    return {
        "field": line.field,
        "is_filled": line.is_filled,
        "url": url_of(place, version.pk) if place else "",
    }
