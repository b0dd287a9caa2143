"""Text that people type and that is later printed, listed, signed."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Control, format (bidi overrides, zero-width), surrogate, private use, line ends.
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def refuse_hidden_signs(value: str) -> None:
    """Validate a line: nothing in it may be invisible or turn the text about.

    Raises:
        ValidationError: it holds such a sign; the message gives its code.
    """
    for sign in value:
        if unicodedata.category(sign) in HIDDEN_CATEGORIES:
            raise ValidationError(
                _("There is an invisible sign in it (U+%(code)s). Type it anew."),
                code="hidden_sign",
                params={"code": f"{ord(sign):04X}"},
            )
