"""Every file of the set of samples gives the counts an independent script gave."""

import json
from collections import Counter
from pathlib import Path

import pytest

from courses.formats.fingerprint import fingerprint
from courses.formats.gift import read_gift
from courses.formats.question import Kind
from courses.formats.reading import read_questions
from courses.formats.summary import summarise

PROJECT = Path(__file__).parents[3]
SAMPLES = PROJECT.parent / "shared" / "samples"
COUNTS = SAMPLES / "counts.json"


def _counts(folder):
    if not COUNTS.exists():
        reason = "the set of samples is not beside the project"
        return [pytest.param("", {}, marks=pytest.mark.skip(reason=reason))]
    counts = json.loads(COUNTS.read_text())
    return [item for item in counts.items() if item[0].startswith(folder)]


@pytest.mark.parametrize(("name", "expected"), _counts("gift/"))
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


@pytest.mark.parametrize(("name", "expected"), _counts("aiken/"))
def test_aiken_sample_gives_the_counts_of_moodle(name, expected):
    bank = read_questions((SAMPLES / name).read_bytes(), name=name)

    codes = Counter(error.reason_code.replace("_", " ") for error in bank.errors)
    assert bank.format == "aiken"
    assert bank.encoding == expected["encoding"]
    assert {"questions": len(bank.questions), "errors": codes} == expected["moodle"]


@pytest.mark.parametrize(("name", "expected"), _counts("moodle_xml/"))
def test_xml_sample_gives_the_counts_of_its_elements(name, expected):
    bank = read_questions((SAMPLES / name).read_bytes(), name=name)

    assert bank.format == "moodle_xml"
    assert summarise(bank) == {
        **{key: expected[key] for key in ("questions", "real", "types", "categories")},
        "errors": [],
    }
    files = [
        file
        for question in bank.questions
        for part in (question, *question.answers)
        for file in (
            *part.files,
            *getattr(part, "feedback_files", ()),
            *getattr(part, "general_feedback_files", ()),
        )
    ]
    kept = [text for item in bank.questions for text in item.elements]
    in_elements = sum(text.count("<file ") for text in kept)
    assert len(files) + in_elements == expected["embedded_files"]


@pytest.mark.parametrize("folder", ["gift", "aiken", "moodle_xml"])
@pytest.mark.skipif(not COUNTS.exists(), reason="the set of samples is not there")
def test_samples_are_all_counted_whatever_they_are_called(folder):
    for path in (SAMPLES / folder).iterdir():
        content = path.read_bytes()
        banks = {read_questions(content, name=name) for name in ("a.xml", "a.gift", "")}
        assert [(bank.format, bank.errors) for bank in banks] == [
            (folder, next(iter(banks)).errors)
        ]
    files = {f"{folder}/{path.name}" for path in (SAMPLES / folder).iterdir()}
    assert files == {name for name, _ in _counts(f"{folder}/")}


@pytest.mark.skipif(not COUNTS.exists(), reason="the set of samples is not there")
def test_moodle_examples_say_the_same_question_twice():
    bank = read_gift((SAMPLES / "gift" / "mdlcore_examples.txt").read_bytes())

    kinds = {question.kind for question in bank.questions}
    assert kinds == {
        Kind.MATCH,
        Kind.MULTICHOICE,
        Kind.NUMERICAL,
        Kind.SHORTANSWER,
        Kind.TRUEFALSE,
    }
    assert len(bank.questions) == 43
    assert len(set(map(fingerprint, bank.questions))) < 43
