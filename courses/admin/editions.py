"""Editions of the regulation in the admin: made, copied, asked who would fail."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import person_of
from courses.admin.edition_rows import blocks_of, names_filled_in, numbers_apart
from courses.forms.editions import EditionForm, initial_of
from courses.models import EditionText, RegulationEdition
from courses.selectors.editions import (
    editions_with_uses,
    is_edition_used,
    is_preview_old,
    previews_visible_to,
)
from courses.services.editions import ask_who_would_fail, save_edition

PREVIEWS_SHOWN = 3


class EditionTextInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = EditionText
    extra = 0


@admin.register(RegulationEdition)
class RegulationEditionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own is not generic
    form = EditionForm
    fields = ("code", "title", "in_force_from", "country")
    inlines = (EditionTextInline,)
    list_display = (
        *("shown_title", "code", "in_force_from", "country"),
        *("version_count", "shown_used"),
    )
    list_display_links = ("shown_title",)
    list_filter = ("country",)
    search_fields = ("title", "code", "texts__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegulationEdition]:
        return editions_with_uses()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new edition begins as a copy: of the one asked for, or of the newest."""
        editions = RegulationEdition.objects.all()
        like = request.GET.get("like", "")
        source = editions.filter(code=like).first() or editions.first()
        if source is None:
            return {}
        return {"country": source.country, **initial_of(source)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An edition that a course or a check has used never changes."""
        is_used = obj is not None and is_edition_used(obj)
        return not is_used and super().has_change_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add what stands below the fields of Django's own form."""
        form, edition = context["adminform"].form, kwargs.get("obj")
        context |= {
            "blocks": blocks_of(form),
            "numbers_apart": numbers_apart(form),
            "is_used": edition is not None and is_edition_used(edition),
            "previews": self._previews(request, edition),
            "filled_in": names_filled_in(edition) if edition else [],
        }
        response: HttpResponse = super().render_change_form(
            request, context, *args, **kwargs
        )
        return response

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        save_edition(edition=obj, by=person_of(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        route = "<int:object_id>/preview/"
        return [
            path(route, view, name="courses_regulationedition_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask who would fail under an edition, and show the answer coming."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = get_object_or_404(RegulationEdition, pk=object_id)
        preview = ask_who_would_fail(
            edition=edition, by=person_of(request), at=timezone.now()
        )
        url = reverse("admin:courses_editionpreview_change", args=[preview.pk])
        return HttpResponseRedirect(url)

    def _previews(self, request: HttpRequest, edition: Any) -> list[Any]:
        if edition is None:
            return []
        previews = previews_visible_to(person_of(request)).filter(edition=edition)
        return [
            (preview, is_preview_old(preview)) for preview in previews[:PREVIEWS_SHOWN]
        ]

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, edition: Any) -> str:
        return cast("str", edition.shown_title)

    @admin.display(description=_("courses"), ordering="uses")
    def version_count(self, edition: Any) -> int:
        return edition.uses or 0

    @admin.display(description=_("used"), ordering="is_used", empty_value="—")
    def shown_used(self, edition: Any) -> str | None:
        return gettext("used") if edition.is_used else None
