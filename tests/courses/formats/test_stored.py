"""A question comes back from its row as it went in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from courses.formats.stored import question_from_row, question_to_row
from tests.courses.formats.made_questions import questions


@settings(deadline=None, max_examples=100)
@given(questions())
def test_question_comes_back_from_its_row(question):
    row = json.loads(json.dumps(question_to_row(question)))

    assert question_from_row(row) == replace(question, category="", line=1)


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "poem"},
        {"answers": [{"text": "a"}]},
        {"answers": [{"text": 5, "fraction": "100"}]},
        {"answers": [{"text": "a", "fraction": "NaN"}]},
        {"answers": [{"text": "a", "fraction": "1E+999999999"}]},
        {"answers": [{"text": "a", "fraction": "ten"}]},
        {"answers": [5]},
        {"answers": 5},
        {"details": {"text_format": "rtf"}},
        {"details": {"tags": [None]}},
        {"details": {"files": [{"name": "a"}]}},
        {"details": []},
    ],
)
def test_row_that_is_no_question_is_refused(told):
    row = {
        "kind": "essay",
        "name": "",
        "text": "Why?",
        "answers": [],
        "details": {},
        "kind_name": "",
        "raw": "",
        "raw_format": "",
    }
    assert question_from_row(row).text == "Why?"

    refusals = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
    with pytest.raises(refusals):
        question_from_row({**row, **told})
