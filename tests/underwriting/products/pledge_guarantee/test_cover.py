"""Whether a default is covered: each finding alone, and its last good day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import DEFAULT, GOOD_CONDUCT, a_basis, a_risk, some_inputs

from kernel.finding import Effect, Finding
from kernel.period import Period
from underwriting.products import product
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.products.pledge_guarantee.cover import CONDUCT, GuaranteeClaim, cover

COVERED = GuaranteeClaim(
    period=Period(date(2025, 3, 10), date(2026, 4, 9)),
    waiting_days=80,
    notice_days=10,
    default_date=DEFAULT,
    known_on=DEFAULT,
    notified_on=date(2026, 3, 21),
    on=date(2026, 5, 31),
    **GOOD_CONDUCT,
)
WRONG = {
    "pledge_registered": "pledge-not-kept",
    "use_as_agreed": "misused-loan",
    "change_consented": "unconsented-change",
    "fraud_by_insured": "fraud",
}


def the_only(claim: GuaranteeClaim) -> Finding:
    (found,) = cover(claim)
    assert found.en
    assert found.zh
    assert found.clause
    assert found.cure
    return found


def test_a_covered_default_has_no_finding() -> None:
    assert cover(COVERED) == ()


@pytest.mark.parametrize("day", [date(2025, 3, 9), date(2026, 4, 10)])
def test_a_default_outside_the_cover_is_declined(day: date) -> None:
    claim = replace(COVERED, default_date=day, on=date(2026, 12, 1))
    found = the_only(claim)
    assert (found.code, found.effect) == ("not-in-force", Effect.DECLINE)


@pytest.mark.parametrize("day", [date(2025, 3, 10), date(2026, 4, 9)])
def test_the_first_and_the_last_day_are_covered(day: date) -> None:
    assert cover(replace(COVERED, default_date=day, on=date(2026, 12, 1))) == ()


def test_the_waiting_period_is_waited_out() -> None:
    """80 days after 11 March: 30 May is the last day of waiting."""
    assert COVERED.waiting_ends == date(2026, 5, 30)
    found = the_only(replace(COVERED, on=date(2026, 5, 30)))
    assert (found.code, found.effect) == ("waiting-period", Effect.WAIT)
    assert "2026-05-31" in found.cure
    assert cover(replace(COVERED, on=date(2026, 5, 31))) == ()


def test_late_notice_informs_and_never_declines() -> None:
    """Insurance Law art. 21: only what can no longer be established falls away."""
    found = the_only(replace(COVERED, notified_on=date(2026, 3, 22)))
    assert (found.code, found.effect) == ("late-notice", Effect.INFORM)
    assert "art. 21" in found.clause


@pytest.mark.parametrize("name", CONDUCT)
def test_each_ground_of_conduct_declines(name: str) -> None:
    found = the_only(replace(COVERED, **{name: not GOOD_CONDUCT[name]}))
    assert (found.code, found.effect) == (WRONG[name], Effect.DECLINE)


@pytest.mark.parametrize("name", CONDUCT)
def test_conduct_not_yet_known_waits(name: str) -> None:
    found = the_only(replace(COVERED, **{name: None}))
    assert (found.code, found.effect) == (f"{WRONG[name]}-unknown", Effect.WAIT)


def test_the_product_tests_a_claim_by_its_contract_and_file() -> None:
    risk = a_risk(cover={"waiting_days": 5})
    terms = contract(risk, a_basis(some_inputs(risk)))
    file: dict[str, Any] = {"known_on": "2026-03-11", "papers": {}, **GOOD_CONDUCT}
    asked = {"default_date": DEFAULT, "notified_on": date(2026, 3, 12), "file": file}
    test = product("pledge_guarantee").test_cover
    assert test(terms, **asked, on=date(2026, 3, 17)) == ()
    assert [one.code for one in test(terms, **asked, on=date(2026, 3, 16))] == ["waiting-period"]
    file.pop("use_as_agreed")
    codes = [one.code for one in test(terms, **asked, on=date(2026, 3, 17))]
    assert codes == ["misused-loan-unknown"]
