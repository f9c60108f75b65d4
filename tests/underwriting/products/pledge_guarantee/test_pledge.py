"""The grounds on which a pledge cannot be registered or kept, each alone."""

from collections.abc import Mapping
from typing import Any

import pytest
from builders import QUOTED, a_risk

from kernel.finding import Effect
from underwriting.products.pledge_guarantee.pledge import pledgeable

GROUNDS = {
    "owner-mismatch": {"owner": "另一公司"},
    "not-granted": {"granted": None},
    "expired": {"expires": "2025-03-03"},
    "outlived": {"expires": "2026-03-09"},
    "fees-unpaid": {"fees_paid_until": "2025-03-02"},
    "ownership-dispute": {"in_dispute": True},
    "invalidation-pending": {"invalidation_pending": True},
    "pledged-already": {"pledged_elsewhere": True},
}
PASSES = {
    "granted today": {"granted": "2025-03-03"},
    "expires with the loan": {"expires": "2026-03-10"},
    "fees paid to today": {"fees_paid_until": "2025-03-03"},
    "a trademark can be renewed": {"kind": "trademark", "expires": "2025-12-31"},
    "an indication can be renewed": {"kind": "gi", "expires": "2025-12-31"},
}


def found(right: Mapping[str, Any]) -> list[Any]:
    risk = a_risk(right=right)
    return list(pledgeable(risk.rights[0], risk, QUOTED))


@pytest.mark.parametrize("code", GROUNDS)
def test_each_ground_declines_with_clause_and_cure(code: str) -> None:
    (one,) = found(GROUNDS[code])
    assert (one.code, one.effect) == (code, Effect.DECLINE)
    assert "ZL202010000001.X" in one.en
    assert "ZL202010000001.X" in one.zh
    assert one.clause
    assert one.cure


@pytest.mark.parametrize("case", PASSES)
def test_what_is_just_in_time_passes(case: str) -> None:
    assert found(PASSES[case]) == []


def test_a_renewable_right_must_still_be_in_force() -> None:
    assert [one.code for one in found({"kind": "trademark", "expires": "2025-03-01"})] == [
        "expired"
    ]


def test_a_right_granted_tomorrow_is_not_granted() -> None:
    assert [one.code for one in found({"granted": "2025-03-04"})] == ["not-granted"]


def test_co_owners_are_referred() -> None:
    (one,) = found({"co_owners": ["示范大学", "示范研究院"]})
    assert (one.code, one.effect) == ("co-owners", Effect.REFER)
    assert "示范大学, 示范研究院" in one.en
    assert "consent" in one.cure


def test_all_grounds_come_at_once() -> None:
    right = {**GROUNDS["owner-mismatch"], **GROUNDS["not-granted"], **GROUNDS["fees-unpaid"],
             **GROUNDS["ownership-dispute"], **GROUNDS["pledged-already"], **GROUNDS["expired"],
             "co_owners": ["示范大学"], "invalidation_pending": True}  # fmt: skip
    assert {one.code for one in found(right)} == {*GROUNDS, "co-owners"} - {"outlived"}
