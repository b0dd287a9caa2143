"""The monthly report, as made."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.immutable import insert_only


@insert_only
@pghistory.track(pghistory.InsertEvent())
class MonthlyReport(models.Model):
    """The report on paid services of a month, as made (KAZ 4.5). Never changed.

    `content` holds every figure printed, per currency: services, contracts, expense
    items, later corrections. Made again, it is a row of its own with the next `issue`.
    """

    month = models.DateField(_("month"))
    issue = models.PositiveSmallIntegerField(_("issue"))
    content = models.JSONField(_("figures"))
    sha256 = models.CharField(_("SHA-256 of the figures"), max_length=64)
    pdf_stored_as = models.CharField(max_length=200)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ("-month", "-issue")
        constraints = [
            models.UniqueConstraint(
                fields=("month", "issue"), name="report_issue_once"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="report_month_by_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}, {self.issue}"
