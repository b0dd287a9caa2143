"""What a topic consists of and aims at. Source: MIN 3.3.2, 3.3.3.7-3.3.3.16."""

from collections.abc import Iterator

from courses.regulation.facts import (
    ControlTaskFacts,
    CourseFacts,
    PracticumFacts,
    TopicFacts,
)
from courses.regulation.finding import Finding
from courses.regulation.known import any_of, has_words
from courses.regulation.place import Place, Section
from courses.regulation.presence import FILLED_IN, present, written
from courses.regulation.requirement import Block, Judge, Requirements
from courses.regulation.resource_facts import THEORY_RESOURCES
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _

BLOCK = Requirements(Block.LEARNING)
_IS_ASSESSED = {
    True: Message(_("assessed")),
    False: Message(_("not assessed")),
    None: Message(_("points of the control tasks are not stated")),
}


def _label(topic: TopicFacts) -> dict[str, str | int]:
    """Title and week by which a message names a topic."""
    return {"topic": topic.title or "—", "week": topic.week or "—"}


def _no_topics(judge: Judge, required: str) -> Finding:
    return judge.finding(
        is_met=None,
        required=Message(required),
        found=Message(_("there are no topics yet")),
        place=Place(Section.TOPIC, None, "title"),
        advice=Message(_("Add the first topic.")),
    )


