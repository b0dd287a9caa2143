"""The promo video. Source: MIN 3.2.3."""

from collections.abc import Iterator

from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Finding, Source
from courses.regulation.known import amount_of, has_words
from courses.regulation.measured import (
    minutes_of,
    place_to_add,
    title_of,
)
from courses.regulation.media import container_finding, place_of_size, size_finding
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN, present
from courses.regulation.requirement import Block, Judge, Requirements
from courses.regulation.resource_facts import MaterialFacts, MaterialKind
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import PROMO_MINUTES_MAX, VIDEO_CONTAINERS

BLOCK = Requirements(Block.INTRODUCTION)
_NO_PROMO = Message(_("there is no promo video yet"))
_BELOW = {
    True: Message(
        _("the forum of announcements is there; the order of the page is not seen")
    ),
    False: Message(_("there is no forum of announcements")),
    None: NOT_KNOWN,
}


def _promos(course: CourseFacts) -> list[MaterialFacts]:
    return course.materials_of(MaterialKind.PROMO_VIDEO)


@BLOCK.requirement("3.2.3", "promo_video", _("Promo video"))
def promo_video(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The course has a promo video below its announcements. Source: MIN 3.2.3.

    A proxy: where it stands on the page of the LMS is not seen, only that there are
    announcements for it to stand below. The finding says so.
    """
    promos = _promos(course)
    yield present(
        judge,
        bool(promos),
        required=Message(_("a promo video")),
        place=place_to_add(MaterialKind.PROMO_VIDEO),
        advice=Message(_("Upload the promo video of the course.")),
    )
    if promos:
        is_there = has_words(course.announcements_url)
        yield judge.finding(
            is_met=is_there,
            required=Message(_("the promo video stands below the announcements")),
            found=_BELOW[is_there],
            place=Place(Section.INTRODUCTION, None, "announcements_url"),
            advice=Message(_("Give the address of the forum of announcements.")),
            source=Source.DECLARED,
        )


@BLOCK.requirement(
    "3.2.3",
    "promo_format",
    _("Format of the promo video"),
    thresholds=(VIDEO_CONTAINERS,),
)
def promo_format(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The promo video is of a format that the edition allows. Source: MIN 3.2.3."""
    promos = _promos(course)
    if not promos:
        yield judge.not_applicable(_NO_PROMO)
    for promo in promos:
        yield container_finding(judge, promo, judge.value(VIDEO_CONTAINERS))


@BLOCK.requirement(
    "3.2.3",
    "promo_length",
    _("Length of the promo video"),
    thresholds=(PROMO_MINUTES_MAX,),
)
def promo_length(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The promo video takes at most 3 minutes, to the second. Source: MIN 3.2.3."""
    promos = _promos(course)
    if not promos:
        yield judge.not_applicable(_NO_PROMO)
    most = judge.value(PROMO_MINUTES_MAX)
    for promo in promos:
        minutes = minutes_of(promo)
        yield size_finding(
            judge,
            promo,
            minutes,
            is_met=amount_of(minutes.value).is_at_most(most),
            required=message(
                _("minutes of the promo video “%(title)s”: at most %(most)s"),
                title=title_of(promo),
                most=most,
            ),
            place=place_of_size(promo, "declared_minutes"),
            advice=Message(_("Shorten the promo video.")),
        )


BLOCK.for_expert(
    "3.2.3",
    "promo_content",
    _("The promo video shows what is best in the course and what one will learn"),
)
