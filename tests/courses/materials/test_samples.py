"""Every file of the set of samples has the measures an independent script took."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.uploads import FileKind, FileRefused, check_content
from courses.formats.measures import FileUnreadable
from courses.formats.measuring import measure
from courses.formats.pages import PageFormat

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
COUNTS = SAMPLES / "counts.json"


def _counts():
    if not COUNTS.exists():
        reason = "the set of samples is not beside the project"
        return [pytest.param("", {}, marks=pytest.mark.skip(reason=reason))]
    counts = json.loads(COUNTS.read_text())
    ours = ("video/", "documents/")
    return [item for item in counts.items() if item[0].startswith(ours)]


@pytest.mark.parametrize(("name", "expected"), _counts())
def test_a_sample_is_measured_as_it_is_or_refused_for_what_it_is(name, expected):
    path = SAMPLES / name
    try:
        kind = check_content(path.read_bytes(), name=path.name, allowed=FileKind).kind
        found = measure(path, container=kind.value, page=PageFormat())
    except (FileRefused, FileUnreadable):
        assert "unreadable" in expected
        return
    assert "unreadable" not in expected
    if "packets_s" in expected:
        assert found.duration_seconds == Decimal(str(expected["packets_s"])).quantize(
            Decimal("0.001")
        )
        assert [found.width, found.height] == expected["wh"]
    if "slides" in expected:
        assert (found.slides or 0) + (found.hidden_slides or 0) == expected["slides"]
    if kind == FileKind.PDF:
        assert found.pages == expected["pages"]
