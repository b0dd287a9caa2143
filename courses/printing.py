"""The passport's dossier and the report of its check as documents on A4."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.pdf import render_document
from core.templatetags.figures import moment, number
from courses.findings import Panel
from courses.models import CourseVersion, Longread
from courses.passport_words import (
    Bank,
    Line,
    Part,
    kind_in_words,
    passport_banks,
    passport_parts,
)

# Theory is the course, not its passport: on paper it is known by its beginning.
THEORY_SHOWN = 300
TEXT_SHOWN = 6_000
TITLE_SHOWN = 250
HASH_SHOWN = 16


@dataclass(frozen=True, slots=True)
class PrintedBank:
    """A bank as the dossier tells of it: how many questions of which kinds."""

    title: str
    topic: str
    kinds: list[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document was made from, and when."""

    sha256: str
    at: datetime


def passport_pdf(
    version: CourseVersion, content: Mapping[str, Any], stamp: Stamp
) -> bytes:
    """Return the dossier of a passport: contents, every part, tables of questions."""
    parts = [_clipped(part) for part in passport_parts(content)]
    banks = [_printed(bank) for bank in passport_banks(content)]
    body = render_to_string(
        "print/passport.html",
        {
            **_head(version, stamp),
            "parts": parts,
            "banks": banks,
            "banks_number": len(parts) + 1,
            "question_count": sum(bank.total for bank in banks),
        },
    )
    return _document(version, body, _("Passport of an open course"), stamp)


def check_pdf(
    version: CourseVersion, report: Panel, stamp: Stamp, **beside: Any
) -> bytes:
    """Return the report of a check: each finding with its clause, block by block."""
    body = render_to_string(
        "print/check.html",
        {
            **_head(version, stamp),
            "report": report,
            "facts": (
                (
                    _("Binding requirements met"),
                    f"{number(report.done)} / {number(report.total)}",
                ),
                (_("Left before expertise"), number(report.left)),
            ),
            **beside,
        },
    )
    return _document(version, body, _("Check of the course"), stamp)


def _head(version: CourseVersion, stamp: Stamp) -> dict[str, Any]:
    language = _language()
    leader = version.authorships.filter(is_lead=True).select_related("user").first()
    return {
        "version": version,
        "leader": leader.user.short_name if leader else "",
        "stamp": stamp,
        "university": settings.UNIVERSITY_NAME[language],
        "city": settings.UNIVERSITY_CITY,
    }


def _document(version: CourseVersion, body: str, title: str, stamp: Stamp) -> bytes:
    footer = " · ".join(
        (
            f"{version.course.code}, {version.number}",
            version.edition.code,
            moment(stamp.at),
            f"SHA-256 {stamp.sha256[:HASH_SHOWN]}…",
        )
    )
    return render_document(
        body,
        title=f"{title}: {version.title}"[:TITLE_SHOWN],
        language=_language(),
        footer=footer,
    )


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _clipped(part: Part) -> Part:
    is_theory = part.note == str(Longread._meta.verbose_name).capitalize()
    limit = THEORY_SHOWN if is_theory else TEXT_SHOWN
    return replace(
        part,
        facts=[_cut(line, TEXT_SHOWN) for line in part.facts],
        texts=[_cut(line, limit) for line in part.texts],
        parts=[_clipped(inner) for inner in part.parts],
    )


def _cut(line: Line, limit: int) -> Line:
    if len(line.value) <= limit:
        return line
    more = _("… (in all %d characters, read them in the portal)") % len(line.value)
    return Line(line.label, f"{line.value[:limit].rstrip()} {more}")


def _printed(bank: Bank) -> PrintedBank:
    kinds = Counter(map(kind_in_words, bank.questions))
    return PrintedBank(bank.title, bank.topic, kinds.most_common(), kinds.total())
