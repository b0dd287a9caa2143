"""Block «Итоговая аттестация». Source: MIN 3.4."""

from collections.abc import Iterator

from courses.regulation.banks import distinct, found_in, place_of_banks
from courses.regulation.facts import CourseFacts, FinalAttestationFacts
from courses.regulation.finding import Finding
from courses.regulation.known import amount_of, any_of, has_words
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN, present
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import (
    COURSE_BANK_MIN,
    FINAL_TEST_MINUTES_MAX,
    FINAL_TEST_MINUTES_MIN,
    FINAL_TEST_QUESTIONS_MAX,
    FINAL_TEST_QUESTIONS_MIN,
)

BLOCK = Requirements(Block.ATTESTATION)
_NO_TEST = Message(_("there is no final test"))


def _place(attestation: FinalAttestationFacts | None, field: str) -> Place:
    return Place(Section.ATTESTATION, attestation.id if attestation else None, field)


@BLOCK.requirement(
    "3.4.1", "attestation_materials", _("Materials of the final attestation")
)
def attestation_materials(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Advice, surveys, tasks, tests or criteria are there. Source: MIN 3.4.1."""
    attestation = course.attestation
    is_present: bool | None = False
    if attestation is not None:
        is_present = any_of(
            (
                has_words(attestation.content),
                has_words(attestation.criteria),
                bool(attestation.questions_drawn),
            )
        )
    yield present(
        judge,
        is_present,
        required=Message(_("advice, surveys, tasks, tests or criteria")),
        place=_place(attestation, "content"),
        advice=Message(_("Write the tasks of the final attestation and its criteria.")),
    )


@BLOCK.requirement(
    "3.4.2",
    "final_test_questions",
    _("Questions of the final test"),
    kind=Kind.DECLARED,
    thresholds=(FINAL_TEST_QUESTIONS_MIN, FINAL_TEST_QUESTIONS_MAX),
)
def final_test_questions(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A final test has 15 to 30 questions. Source: MIN 3.4.2.

    A test in part is a test; another form that draws questions cannot be told.
    """
    yield _bounded(
        judge,
        course.attestation,
        field="questions_drawn",
        bounds=(
            judge.value(FINAL_TEST_QUESTIONS_MIN),
            judge.value(FINAL_TEST_QUESTIONS_MAX),
        ),
        required=_("questions in the final test: from %(least)s to %(most)s"),
        found=_("questions in the final test: %(amount)s"),
    )


@BLOCK.requirement(
    "3.4.2",
    "final_test_minutes",
    _("Time of the final test"),
    kind=Kind.DECLARED,
    thresholds=(FINAL_TEST_MINUTES_MIN, FINAL_TEST_MINUTES_MAX),
)
def final_test_minutes(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A final test takes 30 to 60 minutes. Source: MIN 3.4.2."""
    yield _bounded(
        judge,
        course.attestation,
        field="minutes",
        bounds=(
            judge.value(FINAL_TEST_MINUTES_MIN),
            judge.value(FINAL_TEST_MINUTES_MAX),
        ),
        required=_("minutes of the final test: from %(least)s to %(most)s"),
        found=_("minutes of the final test: %(amount)s"),
    )


def _bounded(
    judge: Judge,
    attestation: FinalAttestationFacts | None,
    *,
    field: str,
    bounds: tuple[int, int],
    required: str,
    found: str,
) -> Finding:
    """A number of the final test beside its bounds."""
    if attestation is None or attestation.is_test() is False:
        return judge.not_applicable(_NO_TEST)
    least, most = bounds
    is_test = attestation.is_test()
    numbers = {
        "questions_drawn": attestation.questions_drawn,
        "minutes": attestation.minutes,
    }
    amount = numbers[field]
    return judge.finding(
        is_met=amount_of(amount).is_between(least, most) if is_test else None,
        required=message(required, least=least, most=most),
        found=NOT_KNOWN if amount is None else message(found, amount=amount),
        place=_place(attestation, field if is_test else "form"),
        advice=Message(_("Set it within these bounds."))
        if is_test
        else _which_form(attestation),
    )


def _which_form(attestation: FinalAttestationFacts) -> Message:
    """What to do for the form to be known."""
    if attestation.form is None:
        return Message(_("Choose the form of the final attestation."))
    return Message(
        _("Choose “test” if a part of it is a test; else clear the test's questions.")
    )


@BLOCK.requirement(
    "3.4.2",
    "final_test_bank",
    _("Question bank of the course"),
    thresholds=(COURSE_BANK_MIN,),
)
def final_test_bank(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The course has 200 distinct questions for a final test. Source: MIN 3.4.2."""
    attestation = course.attestation
    if attestation is None or attestation.is_test() is False:
        yield judge.not_applicable(_NO_TEST)
        return
    least = judge.value(COURSE_BANK_MIN)
    banks = list(course.banks)
    questions = distinct(banks)
    is_test = attestation.is_test()
    is_met = questions.is_at_least(least) if is_test else None
    yield judge.finding(
        is_met=is_met,
        required=message(
            _("distinct questions in the banks of the course: at least %(least)s"),
            least=least,
        ),
        found=NOT_KNOWN if is_met is None else found_in(banks),
        place=place_of_banks(banks) if is_test else _place(attestation, "form"),
        advice=Message(_("Import or write more distinct questions."))
        if is_test
        else _which_form(attestation),
        counter=(questions.known, least),
    )
