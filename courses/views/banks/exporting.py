"""Banks written to files: what will be left out is said before it is downloaded."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.enums import QuestionKind
from courses.formats.question import Format, ParsedCategory
from courses.formats.writing import (
    LeftOut,
    WrittenBank,
    write_questions,
    write_template,
)
from courses.forms.banks import ExportForm
from courses.models import QuestionBank
from courses.selectors.banks import parsed_questions
from courses.views.answers import load_version, passport_page, passport_view
from courses.views.banks.loading import XLSX, attachment, is_of_banks

MOST_LEFT_OUT = 100


@require_safe
@passport_view
def bank_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a format carries of the banks chosen, and what it leaves out."""
    version = load_version(request, pk)
    form = ExportForm(request.GET or None, version=version)
    banks, file_format = form.chosen()
    written = _written(banks, file_format)
    download_url = reverse("courses:bank_download", args=[version.pk])
    return passport_page(
        request,
        version,
        "courses/bank_export.html",
        is_here=is_of_banks,
        crumbs=("banks",),
        title=_("Export of questions"),
        form=form,
        left_out=[_told(row) for row in written.left_out[:MOST_LEFT_OUT]],
        left_out_count=len(written.left_out),
        written_count=written.count,
        kilobytes=-(-len(written.content) // 1024),
        download_url=f"{download_url}?{urlencode(request.GET)}",
    )


@require_safe
@passport_view
def bank_download(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    form = ExportForm(request.GET or None, version=version)
    banks, file_format = form.chosen()
    written = _written(banks, file_format)
    name = f"{version.course.code}.{written.file_ending}"
    return attachment(written.content, name=name, mime=written.mime)


@require_safe
@passport_view
def bank_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the portal's own table, with an example of each kind of question."""
    load_version(request, pk)
    return attachment(write_template(), name="questions.xlsx", mime=XLSX)


def _written(banks: QuerySet[QuestionBank], file_format: Format) -> WrittenBank:
    return write_questions(
        parsed_questions(banks),
        format=file_format,
        categories=[
            ParsedCategory(path=bank.category, id_number=bank.id_number)
            for bank in banks
        ],
    )


def _told(row: LeftOut) -> dict[str, str]:
    """Return a question left out in the words of the page."""
    kinds = dict(QuestionKind.choices)
    return {
        "name": row.name,
        "kind": str(kinds.get(row.kind_name, row.kind_name)),
        "reason": _(row.reason),
    }
