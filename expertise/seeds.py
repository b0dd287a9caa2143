"""Rows every installation has: the indicators and criteria of the expertise."""

import tomllib
from pathlib import Path

from expertise.models import Criterion, Indicator

CRITERIA = Path(__file__).resolve().parent / "criteria" / "minin-2022.toml"


def seed_criteria() -> None:
    """Make the default criteria (MIN 5.4.3), and those that a newer portal brought.

    Rows are known by their codes: what is there stays as the staff left it, its words,
    its place and whether it is in use.
    """
    document = tomllib.loads(CRITERIA.read_text(encoding="utf-8"))
    kept = set(Criterion.objects.values_list("code", flat=True))
    for position, group in enumerate(document["indicators"], start=1):
        rows = list(enumerate(group.pop("criteria"), start=1))
        missing = [(number, row) for number, row in rows if row["code"] not in kept]
        if missing:
            indicator, _is_new = Indicator.objects.get_or_create(
                code=group.pop("code"), defaults={"position": position, **group}
            )
            Criterion.objects.bulk_create(
                Criterion(indicator=indicator, position=number, **row)
                for number, row in missing
            )
