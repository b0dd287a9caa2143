"""Paid services, their tariffs, contracts for them."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finance.enums import ContractState, Currency, PayerKind
from registry.models import Run

CENT = Decimal("0.01")


@pghistory.track()
class PaidService(models.Model):
    """A paid service of the centre (KAZ 4.1, 4.5)."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=250)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("paid service")
        verbose_name_plural = _("paid services")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Tariff(models.Model):
    """The approved price of a service from a day on (KAZ 4.5)."""

    service = models.ForeignKey(
        PaidService, models.PROTECT, related_name="tariffs", verbose_name=_("service")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(CENT)],
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ("service", "-valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="tariff_is_positive"
            ),
            models.UniqueConstraint(
                fields=("service", "currency", "valid_from"), name="tariff_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="tariff_ends_after_it_begins",
                violation_error_message=_("The tariff ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.currency}, {self.valid_from:%d.%m.%Y}"


@pghistory.track()
class Contract(models.Model):
    """A contract for a paid service, in one currency.

    `amount` is the whole price: the tariff times `quantity`, frozen at signing.
    """

    number = models.CharField(_("number"), max_length=40, unique=True)
    service = models.ForeignKey(
        PaidService, models.PROTECT, related_name="contracts", verbose_name=_("service")
    )
    payer_kind = models.CharField(_("payer"), max_length=20, choices=PayerKind)
    payer_name = models.CharField(_("name of the payer"), max_length=250)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("learner"),
    )
    run = models.ForeignKey(
        Run,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("run"),
    )
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1)]
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(CENT)],
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    concluded_on = models.DateField(_("concluded on"))
    state = models.CharField(
        _("state"), max_length=20, choices=ContractState, default=ContractState.DRAFT
    )
    activated_at = models.DateTimeField(_("in force since"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ("-concluded_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, quantity__gte=1), name="contract_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ContractState.DRAFT,
                    activated_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state=ContractState.ACTIVE,
                    activated_at__isnull=False,
                    ended_at__isnull=True,
                )
                | Q(
                    state=ContractState.COMPLETED,
                    activated_at__isnull=False,
                    ended_at__isnull=False,
                )
                | Q(state=ContractState.TERMINATED, ended_at__isnull=False),
                name="contract_state_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.number
