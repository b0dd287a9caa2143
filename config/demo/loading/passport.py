"""A course of the demo as its authors would fill it, section by section."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from config.demo.loading.pictures import illustrate
from config.demo.loading.scene import CONTENT, Scene, picked, read_content
from courses.enums import MaterialKind
from courses.models import (
    CommunicationElement,
    ControlTask,
    CourseVersion,
    EducationalProgramme,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    Topic,
)
from courses.regulation.place import Section
from courses.services import (
    add_part,
    import_questions,
    open_course,
    save_attestation,
    save_section,
    save_texts,
)
from courses.services.materials import add_material
from courses.services.passport import SECTION_FIELDS

DECIMALS = ("credits", "weekly_hours", "hours", "points")


def open_filled(scene: Scene, row: dict[str, Any], *, opened: int) -> CourseVersion:
    """Open a course so many days ago and fill all that its row says."""
    texts = {text["language"]: text for text in row["texts"]}
    lead = scene.people[row["lead"]]
    version = open_course(
        unit=scene.units[row["unit"]],
        course_type=row["type"],
        title=texts[row["language"]]["title"],
        lead=lead,
        authors=[scene.people[key] for key in row["authors"]],
        language=row["language"],
        by=scene.staff,
        at=scene.days_ago(opened),
    )
    fill(version, row, lead=lead)
    if row["stage"] == "expertise":
        # Some team has its picture early: the expert finds it in the dossier.
        illustrate(version, row["key"], by=lead, at=scene.days_ago(opened - 10))
    if row["stage"] != "draft":
        declare(version, row["key"], lead=lead, at=scene.days_ago(opened - 10))
    if "bank" in row:
        import_questions(
            version=version,
            name=row["bank"],
            content=(CONTENT / row["bank"]).read_bytes(),
            topics=_categories(version, row),
            by=lead,
            at=scene.days_ago(opened - 20),
        )
    version.refresh_from_db()
    return version


def fill(version: CourseVersion, row: dict[str, Any], *, lead: User) -> None:
    """Fill every section of a passport but the question banks."""
    save_texts(
        version=version,
        texts={
            text["language"]: (text["title"], text.get("short_description", ""))
            for text in row["texts"]
        },
        by=lead,
    )
    for section, names in SECTION_FIELDS.items():
        values = _values(picked(row, names))
        if values:
            save_section(
                version=version, section=Section(section), values=values, by=lead
            )
    _add_parts(version, row, lead=lead)


def _add_parts(version: CourseVersion, row: dict[str, Any], *, lead: User) -> None:
    outcomes = [
        add_part(model=LearningOutcome, to=version, values={"text": text}, by=lead)
        for text in row.get("outcomes", [])
    ]
    for term in row.get("glossary", []):
        add_part(model=GlossaryTerm, to=version, values=term, by=lead)
    for topic_row in row.get("topics", []):
        chosen = [outcomes[number - 1] for number in topic_row.get("outcomes", [])]
        values = picked(topic_row, ("week", "title", "hours"))
        topic = add_part(
            model=Topic,
            to=version,
            values={**_values(values), "outcomes": chosen},
            by=lead,
        )
        for part in topic_row.get("longreads", []):
            add_part(model=Longread, to=topic, values=_values(part), by=lead)
        for part in topic_row.get("practicums", []):
            add_part(model=Practicum, to=topic, values=_values(part), by=lead)
        for part in topic_row.get("control_tasks", []):
            add_part(model=ControlTask, to=topic, values=_values(part), by=lead)
    if "final_attestation" in row:
        values = _values(row["final_attestation"])
        save_attestation(version=version, values=values, by=lead)


def declare(version: CourseVersion, key: str, *, lead: User, at: datetime) -> None:
    """Declare programmes, communication, the promo video and the texts of theory."""
    content = read_content("resources.toml")
    for model, name in (
        (EducationalProgramme, "programmes"),
        (CommunicationElement, "communication"),
    ):
        for values in content[name]:
            filled = {field: text.format(key=key) for field, text in values.items()}
            add_part(model=model, to=version, values=filled, by=lead)
    promo, theory = content["promo"], content["theory"]
    links: list[dict[str, Any]] = [
        {
            "kind": MaterialKind.PROMO_VIDEO,
            "title": promo["title"],
            "url": promo["url"].format(key=key),
            "declared_minutes": Decimal(promo["declared_minutes"]),
        }
    ]
    links += [
        {
            "kind": MaterialKind.TEXT,
            "topic": topic,
            "title": theory["title"].format(week=topic.week),
            "url": theory["url"].format(key=key, week=topic.week),
            "declared_pages": (topic.hours or 0) * Decimal(theory["pages_an_hour"]),
        }
        for topic in version.topics.filter(hours__isnull=False)
    ]
    for link in links:
        values = {**link, "declared_reason": content["reason"]}
        add_material(version=version, values=values, file=None, by=lead, at=at)


def _categories(version: CourseVersion, row: dict[str, Any]) -> dict[str, Topic | None]:
    topics = {topic.title: topic for topic in version.topics.all()}
    return {
        topic["category"]: topics[topic["title"]]
        for topic in row["topics"]
        if "category" in topic
    }


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value)
        if name in DECIMALS and isinstance(value, str)
        else _text(value)
        for name, value in row.items()
    }


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
