"""Videos and presentations of the topics: MIN 3.3.3.8-3.3.3.10."""

from decimal import Decimal

import pytest

from courses.regulation.finding import Counter, Outcome, Severity, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import MaterialKind, MeasureState
from tests.courses.regulation.factories import (
    findings,
    make_course,
    make_link,
    make_material,
    make_topic,
    outcomes,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]
VIDEO, DECK = MaterialKind.VIDEO, MaterialKind.PRESENTATION


def with_videos(*videos):
    return make_course(materials=videos)


def video(**changes):
    return make_material(VIDEO, **changes)


def deck(**changes):
    return make_material(DECK, **{"topic_id": 1, **changes})


def with_decks(*decks, hours="2"):
    topics = (make_topic(1, hours=hours and Decimal(hours)),)
    return make_course(topics=topics, materials=decks)


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [("720", P), ("720.4", P), ("720.5", F), ("721", F), (None, C)],
)
def test_3_3_3_9_a_video_takes_at_most_12_minutes(seconds, outcome):
    course = with_videos(video(seconds=seconds and Decimal(seconds)))

    assert outcomes(course, "video_length") == [outcome]


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [("299.4", F), ("299.5", P), ("300", P), ("420", P), ("421", F), (None, C)],
)
def test_3_3_3_9_five_to_seven_minutes_are_recommended(seconds, outcome):
    course = with_videos(video(seconds=seconds and Decimal(seconds)))

    (finding,) = findings(course, "video_length_recommended")

    assert finding.outcome is outcome
    assert finding.severity is Severity.RECOMMENDED


def test_3_3_3_9_one_finding_warns_of_all_videos_of_another_length():
    course = with_videos(video(id=1), video(id=2, seconds=Decimal(90)), video(id=3))

    (finding,) = findings(course, "video_length_recommended")

    assert str(finding.found) == "videos of such a length: 2 of 3"
    assert finding.place == Place(Section.MATERIAL, 2, "file")


@pytest.mark.parametrize(
    ("container", "outcome"),
    [("avi", P), ("mpeg", P), ("mov", P), ("mp4", F), ("webm", F)],
)
def test_3_3_3_9_the_format_of_a_video_is_one_the_edition_allows(container, outcome):
    course = with_videos(video(container=container))

    assert outcomes(course, "video_format") == [outcome]


@pytest.mark.parametrize(
    "code", ["video_length", "video_length_recommended", "video_format"]
)
def test_3_3_3_9_does_not_apply_without_videos(code):
    assert outcomes(make_course(materials=()), code) == NOT_APPLICABLE


def test_3_3_3_9_each_long_video_is_named_and_the_others_are_counted():
    course = with_videos(
        video(id=1),
        video(id=2, title="Долгое", seconds=Decimal(900)),
        video(id=3),
    )

    long, well = findings(course, "video_length")

    assert str(long.required) == "minutes of the video “Долгое”: at most 12"
    assert str(long.found) == "minutes: 15"
    assert long.place == Place(Section.MATERIAL, 2, "file")
    assert (well.outcome, str(well.found)) == (P, "videos: 2")


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (MeasureState.WAITING, "“Материал”: not measured yet"),
        (MeasureState.UNREADABLE, "“Материал”: the file cannot be read"),
        (MeasureState.MEASURED, "“Материал”: the file does not tell its size"),
    ],
)
def test_3_3_3_9_it_is_said_why_a_length_cannot_be_told(state, found):
    course = with_videos(video(state=state, seconds=None))

    (finding,) = findings(course, "video_length")

    assert finding.outcome is C
    assert str(finding.found) == found


def test_3_3_3_9_an_unread_file_has_no_format_and_a_link_one_that_is_stated():
    unread = with_videos(video(state=MeasureState.UNREADABLE))
    link = make_link(VIDEO, declared_reason="Сервер издателя")

    assert outcomes(unread, "video_format") == [C]
    assert outcomes(with_videos(make_link(VIDEO)), "video_format") == [C]
    (told,) = findings(with_videos(link), "video_format")
    assert (told.outcome, told.source) == (P, Source.DECLARED)


def test_3_3_3_9_a_stated_length_is_told_from_a_measured_one():
    link = make_link(VIDEO, declared_reason="Сервер", declared_minutes=Decimal(6))

    (measured,) = findings(with_videos(video()), "video_length")
    (declared,) = findings(with_videos(video(), link), "video_length")

    assert (measured.source, declared.source) == (Source.MEASURED, Source.DECLARED)


