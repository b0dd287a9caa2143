"""Question banks: their list, the import with its preview, one bank."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.storage import read_bytes, store_bytes
from core.uploads import MEGABYTE, FileKind, FileRefused, check_upload
from courses.forms.banks import (
    BankForm,
    CategoryTopicsForm,
    QuestionFileForm,
    QuestionSearchForm,
)
from courses.models import CourseVersion, Question, QuestionBank
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Place, Section
from courses.selectors.question_files import QuestionFile, read_question_file
from courses.services import (
    QuestionsUnreadable,
    change_bank,
    delete_bank,
    import_questions,
)
from courses.services.banks import ENDING, FOLDER
from courses.views.answers import (
    crumbs_of,
    load_version,
    passport_page,
    passport_view,
    person,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MAX_BYTES = 10 * MEGABYTE
PAGE_ROWS = 25
TOKEN_SALT = "courses.question_file"  # noqa: S105 - the name of a use, no secret
TOKEN_SECONDS = 24 * 3600


@require_safe
@passport_view
def bank_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    banks = version.banks.select_related("topic").annotate(
        question_count=Count("questions"),
        distinct_count=Count("questions__fingerprint", distinct=True),
    )
    return passport_page(
        request,
        version,
        "courses/bank_list.html",
        is_here=lambda place: place.section is Section.BANK,
        title=PAGE_BY_KEY["banks"].title,
        banks=banks.order_by("pk"),
        imports=version.question_imports.select_related("by"),
    )


@GET_OR_POST
@passport_view
def bank_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in and show what is in it; nothing is imported yet."""
    version = load_version(request, pk)
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(version, form.cleaned_data["file"])
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview_page(request, version, kept, _read(version, kept))
    return passport_page(
        request,
        version,
        "courses/bank_import.html",
        is_here=lambda place: place.section is Section.BANK,
        crumbs=("banks",),
        title=_("Import of questions"),
        form=form,
    )


