from decimal import Decimal

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import AttestationForm, Grading, TaskKind
from courses.models.course import CourseVersion
from courses.models.topic import Topic


class Assessment(models.Model):
    """What a control task and the final attestation have in common (MIN 4.6–4.11)."""

    title = models.CharField(_("title"), max_length=250, blank=True)
    content = models.TextField(_("content"), blank=True)
    criteria = models.TextField(_("criteria of assessment"), blank=True)
    scoring = models.TextField(
        _("scoring algorithm"),
        blank=True,
        help_text=_("How points depend on attempts, time and deadline (MIN 4.7, 4.8)."),
    )
    grading = models.CharField(_("grading"), max_length=10, choices=Grading)
    in_gradebook = models.BooleanField(_("lands in the gradebook"), default=True)
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    questions_drawn = models.PositiveSmallIntegerField(
        _("questions drawn"), null=True, blank=True
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), null=True, blank=True)
    is_random = models.BooleanField(_("random questions"), default=True)
    id_number = models.CharField(_("identifier in the LMS"), max_length=100, blank=True)
    # What a backup of the LMS told beside: opening and closing, delay, network.
    lms_facts = models.JSONField(_("facts of the LMS"), default=dict, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class ControlTask(Assessment):
    """Current control of a topic (MIN 3.3.3.14–17)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="control_tasks")
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=TaskKind)
    aim = models.TextField(_("aim"), blank=True)
    procedure = models.TextField(_("order and deadline"), blank=True)
    is_bonus = models.BooleanField(_("bonus points, apart from the 100"), default=False)

    class Meta:
        verbose_name = _("control task")
        verbose_name_plural = _("control tasks")
        ordering = ("topic_id", "position", "pk")

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


@pghistory.track()
class FinalAttestation(Assessment):
    """The block “Final attestation” (MIN 3.4)."""

    version = models.OneToOneField(
        CourseVersion, models.CASCADE, related_name="attestation"
    )
    form = models.CharField(_("form"), max_length=20, choices=AttestationForm)

    class Meta:
        verbose_name = _("final attestation")
        verbose_name_plural = _("final attestations")
        ordering = ("version_id",)

    def __str__(self) -> str:
        return self.title or self.get_form_display()
