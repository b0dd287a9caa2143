"""Services, tariffs, contracts in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin
from core.templatetags.figures import money
from finance.admin.pages import person, service_page
from finance.enums import ContractState
from finance.forms import ConcludeContractForm
from finance.models import (
    Contract,
    PaidService,
    Payment,
    Tariff,
)
from finance.services import (
    conclude_contract,
)


class TariffRows(admin.TabularInline):  # type: ignore[type-arg]  # Django's own is not generic
    model = Tariff
    extra = 0
    can_delete = False
    fields = ("shown_amount", "valid_from", "valid_until")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("amount"))
    def shown_amount(self, tariff: Tariff) -> str:
        return money(tariff.amount, tariff.currency)


@admin.register(PaidService)
class PaidServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own is not generic
    list_display = ("code", "title", "is_offered")
    list_filter = ("is_offered",)
    search_fields = ("code", "title")
    inlines = (TariffRows,)


@admin.register(Tariff)
class TariffAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own is not generic
    """A tariff once made only gets its last day: contracts were concluded at it."""

    list_display = ("service", "shown_amount", "valid_from", "valid_until")
    list_filter = ("currency", "service")
    search_fields = ("service__code", "service__title")
    date_hierarchy = "valid_from"
    list_select_related = ("service",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        return ["service", "shown_amount", "currency", "valid_from"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        amount = "amount" if obj is None else "shown_amount"
        return ["service", amount, "currency", "valid_from", "valid_until"]

    @admin.display(description=_("amount"), ordering="amount")
    def shown_amount(self, tariff: Tariff) -> str:
        return money(tariff.amount, tariff.currency)


class PaymentRows(admin.TabularInline):  # type: ignore[type-arg]  # Django's own is not generic
    model = Payment
    extra = 0
    can_delete = False
    fields = ("shown_amount", "kind", "paid_on", "month", "document_number", "comment")
    readonly_fields = fields
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("amount"))
    def shown_amount(self, payment: Payment) -> str:
        return money(payment.amount, payment.contract.currency)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).select_related("contract")


@admin.register(Contract)
class ContractAdmin(PortalAdmin):
    """Concluded by the service; a draft's payer and learner may still be mended."""

    list_display = (
        "number",
        "payer_name",
        "service",
        "shown_amount",
        "shown_received",
        "concluded_on",
        "state",
    )
    list_filter = ("state", "currency", "service", "payer_kind")
    search_fields = ("number", "payer_name", "learner__email", "learner__surname")
    date_hierarchy = "concluded_on"
    list_select_related = ("service",)
    raw_id_fields = ("learner", "run")
    inlines = (PaymentRows,)
    fields = (
        "number",
        "service",
        "payer_kind",
        "payer_name",
        "learner",
        "run",
        "quantity",
        "shown_amount",
        "shown_received",
        "concluded_on",
        "state",
        "activated_at",
        "ended_at",
        "post_link",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(received=Sum("payments__amount"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All but the payer and the learner of a draft."""
        free = {"payer_kind", "payer_name", "learner", "run"}
        if obj is None or obj.state != ContractState.DRAFT:
            free = set()
        return [name for name in self.fields if name not in free]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else ()

    @admin.display(description=_("amount"), ordering="amount")
    def shown_amount(self, contract: Contract) -> str:
        return money(contract.amount, contract.currency)

    @admin.display(description=_("received"))
    def shown_received(self, contract: Any) -> str:
        return money(contract.received, contract.currency)

    @admin.display(description=_("post a payment"))
    def post_link(self, contract: Contract) -> str | SafeString:
        if contract.activated_at is None:
            return gettext("When it is in force.")
        url = f"{reverse('admin:finance_payment_add')}?contract={contract.number}"
        return format_html('<a href="{}">{}</a>', url, gettext("Post a payment"))

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        initial = {"concluded_on": timezone.localdate()}
        form = ConcludeContractForm(request.POST or None, initial=initial)
        return service_page(
            self,
            request,
            title=gettext("Conclude a contract"),
            action=gettext("Conclude"),
            form=form,
            act=lambda form: conclude_contract(**form.cleaned_data, by=person(request)),
        )
