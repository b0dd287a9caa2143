"""Twelve courses on their ways, one at each stage."""

from typing import Any

from config.demo.loading.passport import open_filled
from config.demo.loading.pictures import illustrate
from config.demo.loading.samples import document_pdf
from config.demo.loading.scene import PASSWORD, Scene, read_content
from core.uploads import FileKind, check_content
from courses.models import CourseVersion
from expertise.enums import Mark, RemarkState, VerdictKind
from expertise.models import Criterion, Expertise
from expertise.services import (
    answer_remark,
    appoint_expert,
    default_due_on,
    rate_criteria,
    request_expertise,
    sign_verdict,
    write_remark,
)
from registry.enums import DocumentKind
from registry.services import open_entry, receive_document, suspend_entry

# How many days ago each course was asked to be examined; the rest of its way follows.
REQUESTED_DAYS_AGO = {
    "statistics": 260,
    "academic-russian": 150,
    "hydroecology": 140,
    "profession": 60,
    "time": 45,
    "feedback": 30,
    "kazakh": 16,
    "river": 8,
    "python-teacher": 1,
}
REVIEW_DAYS = 7
POSITIVE = (
    "Курс отвечает требованиям положения. Содержание согласовано с результатами "
    "обучения, задания посильны и проверяемы."
)


def load(scene: Scene) -> None:
    """Open, fill and lead every course as far as its row says."""
    content = read_content("courses.toml")
    rows = [read_content("whole_course.toml")] + [
        _with_defaults(row, content["defaults"]) for row in content["courses"]
    ]
    rows.sort(key=lambda row: -REQUESTED_DAYS_AGO.get(row["key"], 0))
    for row in rows:
        requested = REQUESTED_DAYS_AGO.get(row["key"], 0)
        version = open_filled(scene, row, opened=requested + 50)
        scene.versions[row["key"]] = version
        if row["stage"] != "draft":
            _examine(scene, row, version, requested)


def _with_defaults(row: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    course = {
        name: value.replace("{key}", row["key"]) if isinstance(value, str) else value
        for name, value in defaults["course"].items()
    }
    topics = [
        {
            **topic,
            "control_tasks": [
                {**defaults["control_task"], **task}
                for task in topic.get("control_tasks", [])
            ],
        }
        for topic in row.get("topics", [])
    ]
    merged = {**course, **row, "topics": topics}
    if "final_attestation" in row:
        merged["final_attestation"] = {
            **defaults["final_attestation"],
            **row["final_attestation"],
        }
    return merged


def _examine(
    scene: Scene, row: dict[str, Any], version: CourseVersion, requested: int
) -> None:
    lead = scene.people[row["lead"]]
    expertise = request_expertise(
        version=version, by=lead, at=scene.days_ago(requested)
    )
    if row.get("expertise_state") == "requested":
        return
    appointed = scene.days_ago(requested - 1)
    appoint_expert(
        expertise=expertise,
        expert=scene.people[row["expert"]],
        due_on=default_due_on(appointed),
        by=scene.staff,
        at=appointed,
    )
    if row.get("expertise_state") == "review":
        _begin_review(expertise)
        return
    _conclude(scene, row, expertise, requested - 1 - REVIEW_DAYS)
    if row["stage"] == "recommended":
        _admit(scene, row, version, requested - 2 - REVIEW_DAYS)


def _begin_review(expertise: Expertise) -> None:
    """Leave a review half done: the first indicators rated."""
    begun = list(Criterion.objects.all()[:8])
    rate_criteria(
        expertise=expertise,
        marks=dict.fromkeys(begun, (Mark.MET, "")),
        by=_expert(expertise),
    )


def _conclude(
    scene: Scene, row: dict[str, Any], expertise: Expertise, days_ago: int
) -> None:
    at = scene.days_ago(days_ago)
    expert = _expert(expertise)
    kind = {
        "recommended": VerdictKind.RECOMMENDED,
        "rework": VerdictKind.REWORK,
        "rejected": VerdictKind.REJECTED,
    }[row["stage"]]
    review = (
        read_content("expertise.toml")["rework"] if row["stage"] == "rework" else {}
    )
    _rate(expertise, review.get("marks", {}))
    for remark in review.get("remarks", []):
        write_remark(
            expertise=expertise,
            text=remark["text"],
            section=remark["section"],
            by=expert,
            at=at,
        )
    sign_verdict(
        expertise=expertise,
        kind=kind,
        conclusion=row.get("verdict_reason") or review.get("conclusion") or POSITIVE,
        password=PASSWORD,
        by=expert,
        at=at,
    )
    _answer_remarks(scene, expertise, review.get("remarks", []), days_ago)


def _rate(expertise: Expertise, marks: dict[str, dict[str, str]]) -> None:
    """Rate every criterion; what the content does not name is met."""
    met = {"mark": Mark.MET, "comment": ""}
    chosen = {
        criterion: marks.get(criterion.code, met)
        for criterion in Criterion.objects.all()
    }
    rate_criteria(
        expertise=expertise,
        marks={
            criterion: (Mark(row["mark"]), row["comment"])
            for criterion, row in chosen.items()
        },
        by=_expert(expertise),
    )


def _answer_remarks(
    scene: Scene, expertise: Expertise, rows: list[dict[str, Any]], days_ago: int
) -> None:
    lead = expertise.version.authorships.get(is_lead=True).user
    for remark, row in zip(expertise.remarks.order_by("pk"), rows, strict=False):
        if row["state"] != RemarkState.OPEN:
            answer_remark(
                remark=remark,
                answer=row["answer"],
                by=lead,
                at=scene.days_ago(days_ago - 6),
            )


def _admit(
    scene: Scene, row: dict[str, Any], version: CourseVersion, days_ago: int
) -> None:
    entry = version.register_entry
    at = scene.days_ago(days_ago)
    is_waiting = row["entry_state"] == "documents"
    kinds = list(DocumentKind)[: 2 if is_waiting else None]
    for kind in kinds:
        content = document_pdf(str(kind.label), version.title)
        file = check_content(content, name=f"{kind.value}.pdf", allowed={FileKind.PDF})
        receive_document(entry=entry, kind=kind, file=file, by=scene.staff, at=at)
    if is_waiting:
        return
    illustrate(version, row["key"], by=scene.people[row["lead"]], at=at)
    open_entry(entry=entry, by=scene.staff, at=at)
    if row["entry_state"] == "suspended":
        suspend_entry(
            entry=entry,
            by=scene.staff,
            at=scene.days_ago(20),
            comment=row["suspended_reason"],
        )


def _expert(expertise: Expertise) -> Any:
    expertise.refresh_from_db()
    return expertise.expert
