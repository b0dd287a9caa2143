"""The centre's budget and its expense items."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.enums import BudgetState, Currency, ExpenseKind
from finance.models.contract import CENT


@pghistory.track()
class Budget(models.Model):
    """The centre's estimate: shares by which received money is spent (KAZ 4.5)."""

    year = models.PositiveSmallIntegerField(_("year"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    state = models.CharField(
        _("state"), max_length=20, choices=BudgetState, default=BudgetState.DRAFT
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ("-year", "currency")
        constraints = [
            models.UniqueConstraint(
                fields=("year", "currency"), name="budget_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=BudgetState.DRAFT,
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                )
                | Q(
                    state=BudgetState.APPROVED,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
                name="budget_approved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.currency}"


@pghistory.track()
class ExpenseItem(models.Model):
    """An expense item of a budget and its share of what was received, in per cent."""

    budget = models.ForeignKey(
        Budget, models.CASCADE, related_name="items", verbose_name=_("budget")
    )
    code = models.SlugField(_("code"), max_length=30)
    kind = models.CharField(_("kind"), max_length=20, choices=ExpenseKind)
    title = models.CharField(_("title"), max_length=250)
    share_percent = models.DecimalField(
        _("share, %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(CENT), MaxValueValidator(Decimal(100))],
    )

    class Meta:
        verbose_name = _("expense item")
        verbose_name_plural = _("expense items")
        ordering = ("budget", "code")
        constraints = [
            models.UniqueConstraint(fields=("budget", "code"), name="item_once"),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100),
                name="item_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title
