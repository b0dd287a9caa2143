"""Activities: each kind's own XML → what the portal can use of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from courses.formats.mbz.criteria import read_workshop_criteria
from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.limits import Limits
from courses.formats.mbz.model import Activity, Quiz, Slot, Term
from courses.formats.mbz.plain import one_line
from courses.formats.mbz.xml import (
    Element,
    decimal_of,
    line_of,
    number_of,
    text_of,
)

# What learners did: it may be most of a backup and says nothing of the course.
DROPPED = frozenset(
    {
        *("attempt", "override", "discussion", "subscription", "digest", "read"),
        *("track", "submission", "userflag", "user_grade", "completed", "value"),
        *("attempt_step", "timer", "branch", "overview", "assessment", "response"),
        *("rating", "post", "issue", "assessments", "submissions"),
    }
)
HTML_FORMATS = {"", "0", "1"}  # Moodle's own and HTML; 2 is plain, 4 Markdown
APPROVED = {"", "1"}
TRUE = {"1", "True", "true"}
TERM_LENGTH = 200

Reader = Callable[[Element], dict[str, Any]]


def read_activity(activity: Activity, root: Element, *, limits: Limits) -> Activity:
    """Fill an activity in from its own XML.

    Raises:
        BackupUnreadable: a glossary of more terms than are taken.
    """
    body = root.find(activity.module)
    if body is None:
        return activity
    facts: dict[str, Any] = {
        "title": line_of(body, "name") or activity.title,
        "intro": text_of(body, "intro"),
        "context_id": str(root.get("contextid", "")),
    }
    read = READERS.get(activity.module)
    if read is not None:
        facts.update(read(body))
    if activity.module == "glossary":
        facts["terms"] = _terms(body, limits)
    return replace(activity, **facts)


def _quiz(body: Element) -> dict[str, Any]:
    grade = decimal_of(body, "grade")
    quiz = Quiz(
        time_limit_seconds=number_of(body, "timelimit"),
        attempts=number_of(body, "attempts_number"),
        grade=grade,
        opens_at=number_of(body, "timeopen"),
        closes_at=number_of(body, "timeclose"),
        delay_seconds=number_of(body, "delay1"),
        network=line_of(body, "subnet"),
        has_password=bool(text_of(body, "password")),
        slots=tuple(map(_slot, body.iterfind("question_instances/question_instance"))),
    )
    return {"quiz": quiz, "grade": grade}


def _slot(instance: Element) -> Slot:
    """Read a slot as Moodle 2 (`question`), 3 (`questionid`) or 4 (references) wrote it."""
    draw = instance.find(".//question_set_reference")
    if draw is not None:
        category_ids, is_deep = _drawn_from(text_of(draw, "filtercondition"))
        return Slot(category_ids=category_ids, is_random=True, is_deep=is_deep)
    reference = instance.find(".//question_reference")
    if reference is not None:
        return Slot(entry_id=line_of(reference, "questionbankentryid"))
    question_id = line_of(instance, "questionid") or line_of(instance, "question")
    category_id = line_of(instance, "questioncategoryid")
    return Slot(
        question_id=question_id,
        category_ids=(category_id,) if category_id else (),
        is_deep=line_of(instance, "includingsubcategories") == "1",
    )


def _drawn_from(condition: str) -> tuple[tuple[str, ...], bool]:
    """Read the categories of a draw, and whether it goes into those within.

    As Moodle 4.0 to 4.2 wrote it, or as 4.3 and newer do.
    """
    told = _json_of(condition)
    if told.get("questioncategoryid"):
        is_deep = str(told.get("includingsubcategories")) in TRUE
        return (str(told["questioncategoryid"]),), is_deep
    category = _dict_in(_dict_in(told, "filter"), "category")
    options = _dict_in(category, "filteroptions")
    values = category.get("values")
    ids = tuple(map(str, values)) if isinstance(values, list) else ()
    return ids, str(options.get("includesubcategories")) in TRUE


def _json_of(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _dict_in(told: dict[str, Any], name: str) -> dict[str, Any]:
    inner = told.get(name)
    return inner if isinstance(inner, dict) else {}


def _forum(body: Element) -> dict[str, Any]:
    return {"subtype": line_of(body, "type")}


def _page(body: Element) -> dict[str, Any]:
    return {
        "content": text_of(body, "content"),
        "content_is_html": text_of(body, "contentformat") in HTML_FORMATS,
    }


def _link(body: Element) -> dict[str, Any]:
    return {"url": line_of(body, "externalurl", longest=500)}


def _book(body: Element) -> dict[str, Any]:
    chapters = sorted(
        (row for row in body.iterfind("chapters/chapter")),
        key=lambda row: number_of(row, "pagenum"),
    )
    shown = (row for row in chapters if text_of(row, "hidden") != "1")
    return {"content": "".join(_headed(row, "title", "content") for row in shown)}


def _lesson(body: Element) -> dict[str, Any]:
    pages = body.iterfind("pages/page")
    return {
        "content": "".join(_headed(page, "title", "contents") for page in pages),
        "grade": max(Decimal(0), decimal_of(body, "grade")),
    }


def _headed(element: Element, title: str, text: str) -> str:
    heading = line_of(element, title).replace("<", "&lt;")
    return f"<h2>{heading}</h2>{text_of(element, text)}"


def _survey(body: Element) -> dict[str, Any]:
    """Read the questions of a feedback: labels and page breaks ask nothing."""
    items = (
        line_of(item, "name", longest=500)
        for item in body.iterfind("items/item")
        if text_of(item, "typ") not in ("pagebreak", "label", "captcha")
    )
    return {"content": "\n".join(filter(None, items)), "content_is_html": False}


def _choice(body: Element) -> dict[str, Any]:
    options = (line_of(row, "text", longest=500) for row in body.iterfind(".//option"))
    return {"content": "\n".join(filter(None, options)), "content_is_html": False}


def _questionnaire(body: Element) -> dict[str, Any]:
    """Read the questions of the plug-in of this name; page breaks ask nothing."""
    asked = (
        one_line(text_of(row, "content"), 500) for row in body.iterfind(".//question")
    )
    return {
        "content": "\n".join(text for text in asked if text not in ("", "break")),
        "content_is_html": False,
    }


def _grade_of(body: Element) -> Decimal:
    # Below zero is the number of a scale, not a grade.
    return max(Decimal(0), decimal_of(body, "grade"))


def _assign(body: Element) -> dict[str, Any]:
    return {
        "grade": _grade_of(body),
        # What learners see besides, from Moodle 4.0.
        "content": text_of(body, "activity"),
        "opens_at": number_of(body, "allowsubmissionsfromdate"),
        "closes_at": number_of(body, "duedate"),
    }


def _workshop(body: Element) -> dict[str, Any]:
    return {
        "grade": _grade_of(body),
        "content": text_of(body, "instructauthors"),
        "criteria": read_workshop_criteria(body),
        "opens_at": number_of(body, "submissionstart"),
        "closes_at": number_of(body, "submissionend"),
    }


def _terms(body: Element, limits: Limits) -> tuple[Term, ...]:
    """Read the approved entries."""
    terms = tuple(_approved(body))
    if len(terms) > limits.terms:
        raise BackupUnreadable(Reason.TOO_MUCH)
    return terms


def _approved(body: Element) -> Iterator[Term]:
    for entry in body.iterfind("entries/entry"):
        term = line_of(entry, "concept", longest=TERM_LENGTH)
        if term and text_of(entry, "approved") in APPROVED:
            yield Term(term=term, definition=text_of(entry, "definition"))


READERS: dict[str, Reader] = {
    "assign": _assign,
    "book": _book,
    "choice": _choice,
    "feedback": _survey,
    "forum": _forum,
    "lesson": _lesson,
    "page": _page,
    "questionnaire": _questionnaire,
    "quiz": _quiz,
    "url": _link,
    "workshop": _workshop,
}
# Other kinds may hold anything of any size, and are named by the list alone.
MODULES_READ = frozenset(
    {
        *READERS,
        *("glossary", "resource", "folder", "label", "chat", "bigbluebuttonbn"),
        *("survey", "subsection", "qbank"),
    }
)
