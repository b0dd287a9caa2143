"""The documents of a course: for its authors, its unit's head, the centre."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core.deadlines import working_days_left
from core.storage import read_bytes
from core.workflow import TransitionRefused, history_of, workflow_of
from courses.findings import line_of
from courses.regulation.finding import Finding
from registry.enums import REQUIRED_DOCUMENTS, EntryState
from registry.forms import DocumentForm
from registry.models import RegisterEntry
from registry.selectors import (
    documents_visible_to,
    entries_visible_to,
    missing_documents,
    runs_of_entry,
    unmet_before_opening,
)
from registry.services import receive_document
from registry.views.lists import attachment, crumbs_of


@require_safe
@login_required
def entry_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    entries = entries_visible_to(request.user, timezone.localdate())
    entry = get_object_or_404(entries.prefetch_related("documents__received_by"), pk=pk)
    missing = missing_documents(entry)
    unmet = _unmet(entry)
    documents = list(entry.documents.all())
    context = {
        "entry": entry,
        "kinds": [
            {"kind": kind, "documents": [row for row in documents if row.kind == kind]}
            for kind in REQUIRED_DOCUMENTS
        ],
        "missing": missing,
        "days_left": working_days_left(
            timezone.localdate(entry.documents_due_at), timezone.now()
        ),
        "may_receive": request.user.has_perm("registry.receive_document", entry),
        "open_url": _open_url(request, entry, is_ready=not (missing or unmet)),
        "unmet": [line_of(row, entry.version_id, is_decided=True) for row in unmet],
        "runs": runs_of_entry(entry, request.user),
        "events": _events(entry),
    }
    return render(request, "registry/entry_detail.html", context)


def _unmet(entry: RegisterEntry) -> Sequence[Finding]:
    """Return what the gate of the opening still asks; nothing once it was passed."""
    is_before = entry.state == EntryState.DOCUMENTS
    return unmet_before_opening([entry])[entry.pk] if is_before else ()


def _open_url(request: SignedInRequest, entry: RegisterEntry, *, is_ready: bool) -> str:
    is_keeper = request.user.has_perm("registry.manage_entry", entry)
    if not (is_ready and is_keeper and entry.state == EntryState.DOCUMENTS):
        return ""
    return reverse("admin:registry_registerentry_transition", args=[entry.pk, "open"])


def _events(entry: RegisterEntry) -> list[dict[str, object]]:
    way = workflow_of(RegisterEntry)
    begun = {"at": entry.recommended_at, "text": _("Recommended"), "note": ""}
    return [
        begun,
        *(
            {
                "at": log.at,
                "text": f"{way.state_label(log.target)} — {log.by}",
                "note": log.comment,
            }
            for log in history_of(entry)
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def document_receive(request: SignedInRequest, pk: int) -> HttpResponse:
    entries = entries_visible_to(request.user, timezone.localdate())
    entry = get_object_or_404(entries, pk=pk)
    if not request.user.has_perm("registry.receive_document", entry):
        raise PermissionDenied
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        initial={"kind": request.GET.get("kind", "")},
    )
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            receive_document(
                entry=entry, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except TransitionRefused as error:
            refusal = str(error).splitlines()
        else:
            messages.success(request, _("The document is taken in."))
            return redirect("registry:entry_detail", pk)
    context = {
        "entry": entry,
        "form": form,
        "refusal": refusal,
        "breadcrumbs": crumbs_of(entry),
    }
    status = 409 if refusal else 400 if form.errors else 200
    return render(request, "registry/document_receive.html", context, status=status)


@require_safe
@login_required
def document_download(request: SignedInRequest, pk: int) -> HttpResponse:
    documents = documents_visible_to(request.user, timezone.localdate())
    document = get_object_or_404(documents, pk=pk)
    return attachment(
        read_bytes(document.stored_as),
        name=document.file_name,
        content_type="application/octet-stream",
    )
