"""How much theory a topic has: MIN 3.3.3.4, 3.3.3.8."""

from decimal import Decimal

import pytest

from courses.regulation.facts import LongreadFacts
from courses.regulation.finding import Outcome, Severity, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import MaterialKind, MeasureState
from tests.courses.regulation.factories import (
    findings,
    make_course,
    make_link,
    make_longread,
    make_material,
    make_topic,
    outcomes,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]
TEXT, VIDEO, AUDIO = MaterialKind.TEXT, MaterialKind.VIDEO, MaterialKind.AUDIO
REASON = "Книга на сервере издателя"


def topic(hours="2", pages=None, **changes):
    longreads = () if pages is None else (make_longread(pages=Decimal(pages)),)
    values = {"hours": hours and Decimal(hours), "longreads": longreads, **changes}
    return make_topic(1, **values)


def course(*materials, **changes):
    return make_course(topics=(topic(**changes),), materials=materials)


def text(**changes):
    return make_material(TEXT, topic_id=1, **changes)


def videos(minutes, count=4):
    """So many minutes of video in so many fragments."""
    seconds = Decimal(minutes) * 60 / count
    return [
        make_material(VIDEO, id=number, topic_id=1, seconds=seconds)
        for number in range(count)
    ]


def audio(minutes):
    return make_material(AUDIO, topic_id=1, seconds=Decimal(minutes) * 60)


@pytest.mark.parametrize(
    ("pages", "outcome"),
    [("5.99", F), ("6", P), ("10", P), ("10.01", F), (None, F)],
)
def test_3_3_3_8_two_hours_ask_for_six_to_ten_pages(pages, outcome):
    assert outcomes(course(pages=pages), "theory_volume") == [outcome]


@pytest.mark.parametrize(
    ("minutes", "outcome"), [("44", F), ("45", P), ("60", P), ("61", F)]
)
def test_3_3_3_8_or_for_45_to_60_minutes_of_media(minutes, outcome):
    assert outcomes(course(*videos(minutes)), "theory_volume") == [outcome]
    assert outcomes(course(audio(minutes)), "theory_volume") == [outcome]


@pytest.mark.parametrize(
    ("hours", "pages", "outcome"),
    [
        ("18", "54", P),
        ("18", "53.99", F),
        ("18", "90", P),
        ("18", "90.01", F),
        ("3", "9", P),
        ("3", "8.99", F),
        ("3", "15.01", F),
        ("1", "6", P),
        ("1", "5", F),
    ],
)
def test_3_3_3_8_more_hours_ask_for_more_longreads(hours, pages, outcome):
    """Hours are divided by two without rounding; one longread is the least."""
    assert outcomes(course(hours=hours, pages=pages), "theory_volume") == [outcome]


@pytest.mark.parametrize(
    ("pages", "minutes", "outcome"),
    [
        ("3", "22.5", P),
        ("2", "30", P),
        ("3", "22", F),
        ("2.99", "22.5", F),
        ("6", "1", P),
        ("1", "45", P),
        ("8", "50", P),
        ("6", "61", F),
        ("11", "45", F),
    ],
)
def test_3_3_3_8_text_and_media_add_up_each_within_its_bound(pages, minutes, outcome):
    assert outcomes(course(*videos(minutes), pages=pages), "theory_volume") == [outcome]


def test_3_3_3_8_video_and_audio_count_together_without_rounding():
    thirds = [
        make_material(AUDIO, topic_id=1, seconds=Decimal(seconds))
        for seconds in (920, 920, 860)
    ]

    assert outcomes(course(*thirds), "theory_volume") == [P]


def test_3_3_3_8_longreads_and_files_of_text_count_together():
    assert outcomes(course(text(), pages="3"), "theory_volume") == [P]


def test_3_3_3_8_other_topics_and_other_kinds_do_not_count():
    elsewhere = make_material(TEXT, topic_id=2)
    promo = make_material(MaterialKind.PROMO_VIDEO, topic_id=1)

    assert outcomes(course(elsewhere, promo), "theory_volume") == [F]


