"""The public register of courses, on the page and as a table (KAZ 4.1)."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.sheets import write_table
from registry.enums import EntryState
from registry.forms import RegisterSearchForm, asked
from registry.models import RegisterEntry
from registry.selectors import DEFAULT_ORDER, REGISTER_ORDERS, find_entries
from registry.views.lists import attachment, chips_of, page_of

ENTERED_STATES = [
    (state.value, state.label) for state in EntryState if state != EntryState.DOCUMENTS
]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    values = asked(RegisterSearchForm(request.GET))
    found = _found(request, values["q"])
    by_state = dict(found.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "words": values["q"],
        "state": values["state"],
        "sort": _order(request),
        "page": page_of(request, _of_state(found, values["state"])),
        "chips": chips_of(
            request, "state", ENTERED_STATES, by_state, total=sum(by_state.values())
        ),
    }
    return render(request, "registry/register_list.html", context)


@require_safe
def register_export(request: HttpRequest) -> HttpResponse:
    """Answer exactly the rows that the list shows, all pages of them."""
    values = asked(RegisterSearchForm(request.GET))
    entries = _of_state(_found(request, values["q"]), values["state"])
    table = write_table(
        title=_("Register of open courses"),
        header=[
            _("Number"),
            _("Title"),
            _("Code"),
            _("Type"),
            _("Unit"),
            _("Opened"),
            _("State"),
        ],
        rows=(_export_row(entry) for entry in entries),
    )
    return attachment(table, name="register.xlsx", content_type=XLSX_TYPE)


def _export_row(entry: RegisterEntry) -> list[object]:
    course = entry.version.course
    return [
        entry.number,
        entry.version.title,
        course.code,
        course.get_type_display(),
        course.unit.name,
        timezone.localdate(entry.opened_at),
        entry.get_state_display(),
    ]


def _order(request: HttpRequest) -> str:
    order = request.GET.get("sort", "")
    return order if order in REGISTER_ORDERS else DEFAULT_ORDER


def _found(request: HttpRequest, words: str) -> QuerySet[RegisterEntry]:
    return find_entries(words, order=_order(request))


def _of_state(entries: QuerySet[RegisterEntry], state: str) -> QuerySet[RegisterEntry]:
    return entries.filter(state=state) if state else entries
