"""The number of a certificate in an address."""


class NumberConverter:
    """Reads 123 and 000123; what no register can hold is no address."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the number as it stands in an address."""
        return str(value)
