import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Country


@pghistory.track()
class RegulationEdition(models.Model):
    """An edition of the regulation: thresholds, severities, terms, from a date on.

    Seeded from `courses/regulation/editions/*.toml`. A course is checked by the edition
    it was opened under; a new edition never changes the past.
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

    def __str__(self) -> str:
        return self.title
