"""Documents, the register, runs, enrolments and results."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import ContentLanguage
from courses.models import CourseVersion
from registry.enums import DocumentKind, EnrolmentState, EntryState, RunState


@pghistory.track(exclude=["search"])
class RegisterEntry(models.Model):
    """A course's entry in the register (KAZ 4.1; MIN 5.4.10).

    `number` comes from a series without gaps on the day the course opens; `search` is
    what the showcase is searched by.
    """

    version = models.OneToOneField(
        CourseVersion,
        models.PROTECT,
        related_name="register_entry",
        verbose_name=_("course"),
    )
    number = models.PositiveIntegerField(_("number"), null=True, unique=True)
    state = models.CharField(
        _("state"), max_length=20, choices=EntryState, default=EntryState.DOCUMENTS
    )
    recommended_at = models.DateTimeField(_("recommended at"))
    documents_due_at = models.DateTimeField(_("documents due"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    closed_at = models.DateTimeField(_("archived or removed at"), null=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("register of courses")
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=EntryState.DOCUMENTS,
                    number__isnull=True,
                    opened_at__isnull=True,
                    opened_by__isnull=True,
                )
                | (
                    ~Q(state=EntryState.DOCUMENTS)
                    & Q(
                        number__isnull=False,
                        opened_at__isnull=False,
                        opened_by__isnull=False,
                    )
                ),
                name="entry_opened_has_number",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(EntryState.ARCHIVED, EntryState.REMOVED),
                    closed_at__isnull=False,
                )
                | (
                    ~Q(state__in=(EntryState.ARCHIVED, EntryState.REMOVED))
                    & Q(closed_at__isnull=True)
                ),
                name="entry_closed_has_date",
            ),
        ]
        indexes = [GinIndex(fields=("search",), name="entry_search")]

    def __str__(self) -> str:
        return f"№ {self.number}" if self.number else str(self.version)


@pghistory.track()
class CourseDocument(models.Model):
    """A document handed in with a course, as a file told from its content."""

    entry = models.ForeignKey(
        RegisterEntry,
        models.PROTECT,
        related_name="documents",
        verbose_name=_("course"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind)
    file_name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("received by"),
    )

    class Meta:
        verbose_name = _("document of a course")
        verbose_name_plural = _("documents of courses")
        ordering = ("entry", "kind", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"


@pghistory.track()
class Run(models.Model):
    """A run of a course: learners enrol, learn in the LMS, get results (MIN 5.5)."""

    entry = models.ForeignKey(
        RegisterEntry, models.PROTECT, related_name="runs", verbose_name=_("course")
    )
    title = models.CharField(_("title"), max_length=120)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    passing_points = models.DecimalField(
        _("points to pass"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(60),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    lms_url = models.URLField(_("course in the LMS"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=RunState, default=RunState.PLANNED
    )
    opened_at = models.DateTimeField(_("enrolment opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("run of a course")
        verbose_name_plural = _("runs of courses")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="run_ends_after_it_starts",
                violation_error_message=_("The run ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RunState.PLANNED,
                    opened_at__isnull=True,
                    closed_at__isnull=True,
                )
                | Q(
                    state=RunState.OPEN, opened_at__isnull=False, closed_at__isnull=True
                )
                | Q(
                    state=RunState.CLOSED,
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                ),
                name="run_state_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Enrolment(models.Model):
    """A learner in a run, with the language the certificate is wanted in."""

    run = models.ForeignKey(
        Run, models.PROTECT, related_name="enrolments", verbose_name=_("run")
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="enrolments",
        verbose_name=_("learner"),
    )
    language = models.CharField(
        _("language of the certificate"), max_length=2, choices=ContentLanguage
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=EnrolmentState,
        default=EnrolmentState.ENROLLED,
    )
    enrolled_at = models.DateTimeField(_("enrolled at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("run", "learner__surname", "learner__given_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("run", "learner"), name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.ENROLLED, withdrawn_at__isnull=True)
                | Q(state=EnrolmentState.WITHDRAWN, withdrawn_at__isnull=False),
                name="enrolment_withdrawn_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.run}"


@pghistory.track()
class ResultImport(models.Model):
    """A table of results as it came in; the original is kept."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="result_imports")
    file_name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("import of results")
        verbose_name_plural = _("imports of results")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.file_name


@pghistory.track()
class Result(models.Model):
    """What a learner reached in a run, out of 100 points (MIN 4.6)."""

    enrolment = models.OneToOneField(
        Enrolment, models.CASCADE, related_name="result", verbose_name=_("enrolment")
    )
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    is_passed = models.BooleanField(_("passed"))
    completed_on = models.DateField(_("completed on"))
    source = models.ForeignKey(
        ResultImport, models.PROTECT, related_name="results", verbose_name=_("import")
    )

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = (
            "enrolment__learner__surname",
            "enrolment__learner__given_name",
            "pk",
        )
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=100), name="result_out_of_100"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.points}"
