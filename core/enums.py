from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Lane(TextChoices):
    """A queue with workers of its own, so that long work holds up no short one."""

    QUICK = "quick", _("Quick: mail, certificates")
    HEAVY = "heavy", _("Heavy: video, imports")


class JobState(TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Gave up")


class Country(TextChoices):
    """Countries whose calendars of working days the portal knows."""

    RU = "RU", _("Russia")
    KZ = "KZ", _("Kazakhstan")
    KG = "KG", _("Kyrgyzstan")


class TermUnit(TextChoices):
    """What a regulated term is counted in."""

    HOURS = "hours", _("hours")
    CALENDAR_DAYS = "calendar_days", _("calendar days")
    WORKING_DAYS = "working_days", _("working days")