@pytest.mark.parametrize(
    ("hours", "slides", "outcome"),
    [
        ("2", 10, P),
        ("2", 9, F),
        ("3", 15, P),
        ("3", 14, F),
        ("2", None, C),
        (None, 10, C),
    ],
)
def test_3_3_3_10_there_are_ten_slides_for_an_hour_of_content(hours, slides, outcome):
    """MIN 3.3.3.8: two hours of a topic hold one hour of content."""
    (finding,) = findings(
        with_decks(deck(slides=slides), hours=hours), "presentation_slides"
    )

    assert finding.outcome is outcome
    assert finding.severity is Severity.OPTIONAL


def test_3_3_3_10_presentations_of_a_topic_count_together():
    course = with_decks(deck(slides=4), deck(slides=6))

    (finding,) = findings(course, "presentation_slides")

    assert finding.outcome is P
    assert finding.counter == Counter(10, 10)


def test_3_3_3_10_one_of_the_whole_course_is_for_an_hour_of_content():
    assert outcomes(
        with_decks(deck(topic_id=None, slides=10)), "presentation_slides"
    ) == [P]


def test_3_3_3_10_without_presentations_nothing_is_found():
    assert outcomes(with_decks(), "presentation_slides") == []


def test_3_3_3_10_enough_slides_are_enough_whatever_the_others_have():
    course = with_decks(deck(), make_link(DECK, topic_id=1))

    (finding,) = findings(course, "presentation_slides")

    assert (finding.outcome, finding.source) == (P, Source.MEASURED)


def test_3_3_3_10_slides_of_a_link_count_as_stated_if_it_is_said_why():
    link = make_link(DECK, topic_id=1, declared_slides=10)
    reasoned = make_link(
        DECK, topic_id=1, declared_slides=10, declared_reason="В облаке"
    )

    (untold,) = findings(with_decks(link), "presentation_slides")
    (told,) = findings(with_decks(reasoned), "presentation_slides")

    assert (untold.outcome, told.outcome) == (C, P)
    assert untold.place == Place(Section.MATERIAL, 82, "declared_slides")
    assert told.source is Source.DECLARED


def test_3_3_3_10_a_topic_without_hours_is_mended_at_its_hours():
    (finding,) = findings(with_decks(deck(), hours=None), "presentation_slides")

    assert finding.place == Place(Section.TOPIC, 1, "hours")


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        ({"declared_minutes": Decimal("6.5")}, P),
        ({"declared_minutes": Decimal("6.6")}, F),
        ({"declared_minutes": Decimal("5.4")}, F),
    ],
)
def test_3_3_3_8_a_stated_length_beside_a_measured_one_is_compared(stated, outcome):
    """Six minutes were measured; half a minute is rounding."""
    (finding,) = findings(with_videos(video(**stated)), "sizes_agree")

    assert finding.outcome is outcome
    assert finding.severity is Severity.RECOMMENDED
    assert str(finding.required) == "measured of “Материал”: 6"


def test_3_3_3_8_stated_pages_and_slides_are_compared_too():
    course = make_course(
        materials=(
            make_material(MaterialKind.TEXT, declared_pages=Decimal(8)),
            make_material(DECK, declared_slides=10),
        )
    )

    assert outcomes(course, "sizes_agree") == [F, P]


@pytest.mark.parametrize("state", [MeasureState.WAITING, MeasureState.DECLARED])
def test_3_3_3_8_there_is_nothing_to_compare_until_both_are_known(state):
    one = video(state=state, declared_minutes=Decimal(9))

    assert outcomes(with_videos(video()), "sizes_agree") == NOT_APPLICABLE
    assert outcomes(with_videos(one), "sizes_agree") == NOT_APPLICABLE


def test_3_3_3_9_a_video_of_twelve_minutes_is_counted_among_the_good_ones():
    video = make_material(MaterialKind.VIDEO, seconds=Decimal(720))

    (finding,) = findings(make_course(materials=(video,)), "video_length")

    assert (finding.outcome, str(finding.found)) == (Outcome.PASSED, "videos: 1")
    assert str(finding.required) == "minutes of a video: at most 12"


def test_3_3_3_9_one_link_among_the_videos_makes_their_format_declared():
    link = make_link(VIDEO, declared_reason="Файл хранит правообладатель")

    (finding,) = findings(with_videos(video(), link), "video_format")

    assert (finding.outcome, finding.source) == (P, Source.DECLARED)
