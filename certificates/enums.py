from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """What a verification answers."""

    GENUINE = "genuine", _("Genuine")
    ALTERED = "altered", _("Altered")
    REVOKED = "revoked", _("Revoked")
    NOT_READY = "not_ready", _("Issued, the file is being made")
    UNKNOWN = "unknown", _("Not in the register of certificates")


# The kind of the job that makes a certificate's file.
RENDER = "certificates.render"
