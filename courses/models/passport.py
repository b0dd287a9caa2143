import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import CourseVersion


@pghistory.track()
class LearningOutcome(models.Model):
    """What a learner will know or be able to do (MIN 3.2.4.1, 3.3.3.7)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("learning outcome"), max_length=1000)

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ("version_id", "position", "pk")

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


@pghistory.track()
class GlossaryTerm(models.Model):
    """A term of the glossary (MIN 3.2.10)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="glossary")
    term = models.CharField(_("term"), max_length=200)
    definition = models.TextField(_("definition"), max_length=2000)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ("version_id", "term", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "term"),
                name="term_once",
                violation_error_message=_("The glossary has this term already."),
            )
        ]

    def __str__(self) -> str:
        return self.term
