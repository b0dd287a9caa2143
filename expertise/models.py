"""Criteria, rounds of expertise, what the expert wrote, and the signed verdict."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Signature
from core.immutable import insert_only
from courses.models import Check, CourseVersion, PassportSnapshot
from expertise.enums import (
    OPEN_STATES,
    ExpertiseState,
    Mark,
    RemarkState,
    VerdictKind,
)


def _in_reader_language(row: models.Model, name: str) -> str:
    """Return a text in the language of the reader, else in the regulation's own."""
    return getattr(row, f"{name}_{get_language()}", "") or getattr(row, f"{name}_ru")


@pghistory.track()
class Indicator(models.Model):
    """An indicator of the expertise: a group of criteria (MIN 5.4.3)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("number"))
    title_ru = models.CharField(_("title, in Russian"), max_length=250)
    title_kk = models.CharField(_("title, in Kazakh"), max_length=250, blank=True)
    title_ky = models.CharField(_("title, in Kyrgyz"), max_length=250, blank=True)
    title_en = models.CharField(_("title, in English"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title_ru

    @property
    def title(self) -> str:
        """The title in the language of the reader, else in Russian."""
        return _in_reader_language(self, "title")


@pghistory.track()
class Criterion(models.Model):
    """What an expert rates; a criterion no longer used is retired, never deleted."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="criteria", verbose_name=_("indicator")
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("number"))
    clause = models.CharField(_("clause"), max_length=40)
    text_ru = models.TextField(_("text, in Russian"))
    text_kk = models.TextField(_("text, in Kazakh"), blank=True)
    text_ky = models.TextField(_("text, in Kyrgyz"), blank=True)
    text_en = models.TextField(_("text, in English"), blank=True)
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("indicator__position", "position", "pk")

    def __str__(self) -> str:
        return self.text_ru[:80]

    @property
    def text(self) -> str:
        """The text in the language of the reader, else in Russian."""
        return _in_reader_language(self, "text")


@pghistory.track()
class Expertise(models.Model):
    """One round of expertise of a version, over a frozen dossier (MIN 5.4.2–5.4.7).

    `dossier_sha256` is the hash over the snapshot's hash and the check's findings.
    """

    version = models.ForeignKey(
        CourseVersion,
        models.PROTECT,
        related_name="expertises",
        verbose_name=_("course"),
    )
    round = models.PositiveSmallIntegerField(_("round"))
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ExpertiseState,
        default=ExpertiseState.REQUESTED,
    )
    snapshot = models.ForeignKey(
        PassportSnapshot, models.PROTECT, related_name="expertises"
    )
    check_made = models.ForeignKey(Check, models.PROTECT, related_name="expertises")
    dossier_sha256 = models.CharField(_("SHA-256 of the dossier"), max_length=64)
    requested_at = models.DateTimeField(_("requested at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expertises",
        verbose_name=_("expert"),
    )
    appointed_at = models.DateTimeField(_("appointed at"), null=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True)

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertises")
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "round"), name="expertise_round_once"
            ),
            models.UniqueConstraint(
                fields=("version",),
                condition=Q(state__in=OPEN_STATES),
                name="expertise_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ExpertiseState.REQUESTED,
                    expert__isnull=True,
                    appointed_at__isnull=True,
                    due_on__isnull=True,
                    concluded_at__isnull=True,
                )
                | Q(
                    state=ExpertiseState.REVIEW,
                    expert__isnull=False,
                    appointed_at__isnull=False,
                    due_on__isnull=False,
                    concluded_at__isnull=True,
                )
                | Q(
                    state=ExpertiseState.CONCLUDED,
                    expert__isnull=False,
                    appointed_at__isnull=False,
                    due_on__isnull=False,
                    concluded_at__isnull=False,
                ),
                name="expertise_state_has_its_people",
            ),
            models.CheckConstraint(
                condition=Q(expert__isnull=True) | ~Q(expert=F("requested_by")),
                name="expertise_expert_did_not_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.round}"


@pghistory.track()
class Rating(models.Model):
    """An expert's mark of one criterion, with words where it is not met."""

    expertise = models.ForeignKey(Expertise, models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="ratings")
    mark = models.CharField(_("mark"), max_length=20, choices=Mark)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ("criterion__indicator__position", "criterion__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("expertise", "criterion"), name="rating_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_mark_display()}"


@pghistory.track()
class Remark(models.Model):
    """A remark of the expert and the authors' answer to it (MIN 5.4.7).

    `section` and `object_id` name the place of the passport, as a finding does.
    """

    expertise = models.ForeignKey(Expertise, models.PROTECT, related_name="remarks")
    section = models.CharField(_("section of the passport"), max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(_("remark"), max_length=4000)
    state = models.CharField(
        _("state"), max_length=20, choices=RemarkState, default=RemarkState.OPEN
    )
    written_at = models.DateTimeField(_("written at"))
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("expertise", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=RemarkState.OPEN,
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    accepted_at__isnull=True,
                )
                | Q(
                    state=RemarkState.ANSWERED,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    accepted_at__isnull=True,
                )
                | Q(
                    state=RemarkState.ACCEPTED,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    accepted_at__isnull=False,
                ),
                name="remark_state_has_its_dates",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Verdict(models.Model):
    """The signed result of a round: one of three texts, never changed (MIN 5.4.6).

    `document` is exactly what was signed: dossier hash, ratings, remarks, verdict.
    """

    expertise = models.OneToOneField(
        Expertise, models.PROTECT, related_name="verdict", verbose_name=_("expertise")
    )
    kind = models.CharField(_("verdict"), max_length=20, choices=VerdictKind)
    text = models.CharField(_("text"), max_length=120)
    conclusion = models.TextField(_("conclusion"), max_length=8000)
    document = models.JSONField(_("what was signed"))
    signature = models.OneToOneField(
        Signature, models.PROTECT, related_name="verdict", verbose_name=_("signature")
    )

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=VerdictKind.RECOMMENDED,
                    text="рекомендован к открытию на портале открытого образования",
                )
                | Q(kind=VerdictKind.REWORK, text="рекомендован к доработке")
                | Q(
                    kind=VerdictKind.REJECTED,
                    text="не допускается к открытию на портале открытого образования",
                ),
                name="verdict_is_one_of_three_texts",
            )
        ]

    def __str__(self) -> str:
        return self.text
