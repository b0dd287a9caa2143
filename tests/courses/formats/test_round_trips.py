"""What is written is read again as it was; what would not be is left out by its name."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.formats.fingerprint import fingerprint
from courses.formats.question import Format, Kind, TextFormat
from courses.formats.reading import read_questions
from courses.formats.writing import write_questions
from tests.courses.formats.made_questions import questions
from tests.courses.formats.test_samples import COUNTS, SAMPLES

ALL = st.lists(questions(), min_size=1, max_size=4)
PLAIN_FILES = st.lists(questions(has_files=False), min_size=1, max_size=4)
MANY = settings(deadline=None, max_examples=100)


def _round(bank, form):
    """Write and read; return what was written, and what came back without errors."""
    written = write_questions(bank, format=form)
    back = read_questions(written.content, name="a")
    assert back.errors == ()
    assert written.count + len(written.left_out) == len(bank)
    return written, back.questions


def _content(question, **more):
    """Return a question without what only its own file has."""
    return replace(question, line=1, raw="", raw_format="", **more)


def _by_category(bank):
    return sorted(bank, key=lambda question: bool(question.category))


def _as_gift_tells(question):
    """Return a question without what GIFT has no place for."""
    return _content(
        question,
        default_grade=None,
        penalty=None,
        elements=(),
        general_feedback="",
        general_feedback_format=TextFormat.MOODLE,
        is_missing_word=False,
    )


@MANY
@given(PLAIN_FILES)
def test_gift_comes_back(bank):
    written, back = _round(bank, "gift")

    kept = [item for item in bank if not _is_unfit_for_gift(item)]
    assert len(back) == written.count == len(kept)
    for item, original in zip(back, _by_category(kept), strict=True):
        if item.kind is Kind.MATCH:
            # The arrow in a left half is written as HTML shows it.
            assert fingerprint(item) == fingerprint(original)
            continue
        assert _as_gift_tells(item) == _as_gift_tells(original)
        is_remarked = item.kind is not Kind.DESCRIPTION
        assert item.general_feedback == (
            original.general_feedback if is_remarked else ""
        )
    assert [_content(item) for item in _round(list(back), "gift")[1]] == [
        _content(item) for item in back
    ]


def _is_unfit_for_gift(question):
    if question.kind in (Kind.CLOZE, Kind.OTHER):
        return True
    texts = [answer.text for answer in question.answers]
    remarks = [answer.feedback for answer in question.answers]
    has_arrow = any("->" in text for text in texts)
    if question.kind is Kind.MATCH:
        return has_arrow and question.text_format is TextFormat.PLAIN
    in_remarks = any("->" in text for text in remarks)
    return question.kind is Kind.SHORTANSWER and (has_arrow or in_remarks)


@MANY
@given(ALL)
def test_moodle_xml_comes_back(bank):
    written, back = _round(bank, "moodle_xml")

    assert written.left_out == ()
    known = [item for item in _by_category(bank) if item.kind is not Kind.OTHER]
    assert [_content(item) for item in back if item.kind is not Kind.OTHER] == [
        _content(item) for item in known
    ]
    others = [item for item in _by_category(bank) if item.kind is Kind.OTHER]
    assert [(item.raw, item.kind_name, item.category) for item in others] == [
        (item.raw, item.kind_name, item.category)
        for item in back
        if item.kind is Kind.OTHER
    ]


@MANY
@given(questions(has_files=False))
def test_table_comes_back(original):
    written, back = _round([original], "xlsx")

    assert len(back) == written.count
    for item in back:
        assert fingerprint(item) == fingerprint(original)
        assert (item.kind, item.is_multiple) == (original.kind, original.is_multiple)
        assert (item.name, item.text, item.category, item.default_grade) == (
            original.name,
            original.text,
            original.category,
            original.default_grade,
        )
        assert (item.tags, item.id_number) == (original.tags, original.id_number)
        assert sorted(answer.fraction for answer in item.answers) == sorted(
            answer.fraction for answer in original.answers
        )
        assert sorted(answer.feedback for answer in item.answers) == sorted(
            answer.feedback for answer in original.answers
        )


@MANY
@given(PLAIN_FILES)
def test_aiken_comes_back(bank):
    written, back = _round(bank, "aiken")

    assert len(back) == written.count
    assert all(item.kind is Kind.MULTICHOICE for item in back)


def _samples():
    if not COUNTS.exists():
        reason = "the set of samples is not beside the project"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    folders = ("gift", "aiken", "moodle_xml")
    return [path for folder in folders for path in sorted((SAMPLES / folder).iterdir())]


@pytest.mark.parametrize("path", _samples(), ids=lambda path: path and path.name)
def test_sample_comes_back(path):
    form = path.parent.name
    bank = read_questions(path.read_bytes(), name=path.name)

    written, back = _round(bank.questions, form)

    assert written.left_out == ()
    assert [_content(item) for item in back] == [
        _content(item) for item in bank.questions
    ]


@pytest.mark.parametrize("path", _samples(), ids=lambda path: path and path.name)
def test_sample_is_written_in_every_format(path):
    bank = read_questions(path.read_bytes(), name=path.name)
    for form in Format:
        written, back = _round(bank.questions, form)

        assert len(back) == written.count
        assert {item.kind for item in back} <= {item.kind for item in bank.questions}
