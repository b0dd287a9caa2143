"""The dossier: exactly what the expert reads, and its hash."""

import hashlib
import json
from typing import Any

from courses.models import Check, PassportSnapshot


def dossier_sha256(snapshot: PassportSnapshot, check: Check) -> str:
    """Return the hash over the frozen passport and the findings of its check."""
    return document_sha256(
        {"passport_sha256": snapshot.sha256, "findings": check.findings}
    )


def document_sha256(document: dict[str, Any]) -> str:
    """Return the hash of a document written canonically: sorted keys, UTF-8."""
    text = json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
