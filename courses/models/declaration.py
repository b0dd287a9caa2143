import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import CommunicationKind, CommunicationMode
from courses.models.course import CourseVersion
from courses.models.topic import Topic


@pghistory.track()
class EducationalProgramme(models.Model):
    """A programme that recognises the results of the course (MIN 3.2.4.5)."""

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="programmes"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=250)

    class Meta:
        verbose_name = _("educational programme")
        verbose_name_plural = _("educational programmes")
        ordering = ("version_id", "position", "pk")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track()
class SoftwareRequirement(models.Model):
    """Software that a learner needs besides a browser (MIN 4.3)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="software")
    position = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=250)
    requirements = models.TextField(_("what it needs to run"), blank=True)
    browser = models.CharField(_("browser"), max_length=250, blank=True)
    official_url = models.URLField(_("official link"), max_length=500, blank=True)
    instruction = models.TextField(_("how to install it"), blank=True)

    class Meta:
        verbose_name = _("software")
        verbose_name_plural = _("software")
        ordering = ("version_id", "position", "pk")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CommunicationElement(models.Model):
    """A means by which learners and authors talk (MIN 4.4)."""

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="communication"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    mode = models.CharField(_("mode"), max_length=12, choices=CommunicationMode)
    kind = models.CharField(_("kind"), max_length=12, choices=CommunicationKind)
    title = models.CharField(_("title"), max_length=250)
    url = models.URLField(_("link"), max_length=500, blank=True)
    schedule = models.CharField(_("when"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("means of communication")
        verbose_name_plural = _("means of communication")
        ordering = ("version_id", "position", "pk")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class BorrowedItem(models.Model):
    """Somebody else's text, picture or film in the course (MIN 5.3.2–5.3.4).

    Where the source is an author's, the author's written consent is kept with it.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="borrowed")
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="borrowed",
        verbose_name=_("topic"),
    )
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("what is borrowed"), max_length=250)
    reference = models.TextField(_("bibliographic reference"), blank=True)
    url = models.URLField(_("link to the source"), max_length=500, blank=True)
    is_consent_needed = models.BooleanField(
        _("the source is an author's: consent is needed"), default=False
    )
    consent_name = models.CharField(_("consent, file"), max_length=250, blank=True)
    consent_stored_as = models.CharField(max_length=200, blank=True)
    consent_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("borrowed material")
        verbose_name_plural = _("borrowed material")
        ordering = ("version_id", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_name="", consent_stored_as="", consent_sha256="")
                | ~Q(consent_name="")
                & ~Q(consent_stored_as="")
                & ~Q(consent_sha256=""),
                name="borrowed_consent_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title
