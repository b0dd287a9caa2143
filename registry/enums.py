from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryState(TextChoices):
    """Where an entry of the register stands (MIN 5.4.8–5.4.10, 5.6)."""

    DOCUMENTS = "documents", _("Documents awaited")
    OPEN = "open", _("Open")
    SUSPENDED = "suspended", _("Suspended")
    ARCHIVED = "archived", _("Archived")
    REMOVED = "removed", _("Removed")


class DocumentKind(TextChoices):
    """Documents handed in after a positive verdict (MIN 5.4.8, 5.4.9)."""

    LABOUR_SHEET = "labour_sheet", _("Labour sheet")
    RIGHTS_CONTRACT = "rights_contract", _("Contract on exclusive rights")
    ESTIMATE = "estimate", _("Estimate of the course")
    IMAGE_CONSENT = "image_consent", _("Consents to the use of images")


# Calendar days after the verdict for handing the documents in (MIN 5.4.8).
DOCUMENTS_DUE_DAYS = 3

# Entries that are over: nothing of them opens any more.
CLOSED_ENTRY_STATES = (EntryState.ARCHIVED, EntryState.REMOVED)

# What must be in before a course opens (MIN 5.4.9, 5.4.10).
REQUIRED_DOCUMENTS = tuple(DocumentKind)


class RunState(TextChoices):
    """Where a run of a course stands."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class EnrolmentState(TextChoices):
    """Whether a learner is in a run."""

    ENROLLED = "enrolled", _("Enrolled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
