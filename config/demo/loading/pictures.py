"""Illustrations of the demo's courses: geometry in the brand's colours, made by code."""

import colorsys
import random
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageColor, ImageDraw

import courses.tasks.materials  # noqa: F401 (tells how a file is measured)
from accounts.models import User
from core.enums import Lane
from core.jobs import run_due
from courses.enums import MaterialKind
from courses.forms.materials import check_file
from courses.material_kinds import KINDS
from courses.models import CourseVersion
from courses.services.materials import add_material, store_file

COLUMNS, ROWS = 8, 4
TILE = 120
# Drawn twice as large and made smaller: round edges come out smooth.
FINE = 2
# What the portal wears where no colour of a university is set.
OWN_COLOUR = "#23457f"
# Quarters of a circle round each corner of a tile, by where the corner is.
CORNERS = {"nw": (0, 0), "ne": (1, 0), "sw": (0, 1), "se": (1, 1)}
SHAPES = (*CORNERS, *CORNERS, "disc", "half")

Colour = tuple[int, int, int]


def illustrate(version: CourseVersion, key: str, *, by: User, at: datetime) -> None:
    """Add an illustration as an author would, and let the portal's own job measure it."""
    upload = SimpleUploadedFile(f"{key}.png", picture(key))
    kind = MaterialKind.ILLUSTRATION
    add_material(
        version=version,
        values={"kind": kind, "title": f"Обложка: {version.title}"[:250]},
        file=store_file(check_file(upload, KINDS[kind])),
        by=by,
        at=at,
    )
    run_due(Lane.HEAVY, clock=lambda: at)


def picture(key: str) -> bytes:
    """Return a PNG of tiles; the same key gives the same picture."""
    chance = random.Random(key)  # noqa: S311 (a pattern, no secret)
    side = TILE * FINE
    size = (COLUMNS * side, ROWS * side)
    colours = _palette(settings.BRAND_COLOUR or OWN_COLOUR)
    image = Image.new("RGB", size)
    for column in range(COLUMNS):
        for row in range(ROWS):
            ground, figure = chance.sample(colours, 2)
            tile = _tile(side, ground, figure, chance.choice(SHAPES))
            image.paste(tile, (column * side, row * side))
    stream = BytesIO()
    image.resize((COLUMNS * TILE, ROWS * TILE)).quantize(64).save(stream, "PNG")
    return stream.getvalue()


def _palette(brand: str) -> list[Colour]:
    """Return shades of the brand's colour and one warm tone across from it."""
    red, green, blue = (part / 255 for part in ImageColor.getrgb(brand)[:3])
    hue, _light, depth = colorsys.rgb_to_hls(red, green, blue)
    shades = [(hue, light, depth) for light in (0.92, 0.78, 0.52, 0.32, 0.2)]
    warm = ((hue + 0.47) % 1, 0.62, 0.7)
    return [
        tuple(round(part * 255) for part in colorsys.hls_to_rgb(*shade))  # type: ignore[misc]  # three parts each
        for shade in (*shades, warm)
    ]


def _tile(side: int, ground: Colour, figure: Colour, shape: str) -> Image.Image:
    """Draw one square; what reaches past its edge is cut off."""
    tile = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(tile)
    if shape == "disc":
        draw.circle((side / 2, side / 2), side / 3, fill=figure)
    elif shape == "half":
        draw.polygon(((0, side), (side, 0), (side, side)), fill=figure)
    else:
        x, y = CORNERS[shape]
        draw.circle((x * side, y * side), side, fill=figure)
    return tile
