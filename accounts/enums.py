from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Staff roles; they are granted for a unit and a term, never typed into a view."""

    UNIT_HEAD = "unit_head", _("Head of a unit")
    CENTRE_STAFF = "centre_staff", _("Centre staff")
    FINANCE = "finance", _("Finance")
    HR = "hr", _("Human resources")
    SECURITY_OFFICER = "security_officer", _("Security officer")


class SignatureMethod(TextChoices):
    """How a signature was confirmed (KSTU, part 1: a simple electronic signature)."""

    PASSWORD = "password", _("by password")
