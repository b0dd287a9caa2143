"""The structural check of a version: one function, for every place that asks."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.models import CourseVersion, RegulationEdition
from courses.regulation import engine
from courses.regulation.edition import EDITIONS, Edition, from_mapping, load_edition
from courses.regulation.finding import Gate
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


def reasons_against(version: CourseVersion, gate: Gate) -> list[str]:
    """Return why a version may not pass a gate, in words; empty when it may."""
    report = check_version(version)
    return [
        _("%(clause)s: %(required)s. Found: %(found)s")
        % {
            "clause": finding.clause,
            "required": say(finding.required),
            "found": say(finding.found),
        }
        for finding in report.blocks(gate)
    ]


def reasons_against_expertise(version: CourseVersion) -> list[str]:
    """Return why a version may not go to expertise (MIN 5.4.2)."""
    return reasons_against(version, Gate.EXPERTISE)
