from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import PracticumKind
from courses.models.course import CourseVersion
from courses.models.passport import LearningOutcome


@pghistory.track()
class Topic(models.Model):
    """A topic of the course in its week (MIN 3.3)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="topics")
    week = models.PositiveSmallIntegerField(
        _("week"), validators=[MinValueValidator(1)]
    )
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=250)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    id_number = models.CharField(_("identifier in the LMS"), max_length=100, blank=True)
    outcomes = models.ManyToManyField(
        LearningOutcome,
        related_name="topics",
        blank=True,
        verbose_name=_("learning outcomes"),
    )
    assessed_in = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assesses",
        verbose_name=_("assessed in another topic"),
        help_text=_(
            "Only where this topic has no control of its own: the topic that assesses "
            "the same outcomes (MIN 3.3.3.5)."
        ),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("version_id", "week", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(week__gte=1), name="topic_week_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(assessed_in=F("id")), name="topic_not_assessed_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Longread(models.Model):
    """A piece of theory (MIN 3.3.3.8): a text here, or a link to where it stands."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="longreads")
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=250)
    body = models.TextField(_("text"), blank=True)
    url = models.URLField(_("link"), blank=True)
    # A4 pages of the text, laid out at the edition's size, spacing and margins.
    pages = models.DecimalField(
        _("pages"), max_digits=6, decimal_places=2, default=Decimal(0)
    )
    id_number = models.CharField(_("identifier in the LMS"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("longread")
        verbose_name_plural = _("theory")
        ordering = ("topic_id", "position", "pk")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Practicum(models.Model):
    """Practical work (MIN 3.3.3.11–12): kind, title, aim, content."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="practicums")
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=PracticumKind)
    title = models.CharField(_("title"), max_length=250)
    aim = models.TextField(_("aim"), blank=True)
    content = models.TextField(_("content"), blank=True)

    class Meta:
        verbose_name = _("practicum")
        verbose_name_plural = _("practicum")
        ordering = ("topic_id", "position", "pk")

    def __str__(self) -> str:
        return self.title
