"""Writing a passport: plain values, one canonical form, its hash, the file."""

import hashlib
import json
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """Return a value of a row for JSON: a decimal as text, without needless zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def canonical(content: Any) -> str:
    """Write a document canonically: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def passport_sha256(content: dict[str, Any]) -> str:
    """Return the hash of a passport written canonically."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def passport_file(content: dict[str, Any]) -> bytes:
    """Write a passport for people and programs: in its own order, indented."""
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
