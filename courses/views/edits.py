"""How a form of the passport is shown, saved, and reconciled with what others saved.

A form saves itself while it is typed in (`autosave` among what is posted): its answer
replaces the status, the panel and the marks, never the field that is being typed in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.db.models import Model
from django.forms import FileField
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

from courses.marks import Marks, read_marks, write_marks
from courses.models import CourseVersion
from courses.regulation.place import Place
from courses.selectors.drafts import last_save_of
from courses.services.drafts import BASE
from courses.views.answers import (
    autosaved,
    form_page,
    is_autosave,
    is_fragment,
    saved,
)
from courses.views.conflicts import (
    AnyForm,
    base_of,
    clashes_of,
    conflicts_of,
    marks_shown,
    next_base,
    reconciled,
)
from courses.views.drafts import Kept, keep_typed, kept_draft, save_typed, typed_in


@dataclass(frozen=True, slots=True)
class Edit:
    """A form of the passport on its page.

    `bind(data, files)` makes the form; without data, of what is stored now.
    `save(form, base)` saves it; `row` is what the trail knows the last save of.
    """

    version: CourseVersion
    bind: Callable[[Any, Any], AnyForm]
    save: Callable[[AnyForm, Marks | None], object]
    row: Model | None
    is_here: Callable[[Place], bool]
    page: Mapping[str, Any] = field(default_factory=dict)


def edit_answer(request: HttpRequest, edit: Edit) -> HttpResponse:
    """Show the form of an edit, or save what was posted."""
    if request.method == "POST":
        return _post(request, edit)
    stored = edit.bind(None, None)
    draft = kept_draft(request, edit.version)
    if draft is None:
        return _page(request, edit, form=stored, base=base_of(stored))
    form = edit.bind(typed_in(draft), None)
    base = read_marks(form.data.get(BASE, ""))
    clashes = clashes_of(form, stored, base)
    shown = _clashing(edit, form, stored, clashes)
    return _page(request, edit, form=form, base=write_marks(base), draft=draft, **shown)


def _post(request: HttpRequest, edit: Edit) -> HttpResponse:
    stored = edit.bind(None, None)
    typed, base = reconciled(request.POST, stored)
    form = edit.bind(typed, request.FILES or None)
    if is_autosave(request) and base is not None and not _is_whole(form):
        return HttpResponseBadRequest(
            _("The form came without some of its fields; nothing was saved.")
        )
    if not form.is_valid():
        seen = base or marks_shown(stored)
        kept = keep_typed(request, edit.version, form, seen)
        return _not_saved(request, edit, form, seen, kept)
    done = save_typed(
        request, edit.version, form, base, save=lambda: edit.save(form, base)
    )
    if done.stale:
        shown = _clashing(edit, form, edit.bind(None, None), done.stale.stored)
        kept = Kept("stale", done.not_kept)
        return _not_saved(request, edit, form, base or {}, kept, **shown)
    return _saved(request, edit, form, base)


def _is_whole(form: AnyForm) -> bool:
    """Tell whether every field was sent: a form taken off its page loses them."""
    return not any(
        field.widget.value_omitted_from_data(
            form.data, form.files, form.add_prefix(name)
        )
        for name, field in form.fields.items()
        if not isinstance(field, FileField)
    )


def _saved(
    request: HttpRequest, edit: Edit, form: AnyForm, base: Marks | None
) -> HttpResponse:
    """Answer a save; to an autosave with the panel and the marks alone."""
    fresh = edit.bind(None, None)
    if is_autosave(request):
        return autosaved(
            request,
            edit.version,
            state="saved",
            is_here=edit.is_here,
            base=next_base(form, fresh, base),
            measured=[fresh[name] for name in getattr(fresh, "measured", ())],
        )
    return saved(
        request,
        edit.version,
        is_here=edit.is_here,
        form=fresh,
        base=base_of(fresh),
        **edit.page,
    )


def _not_saved(
    request: HttpRequest,
    edit: Edit,
    form: AnyForm,
    base: Marks,
    kept: Kept,
    **shown: Any,
) -> HttpResponse:
    """Answer what cannot be saved: whether it is kept as it was typed, and why not."""
    if is_autosave(request):
        return autosaved(
            request,
            edit.version,
            state=kept.state,
            note=kept.note,
            form=form,
            base=write_marks(base),
            **shown,
        )
    answer = _page(
        request, edit, form=form, base=write_marks(base), not_kept=kept.note, **shown
    )
    if shown and not is_fragment(request):
        answer.status_code = HTTPStatus.CONFLICT
    return answer


def _page(request: HttpRequest, edit: Edit, **context: Any) -> HttpResponse:
    return form_page(
        request, edit.version, is_here=edit.is_here, **{**edit.page, **context}
    )


def _clashing(
    edit: Edit, form: AnyForm, stored: AnyForm, names: Iterable[str]
) -> dict[str, Any]:
    """Return what a page shows of fields that two people changed."""
    conflicts = conflicts_of(form, stored, names)
    if not conflicts:
        return {}
    saved_by = last_save_of(edit.row) if edit.row else None
    return {"conflicts": conflicts, "saved_by": saved_by}


def added_later(
    request: HttpRequest, version: CourseVersion, form: AnyForm
) -> HttpResponse:
    """Answer the autosave of a form that adds: it is kept; its button adds it."""
    kept = keep_typed(request, version, form, None)
    state = "waiting" if kept.state == "kept" else kept.state
    note = kept.note or _("Kept. It is not in the passport before you add it.")
    return autosaved(request, version, state=state, note=note)
