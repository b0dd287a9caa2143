"""The style sheets of the pages, joined so that a page asks for one file."""

import re
from collections.abc import Iterator
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANK = re.compile(r"\s*\n\s*")
# Comes first: it declares the order of the layers, so that the others may come in any.
TOKENS = "tokens.css"
ADMIN = ("admin.css", "admin_desk.css")
ADMIN_NEEDS = (TOKENS, "fonts.css", "badge.css", *ADMIN)


def build_styles(source: Path, folder: Path) -> Iterator[Path]:
    """Write the sheet of the pages and that of the admin site; yield each."""
    names = sorted(path.name for path in source.glob("*.css"))
    others = [name for name in names if name not in {TOKENS, *ADMIN}]
    bundles = {"portal.css": (TOKENS, *others), "portal-admin.css": ADMIN_NEEDS}
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in bundles.items():
        text = "\n".join((source / part).read_text() for part in parts)
        path = folder / name
        path.write_text(BLANK.sub("\n", COMMENT.sub("", text)).lstrip())
        yield path
