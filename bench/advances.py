"""Write courses/formats/advances.json: how wide letters are in the families of Debian.

python -m bench.advances [--check]

The fonts are those of Debian's packages fonts-liberation2, fonts-crosextra-carlito and
fonts-crosextra-caladea, drawn to be as wide as Times New Roman, Arial, Courier New,
Calibri and Cambria. The same fonts always give the same bytes.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

ADVANCES = Path(__file__).resolve().parents[1] / "courses" / "formats" / "advances.json"
FONTS = Path("/usr/share/fonts/truetype")
FAMILIES = {
    "serif": "liberation2/LiberationSerif",
    "sans": "liberation2/LiberationSans",
    "cambria": "crosextra/Caladea",
    "calibri": "crosextra/Carlito",
    "mono": "liberation2/LiberationMono",
}
WEIGHTS = {"regular": "Regular", "bold": "Bold"}
# Latin, Russian, Kazakh, Kyrgyz, and the signs that texts in them have.
LETTERS = "".join(
    chr(code)
    for first, last in (
        *((0x20, 0x7E), (0xA0, 0xFF), (0x400, 0x45F), (0x490, 0x4A3)),
        *((0x4AE, 0x4B1), (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E8, 0x4E9)),
        *((0x2013, 0x2014), (0x2018, 0x2019), (0x201C, 0x201E)),
        *((0x2022, 0x2022), (0x2026, 0x2026), (0x20AC, 0x20AC), (0x2116, 0x2116)),
    )
    for code in range(first, last + 1)
)


def widths_of(path: Path) -> dict[str, str]:
    """Return letters by their width in thousandths of the type's size."""
    with TTFont(path) as font:
        names, advances = font.getBestCmap(), font["hmtx"]
        units = font["head"].unitsPerEm
        letters: dict[int, str] = defaultdict(str)
        for letter in LETTERS:
            if name := names.get(ord(letter)):
                letters[round(advances[name][0] * 1000 / units)] += letter
    return {str(width): letters[width] for width in sorted(letters)}


def written() -> str:
    """Return the text of the file."""
    advances = {
        name: {
            weight: widths_of(FONTS / f"{family}-{style}.ttf")
            for weight, style in WEIGHTS.items()
        }
        for name, family in FAMILIES.items()
    }
    return json.dumps(advances, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the file, or tell whether it is as these fonts give it."""
    if "--check" in sys.argv:
        is_same = ADVANCES.read_text("utf-8") == written()
        print("as the fonts give it" if is_same else "differs from what the fonts give")
        raise SystemExit(not is_same)
    ADVANCES.write_text(written(), "utf-8")


if __name__ == "__main__":
    main()
