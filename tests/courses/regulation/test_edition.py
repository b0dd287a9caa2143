import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from courses.regulation.edition import (
    EDITIONS,
    THRESHOLDS,
    EditionError,
    from_mapping,
    load_edition,
    unknown_names,
)
from courses.regulation.finding import Outcome, Severity
from courses.regulation.resource_facts import MaterialKind
from tests.courses.regulation.factories import (
    MININ,
    make_course,
    make_material,
    make_topic,
    outcomes,
)


def raw(**changes) -> dict:
    return {**MININ.to_mapping(), **changes}


def problems(data: dict) -> list[str]:
    with pytest.raises(EditionError) as caught:
        from_mapping(data)
    return [str(problem) for problem in caught.value.problems]


def test_the_edition_of_minin_has_the_numbers_of_the_regulation():
    """MIN 3.2.3, 3.2.10, 3.3.3.1-3.3.3.10, 3.3.3.17, 3.4.2, 4.2, 4.6, 4.10, 5.4.8.1."""
    assert MININ.code == "minin-2022"
    assert MININ.in_force_from == date(2022, 9, 23)
    assert MININ.country == "RU"
    assert dict(MININ.thresholds) == {
        "languages": ("ru",),
        "hours_per_credit": 36,
        "glossary_terms_min": 30,
        "glossary_terms_max": 60,
        "credits_max": 6,
        "weeks_min": 2,
        "weeks_max": 16,
        "weekly_hours_max": 22,
        "weekly_test_questions_min": 10,
        "weekly_test_minutes_min": 15,
        "weekly_test_minutes_max": 30,
        "topic_bank_min": 30,
        "final_test_questions_min": 15,
        "final_test_questions_max": 30,
        "final_test_minutes_min": 30,
        "final_test_minutes_max": 60,
        "course_bank_min": 200,
        "points_max": 100,
        "capitals_share_max": Decimal("0.5"),
        "promo_minutes_max": 3,
        "video_containers": ("avi", "mpeg", "mov"),
        "video_minutes_max": 12,
        "video_minutes_recommended_min": 5,
        "video_minutes_recommended_max": 7,
        "proportion_tolerance": Decimal("0.5"),
        "load_tolerance": Decimal("0.25"),
        "theory_hours": 2,
        "theory_pages_min": 6,
        "theory_pages_max": 10,
        "theory_media_minutes_min": 45,
        "theory_media_minutes_max": 60,
        "theory_video_fragments_min": 4,
        "theory_audio_fragments_min": 1,
        "page_font_pt": 12,
        "page_spacing": Decimal("1.5"),
        "page_margin_cm": 2,
        "slides_per_hour": 10,
        "bank_draw_ratio": 2,
        "illustration_containers": ("jpeg", "png"),
    }


def test_the_second_edition_of_minin_allows_two_more_formats_of_video():
    """MIN 3.2.3: an edition may add .mp4 and .webm."""
    more = load_edition(EDITIONS / "minin-2022-mp4.toml")
    changed = {
        name: value
        for name, value in more.thresholds.items()
        if value != MININ.thresholds[name]
    }

    assert changed == {"video_containers": ("avi", "mpeg", "mov", "mp4", "webm")}
    assert (more.severities, more.switched_off) == (
        MININ.severities,
        MININ.switched_off,
    )


def test_the_example_of_kazakhstan_has_numbers_of_its_own():
    example = load_edition(EDITIONS / "kaznu-example.toml")

    assert example.country == "KZ"
    assert "пример" in example.title.casefold()
    assert example.thresholds["hours_per_credit"] == 30
    assert example.thresholds["languages"] == ("kk", "ru", "en")


def test_no_other_edition_that_ships_comes_before_the_one_of_minin():
    """The newest in force is taken, and of one day the first by its code."""
    shipped = [load_edition(path) for path in EDITIONS.glob("*.toml")]
    by_code = sorted(shipped, key=lambda edition: edition.code)

    assert max(by_code, key=lambda edition: edition.in_force_from) == MININ


