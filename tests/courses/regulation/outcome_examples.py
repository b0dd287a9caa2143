"""For every requirement a course of each outcome, or why there can be none."""

from decimal import Decimal
from typing import Any

from courses.regulation.facts import AttestationForm, CourseType, Grading, TaskKind
from courses.regulation.finding import Outcome
from courses.regulation.resource_facts import (
    MaterialKind,
    MaterialRights,
    MeasureState,
    ProgrammeFacts,
)
from tests.courses.regulation.factories import (
    make_attestation,
    make_author,
    make_bank,
    make_borrowed,
    make_link,
    make_longread,
    make_material,
    make_practicum,
    make_software,
    make_task,
    make_terms,
    make_topic,
    make_weeks,
)

F, C, N = Outcome.FAILED, Outcome.CANNOT_TELL, Outcome.NOT_APPLICABLE
BINDS_ALL = "binds every course"
ALWAYS_TOLD = "the passport always holds a value"
ABSENT = "gives no finding where its subject is absent"
NOTHING_YET = "does not apply while there is nothing to compare"
TEXT, VIDEO = MaterialKind.TEXT, MaterialKind.VIDEO
PROMO, PICTURE = MaterialKind.PROMO_VIDEO, MaterialKind.ILLUSTRATION
NO_TOPICS: dict[str, Any] = {"topics": ()}
NO_GRADES = {"topics": (), "attestation": None}
TWO_HOURS = Decimal(2)


def topic(**changes):
    return {"topics": (make_topic(1, **changes),)}


def task(**changes):
    return topic(control_tasks=(make_task(**changes),))


def tests(**changes):
    """One control test, and no final one."""
    return {**task(**changes), "attestation": None}


def final(**changes):
    return {"attestation": make_attestation(**changes)}


def material(kind, **changes):
    return {"materials": (make_material(kind, **changes),)}


def link(kind, **changes):
    return {"materials": (make_link(kind, **changes),)}


def theory(*materials, pages=None, hours=TWO_HOURS):
    longreads = () if pages is None else (make_longread(pages=pages),)
    return {**topic(hours=hours, longreads=longreads), "materials": materials}


def text(field):
    """A text that every course has to have."""
    return {F: {field: ""}, C: {field: None}, N: BINDS_ALL}


def videos(count, **changes):
    return tuple(
        make_material(
            VIDEO, id=key, topic_id=1, seconds=Decimal(2700) / count, **changes
        )
        for key in range(count)
    )


OTHER_TYPE = {"type": CourseType.SCIENTIFIC_SCHOOL}
UNREAD = make_bank(1, total=None, fingerprints=None, drawable=None)
WAITING = {"state": MeasureState.WAITING, "seconds": None, "pages": None}

