"""Block «Введение», and the three blocks as such. Source: MIN 3.1, 3.2."""

from collections.abc import Iterator

from courses.regulation.facts import CourseFacts, CourseType
from courses.regulation.finding import Finding, Severity, Source
from courses.regulation.known import any_of, has_words
from courses.regulation.measured import place_of
from courses.regulation.media import container_of
from courses.regulation.place import Place, Section
from courses.regulation.presence import EMPTY, present, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.resource_facts import MaterialFacts, MaterialKind, MeasureState
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import GLOSSARY_TERMS_MAX, GLOSSARY_TERMS_MIN

BLOCK = Requirements(Block.INTRODUCTION)
_LINKED = Message(_("a link"))


def _place(section: Section, field: str, object_id: int | None = None) -> Place:
    return Place(section, object_id, field)


@BLOCK.requirement("3.1", "three_blocks", _("The three blocks of a course"))
def three_blocks(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Introduction, learning blocks and final attestation exist. Source: MIN 3.1."""
    texts = (
        course.annotation,
        course.audience,
        course.aims,
        course.documents_issued,
        course.grade_formation,
        course.literature,
    )
    yield present(
        judge,
        any_of(has_words(text) for text in texts),
        required=Message(_("the course has an introduction")),
        place=_place(Section.INTRODUCTION, "annotation"),
        advice=Message(_("Begin the introduction with the annotation.")),
    )
    yield present(
        judge,
        bool(course.topics),
        required=Message(_("the course has topics")),
        place=_place(Section.TOPIC, "title"),
        advice=Message(_("Add the first topic.")),
    )
    yield present(
        judge,
        course.attestation is not None,
        required=Message(_("the course has a final attestation")),
        place=_place(Section.ATTESTATION, "form"),
        advice=Message(_("Choose the form of the final attestation.")),
    )


@BLOCK.requirement("3.2.1", "annotation", _("Annotation"))
def annotation(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A short annotation tells the purpose of the course. Source: MIN 3.2.1."""
    yield written(
        judge,
        course.annotation,
        required=Message(_("a short annotation with the purpose of the course")),
        place=_place(Section.INTRODUCTION, "annotation"),
        advice=Message(_("Write in a few sentences what the course is for.")),
    )


@BLOCK.requirement("3.2.2", "announcements", _("Announcements"), kind=Kind.DECLARED)
def announcements(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The course has a forum of announcements. Source: MIN 3.2.2."""
    yield written(
        judge,
        course.announcements_url,
        required=Message(_("a forum of announcements")),
        place=_place(Section.INTRODUCTION, "announcements_url"),
        advice=Message(_("Give the address of the forum of announcements.")),
    )


@BLOCK.requirement("3.2.5", "grading_system", _("Grading system"))
def grading_system(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Documents issued and rules of the grade are told. Source: MIN 3.2.5."""
    yield written(
        judge,
        course.documents_issued,
        required=Message(_("the documents issued")),
        place=_place(Section.GRADING, "documents_issued"),
        advice=Message(_("Tell which document a learner receives.")),
    )
    yield written(
        judge,
        course.grade_formation,
        required=Message(_("the rules by which the grade is formed")),
        place=_place(Section.GRADING, "grade_formation"),
        advice=Message(_("Tell how the grade is formed from the control tasks.")),
    )


@BLOCK.requirement(
    "3.2.7",
    "programme",
    _("Programme"),
    kind=Kind.DECLARED,
    course_types=(
        CourseType.OPEN_LEARNING,
        CourseType.PROFESSIONAL_DEVELOPMENT,
        CourseType.RETRAINING,
    ),
)
def programme(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The approved programme is there as PDF, or linked. Source: MIN 3.2.7.

    Where several are given, one that is as it must be is enough.
    """
    files = course.materials_of(MaterialKind.PROGRAMME)
    told = [(has_words(course.programme_url), _LINKED)]
    told += [_programme_file(material) for material in files]
    is_met = any_of(is_there for is_there, _found in told)
    found = next(found for is_there, found in reversed(told) if is_there is is_met)
    yield judge.finding(
        is_met=is_met,
        required=Message(_("the approved programme in PDF or a link to it")),
        found=EMPTY if not files and is_met is False else found,
        place=_place(Section.INTRODUCTION, "programme_url")
        if not files or is_met
        else place_of(files[-1], "title"),
        advice=Message(_("Give the address of the approved programme, or its PDF.")),
        source=Source.MEASURED
        if is_met and not has_words(course.programme_url)
        else Source.DECLARED,
    )


def _programme_file(material: MaterialFacts) -> tuple[bool | None, Message]:
    """Whether a file is a PDF by its content; a link is a link to the programme."""
    if material.state is MeasureState.DECLARED:
        return True, _LINKED
    return container_of(material, ("pdf",))


@BLOCK.requirement(
    "3.2.6",
    "entry_questionnaire",
    _("Entry questionnaire"),
    severity=Severity.OPTIONAL,
)
def entry_questionnaire(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """An entry questionnaire, if there is one, has questions. Source: MIN 3.2.6."""
    if course.entry_questionnaire == "" and judge.severity is Severity.OPTIONAL:
        return
    yield written(
        judge,
        course.entry_questionnaire,
        required=Message(_("questions of the entry questionnaire")),
        place=_place(Section.INTRODUCTION, "entry_questionnaire"),
        advice=Message(_("Write the questions, or leave the field empty.")),
    )


@BLOCK.requirement(
    "3.2.8",
    "recommendations",
    _("Methodical recommendations"),
    severity=Severity.OPTIONAL,
)
def recommendations(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Recommendations say something; software asks for them. Source: MIN 3.2.8, 4.3.

    They are a text here, or a file or a link among the materials; of a file that
    cannot be read nobody knows.
    """
    files = course.materials_of(MaterialKind.RECOMMENDATIONS)
    is_left_out = not course.software and not files and course.recommendations == ""
    if is_left_out and judge.severity is Severity.OPTIONAL:
        return
    yield present(
        judge,
        any_of((*map(_is_readable, files), has_words(course.recommendations))),
        required=Message(_("methodical recommendations for taking the course")),
        place=_place(Section.INTRODUCTION, "recommendations"),
        advice=Message(_("Write them: what the software needs has to be named there."))
        if course.software
        else Message(_("Write them, or leave the field empty.")),
    )


def _is_readable(material: MaterialFacts) -> bool | None:
    return None if material.state is MeasureState.UNREADABLE else True


@BLOCK.requirement("3.2.9", "literature", _("Reference materials"))
def literature(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Literature and links are listed. Source: MIN 3.2.9."""
    yield written(
        judge,
        course.literature,
        required=Message(_("main and additional literature and links")),
        place=_place(Section.INTRODUCTION, "literature"),
        advice=Message(_("List the literature and the links.")),
    )


@BLOCK.requirement(
    "3.2.10",
    "glossary",
    _("Glossary"),
    severity=Severity.OPTIONAL,
    thresholds=(GLOSSARY_TERMS_MIN, GLOSSARY_TERMS_MAX),
)
def glossary(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A glossary, if there is one, has 30 to 60 terms. Source: MIN 3.2.10.

    Terms are counted once, and only with their definition.
    """
    if course.glossary == () and judge.severity is Severity.OPTIONAL:
        return
    least, most = judge.value(GLOSSARY_TERMS_MIN), judge.value(GLOSSARY_TERMS_MAX)
    terms = {
        " ".join(entry.term.casefold().split())
        for entry in course.glossary or ()
        if has_words(entry.term) and has_words(entry.definition)
    }
    is_known = course.glossary is not None
    count = len(terms)
    yield judge.finding(
        is_met=least <= count <= most if is_known else None,
        required=message(
            _("terms in the glossary: from %(least)s to %(most)s"),
            least=least,
            most=most,
        ),
        found=message(_("distinct terms with a definition: %(terms)s"), terms=count)
        if is_known
        else Message(_("the backup was made without the users' data, terms included")),
        place=_place(Section.GLOSSARY, "term"),
        advice=Message(_("Add terms that are missing or remove those not needed."))
        if is_known
        else Message(
            _(
                "Ask for a backup with user data, import the glossary's XML,"
                " or enter the terms."
            )
        ),
        counter=(count, least) if is_known and count < least else None,
    )


@BLOCK.requirement("3.2.11", "learners_forum", _("Learners' forum"), kind=Kind.DECLARED)
def learners_forum(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Learners have a forum. Source: MIN 3.2.11."""
    yield written(
        judge,
        course.learners_forum_url,
        required=Message(_("a forum of the learners")),
        place=_place(Section.INTRODUCTION, "learners_forum_url"),
        advice=Message(_("Give the address of the learners' forum.")),
    )