def test_an_edition_comes_back_from_json_as_it_was():
    edition = replace(
        MININ,
        thresholds={**MININ.thresholds, "weekly_hours_max": Decimal("22.5")},
        severities={"annotation": Severity.RECOMMENDED},
        switched_off=frozenset({"glossary"}),
    )

    assert from_mapping(json.loads(json.dumps(edition.to_mapping()))) == edition


def test_severities_and_switched_off_requirements_may_be_left_out():
    data = raw()
    del data["severities"], data["switched_off"]

    assert from_mapping(data) == MININ


def test_an_edition_cannot_be_changed():
    with pytest.raises(TypeError):
        MININ.thresholds["weeks_max"] = 20


def test_a_missing_and_an_unknown_threshold_are_both_told():
    thresholds = {**MININ.to_mapping()["thresholds"], "weeks_maximum": 16}
    del thresholds["weeks_max"]

    assert problems(raw(thresholds=thresholds)) == [
        "unknown threshold: weeks_maximum",
        "missing threshold: weeks_max",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weeks_max", "16"),
        ("weeks_max", True),
        ("weeks_max", 16.0),
        ("weeks_max", 0),
        ("weeks_max", None),
        ("credits_max", "six"),
        ("credits_max", False),
        ("credits_max", float("nan")),
        ("credits_max", "Infinity"),
        ("credits_max", -6),
        ("credits_max", None),
        ("languages", "ru"),
        ("languages", []),
        ("languages", ["ru", 7]),
        ("languages", [""]),
    ],
)
def test_a_threshold_of_a_wrong_kind_is_told(name, value):
    thresholds = {**MININ.to_mapping()["thresholds"], name: value}

    assert problems(raw(thresholds=thresholds)) == [
        f"threshold {name}: wrong value {value!r}"
    ]


@pytest.mark.parametrize("value", [6, 6.0, "6", Decimal(6)])
def test_a_decimal_threshold_may_come_as_any_number_of_json_or_toml(value):
    thresholds = {**MININ.to_mapping()["thresholds"], "credits_max": value}

    assert from_mapping(raw(thresholds=thresholds)).thresholds["credits_max"] == 6


@pytest.mark.parametrize(
    "name", sorted(name for name in THRESHOLDS if name.endswith("_min"))
)
def test_a_lower_bound_above_its_upper_one_is_told(name):
    upper = name.removesuffix("_min") + "_max"
    thresholds = {**MININ.to_mapping()["thresholds"], name: 1000}

    if upper in THRESHOLDS:
        assert problems(raw(thresholds=thresholds)) == [
            f"threshold {name} is above {upper}"
        ]
    else:
        assert from_mapping(raw(thresholds=thresholds)).thresholds[name] == 1000


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "languages",
            ["ru", "rus"],
            "threshold languages: “rus” is not known, but en, kk, ky, ru are",
        ),
        (
            "video_containers",
            [".avi"],
            (
                "threshold video_containers: “.avi” is not known,"
                " but avi, mov, mp4, mpeg, webm are"
            ),
        ),
        (
            "illustration_containers",
            ["jpg"],
            (
                "threshold illustration_containers: “jpg” is not known,"
                " but gif, jpeg, png, webp are"
            ),
        ),
    ],
)
def test_a_name_that_no_course_could_meet_is_told(name, value, problem):
    thresholds = {**MININ.to_mapping()["thresholds"], name: value}

    # A row that is used never changes: it is read as it stands.
    edition = from_mapping(raw(thresholds=thresholds))

    assert [str(told) for told in unknown_names(edition)] == [problem]


def test_a_file_with_an_unknown_name_is_no_edition(tmp_path):
    text = (EDITIONS / "minin-2022.toml").read_text(encoding="utf-8")
    path = tmp_path / "edition.toml"
    path.write_text(text.replace('["ru"]', '["xx"]'), encoding="utf-8")

    with pytest.raises(EditionError, match="“xx” is not known"):
        load_edition(path)


@pytest.mark.parametrize("name", ["weeks_min", "theory_pages_min"])
def test_both_bounds_may_be_the_same(name):
    thresholds = MININ.to_mapping()["thresholds"]
    same = {**thresholds, name: thresholds[f"{name.removesuffix('_min')}_max"]}

    assert from_mapping(raw(thresholds=same)).code == "minin-2022"


