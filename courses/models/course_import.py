import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import ImportState
from courses.models.course import CourseVersion


@pghistory.track()
class CourseImport(models.Model):
    """A backup of a Moodle course, or a passport as JSON, on its way into a version.

    A job reads the file into `contents`; what of it goes where is chosen on the
    preview and applied by a service. The original file is kept.
    """

    # None until the import of a new course is confirmed.
    version = models.ForeignKey(
        CourseVersion, models.CASCADE, null=True, blank=True, related_name="imports"
    )
    format = models.CharField(_("format"), max_length=20)
    file_name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size"))
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState, default=ImportState.WAITING
    )
    contents = models.JSONField(_("what was read"), default=dict)
    problem = models.TextField(_("why it cannot be read"), blank=True)
    at = models.DateTimeField(_("uploaded at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    applied_at = models.DateTimeField(_("imported at"), null=True)

    class Meta:
        verbose_name = _("import of a course")
        verbose_name_plural = _("imports of courses")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.UNREADABLE) ^ Q(problem=""),
                name="course_import_unreadable_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, applied_at__isnull=False)
                | ~Q(state=ImportState.DONE) & Q(applied_at__isnull=True),
                name="course_import_applied_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
