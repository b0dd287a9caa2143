"""Control tests and the banks they draw from. Source: MIN 4.6, 4.10, 4.11."""

from collections.abc import Iterator
from decimal import ROUND_CEILING

from courses.regulation.assessments import place_of_item, title_of_item
from courses.regulation.banks import banks_of_topic, drawable, place_of_banks
from courses.regulation.facts import (
    AssessmentFacts,
    AttestationForm,
    BankFacts,
    CourseFacts,
    Grading,
    TopicFacts,
)
from courses.regulation.finding import Finding
from courses.regulation.place import Place
from courses.regulation.presence import NOT_KNOWN
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import BANK_DRAW_RATIO

BLOCK = Requirements(Block.COMPONENTS)
_NO_TESTS = Message(_("there are no control tests"))
_BY_HAND = _("essays: %(by_hand)s, of kinds not known: %(unknown)s")
_MOVE_THEM = Message(_("Move these questions to a bank that no test draws from."))
_NO_MACHINE = Message(_("no test is graded automatically from a bank"))
_DRAWING = {
    True: Message(_("draws random questions")),
    False: Message(_("the same questions for all")),
    None: NOT_KNOWN,
}


def _tests(
    course: CourseFacts,
) -> list[tuple[AssessmentFacts, list[BankFacts], TopicFacts | None]]:
    """Control tests and the final test, each with the banks it draws from."""
    tests: list[tuple[AssessmentFacts, list[BankFacts], TopicFacts | None]] = [
        (task, banks_of_topic(course, topic), topic)
        for topic in course.topics
        for task in topic.control_tasks
        if task.is_control_test()
    ]
    final = course.attestation
    if final is not None and final.form is AttestationForm.TEST:
        tests.append((final, list(course.banks), None))
    return tests


@BLOCK.requirement(
    "4.11", "random_questions", _("Random questions"), kind=Kind.DECLARED
)
def random_questions(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Control tests draw random questions. Source: MIN 4.11."""
    tests = course.once(_tests)
    if not tests:
        yield judge.not_applicable(_NO_TESTS)
    for test, _banks, _topic in tests:
        yield judge.finding(
            is_met=test.is_random,
            required=message(
                _("the test “%(title)s” draws random questions"),
                title=title_of_item(test),
            ),
            found=_DRAWING[test.is_random],
            place=place_of_item(test, "is_random"),
            advice=Message(_("Let the test draw random questions from the bank.")),
        )


@BLOCK.requirement(
    "4.10",
    "bank_exceeds_draw",
    _("A bank larger than one draw"),
    thresholds=(BANK_DRAW_RATIO,),
)
def bank_exceeds_draw(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A bank holds twice what a test draws. Source: MIN 4.10, 4.11.

    A proxy: that learners cannot pass answers on is told by numbers only, a bank of
    two draws, random questions (4.11) and counted attempts. The finding says so.
    """
    tests = course.once(_tests)
    if not tests:
        yield judge.not_applicable(_NO_TESTS)
    for test, banks, topic in tests:
        yield _draw(judge, test, banks, topic)


def _draw(
    judge: Judge,
    test: AssessmentFacts,
    banks: list[BankFacts],
    topic: TopicFacts | None,
) -> Finding:
    drawn, questions = test.questions_drawn, drawable(banks)
    least = None if drawn is None else _least_bank(judge, drawn)
    is_met = None if least is None else questions.is_at_least(least)
    return judge.finding(
        is_met=is_met,
        required=message(
            _("questions in the bank of the test “%(title)s”: at least %(least)s"),
            title=title_of_item(test),
            least="—" if least is None else least,
        ),
        found=NOT_KNOWN
        if is_met is None
        else message(
            _(
                "distinct questions to draw at random: %(questions)s;"
                " a number is all that is seen"
            ),
            questions=questions.known,
        ),
        place=place_of_item(test, "questions_drawn")
        if drawn is None
        else place_of_banks(banks, topic),
        advice=Message(_("State how many questions the test draws."))
        if drawn is None
        else Message(
            _("Add questions to the bank, or let the test draw fewer of them.")
        ),
        counter=None if least is None else (questions.known, least),
    )


def _least_bank(judge: Judge, drawn: int) -> int:
    """As many draws as the edition asks for, and always more than one."""
    draws = (drawn * judge.value(BANK_DRAW_RATIO)).to_integral_value(ROUND_CEILING)
    return max(drawn + 1, int(draws))


@BLOCK.requirement(
    "4.10", "limited_attempts", _("Limited attempts"), kind=Kind.DECLARED
)
def limited_attempts(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The attempts of a control test are counted. Source: MIN 4.10.

    Zero is how an LMS writes that they are not. A finding for each test without them,
    and one for all others.
    """
    tests = [test for test, _banks, _topic in course.once(_tests)]
    if not tests:
        yield judge.not_applicable(_NO_TESTS)
    limited = [test for test in tests if test.attempts]
    for test in tests:
        if not test.attempts:
            yield judge.finding(
                is_met=None if test.attempts is None else False,
                required=message(
                    _("the attempts of the test “%(title)s” are limited"),
                    title=title_of_item(test),
                ),
                found=NOT_KNOWN
                if test.attempts is None
                else Message(_("attempts without limit")),
                place=place_of_item(test, "attempts"),
                advice=Message(_("State how many attempts a learner has.")),
            )
    if limited:
        yield judge.finding(
            is_met=True,
            required=Message(_("the attempts of control tests are limited")),
            found=message(_("tests: %(tests)s"), tests=len(limited)),
            place=place_of_item(limited[0], "attempts"),
        )


@BLOCK.requirement("4.6", "machine_questions", _("Questions that a machine grades"))
def machine_questions(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A test graded automatically has questions a machine can grade. Source: MIN 4.6.

    Essays need a person. Of kinds that the portal does not know nobody can tell. A
    finding for each test that draws from such questions, and one for all others.
    """
    tests = [
        row
        for row in course.once(_tests)
        if row[0].grading is Grading.AUTOMATIC and row[1]
    ]
    if not tests:
        yield judge.not_applicable(_NO_MACHINE)
    well = 0
    for test, banks, topic in tests:
        by_hand = sum(bank.by_hand for bank in banks)
        unknown = sum(bank.of_unknown_kind for bank in banks)
        if not by_hand and not unknown:
            well += 1
            continue
        yield judge.finding(
            is_met=False if by_hand else None,
            required=message(
                _("the test “%(title)s” is graded automatically: so are its questions"),
                title=title_of_item(test),
            ),
            found=message(_BY_HAND, by_hand=by_hand, unknown=unknown),
            place=_place_of_wrong(banks, topic),
            advice=_MOVE_THEM,
        )
    if well:
        yield judge.finding(
            is_met=True,
            required=Message(_("a machine grades the questions of automatic tests")),
            found=message(_("tests: %(tests)s"), tests=well),
            place=place_of_banks(tests[0][1]),
        )


def _place_of_wrong(banks: list[BankFacts], topic: TopicFacts | None) -> Place:
    wrong = [bank for bank in banks if bank.by_hand or bank.of_unknown_kind]
    return place_of_banks(wrong, topic)
