"""What core asks of whoever acts: a person, or the system itself."""

from typing import Any, Protocol


class Actor(Protocol):
    """A user, as far as core needs to know one: it knows no app above it."""

    pk: Any

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Tell whether the rules let this actor do `perm` to `obj`."""
