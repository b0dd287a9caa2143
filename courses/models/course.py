from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from courses.enums import (
    EDITABLE_STAGES,
    ContentLanguage,
    CourseType,
    Stage,
    StudyModel,
)
from courses.models.regulation_edition import RegulationEdition


@pghistory.track()
class Course(models.Model):
    """An open course as an identity: code, unit, type. Its content is in versions."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="courses", verbose_name=_("unit")
    )
    type = models.CharField(_("type"), max_length=30, choices=CourseType)
    created_at = models.DateTimeField(_("opened at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("opened by"),
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class CourseVersion(models.Model):
    """A version of a course: its stage, its edition and its passport (MIN 3.2).

    `credits`, `hours`, `weeks` and `weekly_hours` are what the authors declare; topics
    tell what is there.
    """

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="versions", verbose_name=_("course")
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.DRAFT
    )
    edition = models.ForeignKey(
        RegulationEdition,
        models.PROTECT,
        related_name="versions",
        verbose_name=_("edition of the regulation"),
    )
    language = models.CharField(
        _("language of the course"), max_length=2, choices=ContentLanguage, default="ru"
    )
    is_language_course = models.BooleanField(
        _("teaches a foreign language or in one"), default=False
    )
    submitted_at = models.DateTimeField(_("sent to expertise at"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sent to expertise by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    annotation = models.TextField(_("short annotation"), blank=True)
    audience = models.TextField(_("audience"), blank=True)
    aims = models.TextField(_("aims"), blank=True)
    tasks = models.TextField(_("tasks"), blank=True)
    class_kinds = models.TextField(_("kinds of classes"), blank=True)
    control_forms = models.TextField(_("forms of control"), blank=True)
    technologies = models.TextField(_("technologies"), blank=True)
    prerequisites = models.TextField(_("prerequisites"), blank=True)
    study_model = models.CharField(
        _("model of study"), max_length=10, choices=StudyModel, blank=True
    )
    credits = models.DecimalField(
        _("credits"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    hours = models.PositiveSmallIntegerField(_("hours in all"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    documents_issued = models.TextField(_("documents issued"), blank=True)
    grade_formation = models.TextField(_("how the grade is formed"), blank=True)
    completion_criterion = models.TextField(
        _("final grade and criterion for the document"), blank=True
    )
    literature = models.TextField(_("literature and links"), blank=True)
    announcements_url = models.URLField(_("announcements forum"), blank=True)
    learners_forum_url = models.URLField(_("learners' forum"), blank=True)
    entry_questionnaire = models.TextField(_("entry questionnaire"), blank=True)
    recommendations = models.TextField(_("methodical recommendations"), blank=True)
    programme_url = models.URLField(_("approved programme"), blank=True)
    is_glossary_unknown = models.BooleanField(
        _("nobody knows whether there is a glossary"), default=False
    )

    class Meta:
        verbose_name = _("version of a course")
        verbose_name_plural = _("versions of courses")
        ordering = ("course_id", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("course", "number"), name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=("course",),
                condition=Q(stage__in=(Stage.DRAFT, Stage.EXPERTISE, Stage.REWORK)),
                name="version_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage=Stage.DRAFT,
                    submitted_at__isnull=True,
                    submitted_by__isnull=True,
                )
                | (
                    ~Q(stage=Stage.DRAFT)
                    & Q(submitted_at__isnull=False, submitted_by__isnull=False)
                ),
                name="version_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=(Stage.RECOMMENDED, Stage.REJECTED),
                    decided_at__isnull=False,
                )
                | Q(
                    stage__in=(Stage.DRAFT, Stage.EXPERTISE, Stage.REWORK),
                    decided_at__isnull=True,
                ),
                name="version_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.number}"

    @property
    def is_editable(self) -> bool:
        """Whether the author team may edit the passport now."""
        return self.stage in EDITABLE_STAGES

    @property
    def title(self) -> str:
        """The title in the language of the course, else any, else the code.

        Asks no database where `texts` are prefetched, as every selector does.
        """
        texts = {text.language: text.title for text in self.texts.all()}
        return texts.get(self.language) or next(iter(texts.values()), self.course.code)


@pghistory.track()
class CourseText(models.Model):
    """Title and short description in one language; none, and no certificate in it."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    title = models.CharField(_("title"), max_length=200)
    short_description = models.TextField(
        _("short description"), max_length=2000, blank=True
    )

    class Meta:
        verbose_name = _("title and short description")
        verbose_name_plural = _("titles and short descriptions")
        ordering = ("version_id", "language")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "language"),
                name="text_once_a_language",
                violation_error_message=_("This language has a title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Authorship(models.Model):
    """A member of the author team; one leads it (MIN 5.2.1)."""

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="authorships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="authorships",
        verbose_name=_("author"),
    )
    is_lead = models.BooleanField(_("leads the team"), default=False)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("author team")
        ordering = ("version_id", "-is_lead", "pk")
        constraints = [
            models.UniqueConstraint(fields=("version", "user"), name="author_once"),
            models.UniqueConstraint(
                fields=("version",), condition=Q(is_lead=True), name="author_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
