import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.enums import Country
from courses.enums import ContentLanguage


@pghistory.track()
class RegulationEdition(models.Model):
    """An edition of the regulation: thresholds, severities, terms, from a date on.

    Seeded from `courses/regulation/editions/*.toml`. A course is checked by the edition
    it was opened under; a new edition never changes the past. Once a course or a check
    points at it, the database refuses to change it.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=250)
    in_force_from = models.DateField(_("in force from"))
    country = models.CharField(_("country"), max_length=2, choices=Country)
    thresholds = models.JSONField(_("thresholds"))
    severities = models.JSONField(_("severities"), default=dict, blank=True)
    switched_off = models.JSONField(_("requirements off"), default=list, blank=True)

    class Meta:
        verbose_name = _("edition of the regulation")
        verbose_name_plural = _("editions of the regulation")
        ordering = ("-in_force_from", "code")
        triggers = [
            pgtrigger.Trigger(
                name="refuse_used",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                # The lock waits for whoever makes a course under it at this moment.
                func="""
                    PERFORM 1 FROM courses_regulationedition
                        WHERE id = OLD.id FOR UPDATE;
                    IF EXISTS (
                        SELECT 1 FROM courses_courseversion WHERE edition_id = OLD.id
                    ) OR EXISTS (
                        SELECT 1 FROM courses_check WHERE edition_id = OLD.id
                    ) THEN
                        RAISE EXCEPTION 'edition % is used', OLD.code
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, else its own.

        Asks no database where `texts` are prefetched, as every list does.
        """
        titles = {text.language: text.title for text in self.texts.all()}
        return titles.get(str(get_language()), self.title)


@pghistory.track()
class EditionText(models.Model):
    """The title of an edition in another language than its own."""

    edition = models.ForeignKey(RegulationEdition, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    title = models.CharField(_("title"), max_length=250)

    class Meta:
        verbose_name = _("title of an edition")
        verbose_name_plural = _("titles of editions")
        ordering = ("edition_id", "language")
        constraints = [
            models.UniqueConstraint(
                fields=("edition", "language"), name="edition_text_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class EditionPreview(models.Model):
    """A question asked of all courses: who would fail under an edition?

    Its lines are filled by jobs, a batch of courses each; `done_count` of
    `total_count` is its progress. `asked_sha256` is the hash of the numbers, severities
    and requirements off that were asked about: another edition of today makes it old.
    """

    edition = models.ForeignKey(
        RegulationEdition, models.CASCADE, related_name="previews"
    )
    total_count = models.PositiveIntegerField(_("courses"))
    done_count = models.PositiveIntegerField(_("checked"), default=0)
    asked_sha256 = models.CharField(max_length=64, default="", editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    at = models.DateTimeField(_("asked at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("preview of an edition")
        verbose_name_plural = _("previews of editions")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.edition}, {self.at:%d.%m.%Y}"


class EditionPreviewLine(models.Model):
    """What an edition would say of one version, beside what its own edition says.

    `failed` and `failed_now` are lists of codes of binding requirements that are not
    met under the previewed edition and under the version's own.
    """

    preview = models.ForeignKey(EditionPreview, models.CASCADE, related_name="lines")
    version = models.ForeignKey(
        "courses.CourseVersion", models.CASCADE, related_name="+"
    )
    failed = models.JSONField(_("would fail"), default=list)
    failed_now = models.JSONField(_("fails now"), default=list)

    class Meta:
        verbose_name = _("line of a preview")
        verbose_name_plural = _("lines of previews")
        ordering = ("preview_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("preview", "version"), name="preview_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.preview}: {self.version}"
