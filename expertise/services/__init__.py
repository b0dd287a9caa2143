"""Writes of the expertise: request, appointment, rating, remarks, verdict."""

from expertise.services.remarks import (
    accept_remark,
    answer_remark,
    withdraw_remark,
    write_remark,
)
from expertise.services.review import (
    appoint_expert,
    default_due_on,
    rate_criteria,
    refuse_unless_under_review,
    request_expertise,
)
from expertise.services.verdicts import (
    DocumentChanged,
    VerdictRefused,
    document_to_sign,
    reasons_against_verdict,
    sign_verdict,
)

__all__ = [
    "DocumentChanged",
    "VerdictRefused",
    "accept_remark",
    "answer_remark",
    "appoint_expert",
    "default_due_on",
    "document_to_sign",
    "rate_criteria",
    "reasons_against_verdict",
    "refuse_unless_under_review",
    "request_expertise",
    "sign_verdict",
    "withdraw_remark",
    "write_remark",
]
