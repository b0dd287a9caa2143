"""Software, and the elements of the LMS that a course needs: MIN 4.3, 4.4."""

import pytest

from courses.regulation.facts import Grading, LongreadFacts, TaskKind
from courses.regulation.finding import Outcome, Severity, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import (
    CommunicationFacts,
    CommunicationMode,
    MaterialKind,
)
from tests.courses.regulation.factories import (
    findings,
    make_attestation,
    make_course,
    make_longread,
    make_material,
    make_practicum,
    make_software,
    make_task,
    make_topic,
    outcomes,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
LINK = "https://library.example"


def of(topic, **changes):
    return make_course(
        topics=(topic,), **{"attestation": None, "materials": (), **changes}
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [P, P]),
        ({"requirements": "—"}, [F, P]),
        ({"browser": ""}, [P, F]),
    ],
)
def test_4_3_extra_software_comes_with_requirements_and_a_browser(changes, expected):
    told = findings(
        make_course(software=(make_software(**changes),)), "software_requirements"
    )

    assert [finding.outcome for finding in told] == expected
    assert {finding.severity for finding in told} == {Severity.OPTIONAL}
    assert {finding.source for finding in told} == {Source.DECLARED}
    assert told[1].place == Place(Section.SOFTWARE, 91, "browser")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, [P, P]), ({"official_url": ""}, [F, P]), ({"instruction": ""}, [P, F])],
)
def test_4_3_an_official_link_and_an_instruction_are_recommended(changes, expected):
    told = findings(make_course(software=(make_software(**changes),)), "software_links")

    assert [finding.outcome for finding in told] == expected
    assert {finding.severity for finding in told} == {Severity.RECOMMENDED}


def test_4_3_without_software_nothing_is_asked():
    course = make_course(software=())

    assert outcomes(course, "software_requirements") == []
    assert outcomes(course, "software_links") == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("longread", "outcome"),
    [
        (LongreadFacts(body="Текст"), P),
        (LongreadFacts(body="", url=LINK), P),
        (LongreadFacts(body="", url=""), F),
        (LongreadFacts(body=None, url=""), C),
    ],
)
def test_4_4_there_are_elements_for_theory(longread, outcome):
    assert outcomes(of(make_topic(longreads=(longread,))), "theory_elements") == [
        outcome
    ]


@pytest.mark.parametrize(
    ("kind", "outcome"), [(MaterialKind.VIDEO, P), (MaterialKind.PROGRAMME, F)]
)
def test_4_4_a_video_is_an_element_for_theory_too(kind, outcome):
    course = of(make_topic(longreads=()), materials=(make_material(kind),))

    assert outcomes(course, "theory_elements") == [outcome]


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("peer_review", Grading.PEER), ("automatic_control", Grading.AUTOMATIC)],
)
@pytest.mark.parametrize("grading", [Grading.PEER, Grading.AUTOMATIC, None])
def test_4_4_some_task_is_reviewed_by_peers_and_some_automatically(
    code, wanted, grading
):
    course = of(make_topic(control_tasks=(make_task(grading=grading),)))

    expected = C if grading is None else P if grading is wanted else F
    assert outcomes(course, code) == [expected]


def test_4_4_the_final_attestation_may_be_reviewed_by_peers():
    final = make_attestation(grading=Grading.PEER)

    assert outcomes(of(make_topic(), attestation=final), "peer_review") == [P]


def test_4_4_without_topics_the_first_is_to_be_added():
    (finding,) = findings(
        make_course(topics=(), attestation=None, materials=()), "peer_review"
    )

    assert finding.outcome is F
    assert finding.place == Place(Section.TOPIC, None, "title")


@pytest.mark.parametrize(
    ("literature", "topic", "outcome"),
    [
        (f"Учебник, {LINK}", {}, P),
        ("Учебник", {}, F),
        (None, {}, C),
        ("", {"longreads": (make_longread(has_link=True),)}, P),
        ("", {"longreads": (LongreadFacts(body="", url=LINK),)}, P),
        ("", {"practicums": (make_practicum(content=f"Откройте {LINK}"),)}, P),
    ],
)
def test_4_4_the_texts_link_to_sources(literature, topic, outcome):
    course = of(make_topic(1, **topic), literature=literature)

    assert outcomes(course, "source_links") == [outcome]


def means(mode):
    return CommunicationFacts(mode=CommunicationMode(mode), title="Общение")


@pytest.mark.parametrize(
    ("modes", "forum", "expected"),
    [
        ((), "", [F, F]),
        ((), LINK, [P, F]),
        ((), None, [C, F]),
        (("asynchronous",), "", [P, F]),
        (("synchronous",), "", [F, P]),
        (("asynchronous", "synchronous"), "", [P, P]),
    ],
)
def test_4_4_people_communicate_at_one_time_and_at_different_times(
    modes, forum, expected
):
    course = make_course(
        communication=tuple(means(mode) for mode in modes), learners_forum_url=forum
    )

    assert outcomes(course, "communication") == expected


def test_4_4_a_survey_reviewed_by_peers_counts():
    survey = make_task(kind=TaskKind.SURVEY, grading=Grading.PEER)

    assert outcomes(of(make_topic(control_tasks=(survey,))), "peer_review") == [P]
