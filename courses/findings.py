"""Findings as a page shows them: lines in words, grouped, each a link to its field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from courses.places import (
    PAGE_OF_SECTION,
    PAGES,
    PassportPage,
    url_before_opening,
    url_of,
)
from courses.regulation.catalogue import BY_CODE
from courses.regulation.engine import Report
from courses.regulation.finding import Finding, Gate, Outcome, Severity, Source
from courses.regulation.place import Place
from courses.regulation.presence import EMPTY
from courses.regulation.requirement import Block
from courses.regulation.texts import Number
from courses.selectors.check_changes import CheckChanges
from courses.wording import say

BLOCK_TITLES = {
    Block.INTRODUCTION: _("Introduction"),
    Block.LEARNING: _("Topics"),
    Block.ATTESTATION: _("Final attestation"),
    Block.COMPONENTS: _("Components of the course"),
    Block.SHOWCASE: _("Showcase"),
}
# So many lines of a block stand beside a form; its own page has them all.
PANEL_LINES = 20
HERE_TITLE = _("On this page")
# What the opening alone asks stands together, whichever block it is of.
TITLES = {**BLOCK_TITLES, Block.SHOWCASE: _("Before opening")}
OPENING_NOTE = _("Asked after the verdict, when the course is to open (MIN 5.4.8).")
OUTCOME_WORDS = {
    Outcome.PASSED: _("met"),
    Outcome.FAILED: _("not met"),
    Outcome.CANNOT_TELL: _("cannot be told"),
    Outcome.NOT_APPLICABLE: _("does not apply"),
}
SEVERITY_WORDS = {
    Severity.MANDATORY: _("mandatory"),
    Severity.RECOMMENDED: _("recommended"),
    Severity.OPTIONAL: _("binding if present"),
}
SOURCE_WORDS = {
    Source.MEASURED: _("measured"),
    Source.DECLARED: _("declared by the authors"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding in words, as `components/finding.html` draws it."""

    tone: str
    text: str
    url: str
    where: str
    clause: str
    more: str
    found: str
    advice: str
    outcome: str
    severity: str
    is_binding: bool
    source: str
    have: Number | None
    want: Number | None


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading; `done` of `total` binding ones are met.

    `unseen` counts those that a panel has no room for; `note` says when they are asked
    where that is not before expertise.
    """

    title: str
    done: int
    total: int
    is_open: bool
    lines: list[Line]
    unseen: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """How many findings turned since a check that was kept."""

    at: datetime
    mended: int
    broken: int


@dataclass(frozen=True, slots=True)
class Panel:
    """What `components/findings.html` draws; `left` stop the way to expertise.

    `done` of `total` binding findings are met before expertise; `unmet` are those to be
    mended, `advice` recommendations not followed. The last group of `groups` is what is
    asked before the opening alone: it counts in its own heading.
    """

    done: int
    total: int
    left: int
    unmet: int
    advice: int
    groups: list[Group] = field(default_factory=list)
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class PageProgress:
    """How far a page of the passport is: `done` of `total` binding findings.

    `later` are not met and asked before the opening, not before expertise.
    """

    page: PassportPage
    done: int
    total: int
    warnings: int
    later: int = 0

    @property
    def left(self) -> int:
        """How many are not met yet."""
        return self.total - self.done


def panel_of(
    report: Report,
    version_id: int,
    *,
    is_here: Callable[[Place], bool] | None = None,
    changes: CheckChanges | None = None,
    is_decided: bool = False,
) -> Panel:
    """Return the panel beside a form: all of this page, elsewhere what is not met.

    `is_here` tells whether a place is on the page that the panel stands beside;
    `changes` what turned since the check that was kept last; `is_decided` that the
    course has its verdict and what the opening asks is due now.
    """
    here = [
        finding
        for finding in report.findings
        if is_here is not None and finding.place is not None and is_here(finding.place)
    ]
    line = partial(line_of, version_id=version_id, is_decided=is_decided)
    groups = [_group(str(HERE_TITLE), here, map(line, here))] if here else []
    shown = set(map(id, here))
    for block, findings in _by_block(report.findings).items():
        unmet = [
            finding
            for finding in findings
            if is_unmet(finding) and id(finding) not in shown
        ]
        # What stops comes first: recommendations may wait for the whole report.
        unmet.sort(key=lambda finding: not finding.is_blocking)
        group = _block_group(block, findings, map(line, unmet[:PANEL_LINES]))
        unseen = max(0, len(unmet) - PANEL_LINES)
        groups.append(replace(group, is_open=bool(unmet), unseen=unseen))
    return _panel(report, groups, changes)


def whole_report(report: Report, version_id: int, *, is_decided: bool = False) -> Panel:
    """Return every finding of a report, block by block, for its own page."""
    line = partial(line_of, version_id=version_id, is_decided=is_decided)
    return _panel(
        report,
        [
            _block_group(block, findings, map(line, findings))
            for block, findings in _by_block(report.findings).items()
        ],
    )


def opening_group(report: Report, version_id: int) -> Group:
    """Return what is asked of a decided course before it opens (MIN 5.4.8)."""
    return whole_report(
        report.of_gate(Gate.OPENING), version_id, is_decided=True
    ).groups[-1]


def progress_by_page(report: Report) -> list[PageProgress]:
    """Return how far each page of the passport is, in the order of the pages."""
    return [
        _progress(
            page,
            [
                finding
                for finding in report.findings
                if finding.place is not None and finding.place.section in page.sections
            ],
        )
        for page in PAGES
    ]


def is_unmet(finding: Finding) -> bool:
    """Tell whether there is something to mend, be it binding or recommended."""
    return finding.outcome in {Outcome.FAILED, Outcome.CANNOT_TELL}


def line_of(finding: Finding, version_id: int, *, is_decided: bool = False) -> Line:
    """Return a finding in words, with the address of the field that mends it.

    What the opening asks is mended on a page of its own once the course `is_decided`.
    """
    counter = finding.counter
    found = capfirst(say(finding.found))
    advice = say(finding.advice) if finding.advice else ""
    return Line(
        tone=_tone(finding, is_decided=is_decided),
        text=capfirst(say(finding.required)),
        url=_url(finding, version_id, is_decided=is_decided),
        where=_where(finding.place),
        clause=finding.clause,
        more="" if counter or not _has_more_to_say(finding) else found,
        found=found,
        advice=advice,
        outcome=str(OUTCOME_WORDS[finding.outcome]),
        severity=str(SEVERITY_WORDS[finding.severity]),
        is_binding=finding.is_binding,
        source=str(SOURCE_WORDS[finding.source]),
        have=counter.have if counter else None,
        want=counter.want if counter else None,
    )


def _url(finding: Finding, version_id: int, *, is_decided: bool) -> str:
    if finding.place is None:
        return ""
    is_due = is_decided and finding.gate is Gate.OPENING
    find = url_before_opening if is_due else url_of
    return find(finding.place, version_id)


def _where(place: Place | None) -> str:
    page = PAGE_OF_SECTION.get(place.section) if place else None
    return str(page.title) if page else ""


def _has_more_to_say(finding: Finding) -> bool:
    """Tell whether what was found says more than the mark before the line."""
    return is_unmet(finding) and finding.found != EMPTY


def _by_block(findings: Iterable[Finding]) -> dict[Block, list[Finding]]:
    blocks: dict[Block, list[Finding]] = {block: [] for block in TITLES}
    for finding in findings:
        is_later = finding.gate is Gate.OPENING
        block = Block.SHOWCASE if is_later else BY_CODE[finding.code].block
        blocks[block].append(finding)
    return blocks


def _block_group(block: Block, findings: list[Finding], lines: Iterable[Line]) -> Group:
    note = str(OPENING_NOTE) if block is Block.SHOWCASE else ""
    return replace(_group(str(TITLES[block]), findings, lines), note=note)


def _group(title: str, findings: list[Finding], lines: Iterable[Line]) -> Group:
    binding = [finding for finding in findings if finding.is_binding]
    done = sum(finding.outcome is Outcome.PASSED for finding in binding)
    return Group(
        title=title,
        done=done,
        total=len(binding),
        is_open=any(map(is_unmet, findings)),
        lines=list(lines),
    )


def _panel(
    report: Report, groups: list[Group], changes: CheckChanges | None = None
) -> Panel:
    progress = report.of_gate(Gate.EXPERTISE).progress()
    return Panel(
        done=int(progress.have),
        total=int(progress.want),
        left=len(report.blocks(Gate.EXPERTISE)),
        unmet=sum(finding.is_blocking for finding in report.findings),
        advice=sum(
            is_unmet(finding) and not finding.is_binding for finding in report.findings
        ),
        groups=groups,
        since=_since(changes) if changes else None,
    )


def _since(changes: CheckChanges) -> Since:
    return Since(changes.check.at, len(changes.mended), len(changes.broken))


def _progress(page: PassportPage, findings: list[Finding]) -> PageProgress:
    binding = [
        finding
        for finding in findings
        if finding.is_binding and finding.gate is Gate.EXPERTISE
    ]
    return PageProgress(
        page=page,
        done=sum(finding.outcome is Outcome.PASSED for finding in binding),
        total=len(binding),
        warnings=sum(
            is_unmet(finding) and not finding.is_binding for finding in findings
        ),
        later=sum(
            finding.is_blocking and finding.gate is Gate.OPENING for finding in findings
        ),
    )


def _tone(finding: Finding, *, is_decided: bool) -> str:
    if finding.is_blocking:
        return "stop" if is_decided or finding.gate is Gate.EXPERTISE else "warn"
    if is_unmet(finding):
        return "warn"
    return "ok" if finding.outcome is Outcome.PASSED else "neutral"
