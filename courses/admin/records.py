"""What services keep of courses: looked at in the admin, never changed."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin
from courses.models import Check, PassportSnapshot, QuestionImport


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    list_display = ("version", "shown_edition", "reason", "at", "by")
    list_filter = ("reason", "edition")
    search_fields = ("version__course__code", "passport_sha256")
    date_hierarchy = "at"
    list_select_related = ("version__course", "edition", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        return super().get_queryset(request).prefetch_related("edition__texts")

    @admin.display(description=_("edition"), ordering="edition__title")
    def shown_edition(self, check: Check) -> str:
        return check.edition.shown_title


@admin.register(PassportSnapshot)
class PassportSnapshotAdmin(ReadOnlyAdmin):
    list_display = ("version", "reason", "at", "by", "sha256")
    list_filter = ("reason",)
    search_fields = ("version__course__code", "sha256")
    date_hierarchy = "at"
    list_select_related = ("version__course", "by")


@admin.register(QuestionImport)
class QuestionImportAdmin(ReadOnlyAdmin):
    list_display = (
        "file_name",
        "version",
        "imported_count",
        "left_out_count",
        "at",
        "by",
    )
    search_fields = ("file_name", "version__course__code", "sha256")
    date_hierarchy = "at"
    list_select_related = ("version__course", "by")
