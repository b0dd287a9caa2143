from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExpertiseState(TextChoices):
    """Where a round of expertise stands."""

    REQUESTED = "requested", _("Requested")
    REVIEW = "review", _("With the expert")
    CONCLUDED = "concluded", _("Concluded")


OPEN_STATES = (ExpertiseState.REQUESTED, ExpertiseState.REVIEW)


class RemarkState(TextChoices):
    """Where a remark stands (MIN 5.4.7: mended one by one)."""

    OPEN = "open", _("To be mended")
    ANSWERED = "answered", _("Answered by the authors")
    ACCEPTED = "accepted", _("Accepted by the expert")


class Mark(TextChoices):
    """How far a criterion is met."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Met in part")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class VerdictKind(TextChoices):
    """The three results an expertise can have; no fourth exists (MIN 5.4.6)."""

    RECOMMENDED = "recommended", _("Recommended for opening")
    REWORK = "rework", _("Recommended for rework")
    REJECTED = "rejected", _("Not admitted to opening")


# The words of the regulation itself, in its language: what is printed and signed.
VERDICT_TEXTS = {
    VerdictKind.RECOMMENDED: "рекомендован к открытию на портале открытого образования",
    VerdictKind.REWORK: "рекомендован к доработке",
    VerdictKind.REJECTED: "не допускается к открытию на портале открытого образования",
}