# Where no example of a passed one stands, it is the whole course.
EXAMPLES: dict[str, dict[Outcome, dict[str, Any] | str]] = {
    "three_blocks": {
        F: {"attestation": None},
        C: {
            **dict.fromkeys(("annotation", "audience", "aims", "documents_issued")),
            **dict.fromkeys(("grade_formation", "literature")),
        },
        N: BINDS_ALL,
    },
    "annotation": text("annotation"),
    "announcements": text("announcements_url"),
    "promo_video": {
        F: {"materials": ()},
        C: {"announcements_url": None},
        N: BINDS_ALL,
    },
    "promo_format": {
        F: material(PROMO, container="mp4"),
        C: material(PROMO, **WAITING),
        N: {"materials": ()},
    },
    "promo_length": {
        F: material(PROMO, seconds=Decimal(181)),
        C: link(PROMO),
        N: {"materials": ()},
    },
    "description": text("audience"),
    "workload_stated": {F: {"weeks": None}, C: ALWAYS_TOLD, N: BINDS_ALL},
    "credits_agree": {F: {"hours": 147}, C: NOTHING_YET, N: {"credits": None}},
    "hours_agree": {F: {"hours": 145}, C: NOTHING_YET, N: NO_TOPICS},
    "weeks_agree": {F: {"weeks": 9}, C: NOTHING_YET, N: NO_TOPICS},
    "weekly_hours_agree": {
        F: {"weekly_hours": Decimal(19)},
        C: NOTHING_YET,
        N: NO_TOPICS,
    },
    "list_of_topics": {F: topic(title=""), C: topic(title=None), N: BINDS_ALL},
    "authors": {
        F: {"authors": ()},
        C: {"authors": (make_author(degree=None),)},
        N: BINDS_ALL,
    },
    "educational_programmes": {
        F: {"programmes": (ProgrammeFacts(code="38.03.05", title=""),)},
        C: ALWAYS_TOLD,
        N: OTHER_TYPE,
    },
    "grading_system": text("grade_formation"),
    "entry_questionnaire": {
        F: {"entry_questionnaire": "—"},
        C: {"entry_questionnaire": None},
        N: ABSENT,
    },
    "programme": {
        F: {"programme_url": ""},
        C: {"programme_url": None},
        N: OTHER_TYPE,
    },
    "recommendations": {
        F: {"recommendations": ""},
        C: {"recommendations": None},
        N: ABSENT,
    },
    "literature": text("literature"),
    "glossary": {F: {"glossary": make_terms(29)}, C: {"glossary": None}, N: ABSENT},
    "learners_forum": text("learners_forum_url"),
    "topic_structure": {F: topic(practicums=()), C: NO_TOPICS, N: BINDS_ALL},
    "workload": {
        F: topic(hours=Decimal("216.1")),
        C: {"topics": (), "hours": None, "credits": None},
        N: OTHER_TYPE,
    },
    "built_by_weeks": {
        F: {"topics": (make_topic(1), make_topic(3))},
        C: NO_TOPICS,
        N: BINDS_ALL,
    },
    "duration": {
        F: {"topics": make_weeks(17)},
        C: {"topics": (), "weeks": None},
        N: OTHER_TYPE,
    },
    "weekly_load": {
        F: topic(hours=Decimal("22.1")),
        C: topic(hours=None),
        N: BINDS_ALL,
    },
    "proportional_material": {
        F: {
            "topics": (
                make_topic(1, longreads=(make_longread(pages=Decimal("2.9")),)),
                make_topic(2, longreads=(make_longread(pages=Decimal("9.1")),)),
            ),
            "materials": (),
        },
        C: topic(longreads=(make_longread(pages=None),)),
        N: NO_TOPICS,
    },
    "weekly_assessment": {
        F: topic(control_tasks=()),
        C: task(points=None),
        N: BINDS_ALL,
    },
    "even_load": {
        F: {"topics": (make_topic(1), make_topic(2, hours=Decimal(31)))},
        C: topic(hours=None),
        N: NO_TOPICS,
    },
    "topic_outcomes": {F: topic(outcomes=frozenset()), C: NO_TOPICS, N: BINDS_ALL},
    "assessed_outcomes": {
        F: topic(control_tasks=()),
        C: task(points=None),
        N: {"outcomes": ()},
    },
    "theory_volume": {
        F: theory(pages=Decimal("5.9")),
        C: theory(make_link(TEXT, topic_id=1)),
        N: NO_TOPICS,
    },
    "theory_fragments": {
        Outcome.PASSED: theory(*videos(4)),
        F: theory(*videos(3)),
        C: theory(*videos(4), make_link(VIDEO, topic_id=1)),
        N: theory(pages=Decimal(6)),
    },
    "sizes_agree": {
        Outcome.PASSED: material(TEXT, declared_pages=Decimal("6.5")),
        F: material(TEXT, declared_pages=Decimal("6.6")),
        C: "what is not measured is compared with nothing",
        N: {"materials": ()},
    },
    "video_length": {
        F: material(VIDEO, seconds=Decimal(721)),
        C: material(VIDEO, **WAITING),
        N: {"materials": ()},
    },
    "video_length_recommended": {
        F: material(VIDEO, seconds=Decimal(299)),
        C: material(VIDEO, **WAITING),
        N: {"materials": ()},
    },
    "video_format": {
        F: material(VIDEO, container="webm"),
        C: material(VIDEO, **WAITING),
        N: {"materials": ()},
    },
    "presentation_slides": {
        F: material(MaterialKind.PRESENTATION, slides=9),
        C: link(MaterialKind.PRESENTATION),
        N: ABSENT,
    },
    "practicum_text": {
        F: topic(practicums=(make_practicum(aim=""),)),
        C: topic(practicums=(make_practicum(aim=None),)),
        N: topic(practicums=()),
    },
    "control_task_text": {F: task(aim=""), C: task(aim=None), N: NO_TOPICS},
    "weekly_test_questions": {
        F: task(questions_drawn=9),
        C: task(questions_drawn=None),
        N: task(kind=TaskKind.ESSAY),
    },
    "weekly_test_minutes": {
        F: task(minutes=31),
        C: task(minutes=None),
        N: task(kind=TaskKind.ESSAY),
    },
    "weekly_test_bank": {
        F: {**task(), "banks": (make_bank(1, 29),)},
        C: {**task(), "banks": (UNREAD,)},
        N: task(kind=TaskKind.ESSAY),
    },
    "attestation_materials": {
        F: final(content="", criteria="", questions_drawn=None),
        C: final(content=None, criteria="", questions_drawn=None),
        N: BINDS_ALL,
    },
    "final_test_questions": {
        F: final(questions_drawn=31),
        C: final(questions_drawn=None),
        N: {"attestation": None},
    },
    "final_test_minutes": {
        F: final(minutes=29),
        C: final(form=AttestationForm.EXAM),
        N: final(form=AttestationForm.EXAM, questions_drawn=None),
    },
    "final_test_bank": {
        F: {"banks": (make_bank(1, 199),)},
        C: {"banks": (UNREAD,)},
        N: {"attestation": None},
    },
    "language": {
        F: {"language": "kk"},
        C: {"language": None},
        N: {"is_language_course": True},
    },
    "language_of_texts": {
        F: {"language": "en"},
        C: {"language": "kk", "annotation": "Основы химии", "topics": ()},
        N: {"is_language_course": True},
    },
    "ordinary_case": {
        F: {"annotation": "КУРС О ТОМ, КАК СЧИТАТЬ"},
        C: "a text that is not known is not written yet",
        N: {
            **dict.fromkeys(("annotation", "class_kinds", "recommendations"), ""),
            "topics": (),
            "attestation": None,
        },
    },
    "software_requirements": {
        F: {"software": (make_software(browser=""),)},
        C: ALWAYS_TOLD,
        N: ABSENT,
    },
    "software_links": {
        F: {"software": (make_software(official_url=""),)},
        C: ALWAYS_TOLD,
        N: {"software": ()},
    },
    "theory_elements": {
        F: {"topics": (), "materials": ()},
        C: {**topic(longreads=(make_longread(body=None),)), "materials": ()},
        N: BINDS_ALL,
    },
    "peer_review": {
        F: tests(grading=Grading.MANUAL),
        C: tests(grading=None),
        N: BINDS_ALL,
    },
    "automatic_control": {
        F: tests(grading=Grading.MANUAL),
        C: tests(grading=None),
        N: BINDS_ALL,
    },
    "source_links": {
        F: {"literature": "Учебник"},
        C: {"literature": None},
        N: BINDS_ALL,
    },
    "communication": {
        F: {"communication": ()},
        C: {"learners_forum_url": None},
        N: BINDS_ALL,
    },
    "graded_without_staff": {
        F: final(grading=Grading.MANUAL),
        C: final(grading=None),
        N: NO_GRADES,
    },
    "in_gradebook": {
        F: final(in_gradebook=False),
        C: final(in_gradebook=None),
        N: NO_GRADES,
    },
    "points_total": {
        F: final(points=Decimal("20.5")),
        C: final(points=None),
        N: NO_GRADES,
    },
    "hundred_point_scale": {
        F: final(points=Decimal("19.5")),
        C: final(points=None),
        N: NO_GRADES,
    },
    "machine_questions": {
        F: {**tests(), "banks": (make_bank(1, by_hand=1),)},
        C: {**tests(), "banks": (make_bank(1, of_unknown_kind=1),)},
        N: NO_GRADES,
    },
    "scoring": {F: final(scoring=""), C: final(scoring=None), N: NO_GRADES},
    "completion_criterion": text("completion_criterion"),
    "bank_exceeds_draw": {
        F: {**tests(), "banks": (make_bank(1, 19),)},
        C: {**tests(), "banks": (UNREAD,)},
        N: NO_GRADES,
    },
    "limited_attempts": {F: final(attempts=0), C: final(attempts=None), N: NO_GRADES},
    "random_questions": {
        F: final(is_random=False),
        C: final(is_random=None),
        N: NO_GRADES,
    },
    "borrowed_references": {
        F: {"borrowed": (make_borrowed(reference=""),)},
        C: ALWAYS_TOLD,
        N: ABSENT,
    },
    "borrowed_links": {
        F: {"borrowed": (make_borrowed(url=""),)},
        C: ALWAYS_TOLD,
        N: ABSENT,
    },
    "borrowed_consents": {
        F: {"borrowed": (make_borrowed(is_consent_needed=True),)},
        C: ALWAYS_TOLD,
        N: ABSENT,
    },
    "short_description": text("short_description"),
    "illustration": {
        F: {"materials": ()},
        C: material(PICTURE, **WAITING),
        N: BINDS_ALL,
    },
    "illustration_rights": {
        F: material(PICTURE, rights=MaterialRights.BORROWED),
        C: ALWAYS_TOLD,
        N: {"materials": ()},
    },
}
