"""Every file of the set of samples gives the counts an independent script gave."""

import json
from pathlib import Path

import pytest

from courses.formats.fingerprint import fingerprint
from courses.formats.gift import read_gift
from courses.formats.question import Kind
from courses.formats.summary import summarise

PROJECT = Path(__file__).parents[3]
SAMPLES = PROJECT.parent / "shared" / "samples"
COUNTS = SAMPLES / "counts.json"


def _gift_counts():
    if not COUNTS.exists():
        reason = "the set of samples is not beside the project"
        return [pytest.param("", {}, marks=pytest.mark.skip(reason=reason))]
    counts = json.loads(COUNTS.read_text())
    return [item for item in counts.items() if item[0].startswith("gift/")]


@pytest.mark.parametrize(("name", "expected"), _gift_counts())
def test_sample_gives_the_counts_of_moodle(name, expected):
    bank = read_gift((SAMPLES / name).read_bytes())

    summary = summarise(bank)
    real = [question for question in bank.questions if question.kind != "description"]
    found = {
        **summary,
        "errors": len(summary["errors"]),
        "named": sum(bool(question.name) for question in bank.questions),
        "missing_word": sum(question.is_missing_word for question in real),
        "multiple_answer_mc": sum(question.is_multiple for question in real),
        "general_feedback": sum(bool(item.general_feedback) for item in real),
        "html": sum(question.text_format == "html" for question in real),
        "markdown": sum(question.text_format == "markdown" for question in real),
    }
    moodle = expected["moodle"]
    assert found == {
        **{key: moodle[key] for key in found},
        "errors": sum(moodle["errors"].values()),
    }
    assert bank.encoding == expected["encoding"]


@pytest.mark.skipif(not COUNTS.exists(), reason="the set of samples is not there")
def test_samples_are_all_counted():
    files = {f"gift/{path.name}" for path in (SAMPLES / "gift").iterdir()}

    assert files == {name for name, _ in _gift_counts()}


@pytest.mark.skipif(not COUNTS.exists(), reason="the set of samples is not there")
def test_moodle_examples_say_the_same_question_twice():
    bank = read_gift((SAMPLES / "gift" / "mdlcore_examples.txt").read_bytes())

    kinds = {question.kind for question in bank.questions}
    assert kinds == set(Kind) - {Kind.DESCRIPTION, Kind.ESSAY, Kind.ORDERING}
    assert len(bank.questions) == 43
    assert len(set(map(fingerprint, bank.questions))) < 43
