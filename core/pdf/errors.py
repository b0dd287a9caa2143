"""Why the portal refuses to print something. Each reason can be read by a person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PdfRefused(Exception):
    """What was asked for is not printed.

    Attributes:
        details: The values that the message names.
    """

    message: Promise

    def __init__(self, **details: object) -> None:
        super().__init__(details)
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % self.details


class TextTooLong(PdfRefused):
    """A text is longer than its limit. It is never cut short silently."""

    message = _("“%(name)s” has %(length)d characters, at most %(limit)d are printed.")


class TextDoesNotFit(PdfRefused):
    """A text has no room in its place, even in the smallest type."""

    message = _("“%(name)s” does not fit its place, even in the smallest type.")


class ForbiddenCharacter(PdfRefused):
    """A control character, or one that turns the direction of the text."""

    message = _(
        "“%(name)s” has the invisible character %(code)s, which is not printed."
    )


class MissingGlyph(PdfRefused):
    """The portal's typeface has no such letter."""

    message = _("“%(name)s” has “%(character)s” (%(code)s), which the typeface lacks.")


class EmptyText(PdfRefused):
    """A text that must be there is empty."""

    message = _("“%(name)s” is empty.")


class ForeignResource(PdfRefused):
    """The document asked for a file or an address outside of the portal's own."""

    message = _("The document asks for “%(url)s”; nothing is fetched for a document.")


class TooManyPages(PdfRefused):
    """The document was laid out on more pages than it may have."""

    message = _("The document has %(pages)d pages, at most %(limit)d are printed.")


class TooManyElements(PdfRefused):
    """The document has more parts than can be laid out in reasonable time."""

    message = _("The document has %(tags)d tags, at most %(limit)d are printed.")
