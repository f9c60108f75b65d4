"""Each remedy takes its finding away, and brings no other."""

from typing import Any

import pytest
from customs_proposals import RIGHT, checked, customs_basis, customs_json
from proposals import QUOTED, cny

from underwriting.products.customs_guarantee.accept import accept
from underwriting.products.customs_guarantee.remedies import REMEDIES

ILL: dict[str, dict[str, Any]] = {
    "arrears-not-checked": {"arrears": None},
    "arrears-check-old": {"arrears": {"checked_on": "2024-01-01"}},
    "arrears-outrank": {"arrears": {"amount": cny("77.00")}},
    "usable-too-long": {"use": {"usable_until": "2026-06-09"}},
    "claim-until-too-early": {"use": {"claim_until": "2026-03-10"}},
    "usable-already": {"use": {"usable_from": "2025-03-01", "usable_until": "2026-02-28"}},
    "later-rank": {"right": {"ahead": cny("1.00")}},
    "appraisal-old": {"right": {"appraised_on": "2023-01-01"}},
}


def codes(proposal: dict[str, Any]) -> set[str]:
    risk = checked(proposal)
    return {one.code for one in accept(risk, customs_basis(risk))} - {"unverified"}


@pytest.mark.parametrize("remedy", REMEDIES, ids=[one.finding for one in REMEDIES])
def test_it_takes_its_finding_away(remedy: Any) -> None:
    proposal = customs_json(**ILL[remedy.finding])
    assert codes(proposal) == {remedy.finding}
    sent = checked(proposal).model_dump(mode="json")
    assert codes(remedy.mended(sent, QUOTED)) == set()
    assert remedy.zh
    assert remedy.en


def test_a_fresh_certificate_keeps_the_arrears_that_were_stated() -> None:
    """Checking again pays nothing; only paying does."""
    owed = customs_json(arrears={"checked_on": "2024-01-01", "amount": cny("77.00")})
    (check,) = [one for one in REMEDIES if one.finding == "arrears-check-old"]
    (pay,) = [one for one in REMEDIES if one.finding == "arrears-outrank"]
    assert codes(check.mended(owed, QUOTED)) == {"arrears-outrank"}
    assert codes(pay.mended(owed, QUOTED)) == set()


def test_every_right_is_mended() -> None:
    old = {**RIGHT, "appraised_on": "2023-01-01"}
    proposal = {**customs_json(), "rights": [old, {**old, "number": "2"}]}
    (again,) = [one for one in REMEDIES if one.finding == "appraisal-old"]
    assert codes(again.mended(proposal, QUOTED)) == set()
