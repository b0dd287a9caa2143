"""Fonts and style sheets, as they reach a browser."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from fontTools.ttLib import TTFont

from core.fonts import FACES, SCRIPTS, build_fonts
from core.management.commands import build_fonts as build_fonts_command
from core.management.commands import build_styles as build_styles_command
from core.styles import build_styles

STATIC = settings.BASE_DIR / "static"
OURS_KILOBYTES = 15
FIRST_VISIT_FONTS_KILOBYTES = 60


@pytest.fixture(scope="module")
def fonts(tmp_path_factory) -> list[Path]:
    return list(build_fonts(tmp_path_factory.mktemp("fonts")))


def test_every_face_is_cut_by_script(fonts):
    assert len(fonts) == len(FACES) * len(SCRIPTS)


def test_font_has_every_letter_of_the_four_languages_and_the_signs(fonts):
    regular = [path for path in fonts if "-regular-" in path.name]
    letters = set().union(*(TTFont(path).getBestCmap() for path in regular))
    wanted = "АЯаяЁёӘәҒғҚқҢңӨөҰұҮүҺһІі№₸₽→✓☐☑«»—–−…  AZaz09"
    assert [letter for letter in wanted if ord(letter) not in letters] == []


def test_weight_is_fixed_in_each_file(fonts):
    for path in fonts:
        assert "fvar" not in TTFont(path), path.name
    semibold = next(path for path in fonts if "semibold-latin" in path.name)
    assert TTFont(semibold)["OS/2"].usWeightClass == 600


def test_two_weights_in_both_scripts_are_light(fonts):
    first = [path for path in fonts if "italic" not in path.name]
    size = sum(path.stat().st_size for path in first)
    assert size <= FIRST_VISIT_FONTS_KILOBYTES * 1000


def test_bundle_holds_every_part_in_order_and_no_comment(tmp_path):
    pages, admin = build_styles(STATIC / "css", tmp_path)
    text = pages.read_text()
    assert text.startswith("@layer tokens, base, layout, components, print;")
    assert "/*" not in text
    assert admin.name == "portal-admin.css"


def rules_of(sheet: Path) -> list[str]:
    return re.findall(r"\.([\w-]+) {}", sheet.read_text())


def test_new_style_sheet_of_the_pages_needs_no_list_and_the_admin_has_its_own(tmp_path):
    source = tmp_path / "css"
    source.mkdir()
    for name in ("tokens", "fonts", "badge", "admin", "admin_desk", "a-new-one"):
        (source / f"{name}.css").write_text(f".{name} {{}}")
    pages, admin = build_styles(source, tmp_path / "built")
    assert rules_of(pages) == ["tokens", "a-new-one", "badge", "fonts"]
    assert rules_of(admin) == ["tokens", "fonts", "badge", "admin", "admin_desk"]


def test_style_and_script_of_ours_stay_within_their_budget(tmp_path):
    pages, _admin = build_styles(STATIC / "css", tmp_path)
    sent = [pages, STATIC / "js" / "portal.js"]
    size = sum(len(gzip.compress(path.read_bytes())) for path in sent)
    assert size <= OURS_KILOBYTES * 1000


def test_commands_write_where_static_files_are_found(tmp_path, settings, capsys):
    settings.BASE_DIR = tmp_path
    (tmp_path / "static").symlink_to(STATIC)
    call_command(build_styles_command.Command())
    call_command(build_fonts_command.Command())
    assert (tmp_path / "build/static/css/portal.css").exists()
    assert (tmp_path / "build/static/fonts/source-sans-3-italic-latin.woff2").exists()
    assert "portal.css: " in capsys.readouterr().out
