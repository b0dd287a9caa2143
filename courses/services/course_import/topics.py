"""Topics of an import, their longreads and control tasks; the final attestation."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.formats.mbz.diff import Line
from courses.formats.mbz.plan import Item, Target
from courses.models import (
    ControlTask,
    CourseVersion,
    FinalAttestation,
    Longread,
    Topic,
)
from courses.selectors.pages import pages_of_body

POINTS = "points"


@dataclass(slots=True)
class Topics:
    """The topic of each section of the backup; `implied` were made for what they hold."""

    version: CourseVersion
    by_key: dict[str, Topic] = field(default_factory=dict)
    implied: int = 0

    def of(self, item: Item) -> Topic | None:
        """Return the topic of an item; None for the whole course."""
        return self.by_key.get(item.topic_key)


def items_of(lines: Iterable[Line]) -> Iterator[tuple[Item, int]]:
    """Return the items of lines, each with the row that it changes, 0 for a new one."""
    for line in lines:
        if line.item is not None:
            yield line.item, line.existing.id if line.existing is not None else 0


def write_topics(
    version: CourseVersion, lines: Sequence[Line], chosen: Sequence[Line]
) -> Topics:
    """Make and change the topics that were ticked, and those that hold what was."""
    there = {topic.pk: topic for topic in version.topics.all()}
    topics = Topics(version)
    wanted = {line.item.topic_key for line in chosen if line.item is not None}
    ticked = {line.key for line in chosen}
    made: list[Topic] = []
    for line in lines:
        item = line.item
        if item is None or item.target is not Target.TOPIC:
            continue
        topic = there.get(line.existing.id) if line.existing is not None else None
        if topic is None and item.key in ticked | wanted:
            topic = Topic(version=version)
            topics.implied += item.key not in ticked
            made.append(topic)
        if topic is None:
            continue
        if topic.pk not in there or item.key in ticked:
            _fill_topic(topic, item)
        topics.by_key[item.key] = topic
    _place(made, there.values())
    Topic.objects.bulk_update(there.values(), ["week", "title", "id_number"])
    Topic.objects.bulk_create(made)
    return topics


def _fill_topic(topic: Topic, item: Item) -> None:
    topic.week = item.values["week"]
    topic.title = item.values["title"] or topic.title or _week_title(topic)
    topic.id_number = item.id_number or topic.id_number


def _week_title(topic: Topic) -> str:
    """Return a title in the language of the course, where Moodle has only a number."""
    with override(topic.version.language):
        return _("Week %(number)s") % {"number": topic.week}


def _place(made: Iterable[Topic], there: Iterable[Topic]) -> None:
    """Put new topics after those of their weeks."""
    last: Counter[int] = Counter()
    for topic in there:
        last[topic.week] = max(last[topic.week], topic.position)
    for topic in made:
        last[topic.week] += 1
        topic.position = last[topic.week]


def write_longreads(topics: Topics, lines: Sequence[Line]) -> None:
    """Make and change longreads; their pages are counted in the edition's format."""
    rows = {
        row.pk: row for row in Longread.objects.filter(topic__version=topics.version)
    }
    written = []
    for item, pk in items_of(lines):
        row = rows.get(pk) or Longread(topic=_topic(topics, item))
        row.topic = topics.of(item) or row.topic
        row.title = item.values["title"]
        row.body = item.values["body"]
        row.id_number = item.id_number or row.id_number
        row.pages = pages_of_body(row.body, topics.version)
        written.append(row)
    save_all(Longread, written, there=rows.values(), owner="topic_id")


def write_tasks(topics: Topics, lines: Sequence[Line]) -> None:
    """Make and change control tasks: only the fields that the backup tells."""
    rows = {
        row.pk: row for row in ControlTask.objects.filter(topic__version=topics.version)
    }
    written = []
    for item, pk in items_of(lines):
        row = rows.get(pk) or ControlTask(topic=_topic(topics, item))
        row.topic = topics.of(item) or row.topic
        _fill_assessment(row, item)
        written.append(row)
    save_all(ControlTask, written, there=rows.values(), owner="topic_id")


def write_attestation(version: CourseVersion, lines: Sequence[Line]) -> None:
    """Make or change the final attestation."""
    for item, _pk in items_of(lines):
        row = FinalAttestation.objects.filter(version=version).first()
        row = row or FinalAttestation(version=version)
        _fill_assessment(row, item)
        row.save()


def _fill_assessment(row: ControlTask | FinalAttestation, item: Item) -> None:
    for name, value in item.values.items():
        setattr(row, name, Decimal(value) if name == POINTS else value)
    row.id_number = item.id_number or row.id_number


def _topic(topics: Topics, item: Item) -> Topic:
    topic = topics.of(item)
    assert topic is not None  # noqa: S101 - the plan puts these under topics only
    return topic


def save_all(
    model: type[models.Model], rows: Sequence[Any], *, there: Iterable[Any], owner: str
) -> None:
    """Save changed rows, and new ones after those of the same owner."""
    last: Counter[Any] = Counter()
    known = set()
    for row in there:
        known.add(row.pk)
        key = getattr(row, owner)
        last[key] = max(last[key], row.position)
    made = [row for row in rows if row.pk not in known]
    for row in made:
        key = getattr(row, owner)
        last[key] += 1
        row.position = last[key]
    names = [
        column.name for column in model._meta.concrete_fields if not column.primary_key
    ]
    changed = [row for row in rows if row.pk in known]
    model._default_manager.bulk_update(changed, names, batch_size=200)
    model._default_manager.bulk_create(made, batch_size=500)
