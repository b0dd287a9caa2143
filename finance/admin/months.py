"""The budget, the reports and the closed months in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin, ReadOnlyAdmin
from core.workflow import WrongState
from finance.enums import BudgetState
from finance.models import (
    Budget,
    ExpenseItem,
    MonthClosing,
    MonthlyReport,
)


class ItemRows(admin.TabularInline):  # type: ignore[type-arg]  # Django's own is not generic
    """Expense items; those of an approved budget are only looked at."""

    model = ExpenseItem
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and bool(super().has_add_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and bool(super().has_delete_permission(request, obj))


def _is_draft(budget: Any) -> bool:
    return budget is None or budget.state == BudgetState.DRAFT


def _held(budget: Budget) -> Budget:
    return Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)


@admin.register(Budget)
class BudgetAdmin(PortalAdmin):
    list_display = ("shown_year", "currency", "state", "approved_at", "approved_by")
    fields = ("year", "currency", "state", "approved_at", "approved_by")
    list_filter = ("state", "currency", "year")
    search_fields = ("year",)
    list_select_related = ("approved_by",)
    inlines = (ItemRows,)
    readonly_fields = ("approved_at", "approved_by")

    def save_model(
        self,
        request: HttpRequest,
        obj: Budget,
        form: Any,
        change: bool,  # noqa: FBT001 (Django's own)
    ) -> None:
        """Save a draft and its items, held against an approval meanwhile.

        Raises:
            WrongState: it was approved while the form was being filled in.
        """
        if change and not _is_draft(_held(obj)):
            raise WrongState(gettext("The budget is approved already."))
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [] if _is_draft(obj) else ["shown_year", "currency"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        year = "year" if _is_draft(obj) else "shown_year"
        return [year, *self.fields[1:]]

    @admin.display(description=_("year"), ordering="year")
    def shown_year(self, budget: Budget) -> str:
        return str(budget.year)


class MonthAdmin(ReadOnlyAdmin):
    """A row of a month, with the way to the month's page."""

    readonly_fields = ("month_link",)

    @admin.display(description=_("month"), ordering="month")
    def month_link(self, row: Any) -> SafeString:
        url = reverse("finance:report_detail", args=[row.month])
        return format_html('<a href="{}">{}</a>', url, f"{row.month:%m.%Y}")


@admin.register(MonthlyReport)
class MonthlyReportAdmin(MonthAdmin):
    list_display = ("month_link", "issue", "made_at", "made_by", "sha256")
    list_display_links = ("issue",)
    list_filter = ("month",)
    search_fields = ("sha256", "pdf_sha256")
    date_hierarchy = "month"
    list_select_related = ("made_by",)
    exclude = ("month", "content", "pdf_stored_as")


@admin.register(MonthClosing)
class MonthClosingAdmin(MonthAdmin):
    list_display = ("month_link", "report", "closed_at")
    list_display_links = ("report",)
    search_fields = ("report__sha256",)
    date_hierarchy = "month"
    list_select_related = ("report",)
    exclude = ("month",)
