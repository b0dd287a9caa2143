"""The language and the case of what is written. Source: MIN 4.2."""

from collections.abc import Iterator
from decimal import Decimal

from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Finding
from courses.regulation.known import has_words
from courses.regulation.language import LANGUAGES as TOLD_APART
from courses.regulation.language import capitals_in, languages_of, letters_in
from courses.regulation.measured import rounded
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN
from courses.regulation.requirement import Block, Judge, Requirements
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import CAPITALS_SHARE_MAX, LANGUAGES

BLOCK = Requirements(Block.COMPONENTS)
_IS_LANGUAGE_COURSE = Message(_("a language course"))
_NO_TEXTS = Message(_("nothing is written yet"))
# Of a text its beginning is read, and a few signs are no text: an abbreviation.
_BEGINNING = 200
_FEW_SIGNS = 20
_PLACE = Place(Section.DESCRIPTION, None, "language")


def _beginnings(course: CourseFacts) -> list[tuple[Place, str]]:
    """The beginning of every text at hand, with the field it stands in."""
    return [*_of_description(course), *_of_topics(course)]


def _of_description(course: CourseFacts) -> Iterator[tuple[Place, str]]:
    for section, field, text in (
        (Section.INTRODUCTION, "annotation", course.annotation),
        (Section.DESCRIPTION, "audience", course.audience),
        (Section.DESCRIPTION, "aims", course.aims),
        (Section.DESCRIPTION, "tasks", course.tasks),
        (Section.DESCRIPTION, "class_kinds", course.class_kinds),
        (Section.DESCRIPTION, "control_forms", course.control_forms),
        (Section.DESCRIPTION, "technologies", course.technologies),
        (Section.DESCRIPTION, "prerequisites", course.prerequisites),
        (Section.INTRODUCTION, "recommendations", course.recommendations),
        (Section.GRADING, "documents_issued", course.documents_issued),
        (Section.GRADING, "grade_formation", course.grade_formation),
        (Section.GRADING, "completion_criterion", course.completion_criterion),
    ):
        yield Place(section, None, field), (text or "")[:_BEGINNING]
    for outcome in course.outcomes:
        place = Place(Section.OUTCOMES, outcome.id, "text")
        yield place, (outcome.text or "")[:_BEGINNING]
    final = course.attestation
    if final is not None:
        place = Place(Section.ATTESTATION, final.id, "content")
        yield place, (final.content or "")[:_BEGINNING]


def _of_topics(course: CourseFacts) -> Iterator[tuple[Place, str]]:
    for topic in course.topics:
        yield Place(Section.TOPIC, topic.id, "title"), topic.title or ""
        for longread in topic.longreads:
            place = Place(Section.LONGREAD, longread.id, "body")
            yield place, (longread.body or "")[:_BEGINNING]
        for practicum in topic.practicums:
            place = Place(Section.PRACTICUM, practicum.id, "content")
            yield place, (practicum.content or "")[:_BEGINNING]
        for task in topic.control_tasks:
            place = Place(Section.CONTROL_TASK, task.id, "content")
            yield place, (task.content or "")[:_BEGINNING]


@BLOCK.requirement("4.2", "language", _("Language"), thresholds=(LANGUAGES,))
def language(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The language is allowed; language courses are free. Source: MIN 4.2."""
    if course.is_language_course:
        yield judge.not_applicable(_IS_LANGUAGE_COURSE)
        return
    allowed = judge.value(LANGUAGES)
    yield judge.finding(
        is_met=course.language in allowed if has_words(course.language) else None,
        required=message(
            _("language of the course: %(languages)s"), languages=", ".join(allowed)
        ),
        found=message(
            _("language of the course: %(language)s"), language=course.language
        )
        if course.language
        else NOT_KNOWN,
        place=_PLACE,
        advice=Message(
            _("Choose an allowed language, or mark the course as a language course.")
        ),
    )


@BLOCK.requirement("4.2", "language_of_texts", _("Language of the texts"))
def language_of_texts(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The texts are in the language that is stated. Source: MIN 4.2.

    A proxy: the letters and the most frequent words of the beginnings of the texts
    tell; files and questions are not read. Where only letters tell, and they are
    those of several languages, it cannot be told. The finding says so.
    """
    stated = course.language
    if course.is_language_course:
        yield judge.not_applicable(_IS_LANGUAGE_COURSE)
        return
    if stated not in TOLD_APART:
        yield judge.not_applicable(
            Message(_("the portal does not know words of this language"))
        )
        return
    texts = [text for _place, text in course.once(_beginnings) if has_words(text)]
    if not texts:
        yield judge.not_applicable(_NO_TEXTS)
        return
    seen = languages_of(texts)
    yield judge.finding(
        is_met=None if stated in seen and len(seen) > 1 else stated in seen,
        required=message(
            _("texts in the language of the course: %(language)s"), language=stated
        ),
        found=message(
            _("by letters and frequent words of the beginnings: %(languages)s"),
            languages=" / ".join(sorted(seen)),
        ),
        place=_PLACE,
        advice=Message(
            _("Write in full sentences, in the language that the course states.")
        ),
    )


@BLOCK.requirement(
    "4.2", "ordinary_case", _("Ordinary case"), thresholds=(CAPITALS_SHARE_MAX,)
)
def ordinary_case(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """No text is in capitals. Source: MIN 4.2.

    A proxy: the share of capitals among the letters of the beginning of each text of
    20 signs or more; files and questions are not read. The finding says so.
    """
    most = judge.value(CAPITALS_SHARE_MAX)
    texts = [
        (place, text)
        for place, text in course.once(_beginnings)
        if len(text) >= _FEW_SIGNS
    ]
    if not texts:
        yield judge.not_applicable(_NO_TEXTS)
    shouting = [
        (place, text, share)
        for place, text in texts
        if (share := _share_of_capitals(text)) > most
    ]
    for place, text, share in shouting:
        yield _capitals(judge, place, text, share)
    if len(texts) > len(shouting):
        yield judge.finding(
            is_met=True,
            required=_required_case(judge),
            found=message(
                _("texts whose beginnings are in ordinary case: %(texts)s"),
                texts=len(texts) - len(shouting),
            ),
            place=_PLACE,
        )


def _share_of_capitals(text: str) -> Decimal:
    """The share among the letters; letters are counted only where it may be large."""
    capitals = capitals_in(text)
    return Decimal(capitals) / letters_in(text) if capitals else Decimal(0)


def _capitals(judge: Judge, place: Place, text: str, share: Decimal) -> Finding:
    return judge.finding(
        is_met=False,
        required=_required_case(judge),
        found=message(
            _("%(percent)s %% in “%(beginning)s…”"),
            percent=rounded(100 * share),
            beginning=text[:_FEW_SIGNS],
        ),
        place=place,
        advice=Message(_("Write it in ordinary case.")),
    )


def _required_case(judge: Judge) -> Message:
    return message(
        _("capitals among the letters: at most %(percent)s %%"),
        percent=rounded(100 * judge.value(CAPITALS_SHARE_MAX)),
    )
