"""Whatever comes, the reader answers, in time that grows with the length alone."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.formats.fingerprint import fingerprint
from courses.formats.gift import read_gift
from courses.formats.summary import summarise

PIECES = st.sampled_from(
    [
        *"{}~=#:%\\/\n\r\t >.,-*?[]<&;0175Tәңғүқһ",
        "->",
        "..",
        "####",
        "::",
        "//",
        "\n\n",
        "\\n",
        "$CATEGORY:",
        "[html]",
        "[markdown]",
        "[id:",
        "[tag:",
        "%50%",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&#",
        "TRUE",
        "{#",
        "{>",
        "1:MC:",
        "Астана",
        "\u0300",
        "\ufeff",
        "\u2028",
    ]
)


def _read(data):
    bank = read_gift(data)
    for question in bank.questions:
        fingerprint(question)
    return bank


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_is_too_strange(text):
    bank = _read(text.encode())

    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= question.line <= lines for question in bank.questions)
    assert all(1 <= error.line <= lines and error.reason for error in bank.errors)
    assert all("\0" not in question.text for question in bank.questions)
    assert summarise(bank)["questions"] == len(bank.questions)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(data):
    bank = _read(data)

    assert bank.encoding or bank.errors


@given(st.text(alphabet="аӘқү ~=#{}:\\b\n", min_size=1, max_size=40))
def test_escaped_text_comes_back_whole(text):
    escaped = text
    for char in "\\~=#{}:":
        escaped = escaped.replace(char, "\\" + char)
    escaped = escaped.replace("\n", "\\n")

    bank = read_gift(f"Сұрақ {escaped}. {{={escaped}. ~жоқ#{escaped}.}}".encode())

    (question,) = bank.questions
    assert question.text == f"Сұрақ {text}."
    assert [answer.text for answer in question.answers] == [f"{text}.".strip(), "жоқ"]
    assert question.answers[1].feedback == f"{text}.".strip()


HOSTILE = {
    "opening braces": lambda n: "{" * n,
    "closing braces": lambda n: "}" * n,
    "nested braces": lambda n: "{" * n + "}" * n,
    "questions on one line": lambda n: "a{T}" * n,
    "unclosed questions": lambda n: "a {=\n\n" * n,
    "colons": lambda n: "::" * n,
    "backslashes": lambda n: "\\" * n + "{T}",
    "escapes": lambda n: "a{=" + "\\~\\n" * n + "}",
    "hashes": lambda n: "a{=b" + "#" * n + "}",
    "equals": lambda n: "a{#" + "=" * n + "}",
    "answers": lambda n: "a{" + "~b" * n + "=c}",
    "per cents": lambda n: "a{=" + "%1" * n + "}",
    "digits": lambda n: "a{#" + "1" * n + "}",
    "arrows": lambda n: "a{=" + "->" * n + "=b->c}",
    "cloze": lambda n: "a{1:" + "A" * n + "}",
    "items": lambda n: "a{>\n" + "b\n" * n + "}",
    "formats": lambda n: "[html]" * n + "{T}",
    "identifiers": lambda n: "//" + "[id:" * n + "\na{T}",
    "escaped identifiers": lambda n: "//[id:" + "\\]" * n + "\na{T}",
    "comments": lambda n: "//\n" * n + "a{T}",
    "categories": lambda n: "$CATEGORY: a\n" * n,
    "carriage returns": lambda n: "\r" * n,
    "spaces": lambda n: "a" + " " * n + "{" + " " * n + "}",
    "tags": lambda n: "<a" * n + "{T}",
    "long tag": lambda n: "<" + "a" * n + "{T}",
    "closing tags": lambda n: "</a  " * n + "{T}",
    "paired tags": lambda n: "<a>" * n + "</a>{T}",
    "markup comments": lambda n: "<!--a>" * n + "{T}",
    "character numbers": lambda n: "&\\#" + "9" * n + "{T}",
    "combining marks": lambda n: "a" + "\u0300\u0316" * n + "{T}",
    "emphasis": lambda n: "[markdown]" + "*_`" * n + "a{T}",
    "one long word": lambda n: "ә" * n + "{T}",
}


def _seconds(data):
    best = float("inf")
    for _ in range(3):
        start = process_time()
        _read(data)
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_length_alone(make):
    short, long = make(2_000).encode(), make(32_000).encode()

    # Sixteen times the length; a square would take 256 times the time.
    assert _seconds(long) < 64 * max(_seconds(short), 0.0005)
