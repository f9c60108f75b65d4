"""Reasons in plain words: the right columns, the right direction, and nothing that must not be."""

import json
from math import exp, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.canonical import canonical_json
from models.borrower.reasons import LEAST, Push, protected, reasons_of
from models.features import Feature, Kind

FEATURES = (
    Feature("debt_ratio", unit="per 1", typical=0.5, en="debt ratio", zh="资产负债率"),
    Feature("no_emp", unit="staff", typical=12, en="employees", zh="员工人数"),
    Feature(
        "industry",
        Kind.CATEGORY,
        levels=("retail", "software"),
        typical="software",
        en="industry",
        zh="行业",
    ),
    Feature("owner_gender", Kind.CATEGORY, levels=("f", "m")),
    Feature("x9", en="age of the legal representative", zh="法定代表人年龄"),
)
VALUES = {"debt_ratio": 0.83, "no_emp": 4.0, "industry": "retail", "owner_gender": "f", "x9": 33}


def test_it_reads_as_a_person_would_say_it() -> None:
    reasons = reasons_of({"debt_ratio": 0.4, "no_emp": -0.2}, VALUES, FEATURES)
    (up,), (down,) = reasons.up, reasons.down
    assert up.en == ("debt ratio is 0.83, above the usual 0.5: raises the odds of default by x1.49")
    assert up.zh == "资产负债率为 0.83，高于常见值 0.5：提高违约可能性（违约比值×1.49）"
    assert up.code == "UP:debt_ratio"
    assert up.odds_factor == pytest.approx(exp(0.4))
    assert down.en == (
        "employees is 4 staff, below the usual 12: lowers the odds of default by x0.82"
    )
    assert down.zh.startswith("员工人数为 4 staff，低于常见值 12：降低")
    assert down.code == "DOWN:no_emp"


def test_a_level_is_named_only_if_it_is_listed() -> None:
    known = reasons_of({"industry": 0.3}, VALUES, FEATURES).up[0]
    assert known.en.startswith("industry is retail (usual: software): raises")
    assert known.zh.startswith("行业为retail（常见：software）：提高")
    typed = reasons_of({"industry": 0.3}, {"industry": "Zhang San's shop"}, FEATURES).up[0]
    assert typed.value is None
    assert "Zhang" not in canonical_json(typed.json())
    assert typed.zh.startswith("行业为其他类别")
    bare = reasons_of({"shop": 0.3}, {"shop": "Zhang San's shop"}).up[0]
    assert "Zhang" not in canonical_json(bare.json())


def test_what_is_protected_is_never_named_and_not_lost() -> None:
    parts = {"owner_gender": 0.9, "x9": -0.7, "debt_ratio": 0.1}
    reasons = reasons_of(parts, VALUES, FEATURES)
    assert [reason.column for reason in (*reasons.up, *reasons.down)] == ["debt_ratio"]
    assert reasons.rest == pytest.approx(0.2)
    said = canonical_json(reasons.json())
    assert "gender" not in said
    assert "x9" not in said
    assert "年龄" not in said


@pytest.mark.parametrize(
    ("name", "unspoken"),
    [
        ("gender", True),
        ("OwnerSex", True),
        ("applicant_age", True),
        ("age", True),
        ("marital_status", True),
        ("contact_phone", True),
        ("borrower_name", True),
        ("remarks", True),
        ("企业法人年龄", True),
        ("婚姻状况", True),
        ("firm_age", False),
        ("patent_age_years", False),
        ("企业年龄", False),
        ("leverage", False),
        ("no_emp", False),
        ("mortgage", False),
        ("surname_count", True),
        ("valid_identifier_share", False),
    ],
)
def test_which_names_are_protected(name: str, unspoken: bool) -> None:  # noqa: FBT001 - a table
    assert protected(name) is unspoken


def test_without_words_the_column_speaks_for_itself() -> None:
    reason = reasons_of({"Attr7": 0.25}, {"Attr7": 1.5}).up[0]
    assert reason.en == "Attr7 is 1.5: raises the odds of default by x1.28"
    assert reason.zh == "Attr7为 1.5：提高违约可能性（违约比值×1.28）"
    assert reason.typical is None


@pytest.mark.parametrize("value", [None, nan, ""])
def test_a_missing_value_is_said_to_be_missing(value: object) -> None:
    reason = reasons_of({"debt_ratio": 0.4}, {"debt_ratio": value}, FEATURES).up[0]
    assert reason.en.startswith("debt ratio is not given: raises")
    assert reason.zh.startswith("资产负债率未提供")
    assert reason.value is None
    assert reasons_of({"debt_ratio": 0.4}, {}, FEATURES).up[0].value is None


PARTS = st.dictionaries(
    st.text("bcd", min_size=1, max_size=4), st.floats(-3, 3), min_size=1, max_size=12
)


@given(PARTS, st.integers(1, 6))
def test_the_strongest_are_picked_and_all_adds_up(parts: dict[str, float], top: int) -> None:
    reasons = reasons_of(parts, dict.fromkeys(parts, 1.0), top=top)
    said = [*reasons.up, *reasons.down]
    assert sum(reason.log_odds for reason in said) + reasons.rest == pytest.approx(
        sum(parts.values()), abs=1e-9
    )
    for side, push, sign in ((reasons.up, Push.UP, 1), (reasons.down, Push.DOWN, -1)):
        strengths = sorted((sign * p for p in parts.values() if sign * p >= LEAST), reverse=True)
        assert [sign * reason.log_odds for reason in side] == strengths[:top]
        assert all(reason.push is push for reason in side)
    shuffled = reasons_of(dict(reversed(parts.items())), dict.fromkeys(parts, 1.0), top=top)
    assert shuffled.up == reasons.up
    assert shuffled.down == reasons.down


def test_it_crosses_the_wire() -> None:
    reasons = reasons_of({"debt_ratio": 0.4, "no_emp": -0.2, "industry": 1.0}, VALUES, FEATURES)
    said = json.loads(canonical_json(reasons.json()))
    assert [reason["code"] for reason in said["up"]] == ["UP:industry", "UP:debt_ratio"]
    assert said["down"][0]["push"] == "down"
    assert said["rest_log_odds"] == pytest.approx(0.0, abs=1e-12)
