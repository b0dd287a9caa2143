"""Import of a glossary that Moodle exported: the file, its preview."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.storage import read_bytes, store_bytes
from core.uploads import MEGABYTE, CheckedFile, FileKind, FileRefused, check_upload
from courses.formats.glossary_xml import read_glossary
from courses.forms.course_imports import GlossaryFileForm
from courses.models import CourseVersion
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Section
from courses.selectors.glossary_files import GlossaryFile
from courses.services.course_import import GlossaryUnreadable, import_terms
from courses.views.answers import load_version, passport_page, passport_view, person

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MAX_BYTES = 20 * MEGABYTE
FOLDER, ENDING = "glossaries", "xml"
TOKEN_SALT = "courses.glossary_file"  # noqa: S105 - the name of a use, no secret
TOKEN_SECONDS = 24 * 3600
SHOWN_ERRORS = 100


@GET_OR_POST
@passport_view
def term_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an export of a glossary in; its preview shows what is in it."""
    version = load_version(request, pk)
    form = GlossaryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = _checked(form.cleaned_data["file"])
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_preview_url(version, file.name, file.content))
    return _upload_page(request, version, form)


@GET_OR_POST
@passport_view
def term_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would do to the glossary; a POST imports it."""
    version = load_version(request, pk)
    try:
        name, content = _kept(request.GET.get("file", ""), version)
    except (signing.BadSignature, FileNotFoundError):
        problem = _("The preview is too old: choose the file again.")
        return _upload_page(request, version, GlossaryFileForm(), problem=problem)
    if request.method == "POST" and _import(request, version, content):
        return HttpResponseRedirect(PAGE_BY_KEY["glossary"].url(version.pk))
    file = GlossaryFile(version, read_glossary(content))
    return passport_page(
        request,
        version,
        "courses/term_preview.html",
        is_here=lambda place: place.section is Section.GLOSSARY,
        crumbs=("glossary",),
        title=_("What is in the file"),
        note=name,
        file=file,
        shown_errors=[
            {"line": error.line, "reason": _(error.reason)}
            for error in file.glossary.errors[:SHOWN_ERRORS]
        ],
    )


def _checked(upload: Any) -> CheckedFile:
    """Let a file through the guard; one of which nothing can be read is not kept.

    Raises:
        FileRefused: it is none of text, too large, or no export of a glossary.
    """
    file = check_upload(upload, allowed={FileKind.TEXT}, max_bytes=MAX_BYTES)
    glossary = read_glossary(file.content)
    if glossary.errors and not glossary.terms:
        reason = _(glossary.errors[0].reason)
        raise FileRefused(f"“{file.name}”: {reason}")
    return file


def _upload_page(
    request: HttpRequest,
    version: CourseVersion,
    form: GlossaryFileForm,
    *,
    problem: str = "",
) -> HttpResponse:
    return passport_page(
        request,
        version,
        "courses/term_import.html",
        is_here=lambda place: place.section is Section.GLOSSARY,
        crumbs=("glossary",),
        title=_("Import of a glossary"),
        form=form,
        problem=problem,
    )


def _import(request: HttpRequest, version: CourseVersion, content: bytes) -> bool:
    """Import, and say how much; a file with errors is not, and its preview says why."""
    try:
        file = import_terms(
            version=version, content=content, by=person(request), at=timezone.now()
        )
    except GlossaryUnreadable:
        return False
    messages.success(
        request,
        _("Terms imported: %(count)s. Told twice in the file: %(repeated)s.")
        % {
            "count": len(file.glossary.terms),
            "repeated": len(file.glossary.repeated),
        },
    )
    return True


def _preview_url(version: CourseVersion, name: str, content: bytes) -> str:
    stored_as, _sha256 = store_bytes(content, folder=FOLDER, ending=ENDING)
    told = {"version": version.pk, "name": name, "stored_as": stored_as}
    token = signing.dumps(told, salt=TOKEN_SALT)
    url = reverse("courses:term_preview", args=[version.pk])
    return f"{url}?{urlencode({'file': token})}"


def _kept(token: str, version: CourseVersion) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that a token names.

    Raises:
        BadSignature: the token is forged, too old, or of another version.
        FileNotFoundError: the file is gone.
    """
    told = signing.loads(token, salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
    if told["version"] != version.pk:
        raise signing.BadSignature
    return told["name"], read_bytes(told["stored_as"])