@require_POST
@passport_view
def bank_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file that was looked at, its categories assigned as chosen."""
    version = load_version(request, pk)
    try:
        kept = _KeptFile.from_token(request.POST.get("token", ""), version)
    except signing.BadSignature:
        messages.error(request, _("The preview is too old: choose the file again."))
        return redirect("courses:bank_import", version.pk)
    file = _read(version, kept)
    form = _topics_form(request, version, kept, file, data=request.POST)
    if not form.is_valid() or not _import(request, version, kept, form):
        return _preview_page(request, version, kept, file, form=form)
    return HttpResponseRedirect(PAGE_BY_KEY["banks"].url(version.pk))


def _import(
    request: HttpRequest,
    version: CourseVersion,
    kept: "_KeptFile",
    form: CategoryTopicsForm,
) -> bool:
    """Import, and say how much; a file with errors is not, and its preview says why."""
    try:
        done = import_questions(
            version=version,
            name=kept.name,
            content=read_bytes(kept.stored_as),
            topics=form.topics(),
            by=person(request),
            at=timezone.now(),
        )
    except QuestionsUnreadable:
        return False
    messages.success(
        request,
        _("Questions imported: %(count)s. Left out as known: %(known)s.")
        % {"count": done.imported_count, "known": done.left_out_count},
    )
    return True


@require_safe
@passport_view
def bank_file(request: HttpRequest, pk: int, import_id: int) -> HttpResponse:
    """Give back the file that questions came from, byte by byte."""
    version = load_version(request, pk)
    source = get_object_or_404(version.question_imports, pk=import_id)
    disposition = content_disposition_header(
        as_attachment=True, filename=source.file_name
    )
    return HttpResponse(
        read_bytes(source.stored_as),
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )


@GET_OR_POST
@passport_view
def bank_detail(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    version = load_version(request, pk)
    bank = _get_bank(version, bank_id)
    form = BankForm(
        request.POST or None, version=version, initial={"topic": bank.topic}
    )
    if request.method == "POST" and form.is_valid():
        change_bank(bank=bank, topic=form.cleaned_data["topic"], by=person(request))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    search = QuestionSearchForm(request.GET)
    pages = Paginator(_found(bank.questions.all(), search), PAGE_ROWS)
    return passport_page(
        request,
        version,
        "courses/bank_detail.html",
        is_here=_of(bank),
        crumbs=("banks",),
        title=str(bank),
        bank=bank,
        form=form,
        search=search,
        page=pages.get_page(request.GET.get("page")),
        repeated=_repeated(bank),
    )


@GET_OR_POST
@passport_view
def bank_remove(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    version = load_version(request, pk)
    bank = _get_bank(version, bank_id)
    back_url = PAGE_BY_KEY["banks"].url(version.pk)
    if request.method == "POST":
        delete_bank(bank=bank, by=person(request))
        messages.success(request, _("Removed: %(part)s.") % {"part": bank})
        return HttpResponseRedirect(back_url)
    return render(
        request,
        "courses/part_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, "banks"),
            "facts": [
                {"label": _("Question bank"), "value": bank},
                {"label": _("Questions"), "value": bank.questions.count()},
            ],
            "consequences": [
                _("All its questions go; the files they came from are kept.")
            ],
            "cancel_url": back_url,
        },
    )


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """A file between its preview and its import: stored, named by a signed token."""

    name: str
    stored_as: str
    token: str

    @classmethod
    def from_token(cls, token: str, version: CourseVersion) -> "_KeptFile":
        """Read the token that a preview gave for this version.

        Raises:
            BadSignature: it is forged, too old, or of another version.
        """
        told = signing.loads(token, salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
        if told["version"] != version.pk:
            raise signing.BadSignature
        return cls(told["name"], told["stored_as"], token)


def _keep(version: CourseVersion, upload: Any) -> _KeptFile:
    checked = check_upload(upload, allowed={FileKind.TEXT}, max_bytes=MAX_BYTES)
    stored_as, _sha256 = store_bytes(checked.content, folder=FOLDER, ending=ENDING)
    told = {"version": version.pk, "name": checked.name, "stored_as": stored_as}
    return _KeptFile(checked.name, stored_as, signing.dumps(told, salt=TOKEN_SALT))


def _read(version: CourseVersion, kept: _KeptFile) -> QuestionFile:
    content = read_bytes(kept.stored_as)
    return read_question_file(version=version, name=kept.name, content=content)


def _topics_form(
    request: HttpRequest,
    version: CourseVersion,
    kept: _KeptFile,
    file: QuestionFile,
    *,
    data: Any = None,
) -> CategoryTopicsForm:
    wanted = request.GET.get("topic", "")
    default = version.topics.filter(pk=wanted).first() if wanted.isdecimal() else None
    return CategoryTopicsForm(
        data,
        version=version,
        categories=file.categories,
        default=default,
        initial={"token": kept.token},
    )


def _preview_page(
    request: HttpRequest,
    version: CourseVersion,
    kept: _KeptFile,
    file: QuestionFile,
    *,
    form: CategoryTopicsForm | None = None,
) -> HttpResponse:
    return passport_page(
        request,
        version,
        "courses/bank_preview.html",
        is_here=lambda place: place.section is Section.BANK,
        crumbs=("banks",),
        title=_("What is in the file"),
        file=file,
        form=form or _topics_form(request, version, kept, file),
        known=sum(category.known for category in file.categories),
        repeated=sum(category.repeated for category in file.categories),
    )


def _get_bank(version: CourseVersion, bank_id: int) -> QuestionBank:
    banks = QuestionBank.objects.select_related("topic", "version")
    return get_object_or_404(banks, version=version, pk=bank_id)


def _of(bank: QuestionBank) -> Callable[[Place], bool]:
    return lambda place: place.section is Section.BANK and place.object_id == bank.pk


def _found(
    questions: QuerySet[Question], search: QuestionSearchForm
) -> QuerySet[Question]:
    """Return the questions that are looked for; a search that makes no sense, all."""
    if not search.is_valid():
        return questions
    for word in search.cleaned_data["q"].split():
        questions = questions.filter(Q(text__icontains=word) | Q(name__icontains=word))
    kind = search.cleaned_data["kind"]
    return questions.filter(kind=kind) if kind else questions


def _repeated(bank: QuestionBank) -> set[str]:
    """Return the fingerprints that more than one question of the bank has."""
    return set(
        bank.questions.order_by()
        .values("fingerprint")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .values_list("fingerprint", flat=True)
    )
