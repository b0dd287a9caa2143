"""How pages of a passport load it, show it beside its panel, and answer a save."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import FileField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.enums import Stage
from courses.findings import Panel, panel_of
from courses.models import CourseVersion
from courses.places import PAGE_BY_KEY
from courses.regulation.engine import Report
from courses.regulation.place import Place
from courses.selectors import check_version, versions_visible_to
from courses.selectors.check_changes import changes_since, last_check
from courses.services import PartGone, PassportLocked, keep_before_edit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def passport_view(view: View[P]) -> View[P]:
    """Ask to sign in, and answer 409 with the reason where the passport is locked.

    A fragment asked for by script after the session ended sends the whole page to sign
    in; what was typed is kept by the page.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_fragment(request) and not request.user.is_authenticated:
            return signed_out(request)
        try:
            return view(request, *args, **kwargs)
        except PassportLocked as refusal:
            return refused(request, refusal, status=409)
        except PartGone as refusal:
            return refused(request, refusal, status=404)

    return cast("View[P]", _sign_in_unless_fragment(answer))


def _sign_in_unless_fragment(view: Any) -> Any:
    asks = login_required(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = view if is_fragment(request) else asks
        return cast("HttpResponse", chosen(request, *args, **kwargs))

    return answer


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether a script asks for a part of the page."""
    return bool(getattr(request, "htmx", False))


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether a form posted itself while it was typed in."""
    return is_fragment(request) and "autosave" in request.POST


def person(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast("User", request.user)


def load_version(
    request: HttpRequest,
    pk: int,
    *,
    permission: str = "courses.author_passport",
    is_edit: bool = True,
) -> CourseVersion:
    """Return a version that the person may see; whoever posts must be allowed to edit.

    A POST keeps the passport as it was before the person's edits; `is_edit` is false
    where a view edits nothing, or keeps the state itself.

    Raises:
        Http404: there is none, or it is not open to the person.
        PermissionDenied: a POST by somebody without the permission.
        PassportLocked: a POST while the passport is not open to edits.
    """
    user = person(request)
    versions = versions_visible_to(user, timezone.localdate())
    version = get_object_or_404(versions, pk=pk)
    if request.method == "POST":
        if not user.has_perm(permission, version):
            raise PermissionDenied
        if not version.is_editable:
            raise PassportLocked(
                _("The passport is locked: nothing was saved. Stage: %(stage)s.")
                % {"stage": version.get_stage_display()}
            )
        if is_edit:
            keep_before_edit(version=version, by=user, at=timezone.now())
    return version


def can_edit(request: HttpRequest, version: CourseVersion) -> bool:
    """Tell whether the person may edit this passport now."""
    return person(request).has_perm("courses.edit_passport", version)


def crumbs_of(version: CourseVersion, *page_keys: str) -> list[dict[str, str]]:
    """Return the way to a page of the passport."""
    crumbs = [
        {"label": _("Passports"), "url": reverse("courses:version_list")},
        {
            "label": version.title,
            "url": reverse("courses:version_detail", args=[version.pk]),
        },
    ]
    pages = (PAGE_BY_KEY[key] for key in page_keys)
    return [
        *crumbs,
        *({"label": str(page.title), "url": page.url(version.pk)} for page in pages),
    ]


def panel_beside(
    version: CourseVersion,
    report: Report,
    *,
    is_here: Callable[[Place], bool] | None = None,
) -> Panel:
    """Return the panel of a page, with what turned since the check that was kept last."""
    kept = last_check(version)
    changes = changes_since(kept, report) if kept else None
    return panel_of(
        report,
        version.pk,
        is_here=is_here,
        changes=changes,
        is_decided=version.stage == Stage.RECOMMENDED,
    )


def passport_page(
    request: HttpRequest,
    version: CourseVersion,
    template: str,
    *,
    is_here: Callable[[Place], bool] | None,
    crumbs: tuple[str, ...] = (),
    **context: Any,
) -> HttpResponse:
    """Render a page of the passport with its panel."""
    whole = {
        "version": version,
        "breadcrumbs": crumbs_of(version, *crumbs),
        "can_edit": can_edit(request, version),
        "panel": panel_beside(version, check_version(version), is_here=is_here),
        **context,
    }
    status = 400 if _has_refused_file(context.get("form")) else 200
    return render(request, template, whole, status=status)


def _has_refused_file(form: Any) -> bool:
    """Tell whether the guard for uploads refused what somebody sent."""
    return form is not None and any(
        isinstance(field, FileField) and name in form.errors
        for name, field in form.fields.items()
    )


def saved(
    request: HttpRequest,
    version: CourseVersion,
    *,
    is_here: Callable[[Place], bool],
    **context: Any,
) -> HttpResponse:
    """Answer a save: the form and the panel anew for a script, else the page again."""
    if is_fragment(request):
        return form_page(request, version, is_here=is_here, is_saved=True, **context)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.path)


def form_page(
    request: HttpRequest,
    version: CourseVersion,
    *,
    is_here: Callable[[Place], bool],
    crumbs: tuple[str, ...] = (),
    **context: Any,
) -> HttpResponse:
    """Show a form of the passport; to a script that posted it, the form alone."""
    template = (
        "courses/_form_saved.html" if is_fragment(request) else "courses/form_page.html"
    )
    return passport_page(
        request, version, template, is_here=is_here, crumbs=crumbs, **context
    )


def autosaved(
    request: HttpRequest,
    version: CourseVersion | None = None,
    *,
    state: str,
    note: str = "",
    status: int = 200,
    is_here: Callable[[Place], bool] | None = None,
    **context: Any,
) -> HttpResponse:
    """Answer an autosave: its status and marks, and the panel where it was saved.

    `state` is saved, kept (not valid yet), waiting (to be added), stale, refused or
    signed-out.
    """
    whole: dict[str, Any] = {
        "version": version,
        "state": state,
        "note": note,
        "at": timezone.localtime(),
        "sign_in_url": redirect_to_login(request.path).url,
        **context,
    }
    if version is not None and state == "saved":
        report = check_version(version)
        whole["panel"] = panel_beside(version, report, is_here=is_here)
    return render(request, "courses/_autosaved.html", whole, status=status)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a script after the session ended; what was typed stays in the page."""
    if is_autosave(request):
        return autosaved(request, state="signed-out", status=401)
    target = redirect_to_login(request.path)
    return HttpResponse(status=401, headers={"HX-Redirect": target.url})


def refused(request: HttpRequest, refusal: Exception, *, status: int) -> HttpResponse:
    """Say why nothing was saved; a script reloads the page, which tells it, too."""
    if is_autosave(request):
        return autosaved(request, state="refused", note=str(refusal), status=status)
    context = {"reason": str(refusal)}
    answer = render(request, "courses/locked.html", context, status=status)
    if is_fragment(request):
        answer["HX-Refresh"] = "true"
    return answer
