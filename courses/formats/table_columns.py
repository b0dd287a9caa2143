"""The portal's own table of questions: its columns and its words, one row a question."""

from dataclasses import dataclass

from courses.formats.question import Kind
from courses.formats.reasons import gettext_noop

SHEET = "questions"
# What Excel holds in a cell.
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, other headings it is known by, and what stands in it."""

    key: str
    aliases: tuple[str, ...]
    note: str


COLUMNS = (
    Column(
        "category",
        ("категория", "раздел", "тема"),
        gettext_noop("The bank it goes to. Empty: the one of the row above."),
    ),
    Column(
        "kind",
        ("вид", "тип", "type"),
        gettext_noop("One of the kinds below. Empty: told by the answers."),
    ),
    Column(
        "name", ("название",), gettext_noop("Learners do not see it. May be empty.")
    ),
    Column("text", ("вопрос", "текст", "question"), gettext_noop("What is asked.")),
    Column(
        "format",
        ("формат",),
        gettext_noop(
            "How the texts of the row are written: html, markdown, plain or moodle. "
            "Empty: plain."
        ),
    ),
    Column(
        "right",
        ("верные", "верные ответы", "правильные ответы", "right answers"),
        gettext_noop(
            "Right answers, one on a line (Alt+Enter). Of a pair: left -> right. "
            "A number may have a tolerance: 3.14 ± 0.01."
        ),
    ),
    Column(
        "wrong",
        ("неверные", "неверные ответы", "неправильные ответы", "wrong answers"),
        gettext_noop(
            "Wrong answers, one on a line; of pairs, halves that fit nothing."
        ),
    ),
    Column(
        "weights",
        ("веса",),
        gettext_noop(
            "Per cent of the points, a line for each answer, right ones first. "
            "Empty: right ones share 100, wrong ones get 0."
        ),
    ),
    Column(
        "remarks",
        ("замечания", "feedback"),
        gettext_noop("What is told to who chooses it, a line for each answer."),
    ),
    Column(
        "general_feedback",
        ("пояснение",),
        gettext_noop("What is told to everybody after the answer."),
    ),
    Column("grade", ("балл",), gettext_noop("Points for the question. Empty: 1.")),
    Column("id", ("идентификатор",), gettext_noop("Its identifier in the LMS.")),
    Column("tags", ("метки", "теги"), gettext_noop("Tags, one on a line.")),
)
KEYS = tuple(column.key for column in COLUMNS)
NEEDED = ("text", "right")
KEY_BY_HEADING = {
    heading: column.key
    for column in COLUMNS
    for heading in (column.key, column.key.replace("_", " "), *column.aliases)
}

# A choice of several is a kind of its own in the table.
SEVERAL = "multiresponse"
KIND_NOTES = {
    Kind.MULTICHOICE.value: gettext_noop("One of the answers is right."),
    SEVERAL: gettext_noop("Several of the answers may be right."),
    Kind.TRUEFALSE.value: gettext_noop("In “right”: true or false."),
    Kind.SHORTANSWER.value: gettext_noop("A word that the learner writes."),
    Kind.NUMERICAL.value: gettext_noop("A number that the learner writes."),
    Kind.MATCH.value: gettext_noop("Pairs to put together."),
    Kind.ORDERING.value: gettext_noop("Items, in their right order."),
    Kind.ESSAY.value: gettext_noop("A text that a teacher reads; no answers."),
    Kind.DESCRIPTION.value: gettext_noop("A text that asks nothing; no answers."),
    Kind.CLOZE.value: gettext_noop(
        "Answers inside the text, in the code of Moodle: {1:SHORTANSWER:=two}."
    ),
}
KIND_BY_WORD = {
    **{name: name for name in KIND_NOTES},
    **dict.fromkeys(("choice", "single", "один", "один ответ"), "multichoice"),
    **dict.fromkeys(("several", "несколько", "несколько ответов"), SEVERAL),
    **dict.fromkeys(("true or false", "true/false", "верно/неверно"), "truefalse"),
    **dict.fromkeys(("short answer", "краткий ответ"), "shortanswer"),
    **dict.fromkeys(("number", "число", "числовой"), "numerical"),
    **dict.fromkeys(("matching", "соответствие"), "match"),
    **dict.fromkeys(("order", "порядок"), "ordering"),
    **dict.fromkeys(("эссе",), "essay"),
    **dict.fromkeys(("описание",), "description"),
}
TRUE_WORDS = frozenset({"true", "верно", "да", "1", "t"})
FALSE_WORDS = frozenset({"false", "неверно", "нет", "0", "f"})
ARROWS = ("->", "→")
MARGIN = "±"
