"""Import of a whole course from a Moodle backup: the file, its preview, the result."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.uploads import FileRefused
from courses.enums import ImportState
from courses.forms.course_imports import BackupFileForm, NewCourseForm, TakenForm
from courses.import_words import outcome_of, refusal_of, words_of
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import (
    ImportPreview,
    imports_of,
    imports_visible_to,
    is_ordered,
    is_underway,
    preview_of,
    progress_of,
    reason_of,
)
from courses.services.course_import import (
    ImportNotReady,
    keep_backup,
    order_course_import,
)
from courses.views.answers import (
    crumbs_of,
    is_fragment,
    load_version,
    passport_view,
    person,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@passport_view
def import_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a backup in for a passport; a job reads it."""
    return _upload(request, load_version(request, pk))


@GET_OR_POST
@passport_view
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a backup in that is to open a course."""
    if not person(request).has_perm("courses.open_course"):
        raise PermissionDenied
    return _upload(request, None)


def _upload(request: HttpRequest, version: CourseVersion | None) -> HttpResponse:
    form = BackupFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = keep_backup(
                version=version,
                file=file,
                name=file.name,
                by=person(request),
                at=timezone.now(),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("courses:import_detail", row.pk)
    user = person(request)
    context = {
        **_frame(version),
        "title": _("Import of a Moodle course"),
        "form": form,
        "imports": imports_of(version, user),
        "can_edit": version is None or user.has_perm("courses.edit_passport", version),
    }
    status = 400 if form.errors else 200
    return render(request, "courses/import_upload.html", context, status=status)


@GET_OR_POST
@passport_view
def import_detail(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show how far an import is: being read, to be confirmed, or done."""
    row = _load(request, import_id)
    if is_fragment(request):
        return _progress(request, row)
    if is_underway(row):
        if request.method == "POST":
            return redirect("courses:import_detail", row.pk)
        page, context = "courses/import_waiting.html", _progress_of(row)
    elif row.state == ImportState.READY:
        return _confirm(request, row)
    elif row.state == ImportState.UNREADABLE:
        page, context = "courses/import_unreadable.html", {"reason": reason_of(row)}
    else:
        page, context = "courses/import_done.html", outcome_of(row)
    return render(request, page, _context(row, **context))


@require_safe
@passport_view
def import_file(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give back the backup, byte by byte."""
    row = _load(request, import_id)
    answer = FileResponse(
        default_storage.open(row.stored_as),
        as_attachment=True,
        filename=row.file_name,
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private"
    return answer  # type: ignore[return-value]  # it streams


def _load(request: HttpRequest, import_id: int) -> CourseImport:
    """Return an import that the person may see; a POST asks for its own right.

    Raises:
        Http404: there is none, or it is not open to the person.
        PermissionDenied: a POST by somebody who may not edit the passport.
        PassportLocked: a POST while the passport is not open to edits.
    """
    rows = imports_visible_to(person(request), timezone.localdate())
    row = get_object_or_404(rows, pk=import_id)
    if row.version_id is not None:
        row.version = load_version(request, row.version_id)
    return row


def _confirm(request: HttpRequest, row: CourseImport) -> HttpResponse:
    preview = preview_of(row)
    keys = [line.key for line in preview.lines]
    taken = TakenForm(request.POST or None, keys=keys)
    course = None if row.version else _course_form(request, preview)
    is_sent = request.method == "POST"
    if is_sent and taken.is_valid() and (course is None or course.is_valid()):
        return _order(request, row, taken, course)
    is_open = row.version is None or person(request).has_perm(
        "courses.edit_passport", row.version
    )
    return render(
        request,
        "courses/import_preview.html",
        _context(
            row,
            preview=preview,
            words=words_of(preview, taken.ticked() if is_sent else None),
            refusal=refusal_of(row),
            form=taken,
            course=course,
            can_edit=is_open,
        ),
    )


def _order(
    request: HttpRequest,
    row: CourseImport,
    taken: TakenForm,
    course: NewCourseForm | None,
) -> HttpResponse:
    try:
        order_course_import(
            course_import=row,
            keys=taken.cleaned_data["keys"],
            course=course.course() if course else None,
            by=person(request),
            at=timezone.now(),
        )
    except ImportNotReady as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:import_detail", row.pk)


def _course_form(request: HttpRequest, preview: ImportPreview) -> NewCourseForm:
    about = preview.row.contents["about"]
    return NewCourseForm(
        request.POST or None,
        initial={"title": about["title"][:200], "language": about["language"] or "ru"},
    )


def _progress(request: HttpRequest, row: CourseImport) -> HttpResponse:
    """Answer a page that waits: once there is something to see, it loads anew."""
    context = _context(row, **_progress_of(row))
    answer = render(request, "courses/_import_progress.html", context)
    if not is_underway(row) or context["progress"].has_given_up:
        answer["HX-Refresh"] = "true"
    return answer


def _progress_of(row: CourseImport) -> dict[str, Any]:
    return {"progress": progress_of(row), "is_written": is_ordered(row)}


def _context(row: CourseImport, **context: Any) -> dict[str, Any]:
    return {**_frame(row.version), "title": row.file_name, "row": row, **context}


def _frame(version: CourseVersion | None) -> dict[str, Any]:
    """Return where the page stands: in a passport, or above all of them."""
    if version is not None:
        url = reverse("courses:import_upload", args=[version.pk])
        crumbs = crumbs_of(version)
    else:
        url = reverse("courses:import_new")
        label = _("Passports")
        crumbs = [{"label": label, "url": reverse("courses:version_list")}]
    return {"version": version, "breadcrumbs": crumbs, "upload_url": url}
