"""The structural check of a version: one function, for every place that asks."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.models import CourseVersion, RegulationEdition
from courses.regulation import engine
from courses.regulation.edition import EDITIONS, Edition, from_mapping, load_edition
from courses.regulation.finding import Finding, Gate
from courses.selectors.facts import facts_of, facts_of_many
from courses.wording import say

# What a row lacks, because the requirement is younger than the row, is taken from here.
SHIPPED = load_edition(EDITIONS / "minin-2022.toml").to_mapping()


def edition_of(row: RegulationEdition) -> Edition:
    """Return the edition that a row holds; numbers it lacks are the shipped ones.

    A row that is used never changes, and the portal learns new requirements.

    Raises:
        EditionError: the row was filled wrongly.
    """
    return from_mapping(
        {
            "code": row.code,
            "title": row.title,
            "in_force_from": row.in_force_from,
            "country": row.country,
            "thresholds": {**SHIPPED["thresholds"], **row.thresholds},
            "severities": row.severities,
            "switched_off": row.switched_off,
        }
    )


def check_version(
    version: CourseVersion, *, edition: RegulationEdition | None = None
) -> engine.Report:
    """Check a version by its own edition, or by another that is asked about.

    The panel, the gate before expertise, the dossier and the report all call this.
    """
    return engine.run(facts_of(version), edition_of(edition or version.edition))


def check_versions(versions: Sequence[CourseVersion]) -> dict[int, engine.Report]:
    """Check many versions, each by its own edition, in no more queries than one."""
    course_facts = facts_of_many(versions)
    editions = {version.edition_id: version.edition for version in versions}
    read = {key: edition_of(row) for key, row in editions.items()}
    return {
        version.pk: engine.run(course_facts[version.pk], read[version.edition_id])
        for version in versions
    }


def reasons_against_expertise(
    version: CourseVersion, report: engine.Report | None = None
) -> list[str]:
    """Return why a version may not go to expertise (MIN 5.4.2).

    A page that has checked it already gives its report.
    """
    report = report or check_version(version)
    return list(map(_in_words, report.blocks(Gate.EXPERTISE)))


def reasons_against_opening(version: CourseVersion) -> list[str]:
    """Return why a recommended version may not open yet, and what to do (MIN 5.4.8).

    What the gate before expertise asked is not asked again: the expert has decided.
    """
    return [
        f"{_in_words(finding)}. {say(finding.advice) if finding.advice else ''}".strip()
        for finding in left_before_opening(check_version(version))
    ]


def left_before_opening(report: engine.Report) -> tuple[Finding, ...]:
    """Return what stops a course at the gate of its opening and at none before it."""
    return report.of_gate(Gate.OPENING).blocks(Gate.OPENING)


def _in_words(finding: Finding) -> str:
    return _("%(clause)s: %(required)s. Found: %(found)s") % {
        "clause": finding.clause,
        "required": say(finding.required),
        "found": say(finding.found),
    }
