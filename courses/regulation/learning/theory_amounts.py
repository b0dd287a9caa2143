"""What theory a topic has, and what is not known of it. Source: MIN 3.3.3.8."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from courses.regulation.facts import CourseFacts, TopicFacts
from courses.regulation.finding import Source
from courses.regulation.known import Amount, has_words, total_of
from courses.regulation.measured import (
    SECONDS,
    Told,
    pages_of,
    seconds_of,
    source_of,
    total_told,
)
from courses.regulation.record import record
from courses.regulation.resource_facts import MaterialFacts, MaterialKind

THEORY_KINDS = (MaterialKind.TEXT, MaterialKind.VIDEO, MaterialKind.AUDIO)
LONGREADS, MATERIALS = "longreads", "materials"


@record()
class Media:
    """Videos or audios of a topic.

    Attributes:
        told: The length of each, in seconds.
        minutes: All of them together.
        unknown: The first whose length is not known.
    """

    told: list[Told]
    minutes: Amount
    unknown: MaterialFacts | None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.told)


@record()
class Theory:
    """The theory of a topic.

    Attributes:
        pages: Pages of its longreads and texts.
        video: Its videos.
        audio: Its audios.
        source: Whether all is measured.
        unknown: The first material whose size is not known.
        uncounted: Where pages of longreads are to be told; empty if all are.
        has_pdf: Whether pages of a PDF count, whose format is not verified.
    """

    pages: Amount
    video: Media
    audio: Media
    source: Source
    unknown: MaterialFacts | None
    uncounted: str
    has_pdf: bool

    @property
    def minutes(self) -> Amount:
        """Video and audio together."""
        video, audio = self.video.minutes, self.audio.minutes
        return Amount(video.known + audio.known, video.is_whole and audio.is_whole)


def theories_of(course: CourseFacts) -> dict[int, Theory]:
    """The theory of every topic, by its id."""
    by_topic: defaultdict[int | None, list[MaterialFacts]] = defaultdict(list)
    for material in course.materials:
        if material.kind in THEORY_KINDS:
            by_topic[material.topic_id].append(material)
    return {topic.id: _theory(topic, by_topic[topic.id]) for topic in course.topics}


def _theory(topic: TopicFacts, materials: Iterable[MaterialFacts]) -> Theory:
    """Add up a topic's longreads, texts, videos and audios."""
    rows: dict[MaterialKind, list[MaterialFacts]] = {kind: [] for kind in THEORY_KINDS}
    for material in materials:
        rows[material.kind].append(material)
    texts, videos, audios = rows.values()
    pages = [pages_of(material) for material in texts]
    video, audio = _media(videos), _media(audios)
    uncounted = _uncounted(topic, texts=len(texts))
    written = total_of(part.pages or 0 for part in topic.longreads)
    given = total_told(pages)
    unknown = _first_unknown(texts, pages) or video.unknown or audio.unknown
    return Theory(
        pages=Amount(written.known + given.known, given.is_whole and not uncounted),
        video=video,
        audio=audio,
        source=source_of([*pages, *video.told, *audio.told]),
        unknown=unknown,
        uncounted=uncounted,
        has_pdf=any(material.container == "pdf" for material in texts),
    )


def _media(materials: Sequence[MaterialFacts]) -> Media:
    told = [seconds_of(material) for material in materials]
    total = total_told(told)
    minutes = Amount(Decimal(total.known) / SECONDS, total.is_whole)
    return Media(told, minutes, _first_unknown(materials, told))


def _first_unknown(
    materials: Iterable[MaterialFacts], told: Iterable[Told]
) -> MaterialFacts | None:
    pairs = zip(materials, told, strict=True)
    return next((material for material, size in pairs if size.value is None), None)


def _uncounted(topic: TopicFacts, *, texts: int) -> str:
    """Where pages that nobody knows are to be told.

    A longread that is only a link has no pages here: the text behind it is stated as
    a material, and while the topic has fewer of them than links, nobody knows them.
    """
    uncounted = [part for part in topic.longreads if part.pages is None]
    if any(has_words(part.body) is not False for part in uncounted):
        return LONGREADS
    links = [part for part in uncounted if has_words(part.url) is not False]
    return MATERIALS if len(links) > texts else ""
