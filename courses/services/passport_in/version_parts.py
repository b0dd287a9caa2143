"""The lists that hang on the version itself: titles, terms, programmes, software, talk."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from courses.models import (
    CommunicationElement,
    CourseText,
    CourseVersion,
    EducationalProgramme,
    GlossaryTerm,
    LearningOutcome,
    SoftwareRequirement,
)
from courses.passport_json import shape
from courses.services.passport_in.rows import Listing, placed, write_rows

Values = Mapping[str, Any]


def write_plain_parts(version: CourseVersion, content: Values) -> None:
    """Write titles, terms, programmes, software, means of communication."""
    _write_texts(version, content["texts"])
    _write_terms(version, content["glossary"])
    for model, key, names, known_by in (
        (EducationalProgramme, "programmes", shape.PROGRAMME_FIELDS, "code"),
        (SoftwareRequirement, "software", shape.SOFTWARE_FIELDS, "name"),
        (CommunicationElement, "communication", shape.COMMUNICATION_FIELDS, "title"),
    ):
        listing: Listing[Any] = Listing(
            rows=model._default_manager.filter(version=version),
            make=partial(model, version=version),
            names=(*names, "position"),
            known_by=((known_by,), ("position",)),
        )
        write_rows(listing, placed(content[key]))


def write_outcomes(
    version: CourseVersion, rows: list[dict[str, Any]]
) -> list[LearningOutcome]:
    """Write the learning outcomes; return them in their order."""
    listing = Listing(
        rows=version.outcomes.all(),
        make=partial(LearningOutcome, version=version),
        names=("text", "position"),
        known_by=(("position",),),
    )
    return write_rows(listing, placed(rows))


def _write_texts(version: CourseVersion, rows: list[dict[str, Any]]) -> None:
    listing = Listing(
        rows=version.texts.all(),
        make=partial(CourseText, version=version),
        names=shape.TEXT_FIELDS,
        known_by=(("language",),),
    )
    write_rows(listing, rows)


def _write_terms(version: CourseVersion, rows: list[dict[str, Any]]) -> None:
    listing = Listing(
        rows=version.glossary.all(),
        make=partial(GlossaryTerm, version=version),
        names=shape.TERM_FIELDS,
        known_by=(("term",),),
    )
    write_rows(listing, rows)
