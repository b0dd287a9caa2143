"""What is printed on a certificate: frozen values, checked before anything is drawn."""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from core.pdf import ForeignResource, check_line

Language = Literal["ru", "kk", "ky", "en"]

NAME_LIMIT = 120
TITLE_LIMIT = 200
LINE_LIMIT = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFields:
    """Every field printed on a certificate.

    Attributes:
        number: The number as shown: «№ 000123».
        code: The code to verify by.
        verification_url: Where the certificate is verified; in the QR code.
        surname, given_name, patronymic: The learner; the patronymic may be empty.
        course_title: In the certificate's language.
        course_type: Key of `labels.Labels.course_types`.
        workload_hours: Academic hours.
        workload_credits: Credits, where the course counts them.
        completed_on: When the course was completed.
        issued_on: When the certificate was issued.
        university: Name of the university in the certificate's language.
        centre: Name of the centre; may be empty.
        city: Where it was issued.
        signatory_name, signatory_position: Who signs; may be empty, then the line
            is left to be filled in.
        language: Of the certificate, whatever the language of the screen.

    Source: MIN 5.5.5.
    """

    number: str
    code: str
    verification_url: str
    surname: str
    given_name: str
    patronymic: str = ""
    course_title: str
    course_type: str
    workload_hours: Decimal
    workload_credits: Decimal | None = None
    completed_on: date
    issued_on: date
    university: str
    centre: str = ""
    city: str
    signatory_name: str = ""
    signatory_position: str = ""
    language: Language

    @property
    def full_name(self) -> str:
        """The learner's name as the language has it: surname first, in English last."""
        given = [self.given_name, self.patronymic]
        parts = (
            [*given, self.surname] if self.language == "en" else [self.surname, *given]
        )
        return " ".join(part for part in parts if part)


_LIMITS = {
    "number": 40,
    "code": 40,
    "verification_url": 200,
    "surname": NAME_LIMIT,
    "given_name": NAME_LIMIT,
    "patronymic": NAME_LIMIT,
    "course_title": TITLE_LIMIT,
    "university": LINE_LIMIT,
    "centre": LINE_LIMIT,
    "city": NAME_LIMIT,
    "signatory_name": LINE_LIMIT,
    "signatory_position": LINE_LIMIT,
}
_MAY_BE_EMPTY = {
    field.name for field in fields(CertificateFields) if field.default == ""
}


def checked(row: CertificateFields) -> CertificateFields:
    """Return the row with its texts as they are printed.

    Raises:
        PdfRefused: A text is empty, too long, or has a character that is not printed.
        ForeignResource: The address to verify at is none of the web.
    """
    texts: dict[str, Any] = {}
    for name, limit in _LIMITS.items():
        text = getattr(row, name)
        if text.strip(" ") or name not in _MAY_BE_EMPTY:
            texts[name] = check_line(text, name=name, limit=limit)
        else:
            texts[name] = ""
    if not texts["verification_url"].startswith(("https://", "http://")):
        raise ForeignResource(url=texts["verification_url"])
    return replace(row, **texts)
