"""The type of a certificate: its fields and fixed words as HTML."""

from dataclasses import dataclass
from html import escape

from certificates.printing.fields import CertificateFields
from certificates.printing.fitting import Fit, Place, fit
from certificates.printing.labels import LABELS, Labels, date_in_words
from certificates.printing.ornament import MILLIMETRE
from core.pdf import LIGHT, REGULAR, SEMIBOLD

_WIDE = 225 * MILLIMETRE
_SIDE = 76 * MILLIMETRE

# Each fit and each number of lines is a class of `certificate.css`.
UNIVERSITY = Place("university", _WIDE, SEMIBOLD, (Fit(15, 1), Fit(12, 2), Fit(10, 2)))
CENTRE = Place("centre", _WIDE, REGULAR, (Fit(11, 1), Fit(9, 2)))
NAME = Place(
    "full_name",
    _WIDE,
    SEMIBOLD,
    (Fit(36, 1), Fit(30, 1), Fit(25, 2), Fit(17, 3), Fit(14, 4)),
)
TITLE = Place(
    "course_title", _WIDE, LIGHT, (Fit(25, 1), Fit(21, 2), Fit(16, 3), Fit(13, 4))
)
REGISTRATION = Place("city", _WIDE, REGULAR, (Fit(10, 1), Fit(7.5, 2)))
SENTENCE = Place("course_type", _WIDE, REGULAR, (Fit(13, 1),))
POSITION = Place(
    "signatory_position", _SIDE, REGULAR, (Fit(10.5, 2), Fit(9, 4), Fit(7.5, 6))
)
SIGNATORY = Place("signatory_name", _SIDE, SEMIBOLD, (Fit(10.5, 1), Fit(8, 4)))
ADDRESS = Place(
    "verification_url", 47 * MILLIMETRE, SEMIBOLD, (Fit(9, 3), Fit(7.5, 4), Fit(6, 6))
)
CODE = Place("code", 47 * MILLIMETRE, SEMIBOLD, (Fit(10.5, 1), Fit(7.5, 2)))

# Wide gaps on both sides; the line may be broken after the dot.
_DOT = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE} "


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The row with the words of its language."""

    row: CertificateFields
    words: Labels


def certificate_markup(row: CertificateFields) -> str:
    """Return the HTML of a certificate; the texts in it are escaped.

    Raises:
        TextDoesNotFit: A text has no room even in the smallest type.
    """
    sheet = _Sheet(row, LABELS[row.language])
    title = escape(f"{sheet.words.heading} {row.number}. {row.full_name}")
    return (
        f'<!doctype html><html lang="{row.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>"
        f"{_head(sheet)}{_middle(sheet)}{_signature(sheet)}{_verification(sheet)}"
        "</body></html>"
    )


def _set(name: str, text: str, place: Place) -> str:
    """Return a paragraph in the largest type in which its text fits the place."""
    number, lines = fit(text, place)
    classes = f"{name} fit-{number} lines-{len(lines)}"
    return f'<p class="{classes}">{_joined(lines)}</p>'


def _joined(lines: list[str]) -> str:
    # Not `<br>`: inside of a link each would be a link of its own, a point wide.
    return escape("\n".join(lines))


def _set_if_any(name: str, text: str, place: Place) -> str:
    return _set(name, text, place) if text else ""


def _head(sheet: _Sheet) -> str:
    row, words = sheet.row, sheet.words
    registration = words.registration.format(number=row.number)
    day = date_in_words(row.issued_on, row.language)
    line = _DOT.join((registration, row.city, words.issued.format(date=day)))
    centre = _set_if_any("centre", row.centre, CENTRE)
    return (
        f'<div class="head">{_set("university", row.university, UNIVERSITY)}'
        f"{centre}</div><h1>{words.heading}</h1>"
        f"{_set('registration', line, REGISTRATION)}"
    )


def _middle(sheet: _Sheet) -> str:
    """The sentence: who completed what, of how many hours, and when.

    Source: MIN 5.5.5.
    """
    row, words = sheet.row, sheet.words
    title = words.title.format(title=row.course_title)
    day = date_in_words(row.completed_on, row.language)
    return (
        f'<div class="middle"><p class="lead">{words.lead}</p>'
        f"{_set('name', row.full_name, NAME)}"
        f"{_sentence(sheet, words.before_title)}"
        f"{_set('title', title, TITLE)}"
        f"{_sentence(sheet, words.after_title)}"
        f'<p class="completed">{words.completed.format(date=day)}</p></div>'
    )


def _sentence(sheet: _Sheet, lines: tuple[str, ...]) -> str:
    row, words = sheet.row, sheet.words
    workload = words.workload(row.workload_hours, row.workload_credits)
    course_type = words.course_types[row.course_type]
    texts = (line.format(course_type=course_type, workload=workload) for line in lines)
    return "".join(_set("sentence", text, SENTENCE) for text in texts)


def _signature(sheet: _Sheet) -> str:
    row, words = sheet.row, sheet.words
    position = _set_if_any("position", row.signatory_position, POSITION)
    name = _set_if_any("signatory", row.signatory_name, SIGNATORY)
    return (
        f'<div class="signature">{position}<p class="rule">{words.signature}</p>{name}'
        f'</div><p class="seal">{words.seal}</p>'
    )


def _verification(sheet: _Sheet) -> str:
    row, words = sheet.row, sheet.words
    number, lines = fit(row.verification_url.removeprefix("https://"), ADDRESS)
    link = f'<a href="{escape(row.verification_url)}">{_joined(lines)}</a>'
    return (
        f'<div class="verification"><p class="small">{words.verify}</p>'
        f'<p class="address fit-{number}">{link}</p>'
        f'<p class="small">{words.code}</p>{_set("code", row.code, CODE)}</div>'
    )
