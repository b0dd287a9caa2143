"""From a frozen row to the bytes of its certificate."""

from functools import cache
from importlib.resources import files

from certificates.printing.curves import operators
from certificates.printing.fields import CertificateFields, checked
from certificates.printing.labels import LABELS
from certificates.printing.markup import certificate_markup
from certificates.printing.ornament import (
    MILLIMETRE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    certificate_ornament,
)
from certificates.printing.qr import qr_operators
from core.pdf import LIGHT, REGULAR, SEMIBOLD, Drawing, Figure, Typesetter, finisher

QR_LEFT, QR_TOP, QR_SIDE = 235 * MILLIMETRE, 151 * MILLIMETRE, 26 * MILLIMETRE


def render(row: CertificateFields) -> bytes:
    """Return the PDF of a certificate: A4 landscape, tagged, PDF/UA-1.

    The bytes differ from one call to the next (embedded fonts have names of their
    own): what was issued is stored and never made again.

    Raises:
        PdfRefused: A field is empty, too long, does not fit, or has a character that
            is not printed.
    """
    row = checked(row)
    code = Figure(
        left=QR_LEFT,
        top=QR_TOP,
        side=QR_SIDE,
        operators=qr_operators(row.verification_url),
        alt=f"{LABELS[row.language].qr}: {row.verification_url}",
    )
    return typesetter().typeset(
        certificate_markup(row),
        finisher=finisher(ground=ground(), figures=(code,)),
    )


def check(row: CertificateFields) -> None:
    """Refuse a row that could not be printed, before it is frozen.

    Raises:
        PdfRefused: As `render` would.
    """
    certificate_markup(checked(row))


def preload() -> None:
    """Make fonts, style sheet and ornament ahead of the first certificate."""
    typesetter()
    ground()


@cache
def ground() -> Drawing:
    """Return the compiled ornament, made once a process for all languages."""
    return Drawing.compiled(
        operators(certificate_ornament()), width=PAGE_WIDTH, height=PAGE_HEIGHT
    )


@cache
def typesetter() -> Typesetter:
    """Return the typesetter of certificates, made once a process."""
    css = files("certificates.printing").joinpath("certificate.css").read_text("utf-8")
    return Typesetter(css=css, faces=(LIGHT, REGULAR, SEMIBOLD), page_limit=1)
