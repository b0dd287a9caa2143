"""A month in an address: 2026-11."""

from datetime import date


class MonthConverter:
    """Turns 2026-11 into its first day; what is no month is no address."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Return the first day of the month."""
        return date(int(value[:4]), int(value[5:]), 1)

    def to_url(self, value: date) -> str:
        """Return the month as it stands in an address."""
        return f"{value:%Y-%m}"
