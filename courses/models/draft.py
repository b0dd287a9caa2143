from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import CourseVersion


class SectionDraft(models.Model):
    """What a person typed into a form of the passport and the passport has not taken.

    `values` is the raw input, valid or not, by the name of the field; `page` is the
    path of the form; `base` is the mark of the saved values that the person saw.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    values = models.JSONField()
    base = models.CharField(max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("draft of a section")
        verbose_name_plural = _("drafts of sections")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "user", "page"), name="draft_once_a_page"
            )
        ]

    def __str__(self) -> str:
        return self.page
