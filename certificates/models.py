"""Certificates: frozen when issued, rendered once, revoked by a row of its own."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.immutable import insert_only
from courses.enums import ContentLanguage
from registry.models import Run


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Certificate(models.Model):
    """A certificate as issued: number and every field printed, frozen (MIN 5.5.5).

    It points at no result and no enrolment, which are purged one day; it stays.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    run = models.ForeignKey(
        Run, models.PROTECT, related_name="certificates", verbose_name=_("run")
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("learner"),
    )
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    surname = models.CharField(_("surname"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    course_title = models.CharField(_("title of the course"), max_length=200)
    course_type = models.CharField(_("type of the course"), max_length=30)
    workload_hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    workload_credits = models.DecimalField(
        _("credits"), max_digits=4, decimal_places=1, null=True
    )
    completed_on = models.DateField(_("completed on"))
    issued_on = models.DateField(_("issued on"))
    university = models.CharField(_("university"), max_length=250)
    centre = models.CharField(_("centre"), max_length=250, blank=True)
    city = models.CharField(_("city"), max_length=120)
    signatory_name = models.CharField(_("signed by"), max_length=160, blank=True)
    signatory_position = models.CharField(_("position"), max_length=200, blank=True)
    verification_url = models.URLField(_("address to verify at"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("issued by"),
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=("run", "learner"), name="certificate_once_a_run"
            ),
            models.CheckConstraint(
                condition=Q(workload_hours__gt=0), name="certificate_has_workload"
            ),
        ]

    def __str__(self) -> str:
        return self.display_number

    @property
    def display_number(self) -> str:
        """The number as printed: «№ 000123»."""
        return f"№\N{NO-BREAK SPACE}{self.number:06d}"

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic, as printed."""
        parts = (self.surname, self.given_name, self.patronymic)
        return " ".join(part for part in parts if part)


@insert_only
@pghistory.track(pghistory.InsertEvent())
class CertificateFile(models.Model):
    """The bytes of a certificate, made once: where they stand and their hash."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="file")
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size_bytes = models.PositiveIntegerField(_("size, bytes"))
    rendered_at = models.DateTimeField(_("rendered at"))

    class Meta:
        verbose_name = _("file of a certificate")
        verbose_name_plural = _("files of certificates")
        ordering = ("-rendered_at", "-pk")

    def __str__(self) -> str:
        return str(self.certificate)


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Revocation(models.Model):
    """The end of a certificate's force, with its reason."""

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="revocation"
    )
    reason = models.TextField(_("reason"), max_length=1000)
    revoked_at = models.DateTimeField(_("revoked at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        ordering = ("-revoked_at", "-pk")

    def __str__(self) -> str:
        return str(self.certificate)


class WrongCode(models.Model):
    """A wrong verification code, kept for minutes: enough to stop guessing."""

    address = models.CharField(_("address"), max_length=45)
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wrong code")
        verbose_name_plural = _("wrong codes")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=("address", "at"), name="wrong_code_of_address"),
            models.Index(fields=("number", "at"), name="wrong_code_of_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.address}"