@pytest.mark.parametrize(
    "material",
    [
        text(state=MeasureState.WAITING, pages=None),
        text(state=MeasureState.UNREADABLE, pages=None),
        make_link(TEXT, topic_id=1),
        make_link(VIDEO, topic_id=1, declared_minutes=Decimal(45)),
    ],
)
def test_3_3_3_8_what_is_not_known_cannot_be_told(material):
    assert outcomes(course(material), "theory_volume") == [C]
    assert outcomes(course(material, pages="6"), "theory_volume") == [C]


def test_3_3_3_8_too_much_is_told_even_if_some_is_not_known():
    assert outcomes(
        course(make_link(TEXT, topic_id=1), pages="11"), "theory_volume"
    ) == [F]


def test_3_3_3_8_a_link_counts_as_stated_if_it_is_said_why():
    link = make_link(
        TEXT, topic_id=1, declared_pages=Decimal(6), declared_reason=REASON
    )

    (declared,) = findings(course(link), "theory_volume")
    (measured,) = findings(course(pages="6"), "theory_volume")

    assert (declared.outcome, declared.source) == (P, Source.DECLARED)
    assert (measured.outcome, measured.source) == (P, Source.MEASURED)


def test_3_3_3_8_a_text_that_was_not_counted_is_saved_anew():
    (finding,) = findings(
        course(longreads=(make_longread(pages=None),)), "theory_volume"
    )

    assert finding.outcome is C
    assert finding.place == Place(Section.TOPIC, 1, "longreads")


def test_3_3_3_8_a_longread_that_is_a_link_has_its_text_stated_as_a_material():
    linked = (LongreadFacts(id=21, body="", url="https://lms.example/page"),)
    stated = make_link(
        TEXT, topic_id=1, declared_pages=Decimal(6), declared_reason=REASON
    )

    (untold,) = findings(course(longreads=linked), "theory_volume")

    assert untold.outcome is C
    assert untold.place == Place(Section.TOPIC, 1, "materials")
    assert outcomes(course(stated, longreads=linked), "theory_volume") == [P]


def test_3_3_3_8_an_empty_longread_has_no_pages():
    empty = (LongreadFacts(id=21, body="", url=""),)

    assert outcomes(course(longreads=empty), "theory_volume") == [F]


def test_3_3_3_8_hours_that_are_not_stated_ask_for_what_nobody_knows():
    (finding,) = findings(course(hours=None, pages="6"), "theory_volume")

    assert finding.outcome is C
    assert finding.place == Place(Section.TOPIC, 1, "hours")


def test_3_3_3_8_the_finding_says_that_pages_of_a_pdf_are_not_verified():
    (finding,) = findings(course(text(container="pdf")), "theory_volume")

    assert finding.outcome is P
    assert str(finding.found) == (
        "pages: 6, minutes of media: 0; the format of pages in PDF is not verified"
    )


def test_3_3_3_8_one_pdf_among_the_texts_is_said_and_none_is_not():
    pdf, other = text(container="pdf", pages=Decimal(3)), text(pages=Decimal(3))

    (mixed,) = findings(course(pdf, other), "theory_volume")
    (own,) = findings(course(pages="6"), "theory_volume")

    assert str(mixed.found) == (
        "pages: 6, minutes of media: 0; the format of pages in PDF is not verified"
    )
    assert str(own.found) == "pages: 6, minutes of media: 0"


def test_3_3_3_8_the_place_of_what_is_not_known_is_its_own():
    waiting = text(id=7, state=MeasureState.WAITING, pages=None)
    link = make_link(VIDEO, topic_id=1)

    (of_file,) = findings(course(waiting), "theory_volume")
    (of_link,) = findings(course(link), "theory_volume")

    assert of_file.place == Place(Section.MATERIAL, 7, "file")
    assert of_link.place == Place(Section.MATERIAL, 82, "declared_minutes")


