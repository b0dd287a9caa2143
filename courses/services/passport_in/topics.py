"""Topics with their theory, practicum and control tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import models

from courses.models import (
    ControlTask,
    CourseVersion,
    LearningOutcome,
    Longread,
    Practicum,
    Topic,
)
from courses.passport_json import plain, shape
from courses.selectors.pages import pages_of_body
from courses.services.passport_in.rows import (
    Listing,
    Written,
    pair_rows,
    placed,
    save_rows,
    write_rows,
)

Values = Mapping[str, Any]
PARTS: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Longread, "longreads", shape.LONGREAD_FIELDS),
    (Practicum, "practicums", shape.PRACTICUM_FIELDS),
    (ControlTask, "control_tasks", shape.TASK_FIELDS),
)


def write_topics(
    version: CourseVersion, rows: Sequence[Values], outcomes: list[LearningOutcome]
) -> Written[Topic]:
    """Write the topics and their parts; those that are gone are left to be removed."""
    listing = Listing(
        rows=version.topics.all(),
        make=partial(Topic, version=version),
        names=(*shape.TOPIC_FIELDS, "position"),
        known_by=(("id_number",), ("week", "title"), ("title",), ("week", "position")),
    )
    wanted = list(_by_week(rows))
    found = pair_rows(listing, wanted)
    topics = save_rows(listing, found, wanted)
    _connect(version, rows, topics, outcomes)
    _assess(rows, topics)
    for model, key, names in PARTS:
        parts = _parts_of(rows, topics, key)
        if model is Longread:
            _measure_pages(version, parts)
        _write_parts(version, model, names, parts)
    return found


def _measure_pages(version: CourseVersion, parts: list[dict[str, Any]]) -> None:
    """Reckon the pages of each text: what a file tells of them is not taken on trust.

    Source: MIN 3.3.3.8.
    """
    rows = Longread.objects.filter(topic__version=version)
    known = dict(rows.values_list("body", "pages"))
    for part in parts:
        body = part["body"]
        pages = known[body] if body in known else pages_of_body(body, version)
        part["pages"] = plain(pages)


def _by_week(rows: Iterable[Values]) -> Iterable[Values]:
    """Number the topics anew in each week."""
    weeks: Counter[int] = Counter()
    for row in rows:
        weeks[row["week"]] += 1
        yield {**row, "position": weeks[row["week"]]}


def _connect(
    version: CourseVersion,
    rows: Sequence[Values],
    topics: list[Topic],
    outcomes: list[LearningOutcome],
) -> None:
    """Connect topics with their outcomes: two queries, however many topics."""
    links = Topic.outcomes.through._default_manager
    wanted = {
        (topic.pk, outcomes[number - 1].pk)
        for row, topic in zip(rows, topics, strict=True)
        for number in row["outcomes"]
    }
    there = {
        (topic_id, outcome_id): link
        for link, topic_id, outcome_id in links.filter(
            topic__version=version
        ).values_list("pk", "topic_id", "learningoutcome_id")
    }
    links.filter(
        pk__in=[link for pair, link in there.items() if pair not in wanted]
    ).delete()
    links.bulk_create(
        links.model(topic_id=topic_id, learningoutcome_id=outcome_id)
        for topic_id, outcome_id in sorted(wanted - there.keys())
    )


def _assess(rows: Sequence[Values], topics: list[Topic]) -> None:
    for row, topic in zip(rows, topics, strict=True):
        number = row["assessed_in"]
        target = topics[number - 1].pk if number else None
        if topic.assessed_in_id != target:
            topic.assessed_in_id = target
            topic.save(update_fields=["assessed_in"])


def _parts_of(
    rows: Sequence[Values], topics: list[Topic], key: str
) -> list[dict[str, Any]]:
    return [
        part
        for row, topic in zip(rows, topics, strict=True)
        for part in placed(row[key], topic_id=topic.pk)
    ]


def _write_parts(
    version: CourseVersion,
    model: type[models.Model],
    names: tuple[str, ...],
    wanted: list[dict[str, Any]],
) -> None:
    known_by: tuple[tuple[str, ...], ...] = (
        ("topic_id", "title"),
        ("topic_id", "position"),
    )
    if "id_number" in names:
        known_by = (("id_number",), *known_by)
    listing: Listing[Any] = Listing(
        rows=model._default_manager.filter(topic__version=version),
        make=model,
        names=(*names, "topic_id", "position"),
        known_by=known_by,
    )
    write_rows(listing, wanted)