@BLOCK.requirement("3.3.2", "topic_structure", _("Structure of a topic"))
def topic_structure(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A topic has theory, practicum and current control. Source: MIN 3.3.2.

    Theory is a longread or a text, video, audio or presentation of the topic. A survey
    and a test for training (MIN 4.5) are no control. Control may stand in another
    topic, as 3.3.3.5 allows.
    """
    if not course.topics:
        yield _no_topics(judge, _("theory, practicum and control in every topic"))
    topics = course.topics_by_id()
    with_materials = {
        material.topic_id
        for material in course.materials
        if material.kind in THEORY_RESOURCES
    }
    for topic in course.topics:
        yield _theory(judge, topic, has_materials=topic.id in with_materials)
        yield present(
            judge,
            bool(topic.practicums),
            required=message(
                _("practicum of “%(topic)s”, week %(week)s"), **_label(topic)
            ),
            place=Place(Section.TOPIC, topic.id, "practicums"),
            advice=Message(_("Add a practicum.")),
        )
        yield _control(judge, topic, topics.get(topic.assessed_in))


def _theory(judge: Judge, topic: TopicFacts, *, has_materials: bool) -> Finding:
    texts = (text for part in topic.longreads for text in (part.body, part.url))
    return present(
        judge,
        has_materials or any_of(has_words(text) for text in texts),
        required=message(_("theory of “%(topic)s”, week %(week)s"), **_label(topic)),
        place=Place(Section.TOPIC, topic.id, "longreads"),
        advice=Message(_("Add a longread, or a text, a video or an audio.")),
    )


def _control(judge: Judge, topic: TopicFacts, other: TopicFacts | None) -> Finding:
    return present(
        judge,
        any(task.is_control() for task in topic.control_tasks)
        or topic.is_covered_by(other),
        required=message(
            _("current control of “%(topic)s”, week %(week)s"), **_label(topic)
        ),
        place=Place(Section.TOPIC, topic.id, "control_tasks"),
        advice=Message(
            _("Add a control task, or name the topic that assesses the same outcomes.")
        ),
    )


@BLOCK.requirement("3.3.3.7", "topic_outcomes", _("Outcomes of the topics"))
def topic_outcomes(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each topic aims at outcomes of the course. Source: MIN 3.3.3.7."""
    if not course.topics:
        yield _no_topics(judge, _("outcomes that every topic aims at"))
    own = {outcome.id for outcome in course.outcomes}
    for topic in course.topics:
        yield present(
            judge,
            bool(topic.outcomes & own),
            required=message(
                _("outcomes that “%(topic)s”, week %(week)s, aims at"), **_label(topic)
            ),
            place=Place(Section.TOPIC, topic.id, "outcomes"),
            advice=Message(_("Choose the learning outcomes the topic aims at.")),
        )


@BLOCK.requirement("3.3.3.7", "assessed_outcomes", _("Every outcome is assessed"))
def assessed_outcomes(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each outcome belongs to a topic that assesses. Source: MIN 3.3.3.7."""
    if not course.outcomes:
        yield judge.not_applicable(Message(_("there are no learning outcomes yet")))
    topics = [(topic.outcomes, topic.is_assessing()) for topic in course.topics]
    for outcome in course.outcomes:
        is_assessed = any_of(told for aims, told in topics if outcome.id in aims)
        yield judge.finding(
            is_met=is_assessed,
            required=message(
                _("the outcome “%(outcome)s” is assessed in a topic"),
                outcome=outcome.text or "—",
            ),
            found=_IS_ASSESSED[is_assessed],
            place=Place(Section.OUTCOMES, outcome.id, "text"),
            advice=Message(
                _("Choose this outcome in a topic that has a control task with points.")
            ),
        )


@BLOCK.requirement("3.3.3.12", "practicum_text", _("Description of a practicum"))
def practicum_text(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A practicum tells kind, title, aim, content. Source: MIN 3.3.3.11, 3.3.3.12."""
    practicums = [part for topic in course.topics for part in topic.practicums]
    if not practicums:
        yield judge.not_applicable(Message(_("there are no practicums yet")))
    for practicum in practicums:
        parts = (
            ("kind", practicum.kind, _("kind of the practicum “%(title)s”")),
            ("title", practicum.title, _("title of a practicum")),
            ("aim", practicum.aim, _("aim of the practicum “%(title)s”")),
            ("content", practicum.content, _("content of the practicum “%(title)s”")),
        )
        whole = _("kind, title, aim and content of the practicum “%(title)s”")
        yield from _described(judge, practicum, Section.PRACTICUM, parts, whole)


@BLOCK.requirement("3.3.3.16", "control_task_text", _("Description of a control task"))
def control_task_text(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A control task is described in full. Source: MIN 3.3.3.14-3.3.3.16."""
    tasks = [task for topic in course.topics for task in topic.control_tasks]
    if not tasks:
        yield judge.not_applicable(Message(_("there are no control tasks yet")))
    for task in tasks:
        parts = (
            ("kind", task.kind or "", _("kind of the control task “%(title)s”")),
            ("title", task.title, _("title of a control task")),
            ("aim", task.aim, _("aim of the control task “%(title)s”")),
            ("content", task.content, _("content of the control task “%(title)s”")),
            (
                "procedure",
                task.procedure,
                _("order and deadline of the control task “%(title)s”"),
            ),
            (
                "criteria",
                task.criteria,
                _("criteria and indicators of the control task “%(title)s”"),
            ),
        )
        whole = _("full description of the control task “%(title)s”")
        yield from _described(judge, task, Section.CONTROL_TASK, parts, whole)


def _described(
    judge: Judge,
    part: PracticumFacts | ControlTaskFacts,
    section: Section,
    texts: tuple[tuple[str, str | None, str], ...],
    whole: str,
) -> Iterator[Finding]:
    """One finding for each text that lacks, or one that nothing does."""
    title = part.title or "—"
    gaps = [text for text in texts if not has_words(text[1])]
    for field, text, required in gaps:
        yield written(
            judge,
            text,
            required=message(required, title=title),
            place=Place(section, part.id, field),
        )
    if not gaps:
        yield judge.finding(
            is_met=True,
            required=message(whole, title=title),
            found=FILLED_IN,
            place=Place(section, part.id, "title"),
        )


BLOCK.for_expert(
    "3.3.3.14",
    "control_depth",
    _("Control tasks test the outcomes deeply and wholly"),
)
