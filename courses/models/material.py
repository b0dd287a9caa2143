from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import MaterialKind, MaterialRights, MeasureState
from courses.models.course import CourseVersion
from courses.models.topic import Topic


@pghistory.track()
class Material(models.Model):
    """A file or a link of a course, with what was measured and what is declared.

    What is measured is told from the file alone: the container and length of video and
    audio, pages, slides, the size of a picture. `pages` of a DOCX are its text laid out
    in the edition's format, `layout` is its own format: {"size_pt", "spacing",
    "margins_cm": [top, right, bottom, left]}. A link has only what is declared.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="materials")
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("topic"),
    )
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=MaterialKind)
    title = models.CharField(_("title"), max_length=250)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file_name = models.CharField(_("file"), max_length=250, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("size"), null=True, blank=True)

    state = models.CharField(_("measured"), max_length=12, choices=MeasureState)
    measured_at = models.DateTimeField(_("measured at"), null=True)
    unreadable_reason = models.CharField(
        _("why it cannot be read"), max_length=40, blank=True
    )
    container = models.CharField(_("format"), max_length=20, blank=True)
    duration_seconds = models.DecimalField(
        _("length, seconds"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    pages = models.DecimalField(
        _("pages"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    slides = models.PositiveIntegerField(_("slides"), null=True, blank=True)
    hidden_slides = models.PositiveIntegerField(
        _("hidden slides"), null=True, blank=True
    )
    width = models.PositiveIntegerField(_("width, pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height, pixels"), null=True, blank=True)
    layout = models.JSONField(_("its own format"), null=True, blank=True)

    declared_minutes = models.DecimalField(
        _("length, minutes"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    declared_pages = models.DecimalField(
        _("pages, as stated"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    declared_slides = models.PositiveIntegerField(
        _("slides, as stated"), null=True, blank=True
    )
    declared_reason = models.TextField(
        _("why it is stated and not measured"), max_length=1000, blank=True
    )
    rights = models.CharField(
        _("whose it is"),
        max_length=12,
        choices=MaterialRights,
        default=MaterialRights.OWN,
    )
    licence = models.CharField(_("licence"), max_length=250, blank=True)
    id_number = models.CharField(_("identifier in the LMS"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("version_id", "topic_id", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(stored_as="", state=MeasureState.DECLARED)
                | ~Q(stored_as="") & ~Q(state=MeasureState.DECLARED),
                name="material_link_is_declared",
            ),
            models.CheckConstraint(
                condition=~Q(stored_as="") | ~Q(url=""),
                name="material_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(MeasureState.MEASURED, MeasureState.UNREADABLE),
                    measured_at__isnull=False,
                )
                | Q(
                    state__in=(MeasureState.WAITING, MeasureState.DECLARED),
                    measured_at__isnull=True,
                ),
                name="material_measured_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=MeasureState.UNREADABLE) ^ Q(unreadable_reason=""),
                name="material_unreadable_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
