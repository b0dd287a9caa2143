"""Payments in the admin: posted, corrected, imported; never changed."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.tmp_storages import MediaStorage

from core.admin import ReadOnlyAdmin
from core.templatetags.figures import money
from core.uploads import FileRefused
from finance.admin.pages import person, service_page
from finance.forms import CorrectPaymentForm, PostPaymentForm
from finance.models import (
    Payment,
    PaymentImport,
)
from finance.resources import COLUMNS, PaymentResource, PaymentTable
from finance.services import (
    NewPayment,
    correct_payment,
    post_payment,
)


@admin.register(Payment)
class PaymentAdmin(ImportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # import-export has no types
    """Posted, corrected and imported by services; never changed."""

    list_display = (
        "document_number",
        "contract",
        "payer",
        "shown_amount",
        "kind",
        "paid_on",
        "shown_month",
    )
    list_filter = ("kind", "month", "contract__currency", "contract__service")
    search_fields = ("document_number", "contract__number", "contract__payer_name")
    date_hierarchy = "paid_on"
    list_select_related = ("contract",)
    change_form_template = "finance/admin/payment_change.html"
    import_template_name = "finance/admin/payment_import.html"
    resource_classes = (PaymentResource,)
    formats = (PaymentTable,)
    tmp_storage_class = MediaStorage
    skip_admin_log = True

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["amount", "month"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["shown_amount", "shown_month"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("finance.add_payment")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("finance.import_payment")

    @admin.display(description=_("payer"), ordering="contract__payer_name")
    def payer(self, payment: Payment) -> str:
        return payment.contract.payer_name

    @admin.display(description=_("amount"), ordering="amount")
    def shown_amount(self, payment: Payment) -> str:
        return money(payment.amount, payment.contract.currency)

    @admin.display(description=_("reported in"), ordering="month")
    def shown_month(self, payment: Payment) -> str:
        return f"{payment.month:%m.%Y}"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.correct_view)
        route = "<int:object_id>/correct/"
        return [
            path(route, view, name="finance_payment_correct"),
            *super().get_urls(),
        ]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        now = timezone.now()
        initial = {
            "contract": request.GET.get("contract", ""),
            "paid_on": timezone.localdate(now),
        }
        return service_page(
            self,
            request,
            title=gettext("Post a payment"),
            action=gettext("Post"),
            form=PostPaymentForm(request.POST or None, initial=initial),
            act=lambda form: post_payment(
                payment=NewPayment(
                    contract=form.cleaned_data["contract"],
                    amount=form.signed_amount(),
                    paid_on=form.cleaned_data["paid_on"],
                    document_number=form.cleaned_data["document_number"],
                    comment=form.cleaned_data["comment"],
                ),
                by=person(request),
                at=now,
            ),
        )

    def correct_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask for the difference, then post it as a row of its own."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        payment = get_object_or_404(self.get_queryset(request), pk=object_id)
        now = timezone.now()
        initial = {"corrected_on": timezone.localdate(now)}
        return service_page(
            self,
            request,
            title=gettext("Correct the payment %(payment)s") % {"payment": payment},
            action=gettext("Post the correction"),
            form=CorrectPaymentForm(request.POST or None, initial=initial),
            act=lambda form: correct_payment(
                payment=payment, **form.cleaned_data, by=person(request), at=now
            ),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if self.has_add_permission(request) and object_id.isdigit():
            name = "admin:finance_payment_correct"
            context["correct_url"] = reverse(name, args=[object_id])
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**kwargs, "columns": COLUMNS.items()}

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        """Say which file is refused and why."""
        if not isinstance(error, FileRefused):
            error = FileRefused(gettext("The table cannot be read."))
        name, told = form.cleaned_data["import_file"].name, str(error)
        form.add_error("import_file", told if name in told else f"“{name}”: {told}")

    def create_import_form(self, request: HttpRequest) -> Any:
        form = super().create_import_form(request)
        # The guard says which file is empty.
        form.fields["import_file"].allow_empty_file = True
        return form

    def write_to_tmp_storage(self, import_file: Any, input_format: Any) -> Any:
        input_format.name = import_file.name
        return super().write_to_tmp_storage(import_file, input_format)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the file for its confirmation, unless it is refused."""
        answer: HttpResponse = super().import_action(request, **kwargs)
        form = answer.context_data["form"]  # type: ignore[attr-defined]  # a TemplateResponse
        if form.errors:
            answer.status_code = 400
            file = request.FILES.get("import_file")
            if kept_as := getattr(file, "tmp_storage_name", ""):
                MediaStorage(name=kept_as).remove()
        return answer

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what was posted; what changed since the preview posts nothing."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                gettext("Nothing was posted: look at the preview of the file anew."),
            )
            return HttpResponseRedirect(reverse("admin:finance_payment_import"))
        messages.success(
            request,
            gettext("Payments posted: %(count)s.") % {"count": len(result.rows)},
        )
        return HttpResponseRedirect(reverse("admin:finance_payment_changelist"))


@admin.register(PaymentImport)
class PaymentImportAdmin(ReadOnlyAdmin):
    list_display = ("name", "imported_at", "imported_by")
    search_fields = ("name", "sha256")
    date_hierarchy = "imported_at"
    list_select_related = ("imported_by",)
