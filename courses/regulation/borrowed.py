"""Somebody else's work in the course. Source: MIN 5.3.2-5.3.5."""

from collections.abc import Iterator

from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Finding, Severity
from courses.regulation.known import has_words
from courses.regulation.measured import place_of, title_of
from courses.regulation.place import Place, Section
from courses.regulation.presence import EMPTY, present, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.resource_facts import MaterialRights
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _

BLOCK = Requirements(Block.COMPONENTS)
_REFERENCE_IS_THERE = Message(
    _("filled in; its form by GOST R 7.0.5-2008 is for the expert to see")
)


@BLOCK.requirement(
    "5.3.2",
    "borrowed_references",
    _("References of borrowed material"),
    severity=Severity.OPTIONAL,
    kind=Kind.DECLARED,
)
def borrowed_references(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """All that is borrowed has a bibliographic reference. Source: MIN 5.3.2.

    A proxy: that a reference is there is seen, its form by GOST R 7.0.5-2008 is not,
    nor whether it stands beside the text. A material marked as borrowed has to be
    listed under its own title. The findings say so.
    """
    for item in course.borrowed:
        is_there = has_words(item.reference)
        yield judge.finding(
            is_met=is_there,
            required=message(
                _("bibliographic reference of “%(title)s”"), title=item.title or "—"
            ),
            found=_REFERENCE_IS_THERE if is_there else EMPTY,
            place=Place(Section.BORROWED, item.id, "reference"),
            advice=Message(_("Write the reference by GOST R 7.0.5-2008.")),
        )
    listed = {_same(item.title) for item in course.borrowed}
    for material in course.materials:
        if material.rights is MaterialRights.BORROWED:
            yield present(
                judge,
                _same(material.title) in listed,
                required=message(
                    _("the borrowed “%(title)s” is listed under this title"),
                    title=title_of(material),
                ),
                place=place_of(material, "rights"),
                advice=Message(
                    _("List it among the borrowed material, with its source.")
                ),
            )


def _same(title: str) -> str:
    return " ".join(title.casefold().split())


@BLOCK.requirement(
    "5.3.3",
    "borrowed_links",
    _("Links to the sources of borrowed material"),
    severity=Severity.OPTIONAL,
    kind=Kind.DECLARED,
)
def borrowed_links(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """All that is borrowed links to its source. Source: MIN 5.3.3."""
    for item in course.borrowed:
        yield written(
            judge,
            item.url,
            required=message(
                _("link to the source of “%(title)s”"), title=item.title or "—"
            ),
            place=Place(Section.BORROWED, item.id, "url"),
            advice=Message(_("Give the address of the source.")),
        )


@BLOCK.requirement(
    "5.3.4",
    "borrowed_consents",
    _("Consents of the authors of borrowed material"),
    severity=Severity.OPTIONAL,
    kind=Kind.DECLARED,
)
def borrowed_consents(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """An author's work comes with the author's written consent. Source: MIN 5.3.4."""
    for item in course.borrowed:
        if item.is_consent_needed:
            yield present(
                judge,
                item.has_consent,
                required=message(
                    _("written consent of the author of “%(title)s”"),
                    title=item.title or "—",
                ),
                place=Place(Section.BORROWED, item.id, "consent"),
                advice=Message(_("Upload the signed consent.")),
            )


BLOCK.for_expert(
    "5.3.2",
    "reference_form",
    _("References beside the borrowed material, by GOST R 7.0.5-2008"),
)
BLOCK.for_expert(
    "5.3.5",
    "corporate_style",
    _("Video and slides in the corporate style of the university"),
)