@pytest.mark.parametrize(
    ("code", "container", "outcome"),
    [
        ("minin-2022", "mp4", Outcome.FAILED),
        ("minin-2022", "webm", Outcome.FAILED),
        ("minin-2022-mp4", "mp4", Outcome.PASSED),
        ("minin-2022-mp4", "webm", Outcome.PASSED),
        ("kaznu-example", "mp4", Outcome.PASSED),
        ("kaznu-example", "webm", Outcome.FAILED),
    ],
)
def test_3_2_3_and_3_3_3_9_formats_of_video_are_those_of_the_edition(
    code, container, outcome
):
    edition = load_edition(EDITIONS / f"{code}.toml")
    course = make_course(
        materials=(
            make_material(MaterialKind.PROMO_VIDEO, container=container),
            make_material(MaterialKind.VIDEO, container=container),
        )
    )

    assert outcomes(course, "promo_format", edition) == [outcome]
    assert outcomes(course, "video_format", edition) == [outcome]


def test_the_example_of_kazakhstan_differs_by_these_numbers_only():
    example = load_edition(EDITIONS / "kaznu-example.toml")
    changed = {
        name: value
        for name, value in example.thresholds.items()
        if value != MININ.thresholds[name]
    }

    assert changed == {
        "languages": ("kk", "ru", "en"),
        "hours_per_credit": 30,
        "credits_max": 5,
        "weeks_max": 15,
        "topic_bank_min": 45,
        "video_containers": ("avi", "mpeg", "mov", "mp4"),
    }
    assert (example.severities, example.switched_off) == ({}, frozenset())


@pytest.mark.parametrize(
    ("hours", "outcome"), [("150", Outcome.PASSED), ("151", Outcome.FAILED)]
)
def test_3_3_3_1_a_credit_has_the_hours_of_the_edition(hours, outcome):
    """Five credits of 30 hours in the example of Kazakhstan."""
    example = load_edition(EDITIONS / "kaznu-example.toml")
    course = make_course(topics=(make_topic(1, hours=Decimal(hours)),))

    assert outcomes(course, "workload", example) == [outcome]
    assert outcomes(course, "workload") == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": " "}, "a text is needed: code"),
        ({"title": None}, "a text is needed: title"),
        ({"country": ""}, "a text is needed: country"),
        ({"country": "Russia"}, "not a two-letter country: Russia"),
        ({"in_force_from": "23.09.2022"}, "a date is needed: in_force_from"),
        ({"in_force_from": None}, "a date is needed: in_force_from"),
        ({"in_force_from": datetime(2022, 9, 23)}, "a date is needed: in_force_from"),  # noqa: DTZ001
        ({"severities": []}, "a table is needed: severities"),
        ({"severities": {"glosary": "optional"}}, "unknown requirement: glosary"),
        (
            {"severities": {"annotation": "lax"}},
            "requirement annotation: wrong severity 'lax'",
        ),
        ({"switched_off": "glossary"}, "a list is needed: switched_off"),
        ({"switched_off": ["glosary"]}, "unknown requirement: glosary"),
        ({"units": {}}, "unknown key: units"),
    ],
)
def test_an_edition_that_makes_no_sense_says_why(changes, problem):
    assert problems(raw(**changes)) == [problem]


def test_only_what_the_regulation_leaves_to_authors_can_be_optional():
    assert problems(raw(severities={"annotation": "optional"})) == [
        "requirement annotation: wrong severity 'optional'"
    ]
    assert from_mapping(raw(severities={"glossary": "optional"})).severities == {
        "glossary": Severity.OPTIONAL
    }


@pytest.mark.parametrize("content", [b"code = ", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_told(tmp_path, content):
    path = tmp_path / "edition.toml"
    path.write_bytes(content)

    with pytest.raises(EditionError, match="the file cannot be read"):
        load_edition(path)


def test_every_threshold_of_a_shipped_edition_names_its_clause():
    lines = (EDITIONS / "minin-2022.toml").read_text(encoding="utf-8").splitlines()
    thresholds = lines[lines.index("[thresholds]") + 1 : lines.index("[severities]")]

    assert all("#" in line for line in thresholds if line)
