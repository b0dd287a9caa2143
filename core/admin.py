"""The admin of the portal: states are read, transitions are buttons.

Each app's `admin.py` builds on `PortalAdmin`; what a button does goes through the same
service as every other path.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.enums import JobState
from core.jobs import try_again
from core.models import (
    Counter,
    DayOverride,
    Job,
    OutgoingMail,
    QuarantinedFile,
    TransitionLog,
)
from core.quarantine import note_as_seen
from core.workflow import NotAllowed, Transition, TransitionRefused

Service = Callable[..., Any]
SAVE_BUTTONS = ("show_save", "show_save_and_continue", "show_save_and_add_another")


class TransitionForm(forms.Form):
    """What a transition asks of whoever makes it; subclasses add its `fields`."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # one base for every model
    """Rows that are looked at and never edited by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class PortalAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # one base for every model
    """A model with a way: its transitions are buttons, its history is shown.

    `transition_forms` gives the form of a transition that has `fields`;
    `transition_services` the service that makes it, called with the object under
    `service_argument`, the form's values, `by`, `at` and `comment`. Those
    `made_elsewhere` are steps of something greater, like a verdict: no buttons here.
    """

    change_form_template = "admin/portal_change_form.html"
    service_argument = "obj"
    transition_forms: ClassVar[Mapping[str, type[TransitionForm]]] = {}
    transition_services: ClassVar[Mapping[str, Service]] = {}
    made_elsewhere: ClassVar[frozenset[str]] = frozenset()

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        """Add the state: only transitions change it."""
        state = self._workflow().state
        return [*super().get_readonly_fields(request, obj), state]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.transition_view)
        name = "{}_{}_transition".format(*self._names())
        route = "<int:object_id>/transition/<slug:name>/"
        return [path(route, view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if obj is not None:
            context["way"] = self._way(obj)
            context["offers"] = [
                (offer, self._transition_url(obj, offer.transition))
                for offer in workflow.offers(obj, by=request.user, at=timezone.now())
                if offer.transition.name not in self.made_elsewhere
            ]
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001 (Django's own)
    ) -> None:
        """Write what was typed and no more: the state may have moved on meanwhile."""
        obj.save(update_fields=form.changed_data if change else None)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to save only where something can be changed."""
        inlines = context["inline_admin_formsets"]
        if not context["adminform"].form.fields and not any(
            inline.has_add_permission or inline.has_change_permission
            for inline in inlines
        ):
            context |= dict.fromkeys(SAVE_BUTTONS, False)
        response: HttpResponse = super().render_change_form(
            request, context, *args, **kwargs
        )
        return response

    def transition_view(
        self, request: HttpRequest, object_id: int, name: str
    ) -> HttpResponse:
        """Ask once more what the button says, then do it through its service."""
        obj = get_object_or_404(self.get_queryset(request), pk=object_id)
        transition = self._workflow().transitions.get(name)
        if transition is None or not self._is_offered(request, obj, transition):
            raise PermissionDenied
        form_class = self.transition_forms.get(name, TransitionForm)
        form = form_class(request.POST or None, request.FILES or None)
        refusal: list[str] = []
        if request.method == "POST" and form.is_valid():
            try:
                self.perform(request, obj, transition, form.cleaned_data)
            except NotAllowed as error:
                raise PermissionDenied(str(error)) from error
            except TransitionRefused as error:
                refusal = str(error).splitlines()
            else:
                messages.success(
                    request, gettext("Done: %(action)s.") % {"action": transition.label}
                )
                return HttpResponseRedirect(self._object_url(obj))
        return self._confirm_page(request, obj, transition, form, refusal)

    def perform(
        self,
        request: HttpRequest,
        obj: Model,
        transition: Transition,
        values: Mapping[str, Any],
    ) -> None:
        """Make a transition through its service, or plainly where it has none."""
        asked = {key: value for key, value in values.items() if key != "comment"}
        common: dict[str, Any] = {
            "by": request.user,
            "at": timezone.now(),
            "comment": values.get("comment", ""),
        }
        service = self.transition_services.get(transition.name)
        if service is None:
            workflow.apply(obj, transition.name, values=asked, **common)
        else:
            service(**{self.service_argument: obj}, **asked, **common)

    def _confirm_page(
        self,
        request: HttpRequest,
        obj: Model,
        transition: Transition,
        form: forms.Form,
        refusal: list[str],
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": transition.label,
            "opts": self.model._meta,
            "original": obj,
            "transition": transition,
            "form": form,
            "refusal": refusal,
            "back_url": self._object_url(obj),
        }
        status = 409 if refusal else 200
        return render(request, "admin/portal_transition.html", context, status=status)

    def _is_offered(
        self, request: HttpRequest, obj: Model, transition: Transition
    ) -> bool:
        return (
            transition.name not in self.made_elsewhere
            and self.has_view_permission(request, obj)
            and request.user.has_perm(transition.permission, obj)
        )

    def _workflow(self) -> workflow.Workflow:
        return workflow.workflow_of(self.model)

    def _way(self, obj: Model) -> list[tuple[str, TransitionLog]]:
        table = self._workflow()
        return [
            (table.state_label(log.target), log) for log in workflow.history_of(obj)
        ]

    def _names(self) -> tuple[str, str]:
        return self.opts.app_label, str(self.opts.model_name)

    def _object_url(self, obj: Model) -> str:
        return reverse("admin:{}_{}_change".format(*self._names()), args=[obj.pk])

    def _transition_url(self, obj: Model, transition: Transition) -> str:
        name = "admin:{}_{}_transition".format(*self._names())
        return reverse(name, args=[obj.pk, transition.name])


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("kind", "subject_id", "state", "attempts", "due_at", "finished_at")
    list_filter = ("state", "kind", "lane")
    search_fields = ("kind", "subject_id", "last_error")
    date_hierarchy = "created_at"
    actions = ("run_again",)

    @admin.action(description=_("Try again"))
    def run_again(self, request: HttpRequest, queryset: Any) -> None:
        """Queue the jobs that gave up once more."""
        now = timezone.now()
        done = sum(
            try_again(job, at=now) for job in queryset.filter(state=JobState.FAILED)
        )
        messages.success(request, gettext("Queued again: %(count)s.") % {"count": done})


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ("to", "subject", "created_at", "sent_at")
    search_fields = ("to", "subject")
    date_hierarchy = "created_at"


@admin.register(DayOverride)
class DayOverrideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own is not generic
    list_display = ("day", "country", "is_working", "reason")
    list_filter = ("country", "is_working")
    date_hierarchy = "day"


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ("key", "value")


@admin.register(QuarantinedFile)
class QuarantinedFileAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "virus", "by", "path", "at", "seen_by", "seen_at")
    list_filter = (("seen_at", admin.EmptyFieldListFilter),)
    list_select_related = ("by", "seen_by")
    search_fields = ("file_name", "virus", "sha256")
    date_hierarchy = "at"
    actions = ("note_as_seen",)

    def has_see_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("core.see_quarantinedfile")

    @admin.action(description=_("Note as seen"), permissions=["see"])
    def note_as_seen(self, request: HttpRequest, queryset: Any) -> None:
        """Close what was looked into: it leaves the desk, the row stays."""
        pks = list(queryset.values_list("pk", flat=True))
        count = note_as_seen(pks=pks, by=request.user, at=timezone.now())
        messages.success(request, gettext("Noted: %(count)s.") % {"count": count})
