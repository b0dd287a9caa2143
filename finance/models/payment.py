"""Payments, the files they came in, closed months."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Signature
from core.immutable import insert_only
from finance.enums import PaymentKind
from finance.models.contract import Contract


@insert_only
@pghistory.track(pghistory.InsertEvent())
class MonthClosing(models.Model):
    """A month closed for good: nothing more is posted into it (KAZ 4.5).

    `month` is the first day of the month.
    """

    month = models.DateField(_("month"), unique=True)
    report = models.OneToOneField(
        "MonthlyReport",
        models.PROTECT,
        related_name="closing",
        verbose_name=_("report"),
    )
    signature = models.OneToOneField(
        Signature,
        models.PROTECT,
        related_name="month_closing",
        verbose_name=_("signature"),
    )
    closed_at = models.DateTimeField(_("closed at"))

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ("-month",)
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="closing_month_by_its_first_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}"


@insert_only
@pghistory.track(pghistory.InsertEvent())
class PaymentImport(models.Model):
    """A file of payments that was posted whole; the original is kept."""

    name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("import of payments")
        verbose_name_plural = _("imports of payments")
        ordering = ("-imported_at",)

    def __str__(self) -> str:
        return self.name


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Payment(models.Model):
    """Money received on a contract, or given back (negative). Never changed.

    `month` is the first day of the month it is reported in: that of `paid_on`, or a
    later one when that month was closed already; then it is a later correction.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="payments", verbose_name=_("contract")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PaymentKind)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    month = models.DateField(_("reported in"))
    document_number = models.CharField(_("payment document"), max_length=60)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    source = models.ForeignKey(
        PaymentImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("imported with"),
    )
    posted_at = models.DateTimeField(_("posted at"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("posted by"),
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-paid_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("contract", "document_number"), name="payment_document_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=PaymentKind.PAYMENT, amount__gt=0)
                | Q(kind=PaymentKind.REFUND, amount__lt=0)
                | (
                    Q(kind=PaymentKind.CORRECTION, corrects__isnull=False)
                    & ~Q(amount=0)
                ),
                name="payment_sign_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="payment_month_by_its_first_day"
            ),
        ]
        indexes = [models.Index(fields=("month",), name="payment_month")]
        triggers = [
            pgtrigger.Trigger(
                name="refuse_closed_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM finance_monthclosing WHERE month = NEW.month
                    ) THEN
                        RAISE EXCEPTION 'month % is closed', NEW.month
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.document_number
