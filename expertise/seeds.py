"""Rows every installation has: the indicators and criteria of the expertise."""

import tomllib
from pathlib import Path

from expertise.models import Criterion, Indicator

CRITERIA = Path(__file__).resolve().parent / "criteria" / "minin-2022.toml"


def seed_criteria() -> None:
    """Make the default criteria (MIN 5.4.3); rows that are there stay as they are."""
    if Indicator.objects.exists():
        return
    document = tomllib.loads(CRITERIA.read_text(encoding="utf-8"))
    for position, group in enumerate(document["indicators"], start=1):
        rows = group.pop("criteria")
        indicator = Indicator.objects.create(position=position, **group)
        Criterion.objects.bulk_create(
            Criterion(indicator=indicator, position=number, **row)
            for number, row in enumerate(rows, start=1)
        )