def test_3_3_3_8_does_not_apply_without_topics():
    assert outcomes(make_course(topics=()), "theory_volume") == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("hours", "minutes", "count", "outcome"),
    [
        ("2", "45", 4, P),
        ("2", "45", 3, F),
        ("2", "60", 4, P),
        ("4", "90", 8, P),
        ("4", "90", 7, F),
        ("2", "22.5", 2, P),
        ("2", "22.5", 1, F),
        ("2", "11.25", 1, P),
    ],
)
def test_3_3_3_8_video_comes_in_four_fragments_a_longread(
    hours, minutes, count, outcome
):
    materials = videos(minutes, count)

    assert outcomes(course(*materials, hours=hours), "theory_fragments") == [outcome]


@pytest.mark.parametrize(
    ("hours", "minutes", "outcome"), [("2", "45", P), ("4", "90", F)]
)
def test_3_3_3_8_audio_comes_in_one_fragment_a_longread(hours, minutes, outcome):
    assert outcomes(course(audio(minutes), hours=hours), "theory_fragments") == [
        outcome
    ]


def test_3_3_3_8_no_fragments_are_asked_for_where_the_text_is_whole():
    whole = course(*videos("20", 1), pages="6")

    assert outcomes(whole, "theory_fragments") == NOT_APPLICABLE


@pytest.mark.parametrize("hours", ["2", None])
def test_3_3_3_8_no_fragments_are_asked_for_without_media(hours):
    assert outcomes(course(text(), hours=hours), "theory_fragments") == NOT_APPLICABLE
    assert outcomes(course(hours=hours), "theory_fragments") == NOT_APPLICABLE


def test_3_3_3_8_fragments_cannot_be_told_while_a_length_is_not_known():
    link = make_link(VIDEO, topic_id=1)

    (finding,) = findings(course(*videos("45"), link), "theory_fragments")

    assert finding.outcome is C
    assert finding.place == Place(Section.MATERIAL, 82, "declared_minutes")


def test_3_3_3_8_too_few_fragments_are_told_even_if_a_length_is_not_known():
    link = make_link(VIDEO, topic_id=1)

    assert outcomes(course(*videos("40", 1), link), "theory_fragments") == [F]


def test_3_3_3_8_too_few_fragments_cannot_be_told_while_the_text_may_be_whole():
    waiting = text(id=7, state=MeasureState.WAITING, pages=None)

    (finding,) = findings(course(*videos("20", 1), waiting), "theory_fragments")

    assert finding.outcome is C
    assert finding.place == Place(Section.MATERIAL, 7, "file")
    assert str(finding.found) == "“Материал”: not measured yet"


def test_3_3_3_8_too_few_fragments_cannot_be_told_beside_a_text_not_counted():
    longreads = (make_longread(pages=None),)

    (finding,) = findings(
        course(*videos("20", 1), longreads=longreads), "theory_fragments"
    )

    assert finding.outcome is C
    assert finding.place == Place(Section.TOPIC, 1, "longreads")
    assert str(finding.found) == "fragments: 1"


def test_3_3_3_8_every_longread_that_is_a_link_has_a_text_of_its_own():
    linked = LongreadFacts(id=21, body="", url="https://lms.example/page")
    two = course(text(), longreads=(linked, linked))

    (finding,) = findings(two, "theory_volume")

    assert finding.outcome is C
    assert finding.place == Place(Section.TOPIC, 1, "materials")
    assert outcomes(
        course(text(pages=Decimal(3)), text(pages=Decimal(3)), longreads=(linked,) * 2),
        "theory_volume",
    ) == [P]


@pytest.mark.parametrize(
    "material",
    [
        make_material(VIDEO, topic_id=1, seconds=Decimal(0)),
        make_link(
            VIDEO, topic_id=1, declared_minutes=Decimal(0), declared_reason=REASON
        ),
    ],
)
def test_3_3_3_8_a_media_file_of_no_length_is_not_known(material):
    assert outcomes(course(material), "theory_volume") == [C]


