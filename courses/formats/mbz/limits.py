"""How much of a backup is taken in."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps of a backup, in members and bytes.

    Attributes:
        inflated_bytes: All members together, unpacked.
        ratio: Unpacked to packed, past the first `free_bytes`.
        xml_bytes: One parsed member.
        parsed_bytes: All parsed members together.
        held_bytes, held_nodes: XML held as a tree at a time.
        header_bytes: One read of a tar header or of a zip's directory.
        kept_bytes: Texts of questions, pages and terms that are kept.
        shown_bytes: Files that questions show, all together.
        copied_bytes: The same, in base64, once for each place that shows them.
    """

    members: int = 50_000
    inflated_bytes: int = 8 * 1024 * MEGABYTE
    ratio: int = 200
    free_bytes: int = 64 * MEGABYTE
    xml_bytes: int = 256 * MEGABYTE
    parsed_bytes: int = 512 * MEGABYTE
    held_bytes: int = 32 * MEGABYTE
    held_nodes: int = 600_000
    header_bytes: int = 8 * MEGABYTE
    kept_bytes: int = 64 * MEGABYTE
    shown_bytes: int = 24 * MEGABYTE
    copied_bytes: int = 128 * MEGABYTE
    sections: int = 1_000
    activities: int = 10_000
    questions: int = 50_000
    terms: int = 20_000


LIMITS = Limits()
