"""Passwords of embedded servers, made once and kept beside their data."""

import json
import os
import secrets
from pathlib import Path


def kept_passwords(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Read the passwords of `names` from `path`, making those that are missing.

    The file is readable by its owner only.
    """
    passwords: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in passwords]
    if missing:
        passwords |= {name: secrets.token_urlsafe(24) for name in missing}
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file)
        draft.replace(path)
    return passwords
