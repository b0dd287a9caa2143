"""Videos and presentations of the topics. Source: MIN 3.3.3.8-3.3.3.10."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from courses.regulation.facts import CourseFacts, TopicFacts
from courses.regulation.finding import Finding, Severity, Source
from courses.regulation.known import all_of, amount_of
from courses.regulation.measured import (
    Told,
    how_to_know,
    minutes_of,
    pages_of,
    place_of,
    rounded,
    slides_of,
    source_of,
    title_of,
    total_told,
    why_unknown,
)
from courses.regulation.media import (
    container_finding,
    container_of,
    place_of_size,
    size_finding,
)
from courses.regulation.place import Place, Section
from courses.regulation.requirement import Block, Judge, Requirements
from courses.regulation.resource_facts import MaterialFacts, MaterialKind, MeasureState
from courses.regulation.texts import Message, Number, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import (
    SLIDES_PER_HOUR,
    THEORY_HOURS,
    VIDEO_CONTAINERS,
    VIDEO_MINUTES_MAX,
    VIDEO_MINUTES_RECOMMENDED_MAX,
    VIDEO_MINUTES_RECOMMENDED_MIN,
)

BLOCK = Requirements(Block.LEARNING)
_NO_VIDEOS = Message(_("there are no videos"))
_FIRST = Place(Section.MATERIAL, None, MaterialKind.VIDEO.value)
# What is stated in whole minutes or pages is no mismatch within half of one.
_ROUNDING = Decimal("0.5")


def _all_well(judge: Judge, required: Message, count: int, source: Source) -> Finding:
    """One finding for all videos that meet a requirement."""
    return judge.finding(
        is_met=True,
        required=required,
        found=message(_("videos: %(count)s"), count=count),
        place=_FIRST,
        source=source,
    )


@BLOCK.requirement(
    "3.3.3.9", "video_length", _("Length of a video"), thresholds=(VIDEO_MINUTES_MAX,)
)
def video_length(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A video takes at most 12 minutes, to the second. Source: MIN 3.3.3.9.

    A finding for each that does not, and one for all that do.
    """
    most = judge.value(VIDEO_MINUTES_MAX)
    videos = course.once(_videos)
    if not videos:
        yield judge.not_applicable(_NO_VIDEOS)
    well: list[Told] = []
    for video, minutes in videos:
        if minutes.value is not None and minutes.value <= most:
            well.append(minutes)
            continue
        yield size_finding(
            judge,
            video,
            minutes,
            is_met=amount_of(minutes.value).is_at_most(most),
            required=message(
                _("minutes of the video “%(title)s”: at most %(most)s"),
                title=title_of(video),
                most=most,
            ),
            place=place_of_size(video, "declared_minutes"),
            advice=Message(_("Cut the video into shorter ones.")),
        )
    if well:
        required = message(_("minutes of a video: at most %(most)s"), most=most)
        yield _all_well(judge, required, len(well), source_of(well))


def _videos(course: CourseFacts) -> list[tuple[MaterialFacts, Told]]:
    """The videos of the course with their minutes."""
    videos = course.materials_of(MaterialKind.VIDEO)
    return [(video, minutes_of(video)) for video in videos]


