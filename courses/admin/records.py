"""What services keep of courses: looked at in the admin, never changed."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from courses.models import Check, PassportSnapshot, QuestionImport


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    list_display = ("version", "edition", "reason", "at", "by")
    list_filter = ("reason", "edition")
    search_fields = ("version__course__code", "passport_sha256")
    date_hierarchy = "at"
    list_select_related = ("version__course", "edition", "by")


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
