"""A file of questions: taken in, looked at, imported, given back."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.storage import read_bytes
from core.uploads import MEGABYTE, FileKind, FileRefused, check_upload
from courses.formats.kept import from_json, read_rows
from courses.forms.banks import CategoryTopicsForm, QuestionFileForm
from courses.models import CourseVersion, Topic
from courses.places import PAGE_BY_KEY
from courses.selectors.question_files import QuestionFile, beside_version
from courses.services import (
    QuestionsUnreadable,
    import_file,
    keep_question_file,
    keep_read_questions,
)
from courses.views.answers import load_version, passport_page, passport_view, person
from courses.views.banks.loading import GET_OR_POST, attachment, is_of_banks

MAX_BYTES = 20 * MEGABYTE
KINDS = {FileKind.TEXT, FileKind.XLSX}
MOST_ERRORS = 100
FORMAT_NAMES = {
    "gift": "GIFT",
    "aiken": "Aiken",
    "moodle_xml": "Moodle XML",
    "xlsx": "XLSX",
}
TOKEN_SALT = "courses.question_file"  # noqa: S105 - the name of a use, no secret
TOKEN_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file between its preview and its import: stored, named by a signed token.

    `read_as` is the name of what it gave: it is read once, when it comes.
    """

    name: str
    stored_as: str
    read_as: str
    topic: Topic | None
    token: str

    def read(self, version: CourseVersion) -> QuestionFile:
        """Return what it gave beside the banks of the version that it is meant for.

        Raises:
            FileNotFoundError: it was swept away.
            PreviewTooOld: another release of the portal read it.
        """
        try:
            read = from_json(read_bytes(self.read_as))
        except ValueError as error:
            raise PreviewTooOld from error
        return beside_version(read, version=version, name=self.name)


class PreviewTooOld(Exception):
    """The token is forged, of another version, or of another release."""


@GET_OR_POST
@passport_view
def bank_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in; nothing is imported before it was looked at."""
    version = load_version(request, pk)
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            token = _keep(request, version, form.cleaned_data["file"])
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            url = reverse("courses:bank_preview", args=[version.pk])
            return HttpResponseRedirect(f"{url}?{urlencode({'file': token})}")
    return _import_page(request, version, form)


@require_safe
@passport_view
def bank_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is in a file; a reload shows it again, and imports nothing."""
    version = load_version(request, pk)
    try:
        kept = _kept(request.GET.get("file", ""), version)
        file = kept.read(version)
    except (PreviewTooOld, FileNotFoundError):
        return _import_page(request, version, QuestionFileForm(), is_too_old=True)
    return _preview_page(request, version, kept, file)


@require_POST
@passport_view
def bank_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file that was looked at, its categories assigned as chosen."""
    version = load_version(request, pk)
    try:
        kept = _kept(request.POST.get("token", ""), version)
        file, content = kept.read(version), read_bytes(kept.stored_as)
    except (PreviewTooOld, FileNotFoundError):
        messages.error(request, _("The preview is too old: choose the file again."))
        return redirect("courses:bank_import", version.pk)
    form = _topics_form(version, kept, file, data=request.POST)
    if not form.is_valid() or not _import(request, version, content, file, form):
        return _preview_page(request, version, kept, file, form=form)
    return HttpResponseRedirect(PAGE_BY_KEY["banks"].url(version.pk))


@require_safe
@passport_view
def bank_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the questions of a file that cannot be read, each by line and reason."""
    version = load_version(request, pk)
    try:
        kept = _kept(request.GET.get("file", ""), version)
        errors = kept.read(version).errors
    except (PreviewTooOld, FileNotFoundError) as error:
        raise Http404 from error
    table = StringIO()
    rows = csv.writer(table, delimiter=";", lineterminator="\r\n")
    rows.writerow([_("Line"), _("Reason")])
    rows.writerows([error.line, error.reason] for error in errors)
    # With a byte order mark, as spreadsheets tell UTF-8 by it.
    content = table.getvalue().encode("utf-8-sig")
    return attachment(content, name=f"{kept.name}.csv", mime="text/csv; charset=utf-8")