@BLOCK.requirement(
    "3.3.3.9",
    "video_length_recommended",
    _("Recommended length of a video"),
    severity=Severity.RECOMMENDED,
    thresholds=(VIDEO_MINUTES_RECOMMENDED_MIN, VIDEO_MINUTES_RECOMMENDED_MAX),
)
def video_length_recommended(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A video of 5 to 7 minutes is recommended. Source: MIN 3.3.3.9.

    One finding for all: a warning for each would hide what stops the course.
    """
    least = judge.value(VIDEO_MINUTES_RECOMMENDED_MIN)
    most = judge.value(VIDEO_MINUTES_RECOMMENDED_MAX)
    videos = course.once(_videos)
    if not videos:
        yield judge.not_applicable(_NO_VIDEOS)
        return
    told = [amount_of(size.value).is_between(least, most) for _video, size in videos]
    apart = [
        video for (video, _size), is_met in zip(videos, told, strict=True) if not is_met
    ]
    yield judge.finding(
        is_met=all_of(told),
        required=message(
            _("minutes of a video: from %(least)s to %(most)s"), least=least, most=most
        ),
        found=message(
            _("videos of such a length: %(count)s of %(total)s"),
            count=len(videos) - len(apart),
            total=len(videos),
        ),
        place=place_of_size(apart[0], "declared_minutes") if apart else _FIRST,
        advice=Message(_("Cut long videos, join short ones with their neighbours.")),
        source=source_of(size for _video, size in videos),
    )


@BLOCK.requirement(
    "3.3.3.9", "video_format", _("Format of a video"), thresholds=(VIDEO_CONTAINERS,)
)
def video_format(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A video is of a format that the edition allows. Source: MIN 3.3.3.9.

    The content of the file tells its format, not its name.
    """
    allowed = judge.value(VIDEO_CONTAINERS)
    videos = course.materials_of(MaterialKind.VIDEO)
    if not videos:
        yield judge.not_applicable(_NO_VIDEOS)
    well = []
    for video in videos:
        if container_of(video, allowed)[0]:
            well.append(video)
        else:
            yield container_finding(judge, video, allowed)
    if well:
        required = message(
            _("format of a video: %(formats)s"), formats=", ".join(allowed)
        )
        is_declared = any(video.state is MeasureState.DECLARED for video in well)
        source = Source.DECLARED if is_declared else Source.MEASURED
        yield _all_well(judge, required, len(well), source)


@BLOCK.requirement(
    "3.3.3.10",
    "presentation_slides",
    _("Slides of the presentations"),
    severity=Severity.OPTIONAL,
    thresholds=(SLIDES_PER_HOUR, THEORY_HOURS),
)
def presentation_slides(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Presentations have 10 visible slides for an hour of content. Source: MIN 3.3.3.10.

    Two hours of a topic hold one hour of content (MIN 3.3.3.8), «презентация одной
    темы на 2 часа». The presentations of a topic count together; those of the whole
    course are for one hour of content.
    """
    topics = course.topics_by_id()
    shown: dict[int | None, list[MaterialFacts]] = {}
    for material in course.materials_of(MaterialKind.PRESENTATION):
        shown.setdefault(material.topic_id, []).append(material)
    for topic_id, presentations in shown.items():
        yield _slides(judge, topics.get(topic_id), presentations)


def _slides(
    judge: Judge, topic: TopicFacts | None, presentations: list[MaterialFacts]
) -> Finding:
    told = [slides_of(material) for material in presentations]
    slides = total_told(told)
    hours = _hours_of_content(judge, topic)
    least = None if hours is None else hours * judge.value(SLIDES_PER_HOUR)
    is_met = None if least is None else slides.is_at_least(least)
    unknown = [
        material
        for material, size in zip(presentations, told, strict=True)
        if size.value is None
    ]
    return judge.finding(
        is_met=is_met,
        required=message(
            _("slides shown in the presentations of “%(topic)s”: at least %(least)s"),
            topic=(topic.title if topic else None) or "—",
            least="—" if least is None else least,
        ),
        found=why_unknown(unknown[0])
        if unknown and not is_met
        else message(_("slides: %(slides)s"), slides=slides.known),
        place=_place_of_slides(topic, least, (unknown or presentations)[0]),
        advice=how_to_know(unknown[0])
        if unknown
        else Message(_("Add slides, or state the hours of the topic.")),
        source=source_of(told),
        counter=None if least is None else (slides.known, least),
    )


def _hours_of_content(judge: Judge, topic: TopicFacts | None) -> Decimal | None:
    if topic is None:
        return Decimal(1)
    hours = topic.stated_hours()
    return None if hours is None else hours / judge.value(THEORY_HOURS)


def _place_of_slides(
    topic: TopicFacts | None, least: Decimal | None, material: MaterialFacts
) -> Place:
    if topic is not None and least is None:
        return Place(Section.TOPIC, topic.id, "hours")
    return place_of_size(material, "declared_slides")


@BLOCK.requirement(
    "3.3.3.8",
    "sizes_agree",
    _("Stated sizes agree with the files"),
    severity=Severity.RECOMMENDED,
)
def sizes_agree(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """What was stated of a file is what was measured. Source: MIN 3.3.3.8, 3.3.3.9.

    The measured size decides everywhere; a mismatch tells the expert what to read.
    """
    findings = [
        finding
        for material in course.materials
        if material.state is MeasureState.MEASURED
        for finding in _mismatches(judge, material)
    ]
    if not findings:
        yield judge.not_applicable(Message(_("nothing is stated of files")))
    yield from findings


def _mismatches(judge: Judge, material: MaterialFacts) -> Iterator[Finding]:
    pairs: tuple[tuple[Callable[[MaterialFacts], Told], Number | None], ...] = (
        (minutes_of, material.declared_minutes),
        (pages_of, material.declared_pages),
        (slides_of, material.declared_slides),
    )
    for measure, declared in pairs:
        measured = None if declared is None else measure(material).value
        if measured is None or declared is None:
            continue
        yield judge.finding(
            is_met=abs(Decimal(measured) - Decimal(declared)) <= _ROUNDING,
            required=message(
                _("measured of “%(title)s”: %(size)s"),
                title=title_of(material),
                size=rounded(measured),
            ),
            found=message(_("stated: %(size)s"), size=declared),
            place=place_of(material, "file"),
            advice=Message(
                _("The measured size counts: upload the file that you mean.")
            ),
        )
