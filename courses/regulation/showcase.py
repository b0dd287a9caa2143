"""What the showcase tells of a course, before it opens. Source: MIN 5.4.8.1."""

from collections.abc import Iterator

from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Finding, Gate, Source
from courses.regulation.known import has_words
from courses.regulation.measured import how_to_know, place_of, place_to_add, title_of
from courses.regulation.media import container_finding
from courses.regulation.place import Place, Section
from courses.regulation.presence import present, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.resource_facts import (
    MaterialFacts,
    MaterialKind,
    MaterialRights,
    MeasureState,
)
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import ILLUSTRATION_CONTAINERS

BLOCK = Requirements(Block.SHOWCASE)
_RIGHTS = {
    MaterialRights.OWN: Message(_("the author's own")),
    MaterialRights.FREE_LICENCE: Message(_("under a free licence that is named")),
    MaterialRights.BORROWED: Message(_("borrowed")),
}
_NO_LICENCE = Message(_("under a free licence that is not named"))


@BLOCK.requirement(
    "5.4.8.1",
    "short_description",
    _("Short description"),
    kind=Kind.DECLARED,
    gate=Gate.OPENING,
)
def short_description(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Title and purpose are told in a few sentences. Source: MIN 5.4.8.1."""
    yield written(
        judge,
        course.short_description,
        required=Message(_("a short description in the language of the course")),
        place=Place(Section.TEXTS, None, f"short_description_{course.language}"),
        advice=Message(_("Write what the course is called and what it is for.")),
    )


@BLOCK.requirement(
    "5.4.8.1",
    "illustration",
    _("Illustration"),
    gate=Gate.OPENING,
    thresholds=(ILLUSTRATION_CONTAINERS,),
)
def illustration(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The course has a picture of an allowed format. Source: MIN 5.4.8.1.

    The content of the file tells its format. That the picture fits the topic is for
    people to see: the finding asks for it, nothing measures it.
    """
    pictures = course.materials_of(MaterialKind.ILLUSTRATION)
    yield present(
        judge,
        bool(pictures),
        required=Message(_("an illustration that fits the topic of the course")),
        place=place_to_add(MaterialKind.ILLUSTRATION),
        advice=Message(_("Upload a picture that fits the topic.")),
    )
    for picture in pictures:
        if picture.state is MeasureState.DECLARED:
            yield _only_a_link(judge, picture)
        else:
            yield container_finding(
                judge, picture, judge.value(ILLUSTRATION_CONTAINERS)
            )


def _only_a_link(judge: Judge, picture: MaterialFacts) -> Finding:
    """A picture is handed in as a file: behind a link nothing is checked."""
    return judge.finding(
        is_met=False,
        required=message(
            _("the illustration “%(title)s” as a file"), title=title_of(picture)
        ),
        found=Message(_("a link")),
        place=place_of(picture, "file"),
        advice=how_to_know(picture),
        source=Source.DECLARED,
    )


@BLOCK.requirement(
    "5.4.8.1",
    "illustration_rights",
    _("Rights to the illustration"),
    kind=Kind.DECLARED,
    gate=Gate.OPENING,
)
def illustration_rights(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The picture is the author's or freely licensed. Source: MIN 5.4.8.1."""
    pictures = course.materials_of(MaterialKind.ILLUSTRATION)
    if not pictures:
        yield judge.not_applicable(Message(_("there is no illustration yet")))
    for picture in pictures:
        is_free = picture.rights is MaterialRights.FREE_LICENCE
        is_named = has_words(picture.licence) is True
        yield judge.finding(
            is_met=picture.rights is MaterialRights.OWN or (is_free and is_named),
            required=message(
                _("“%(title)s” is the author's own or under a free licence"),
                title=title_of(picture),
            ),
            found=_NO_LICENCE if is_free and not is_named else _RIGHTS[picture.rights],
            place=place_of(picture, "licence" if is_free else "rights"),
            advice=Message(_("Name the licence, or choose another picture.")),
        )
