"""What pages of banks have in common: how a bank is loaded, where a finding leads."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from courses.models import CourseVersion, QuestionBank
from courses.regulation.place import Place, Section

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def get_bank(version: CourseVersion, bank_id: int) -> QuestionBank:
    """Return a bank of this version and no other.

    Raises:
        Http404: the version has no such bank.
    """
    banks = QuestionBank.objects.select_related("topic", "version")
    return get_object_or_404(banks, version=version, pk=bank_id)


def is_of_banks(place: Place) -> bool:
    """Tell whether a finding is about banks, those that are still missing too."""
    return place.section is Section.BANK or place.field == "banks"


def is_of(bank: QuestionBank) -> Callable[[Place], bool]:
    """Return what tells whether a finding is about this bank."""
    return lambda place: place.section is Section.BANK and place.object_id == bank.pk


def attachment(content: bytes, *, name: str, mime: str) -> HttpResponse:
    """Answer with a file to keep."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=mime, headers={"Content-Disposition": disposition}
    )
