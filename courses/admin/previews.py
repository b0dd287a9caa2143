"""Who would fail under an edition: the progress, the table, the file of it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from accounts.http import person_of
from core.admin import ReadOnlyAdmin
from courses.admin.preview_words import preview_page, preview_sheet, rows_of, trail_of
from courses.models import EditionPreview
from courses.selectors.editions import (
    is_preview_old,
    preview_lines,
    previews_visible_to,
    progress_of_preview,
)

LINES_A_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(EditionPreview)
class EditionPreviewAdmin(ReadOnlyAdmin):
    list_display = (
        *("shown_edition", "shown_old", "at", "by", "shown_count", "finished_at"),
    )
    list_filter = ("edition",)
    date_hierarchy = "at"
    list_select_related = ("edition", "by")

    @admin.display(
        description=_("edition of the regulation"), ordering="edition__title"
    )
    def shown_edition(self, preview: EditionPreview) -> str:
        return preview.edition.shown_title

    @admin.display(description=_("checked"), ordering="done_count")
    def shown_count(self, preview: EditionPreview) -> str:
        return f"{preview.done_count} / {preview.total_count}"

    @admin.display(description=_("edition since"), empty_value="—")
    def shown_old(self, preview: EditionPreview) -> str | None:
        return gettext("changed") if is_preview_old(preview) else None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        route = "<int:object_id>/export/"
        return [
            path(route, view, name="courses_editionpreview_export"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show how far it is, then what was found; its own page instead of a form."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        preview = self._preview(request, object_id)
        progress = progress_of_preview(preview)
        context = {
            "preview": preview,
            "progress": progress,
            "is_old": is_preview_old(preview),
            "breadcrumbs": trail_of(preview),
        }
        if "HX-Request" in request.headers:
            if progress.is_over:
                return HttpResponseClientRefresh()
            return render(request, "admin/courses/_preview_progress.html", context)
        if progress.is_over:
            context |= self._found(request, preview)
        return render(request, "admin/courses/preview.html", context)

    def export_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Give the table as it is seen: filtered and sorted alike, all pages of it."""
        preview = self._preview(request, str(object_id))
        lines = preview_lines(preview, **_asked(request))
        name = f"who-would-fail-{preview.pk}.xlsx"
        return HttpResponse(
            preview_sheet(preview, lines),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _preview(self, request: HttpRequest, object_id: str) -> EditionPreview:
        if not self.has_view_permission(request):
            raise PermissionDenied
        preview: EditionPreview | None = self.get_object(request, object_id)
        if preview is None:
            raise Http404
        return preview

    def get_queryset(self, request: HttpRequest) -> Any:
        return previews_visible_to(person_of(request))

    def _found(self, request: HttpRequest, preview: EditionPreview) -> dict[str, Any]:
        lines = preview_lines(preview, **_asked(request))
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
        return {
            **preview_page(preview, request.GET),
            "page": page,
            "rows": rows_of(page.object_list),
        }


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_new_only": request.GET.get("show") != "all",
        "sort": request.GET.get("sort", ""),
    }
