"""Verification codes: short enough to type, too many to guess."""

import secrets

# Without signs that are taken for one another: no 0 O, 1 I L, 5 S, 8 B, 2 Z.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
LENGTH = 12
GROUP = 4
# Typed with the Cyrillic keyboard on, these look the same.
LOOK_ALIKE = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")


def new_code() -> str:
    """Return a code like «K7PX-3MWA-QF9T»: 25¹² of them, some 55 bits."""
    signs = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "-".join(
        "".join(signs[start : start + GROUP]) for start in range(0, LENGTH, GROUP)
    )


def as_typed(text: str) -> str:
    """Return a code as it is kept, however it was typed: case, spaces, dashes."""
    signs = [sign for sign in text.upper().translate(LOOK_ALIKE) if sign.isalnum()]
    return "-".join(
        "".join(signs[start : start + GROUP]) for start in range(0, len(signs), GROUP)
    )
