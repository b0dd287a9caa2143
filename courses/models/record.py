import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.immutable import insert_only
from courses.enums import CheckReason, SnapshotReason
from courses.models.course import CourseVersion
from courses.models.regulation_edition import RegulationEdition


@insert_only
@pghistory.track(pghistory.InsertEvent())
class PassportSnapshot(models.Model):
    """The passport as it was: for the dossier, the history, compare and undo.

    `sha256` is the hash of `content` written canonically (`courses.passport_json`).
    """

    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="snapshots")
    content = models.JSONField(_("passport"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("reason"), max_length=20, choices=SnapshotReason)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("snapshot of a passport")
        verbose_name_plural = _("snapshots of passports")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.version}, {self.at:%d.%m.%Y}"


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Check(models.Model):
    """A run of the structural check that matters: its edition, its findings."""

    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="checks")
    edition = models.ForeignKey(
        RegulationEdition, models.PROTECT, related_name="checks"
    )
    findings = models.JSONField(_("findings"))
    passport_sha256 = models.CharField(_("SHA-256 of the passport"), max_length=64)
    reason = models.CharField(_("reason"), max_length=20, choices=CheckReason)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.version}, {self.at:%d.%m.%Y}"
