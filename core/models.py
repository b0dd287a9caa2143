"""Rows of the plumbing: transitions that happened, jobs, counters, mail, days."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import Country, JobState, Lane
from core.immutable import insert_only


@insert_only
class TransitionLog(models.Model):
    """One change of state, as `core.workflow.apply` made it."""

    subject_model = models.CharField(_("kind of object"), max_length=100)
    subject_id = models.BigIntegerField(_("object"))
    name = models.CharField(_("transition"), max_length=50)
    source = models.CharField(_("from"), max_length=30)
    target = models.CharField(_("to"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ("at", "pk")
        indexes = [
            models.Index(
                fields=("subject_model", "subject_id", "at"), name="transition_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_model} {self.subject_id}: {self.source} → {self.target}"


class Job(models.Model):
    """Work for a worker, kept here until it is done together with its effects.

    A worker claims a row under a lease and a token; a lease that ran out is claimed
    again. Redis only wakes workers: what it forgets is lost to nobody.
    """

    kind = models.CharField(_("kind"), max_length=60)
    lane = models.CharField(_("lane"), max_length=10, choices=Lane)
    subject_id = models.BigIntegerField(_("subject"))
    state = models.CharField(
        _("state"), max_length=10, choices=JobState, default=JobState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    token = models.UUIDField(_("token"), null=True, editable=False)
    due_at = models.DateTimeField(_("due at"))
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "subject_id"),
                condition=Q(state__in=(JobState.QUEUED, JobState.RUNNING)),
                name="job_one_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=JobState.RUNNING,
                    token__isnull=False,
                    lease_until__isnull=False,
                )
                | (
                    ~Q(state=JobState.RUNNING)
                    & Q(token__isnull=True, lease_until__isnull=True)
                ),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(JobState.DONE, JobState.FAILED),
                    finished_at__isnull=False,
                )
                | Q(
                    state__in=(JobState.QUEUED, JobState.RUNNING),
                    finished_at__isnull=True,
                ),
                name="job_finished_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=("lane", "due_at"),
                condition=Q(state__in=(JobState.QUEUED, JobState.RUNNING)),
                name="job_claimable",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Counter(models.Model):
    """The last number given in a series that must have no gaps."""

    key = models.CharField(_("series"), max_length=60, primary_key=True)
    value = models.PositiveBigIntegerField(_("last number"))

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class OutgoingMail(models.Model):
    """A letter written in a business transaction, sent by a job of its own."""

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


@pghistory.track()
class DayOverride(models.Model):
    """A day on which a country's or the university's calendar is another."""

    country = models.CharField(_("country"), max_length=2, choices=Country)
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(fields=("country", "day"), name="day_override_once")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.day:%d.%m.%Y}"


@pghistory.track()
class QuarantinedFile(models.Model):
    """A file that somebody brought and ClamAV found a virus in; it lies apart.

    It is in no storage that a page reads, under its hash. The security officer notes
    it as seen once the person it came from was spoken to.
    """

    file_name = models.CharField(_("name of the file"), max_length=250)
    virus = models.CharField(_("virus"), max_length=250)
    path = models.CharField(_("brought to"), max_length=250)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.BigIntegerField(_("size in bytes"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seen by"),
    )
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file in quarantine")
        verbose_name_plural = _("files in quarantine")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="quarantine_seen_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.virus}"
