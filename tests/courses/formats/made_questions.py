"""Questions of any kind and any words, made by hypothesis, as a reader would give them."""

from decimal import Decimal

from hypothesis import strategies as st

from courses.formats.question import (
    EmbeddedFile,
    Format,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    TextFormat,
)

WORDS = st.text(
    alphabet="аЖқӘ №1 ~=#{}:%\\/<>&;[]()-*_.,$|\"'\n\t→±", min_size=1, max_size=30
).map(str.strip)
PIECES = st.sampled_from(
    ["[html]", "//", "$CATEGORY:", "->", "%50%", "_____", "A)", "::", "\\n", "]]>"]
)
TEXTS = st.builds("{}{}".format, st.one_of(st.just(""), PIECES), WORDS).map(
    lambda text: text.strip() or "?"
)
NAMES = TEXTS.map(lambda text: " ".join(text.split()))
FORMATS = st.sampled_from(TextFormat)
NUMBERS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
FILES = st.lists(
    st.builds(EmbeddedFile, st.just("a.png"), st.just("/"), st.just("AAAA")), max_size=1
).map(tuple)
WHOLE, NOTHING = Decimal(100), Decimal(0)


def _feedback(draw, text_format):
    text = draw(st.one_of(st.just(""), TEXTS))
    return {"feedback": text, "feedback_format": text_format}


def _answer(draw, text, text_format, fraction, **more):
    return ParsedAnswer(
        text=text,
        text_format=text_format,
        fraction=fraction,
        **_feedback(draw, more.pop("feedback_format", text_format)),
        **more,
    )


def _choices(draw, text_format, *, is_multiple):
    texts = draw(st.lists(TEXTS, min_size=2, max_size=4))
    weights = [50, Decimal("33.33333"), -25, 0] if is_multiple else [0, 0, 25, 0]
    weights[0] = weights[0] if is_multiple else 100
    return tuple(
        _answer(draw, text, text_format, Decimal(weight))
        for text, weight in zip(texts, weights, strict=False)
    )


def _true_or_false(draw, text_format):
    right = draw(st.sampled_from(["true", "false"]))
    return tuple(
        _answer(
            draw,
            text,
            TextFormat.MOODLE,
            WHOLE if text == right else NOTHING,
            feedback_format=text_format,
        )
        for text in ("true", "false")
    )


def _numbers(draw, text_format):
    return tuple(
        _answer(
            draw,
            f"{number:f}",
            TextFormat.PLAIN,
            WHOLE,
            tolerance=abs(draw(NUMBERS)),
            feedback_format=text_format,
        )
        for number in draw(st.lists(NUMBERS, min_size=1, max_size=3))
    )


def _pairs(draw, text_format):
    pairs = draw(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=3))
    return tuple(
        ParsedAnswer(text=left, text_format=text_format, fraction=WHOLE, match=right)
        for left, right in pairs
    )


def _order(draw, text_format):
    return tuple(
        ParsedAnswer(text=item, text_format=text_format, fraction=WHOLE)
        for item in draw(st.lists(TEXTS, min_size=2, max_size=4))
    )


ANSWERS = {
    Kind.MATCH: _pairs,
    Kind.NUMERICAL: _numbers,
    Kind.ORDERING: _order,
    Kind.SHORTANSWER: lambda draw, form: (_answer(draw, draw(TEXTS), form, WHOLE),),
    Kind.TRUEFALSE: _true_or_false,
}


def _answers(draw, kind, text_format, is_multiple):
    if kind is Kind.MULTICHOICE:
        return _choices(draw, text_format, is_multiple=is_multiple)
    return ANSWERS[kind](draw, text_format) if kind in ANSWERS else ()


@st.composite
def questions(draw, *, kinds=tuple(Kind), has_files=True):
    """Make a question of one of some kinds."""
    kind = draw(st.sampled_from(kinds))
    text_format = draw(FORMATS)
    is_multiple = kind is Kind.MULTICHOICE and draw(st.booleans())
    is_other = kind is Kind.OTHER
    text = draw(TEXTS)
    raw = (
        '<question type="stack"><name><text>a</text></name><questiontext format="html">'
        "<text>b</text></questiontext><x>1</x></question>"
    )
    return ParsedQuestion(
        kind=kind,
        kind_name="stack" if is_other else "",
        name=draw(st.one_of(st.just(""), NAMES)),
        text=text,
        text_format=text_format,
        answers=_answers(draw, kind, text_format, is_multiple),
        category=draw(st.sampled_from(["", "Апта 1", "$course$/Апта 2"])),
        line=draw(st.integers(1, 9)),
        raw=raw if is_other else "",
        raw_format=Format.MOODLE_XML.value if is_other else "",
        general_feedback=draw(TEXTS),
        general_feedback_format=draw(FORMATS),
        is_multiple=is_multiple,
        id_number=draw(st.one_of(st.just(""), NAMES)),
        tags=tuple(dict.fromkeys(draw(st.lists(NAMES, max_size=2)))),
        default_grade=draw(st.sampled_from([None, Decimal(2), Decimal("0.5")])),
        penalty=draw(st.sampled_from([None, Decimal("0.3333333")])),
        files=draw(FILES) if has_files else (),
        elements=draw(st.sampled_from([(), ("<shuffleanswers>1</shuffleanswers>",)])),
    )
