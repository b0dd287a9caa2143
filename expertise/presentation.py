"""What the pages of a round have in common: its tabs, its one action, its deadline."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.findings import Group, whole_report
from courses.models import Check
from courses.regulation.engine import Report
from expertise.enums import OPEN_STATES, ExpertiseState, Mark, RemarkState
from expertise.models import Expertise, Remark
from expertise.places import place_titles, place_url
from expertise.selectors import count_rated, rating_sheet

MARK_TONES = {
    Mark.MET: "ok",
    Mark.PARTLY: "warn",
    Mark.NOT_MET: "stop",
    Mark.NOT_APPLICABLE: "neutral",
}
# What is owed is shown as such: an open remark is not an open course.
REMARK_TONES = {
    RemarkState.OPEN: "warn",
    RemarkState.ANSWERED: "info",
    RemarkState.ACCEPTED: "ok",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a round."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark with its place in words and what the reader may do about it."""

    remark: Remark
    tone: str
    place: str
    place_url: str
    may_answer: bool
    may_accept: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A criterion with its mark, as a verdict or a page shows it."""

    clause: str
    text: str
    tone: str
    mark: str
    comment: str


def expertise_url(name: str, expertise: Expertise) -> str:
    """Return the address of a page of a round."""
    return reverse(f"expertise:{name}", args=[expertise.pk])


def is_expert_at_work(expertise: Expertise, user: User) -> bool:
    """Tell whether the reader is the expert who is still to conclude the round."""
    return expertise.state == ExpertiseState.REVIEW and user.has_perm(
        "expertise.review", expertise
    )


def frame_of(expertise: Expertise, user: User, current: str) -> dict[str, Any]:
    """Return the context that every page of a round shares."""
    return {
        "expertise": expertise,
        "version": expertise.version,
        "breadcrumbs": [
            {"label": _("Expertise"), "url": reverse("expertise:expertise_list")}
        ],
        "tabs": tabs_of(expertise, user, current),
        "is_expert": is_expert_at_work(expertise, user),
    }


def tabs_of(expertise: Expertise, user: User, current: str) -> list[Tab]:
    """Return the pages of a round that a person may open."""
    is_at_work = is_expert_at_work(expertise, user)
    named = [(_("Dossier"), "expertise_detail")]
    if user.has_perm("expertise.read_review", expertise):
        named.append((_("Rating"), "rating_edit"))
    named.append((_("Remarks"), "remark_list"))
    if expertise.state == ExpertiseState.CONCLUDED:
        named.append((_("Verdict"), "verdict_detail"))
    elif is_at_work:
        named.append((_("Verdict"), "verdict_write"))
    return [
        Tab(label, expertise_url(name, expertise), name == current)
        for label, name in named
    ]


def main_action(expertise: Expertise, user: User) -> dict[str, str] | None:
    """Return the one thing that a person is to do with a round next."""
    if is_expert_at_work(expertise, user):
        rated, total = count_rated(rating_sheet(expertise))
        if rated < total:
            return _action(_("Rate the criteria"), "rating_edit", expertise)
        return _action(_("Write the verdict"), "verdict_write", expertise)
    if expertise.state == ExpertiseState.REQUESTED and user.has_perm(
        "expertise.appoint_expert", expertise
    ):
        return _action(_("Appoint the expert"), "expertise_appoint", expertise)
    if user.has_perm("expertise.answer_remark", expertise) and has_open_remarks(
        expertise
    ):
        return _action(_("Answer the remarks"), "remark_list", expertise)
    return None


def has_open_remarks(expertise: Expertise) -> bool:
    """Tell whether the authors owe answers to a concluded round."""
    return (
        expertise.state == ExpertiseState.CONCLUDED
        and expertise.remarks.filter(state=RemarkState.OPEN).exists()
    )


def facts_by_block(check: Check) -> list[Group]:
    """Return the findings frozen with the dossier, with what was measured in words."""
    report = whole_report(Report.from_dict(check.findings), check.version_id)
    return [
        replace(
            group,
            lines=[
                replace(line, url="", more="" if line.want else line.found)
                for line in group.lines
            ],
        )
        for group in report.groups
    ]


def remark_lines(remarks: Iterable[Remark], user: User) -> list[RemarkLine]:
    """Return remarks with what the reader may do about each."""
    remarks = list(remarks)
    places = place_titles(remarks)
    return [
        RemarkLine(
            remark=remark,
            tone=REMARK_TONES[RemarkState(remark.state)],
            place=places[remark.pk],
            place_url=place_url(remark, remark.expertise.version_id),
            may_answer=remark.state != RemarkState.ACCEPTED
            and user.has_perm("expertise.answer_remark", remark),
            may_accept=remark.state == RemarkState.ANSWERED
            and user.has_perm("expertise.accept_remark", remark),
            may_withdraw=remark.expertise.state in OPEN_STATES
            and user.has_perm("expertise.review", remark.expertise),
        )
        for remark in remarks
    ]


def marked_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the marks of a document that is signed, by indicator."""
    groups: dict[str, list[MarkedRow]] = {}
    for row in document["ratings"]:
        mark = Mark(row["mark"])
        groups.setdefault(row["indicator"], []).append(
            MarkedRow(
                row["clause"],
                row["criterion"],
                MARK_TONES[mark],
                str(mark.label),
                row["comment"],
            )
        )
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def _action(label: str, name: str, expertise: Expertise) -> dict[str, str]:
    return {"label": label, "url": expertise_url(name, expertise)}
