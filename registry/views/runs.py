"""A run as the centre's staff work on it: learners, results, the tables they came in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import SignedInRequest
from core.storage import read_bytes
from core.uploads import CheckedFile, FileRefused
from core.workflow import offers
from registry.enums import RunState
from registry.forms import LearnerSearchForm, ResultsForm, asked
from registry.models import Run
from registry.panels import run_panels
from registry.selectors import (
    count_learners,
    find_learners,
    imports_of,
    imports_visible_to,
    preview_results,
    results_template,
    runs_visible_to,
)
from registry.services import (
    ResultsRefused,
    UploadForgotten,
    held_upload,
    hold_upload,
    import_results,
)
from registry.views.lists import attachment, chips_of, crumbs_of, page_of
from registry.views.register import XLSX_TYPE

GROUPS = [
    ("passed", gettext_lazy("Passed")),
    ("not_passed", gettext_lazy("Not passed")),
    ("no_result", gettext_lazy("No result yet")),
    ("withdrawn", gettext_lazy("Withdrawn")),
]


def _run(request: SignedInRequest, pk: int) -> Run:
    return get_object_or_404(runs_visible_to(request.user), pk=pk)


@require_safe
@login_required
def run_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    values = asked(LearnerSearchForm(request.GET))
    counts = count_learners(run)
    now = timezone.now()
    context = {
        "run": run,
        "words": values["q"],
        "group": values["group"],
        "page": page_of(request, find_learners(run, values["q"], values["group"])),
        "chips": chips_of(request, "group", GROUPS, counts, total=counts[""]),
        "figures": _figures(counts),
        "imports": imports_of(run),
        "panels": run_panels(run, request.user, now),
        "offers": offers(run, by=request.user, at=now),
        "may_import": run.state == RunState.OPEN,
        "breadcrumbs": crumbs_of(run.entry),
    }
    return render(request, "registry/run_detail.html", context)


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = (
        (_("enrolled"), counts[""] - counts["withdrawn"]),
        (_("with a result"), counts["passed"] + counts["not_passed"]),
        (_("passed"), counts["passed"]),
    )
    return [
        {"label": label, "value": value, "url": None, "tone": None}
        for label, value in shown
    ]


@require_safe
@login_required
def results_form(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    name = _("results of run %(run)d.xlsx") % {"run": run.pk}
    return attachment(results_template(run), name=name, content_type=XLSX_TYPE)


def _import_page(run: Run) -> dict[str, Any]:
    crumbs = crumbs_of(run.entry, run)
    return {
        "run": run,
        "form": ResultsForm(),
        "preview": None,
        "refusal": [],
        "breadcrumbs": crumbs,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def results_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a table, show what it would do, row by row; nothing is written yet."""
    run = _run(request, pk)
    form = ResultsForm(request.POST or None, request.FILES or None)
    context = {**_import_page(run), "form": form}
    if request.method == "POST" and form.is_valid():
        file: CheckedFile = form.cleaned_data["file"]
        try:
            preview = preview_results(run, file.content, on=timezone.localdate())
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            context |= {"preview": preview, "file": file}
            if preview.is_clean:
                context["held"] = hold_upload(run=run, file=file, by=request.user)
    status = 400 if form.errors else 200
    return render(request, "registry/results_import.html", context, status=status)


@require_POST
@login_required
def results_commit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take in the table that was just looked at, all of it or nothing."""
    run = _run(request, pk)
    context = _import_page(run)
    try:
        file = held_upload(request.POST.get("held", ""), run=run, by=request.user)
        import_results(run=run, file=file, by=request.user, at=timezone.now())
    except UploadForgotten as error:
        context["refusal"] = [str(error)]
    except ResultsRefused as error:
        context |= {"preview": error.preview, "file": file}
    else:
        messages.success(request, _("The results are taken in."))
        return redirect("registry:run_detail", pk)
    return render(request, "registry/results_import.html", context, status=409)


@require_safe
@login_required
def import_download(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(imports_visible_to(request.user), pk=pk)
    return attachment(
        read_bytes(source.stored_as), name=source.file_name, content_type=XLSX_TYPE
    )
