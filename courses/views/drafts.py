"""What a person typed into a form and the passport has not taken: kept, or discarded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses.marks import Marks, write_marks
from courses.models import CourseVersion, SectionDraft
from courses.selectors.drafts import draft_of
from courses.services import (
    DraftRefused,
    SaveOutcome,
    discard_draft,
    keep_draft,
    save_or_keep,
)
from courses.services.drafts import BASE
from courses.views.answers import can_edit, load_version, passport_view, person
from courses.views.conflicts import AnyForm, kept_names


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether what was typed is kept, and why not where it is not."""

    state: str
    note: str = ""


@require_POST
@passport_view
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was typed into a form; the form is shown as it is saved."""
    version = load_version(request, pk)
    page = request.POST.get("page", "")
    # The page is an address of ours only when a draft of this person names it.
    if draft_of(version, person(request), page) is None:
        raise Http404
    discard_draft(version=version, page=page, by=person(request))
    return HttpResponseRedirect(page)


def keep_typed(
    request: HttpRequest, version: CourseVersion, form: AnyForm, base: Marks | None
) -> Kept:
    """Keep what was typed into a form as it was typed."""
    try:
        keep_draft(
            version=version,
            page=request.path,
            values=_raw_values(form, base),
            by=person(request),
            at=timezone.now(),
        )
    except DraftRefused as refusal:
        return Kept("refused", str(refusal))
    return Kept("kept")


def save_typed(
    request: HttpRequest,
    version: CourseVersion,
    form: AnyForm,
    base: Marks | None,
    save: Callable[[], object],
) -> SaveOutcome:
    """Save a form and forget what was kept of it; keep it where it is stale."""
    return save_or_keep(
        version=version,
        page=request.path,
        save=save,
        typed=_raw_values(form, base),
        by=person(request),
        at=timezone.now(),
    )


def _raw_values(form: AnyForm, base: Marks | None) -> dict[str, list[str]]:
    values = {name: form.data.getlist(name) for name in kept_names(form)}
    return {**values, BASE: [write_marks(base or {})]}


def forget_typed(request: HttpRequest, version: CourseVersion) -> None:
    """Forget what was kept of this page's form: the passport has it."""
    discard_draft(version=version, page=request.path, by=person(request))


def kept_draft(request: HttpRequest, version: CourseVersion) -> SectionDraft | None:
    """Return what the person typed into this page's form and has not saved."""
    if not can_edit(request, version):
        return None
    return draft_of(version, person(request), request.path)


def typed_in(draft: SectionDraft) -> QueryDict:
    """Return a draft as a form takes it."""
    typed = QueryDict(mutable=True)
    values: dict[str, Any] = draft.values
    for name, kept in values.items():
        typed.setlist(name, kept)
    return typed


def form_to_add(
    request: HttpRequest,
    version: CourseVersion,
    bind: Callable[[Any, Any], AnyForm],
) -> tuple[AnyForm, SectionDraft | None]:
    """Return the form that adds a part, and what was typed into it and not added."""
    if request.method == "POST":
        return bind(request.POST, request.FILES or None), None
    draft = kept_draft(request, version)
    return bind(typed_in(draft) if draft else None, None), draft