@require_safe
@passport_view
def bank_file(request: HttpRequest, pk: int, import_id: int) -> HttpResponse:
    """Give back the file that questions came from, byte by byte."""
    version = load_version(request, pk)
    source = get_object_or_404(version.question_imports, pk=import_id)
    return attachment(
        read_bytes(source.stored_as),
        name=source.file_name,
        mime="application/octet-stream",
    )


def _keep(request: HttpRequest, version: CourseVersion, upload: Any) -> str:
    """Store a file that passed the guard; return the token of its preview."""
    checked = check_upload(upload, allowed=KINDS, max_bytes=MAX_BYTES)
    name = checked.name[-100:]
    stored_as, _sha256 = keep_question_file(checked.content)
    told = {
        "version": version.pk,
        "name": name,
        "stored_as": stored_as,
        "read_as": keep_read_questions(read_rows(checked.content, name=name)),
        "topic": request.GET.get("topic", "")[:20],
    }
    return signing.dumps(told, salt=TOKEN_SALT, compress=True)


def _kept(token: str, version: CourseVersion) -> KeptFile:
    """Read a token.

    Raises:
        PreviewTooOld: it is forged, too old, or of another version.
    """
    try:
        told = signing.loads(token, salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature as error:
        raise PreviewTooOld from error
    if told["version"] != version.pk or "read_as" not in told:
        raise PreviewTooOld
    wanted = told["topic"]
    topic = version.topics.filter(pk=wanted).first() if wanted.isdecimal() else None
    return KeptFile(told["name"], told["stored_as"], told["read_as"], topic, token)


def _import(
    request: HttpRequest,
    version: CourseVersion,
    content: bytes,
    file: QuestionFile,
    form: CategoryTopicsForm,
) -> bool:
    """Import, and say how much; a file with errors is not, and its preview says why."""
    try:
        done = import_file(
            version=version,
            file=file,
            content=content,
            topics=form.topics(),
            is_good_only=request.POST.get("what") == "good",
            by=person(request),
            at=timezone.now(),
        )
    except QuestionsUnreadable:
        return False
    messages.success(
        request,
        _("Questions imported: %(count)s. Left out: %(left_out)s.")
        % {"count": done.imported_count, "left_out": done.left_out_count},
    )
    return True


def _topics_form(
    version: CourseVersion, kept: KeptFile, file: QuestionFile, *, data: Any = None
) -> CategoryTopicsForm:
    return CategoryTopicsForm(
        data,
        version=version,
        categories=file.categories,
        default=kept.topic,
        initial={"token": kept.token},
    )


def _import_page(
    request: HttpRequest,
    version: CourseVersion,
    form: QuestionFileForm,
    *,
    is_too_old: bool = False,
) -> HttpResponse:
    return passport_page(
        request,
        version,
        "courses/bank_import.html",
        is_here=is_of_banks,
        crumbs=("banks",),
        title=_("Import of questions"),
        form=form,
        is_too_old=is_too_old,
    )


def _preview_page(
    request: HttpRequest,
    version: CourseVersion,
    kept: KeptFile,
    file: QuestionFile,
    *,
    form: CategoryTopicsForm | None = None,
) -> HttpResponse:
    errors_url = reverse("courses:bank_errors", args=[version.pk])
    return passport_page(
        request,
        version,
        "courses/bank_preview.html",
        is_here=is_of_banks,
        crumbs=("banks",),
        title=_("What is in the file"),
        file=file,
        format=FORMAT_NAMES.get(file.read.format, ""),
        form=form or _topics_form(version, kept, file),
        shown_errors=file.errors[:MOST_ERRORS],
        errors_url=f"{errors_url}?{urlencode({'file': kept.token})}",
    )
