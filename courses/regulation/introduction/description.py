"""Description of the course but its workload. Source: MIN 3.2.4."""

from collections.abc import Iterator

from courses.regulation.facts import AuthorFacts, CourseFacts, CourseType
from courses.regulation.finding import Finding
from courses.regulation.known import all_of, any_of, has_words
from courses.regulation.place import Place, Section
from courses.regulation.presence import FOUND, present, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _

BLOCK = Requirements(Block.INTRODUCTION)
_TAKEN_AS_NONE = Message(
    _("filled in; an empty patronymic, degree or title is taken as having none")
)


def _place(section: Section, field: str, object_id: int | None = None) -> Place:
    return Place(section, object_id, field)


@BLOCK.requirement("3.2.4.1", "description", _("Description of the course"))
def description(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each part of the description is written. Source: MIN 3.2.4.1."""
    parts = (
        ("audience", course.audience, _("categories of learners")),
        ("aims", course.aims, _("aims of study")),
        ("tasks", course.tasks, _("tasks of study")),
        ("class_kinds", course.class_kinds, _("list and kinds of classes")),
        ("control_forms", course.control_forms, _("forms of control")),
        ("technologies", course.technologies, _("technologies of study")),
        ("prerequisites", course.prerequisites, _("required level of learners")),
    )
    for field, text, required in parts:
        yield written(
            judge,
            text,
            required=Message(required),
            place=_place(Section.DESCRIPTION, field),
        )
    yield present(
        judge,
        any_of(has_words(outcome.text) for outcome in course.outcomes),
        required=Message(_("learning outcomes or competences")),
        place=_place(Section.OUTCOMES, "text"),
        advice=Message(_("List the learning outcomes of the course.")),
    )


@BLOCK.requirement("3.2.4.3", "list_of_topics", _("List of topics"))
def list_of_topics(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The list names every topic there is. Source: MIN 3.2.4.3."""
    required = Message(_("a list of topics, each with its title"))
    told = [(topic.id, has_words(topic.title)) for topic in course.topics]
    unnamed = [(key, is_named) for key, is_named in told if not is_named]
    for key, is_named in unnamed:
        yield present(
            judge,
            is_named,
            required=required,
            place=_place(Section.TOPIC, "title", key),
            advice=Message(_("Give the topic a title.")),
        )
    if not unnamed:
        yield judge.finding(
            is_met=bool(told),
            required=required,
            found=message(_("topics: %(topics)s"), topics=len(told)),
            place=_place(Section.TOPIC, "title"),
            advice=Message(_("Add the first topic.")),
        )


@BLOCK.requirement("3.2.4.4", "authors", _("Authors"), kind=Kind.DECLARED)
def authors(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Every author is presented in full. Source: MIN 3.2.4.4."""
    if not course.authors:
        yield present(
            judge,
            False,  # noqa: FBT003 - the fact itself
            required=Message(_("the authors of the course")),
            place=_place(Section.AUTHORS, "user"),
            advice=Message(_("Add the authors of the course.")),
        )
    for author in course.authors:
        yield _author(judge, author)


def _author(judge: Judge, author: AuthorFacts) -> Finding:
    """The first thing that an author's presentation lacks, or that it is whole.

    A proxy: a person may have no patronymic, degree or title, so an empty one counts
    as having none. The finding says so.
    """
    told: dict[str, bool | None] = {
        "surname": has_words(author.surname),
        "given_name": has_words(author.given_name),
        "position": has_words(author.position),
        "patronymic": None if author.patronymic is None else True,
        "degree": None if author.degree is None else True,
        "academic_title": None if author.academic_title is None else True,
    }
    gaps = sorted(
        ((field, is_told) for field, is_told in told.items() if not is_told),
        key=lambda gap: gap[1] is None,
    )
    field, is_told = gaps[0] if gaps else ("surname", True)
    empty = (author.patronymic, author.degree, author.academic_title)
    is_partly_empty = is_told and not all(map(has_words, empty))
    return judge.finding(
        is_met=is_told,
        required=message(
            _("name, position, degree and academic title of the author %(author)s"),
            author=" ".join(filter(None, (author.surname, author.given_name))) or "—",
        ),
        found=_TAKEN_AS_NONE if is_partly_empty else FOUND[is_told],
        place=_place(Section.AUTHORS, field, author.id),
        advice=Message(_("Fill in this field of the author.")),
    )


@BLOCK.requirement(
    "3.2.4.5",
    "educational_programmes",
    _("Educational programmes"),
    kind=Kind.DECLARED,
    course_types=(CourseType.OPEN_LEARNING,),
)
def educational_programmes(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Programmes that recognise the results are listed. Source: MIN 3.2.4.5."""
    named = [
        all_of((has_words(programme.code), has_words(programme.title)))
        for programme in course.programmes
    ]
    yield present(
        judge,
        any_of(named),
        required=Message(_("educational programmes that recognise the results")),
        place=_place(Section.PROGRAMMES, "code"),
        advice=Message(_("List the programmes, each by its code and title.")),
    )
