"""Software, and the elements of the LMS that a course needs. Source: MIN 4.3, 4.4."""

from collections.abc import Iterator

from courses.regulation.facts import CourseFacts, Grading, LongreadFacts, TopicFacts
from courses.regulation.finding import Finding, Severity
from courses.regulation.known import any_of, has_words
from courses.regulation.place import Place, Section
from courses.regulation.presence import EMPTY, present, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.resource_facts import THEORY_RESOURCES, CommunicationMode
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _

BLOCK = Requirements(Block.COMPONENTS)
_ADDRESS = "://"
_NAMED = Message(
    _("filled in; that the recommendations name it is for the expert to see")
)


@BLOCK.requirement(
    "4.3",
    "software_requirements",
    _("What the software needs"),
    severity=Severity.OPTIONAL,
    kind=Kind.DECLARED,
)
def software_requirements(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Extra software comes with its requirements and a browser. Source: MIN 4.3.

    A proxy: they are named where the software is declared; that the methodical
    recommendations name them too is for a person to read (3.2.8 asks that there are
    some). The finding says so.
    """
    for software in course.software:
        for field, text, required in (
            ("requirements", software.requirements, _("what “%(name)s” needs to run")),
            ("browser", software.browser, _("the browser that “%(name)s” needs")),
        ):
            is_told = bool(has_words(text))
            yield judge.finding(
                is_met=is_told,
                required=message(required, name=software.name or "—"),
                found=_NAMED if is_told else EMPTY,
                place=Place(Section.SOFTWARE, software.id, field),
                advice=Message(
                    _("Tell it here and in the methodical recommendations.")
                ),
            )


@BLOCK.requirement(
    "4.3",
    "software_links",
    _("Where the software is from"),
    severity=Severity.RECOMMENDED,
    kind=Kind.DECLARED,
)
def software_links(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Extra software comes with a link and an instruction. Source: MIN 4.3."""
    if not course.software:
        yield judge.not_applicable(Message(_("no software is needed")))
    for software in course.software:
        for field, text, required in (
            ("official_url", software.official_url, _("official link of “%(name)s”")),
            ("instruction", software.instruction, _("how to install “%(name)s”")),
        ):
            yield written(
                judge,
                text,
                required=message(required, name=software.name or "—"),
                place=Place(Section.SOFTWARE, software.id, field),
            )


@BLOCK.requirement("4.4", "theory_elements", _("Elements for theory"))
def theory_elements(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The course has elements that present theory. Source: MIN 4.4."""
    longreads = (
        any_of((has_words(part.body), has_words(part.url)))
        for topic in course.topics
        for part in topic.longreads
    )
    materials = (material.kind in THEORY_RESOURCES for material in course.materials)
    yield present(
        judge,
        any_of((*longreads, *materials)),
        required=Message(_("elements of the LMS that present theory")),
        place=_first_topic(course, "longreads"),
        advice=Message(_("Add a longread, a video or an audio to a topic.")),
    )


def _first_topic(course: CourseFacts, field: str) -> Place:
    if course.topics:
        return Place(Section.TOPIC, course.topics[0].id, field)
    return Place(Section.TOPIC, None, "title")


@BLOCK.requirement("4.4", "peer_review", _("Peer review"), kind=Kind.DECLARED)
def peer_review(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Some task is reviewed by peers. Source: MIN 4.4."""
    yield present(
        judge,
        _is_graded(course, Grading.PEER),
        required=Message(_("a task that learners review for each other")),
        place=_first_topic(course, "control_tasks"),
        advice=Message(_("Add a task that is graded by peers.")),
    )


@BLOCK.requirement(
    "4.4", "automatic_control", _("Automatic control"), kind=Kind.DECLARED
)
def automatic_control(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Some task is graded automatically. Source: MIN 4.4."""
    yield present(
        judge,
        _is_graded(course, Grading.AUTOMATIC),
        required=Message(_("a task that is graded automatically")),
        place=_first_topic(course, "control_tasks"),
        advice=Message(_("Add a task that is graded automatically.")),
    )


def _is_graded(course: CourseFacts, grading: Grading) -> bool | None:
    gradings = [task.grading for topic in course.topics for task in topic.control_tasks]
    if course.attestation is not None:
        gradings.append(course.attestation.grading)
    return any_of(None if told is None else told is grading for told in gradings)


@BLOCK.requirement("4.4", "source_links", _("Hyperlinks to sources"))
def source_links(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The texts link to sources and resources. Source: MIN 4.4.

    An address in the list of literature, in the text of a longread or of a practicum,
    or a longread that is a link.
    """
    yield present(
        judge,
        any_of((_links(course.literature), *map(_topic_links, course.topics))),
        required=Message(_("hyperlinks to literature and open resources")),
        place=Place(Section.INTRODUCTION, None, "literature"),
        advice=Message(_("Write the addresses of the sources in full: https://…")),
    )


def _links(text: str | None) -> bool | None:
    return None if text is None else _ADDRESS in text


def _topic_links(topic: TopicFacts) -> bool | None:
    return any_of(
        (
            *map(_longread_links, topic.longreads),
            *(_links(practicum.content) for practicum in topic.practicums),
        )
    )


def _longread_links(part: LongreadFacts) -> bool | None:
    return part.has_link or has_words(part.url)


@BLOCK.requirement(
    "4.4", "communication", _("Communication of learners"), kind=Kind.DECLARED
)
def communication(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """People can talk at one time and at different times. Source: MIN 4.4.

    The learners' forum (3.2.11) is communication at different times.
    """
    modes = {element.mode for element in course.communication}
    rows = (
        (
            CommunicationMode.ASYNCHRONOUS,
            has_words(course.learners_forum_url),
            _("communication at different times: a forum, messages"),
        ),
        (
            CommunicationMode.SYNCHRONOUS,
            False,
            _("communication at one time: a chat, a webinar, a consultation"),
        ),
    )
    for mode, is_there_else, required in rows:
        yield present(
            judge,
            any_of((mode in modes, is_there_else)),
            required=Message(required),
            place=Place(Section.COMMUNICATION, None, "mode"),
            advice=Message(_("Add such a means of communication.")),
        )
