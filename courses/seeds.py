"""Rows every installation has: the editions of the regulation that ship."""

from courses.models import RegulationEdition
from courses.regulation.edition import EDITIONS, load_edition


def seed_editions() -> None:
    """Make a row of each edition that ships; a row that is there stays as it is."""
    for path in sorted(EDITIONS.glob("*.toml")):
        row = load_edition(path).to_mapping()
        RegulationEdition.objects.get_or_create(code=row.pop("code"), defaults=row)
