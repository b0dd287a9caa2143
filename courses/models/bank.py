import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind
from courses.formats.graded import GRADED_BY_TEXTS, graded_by
from courses.formats.markup import strip_markup
from courses.formats.question import TextFormat
from courses.models.course import CourseVersion
from courses.models.topic import Topic


@pghistory.track()
class QuestionBank(models.Model):
    """A category of questions, of one topic or of the whole course (MIN 3.3.3.17)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="banks")
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="banks",
        verbose_name=_("topic"),
    )
    category = models.CharField(_("category"), max_length=500)
    id_number = models.CharField(_("identifier in the LMS"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ("version_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "category"), name="bank_category_once"
            )
        ]

    def __str__(self) -> str:
        return self.category


@pghistory.track()
class QuestionImport(models.Model):
    """A file that questions came from; the original is kept."""

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="question_imports"
    )
    format = models.CharField(_("format"), max_length=20, default="gift")
    file_name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    imported_count = models.PositiveIntegerField(_("questions imported"))
    left_out_count = models.PositiveIntegerField(_("left out"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.file_name


@pghistory.track()
class Question(models.Model):
    """A question of a bank.

    `answers` is a list of {"text", "fraction", "feedback", …}; `fingerprint` is the hash
    of the normalised text and answers, so that the same question twice counts once.
    `details` is what else a file told of it, named as in `ParsedQuestion`: formats of
    its texts, general feedback, tags. A kind that the portal does not know is `other`,
    named in `kind_name` and kept whole in `raw`, written in `raw_format`.
    """

    bank = models.ForeignKey(QuestionBank, models.CASCADE, related_name="questions")
    source = models.ForeignKey(
        QuestionImport, models.SET_NULL, null=True, related_name="questions"
    )
    position = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    name = models.CharField(_("name"), max_length=255, blank=True)
    text = models.TextField(_("text"))
    answers = models.JSONField(_("answers"), default=list)
    fingerprint = models.CharField(max_length=64)
    kind_name = models.CharField(_("kind in the file"), max_length=60, blank=True)
    details = models.JSONField(_("what else the file told"), default=dict, blank=True)
    raw = models.TextField(_("as it stood in the file"), blank=True)
    raw_format = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("bank_id", "position", "pk")
        indexes = [
            models.Index(fields=("bank", "fingerprint"), name="question_fingerprint")
        ]

    def __str__(self) -> str:
        return self.name or self.text[:80]

    @property
    def grading_note(self) -> str:
        """Who grades it, where the portal does not know its kind; else nothing."""
        if self.kind != QuestionKind.OTHER:
            return ""
        return gettext(GRADED_BY_TEXTS[graded_by(self.kind_name)])

    @property
    def plain_text(self) -> str:
        """The text for a list: without tags where it is HTML, and never empty."""
        if self.details.get("text_format") != TextFormat.HTML:
            return self.text
        return " ".join(strip_markup(self.text).split()) or self.text