def weeks(*pages, hours="2"):
    return make_course(
        topics=tuple(
            make_topic(
                week,
                hours=hours and Decimal(hours),
                longreads=(make_longread(pages=each and Decimal(each)),),
            )
            for week, each in enumerate(pages, start=1)
        ),
        materials=(),
    )


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("6", "6"), [P, P]),
        (("3", "9"), [P, P]),
        (("2.9", "9.1"), [F, F]),
        (("6", None), [C, C]),
    ],
)
def test_3_3_3_4_a_week_has_as_much_theory_an_hour_as_the_course(pages, expected):
    """Half of the mean is as far as a week may be from it."""
    told = findings(weeks(*pages), "proportional_material")

    assert [finding.outcome for finding in told] == expected
    assert {finding.severity for finding in told} == {Severity.RECOMMENDED}


def test_3_3_3_4_a_longer_week_may_have_more():
    light, heavy = make_topic(1, hours=Decimal(2)), make_topic(2, hours=Decimal(20))
    pages = [(make_longread(pages=Decimal(each)),) for each in (6, 60)]
    topics = (
        make_topic(1, hours=light.hours, longreads=pages[0]),
        make_topic(2, hours=heavy.hours, longreads=pages[1]),
    )

    told = findings(make_course(topics=topics, materials=()), "proportional_material")

    assert [str(finding.found) for finding in told] == [
        "100 % of the mean; only theory is counted"
    ] * 2


@pytest.mark.parametrize(
    "of", [make_course(topics=()), weeks("6", hours=None), weeks("0", "0")]
)
def test_3_3_3_4_does_not_apply_while_there_is_nothing_to_compare(of):
    assert outcomes(of, "proportional_material") == NOT_APPLICABLE


def test_3_3_3_4_a_week_is_not_known_while_one_of_its_topics_is_not():
    topics = (
        make_topic(1),
        make_topic(1, id=2, longreads=(make_longread(pages=None),)),
        make_topic(2, id=3),
    )
    course = make_course(topics=topics, materials=())

    assert outcomes(course, "proportional_material") == [C, C]


@pytest.mark.parametrize(
    ("hours", "asked"),
    [
        ("1", "1 h: from 6 to 10 pages, or from 45 to 60 minutes"),
        ("3", "3 h: from 9 to 15 pages, or from 67.5 to 90 minutes"),
    ],
)
def test_3_3_3_8_the_finding_says_how_much_the_hours_ask_for(hours, asked):
    (finding,) = findings(course(hours=hours), "theory_volume")

    assert str(finding.required) == (
        f"theory of “Тема 1”, {asked} of media, or a part of each"
    )


def test_3_3_3_8_fragments_are_asked_for_beside_a_part_of_the_text():
    assert outcomes(course(*videos("22.5", 1), pages="3"), "theory_fragments") == [F]
    assert outcomes(course(*videos("22.5", 1), pages="6"), "theory_fragments") == (
        NOT_APPLICABLE
    )


def test_3_3_3_4_six_pages_are_as_much_as_45_minutes():
    whole, half = (make_longread(pages=Decimal(each)) for each in (6, 3))
    topics = (
        make_topic(1, hours=Decimal(2), longreads=(whole,)),
        make_topic(2, hours=Decimal(2), longreads=()),
        make_topic(3, hours=Decimal(2), longreads=(half,)),
    )
    materials = (
        make_material(AUDIO, topic_id=2, seconds=Decimal(2700)),
        make_material(AUDIO, topic_id=3, seconds=Decimal(1350)),
    )

    told = findings(
        make_course(topics=topics, materials=materials), "proportional_material"
    )

    assert [str(finding.found) for finding in told] == [
        "100 % of the mean; only theory is counted"
    ] * 3


def test_3_3_3_4_the_finding_says_how_far_a_week_may_be_from_the_mean():
    first, _second = findings(weeks("6", "6"), "proportional_material")

    assert str(first.required) == (
        "theory an hour in week 1: the mean of the course ± 50 %"
    )
