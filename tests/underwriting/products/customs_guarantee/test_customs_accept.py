"""Whether to take a customs guarantee: each finding alone, its last good value, and its cure."""

from typing import Any

import pytest
from customs_proposals import RIGHT, customs_basis, customs_risk, shared
from proposals import cny

from kernel.finding import Effect, Finding
from underwriting.products.customs_guarantee.accept import accept

SINGLE = {"mode": "single", "declarations_per_month": None}


def found(scheme: Any = None, **parts: Any) -> dict[str, Finding]:
    """Findings beyond those on unverified figures, by code."""
    risk = customs_risk(**parts)
    every = accept(risk, customs_basis(risk, scheme=scheme))
    assert all(one.en and one.zh and one.clause and one.cure for one in every)
    return {one.code: one for one in every if one.code != "unverified"}


def the_only(code: str, effect: Effect, **parts: Any) -> Finding:
    every = found(**parts)
    assert list(every) == [code]
    assert every[code].effect is effect
    return every[code]


def test_the_sample_is_taken_as_it_stands() -> None:
    assert found() == {}


def test_what_is_unverified_informs() -> None:
    risk = customs_risk()
    basis = customs_basis(risk)
    every = accept(risk, basis)
    assert {one.effect for one in every} == {Effect.INFORM}
    assert len(every) == len(basis.terms["unverified"]) + len(basis.scheme.unverified)


def test_an_amount_above_the_highest_tax_is_declined_with_the_figure() -> None:
    """Twelve declarations of 260,000.00: 3,120,000.00 to the fen."""
    wide = {**RIGHT, "appraised": cny("90000000.00")}
    assert found(cover={"amount": cny("3120000.00")}, rights=[wide]) == {}
    one = the_only(
        "above-highest-tax", Effect.DECLINE, cover={"amount": cny("3120000.01")}, rights=[wide]
    )
    assert "CNY 3,120,000.00" in one.en
    assert "CNY 3,120,000.00" in one.cure
    assert "art. 14" in one.clause


def test_a_single_letter_is_measured_on_its_own_declaration() -> None:
    """A dearer reading lifts the ceiling: at 30 % duty 600,000.00, VAT 338,000.00."""
    assert found(use=SINGLE, cover={"amount": cny("260000.00")}) == {}
    above = {"amount": cny("938000.00")}
    assert list(found(use=SINGLE, cover=above)) == ["above-highest-tax"]
    assert found(use=SINGLE, cover=above, goods=[[{}, {"duty_rate": "0.3"}]]) == {}


def test_a_letter_runs_a_year_at_most() -> None:
    late = {"claim_until": "2027-03-01"}
    assert found(use={"usable_until": "2026-03-09", **late}) == {}
    one = the_only("usable-too-long", Effect.DECLINE, use={"usable_until": "2026-03-10", **late})
    assert "2026-03-09" in one.cure


def test_customs_may_demand_after_the_last_tax_fell_due() -> None:
    """Usable to 9 March, due 24 March: the 25th is the first good day."""
    assert found(use={"claim_until": "2026-03-25"}) == {}
    one = the_only("claim-until-too-early", Effect.DECLINE, use={"claim_until": "2026-03-24"})
    assert "2026-03-25" in one.cure
    assert "692" in one.clause


def test_a_letter_that_began_is_referred() -> None:
    days = {"usable_from": "2025-03-02", "usable_until": "2026-03-01"}
    the_only("usable-already", Effect.REFER, use=days)
    assert found(use={**days, "usable_from": "2025-03-03"}) == {}


def test_the_discredited_are_declined_and_the_others_taken() -> None:
    the_only("may-be-exempt", Effect.INFORM, importer={"credit": "advanced"})
    one = the_only("discredited", Effect.DECLINE, importer={"credit": "discredited"})
    assert "cash" in one.cure


@pytest.mark.parametrize(("grade", "effect"), [("B", Effect.REFER), ("CCC", Effect.DECLINE)])
def test_poor_grades(grade: str, effect: Effect) -> None:
    the_only("grade", effect, importer={"grade": grade})


def test_arrears_must_be_checked_and_fresh() -> None:
    one = the_only("arrears-not-checked", Effect.REFER, arrears=None)
    assert "art. 58" in one.clause
    assert found(arrears={"checked_on": "2025-02-01"}) == {}
    the_only("arrears-check-old", Effect.REFER, arrears={"checked_on": "2025-01-31"})
    the_only("arrears-check-old", Effect.REFER, arrears={"checked_on": "2025-03-04"})


def test_arrears_that_outrank_the_pledge_are_named() -> None:
    one = the_only("arrears-outrank", Effect.REFER, arrears={"amount": cny("12345.67")})
    assert "CNY 12,345.67" in one.en


def test_a_later_rank_is_referred() -> None:
    one = the_only("later-rank", Effect.REFER, right={"ahead": cny("500000.00")})
    assert "CNY 500,000.00" in one.en


def test_amount_to_value() -> None:
    """Half of 9,000,000.00 less the stated tenth: 3,000,000.00 needs 6,666,666.67."""
    assert found(right={"appraised": cny("6666666.67")}) == {}
    the_only("amount-to-value", Effect.REFER, right={"appraised": cny("6666666.66")})


def test_an_old_appraisal_is_referred() -> None:
    assert found(right={"appraised_on": "2024-03-03"}) == {}
    the_only("appraisal-old", Effect.REFER, right={"appraised_on": "2024-03-02"})


def test_a_right_that_the_register_would_refuse_is_declined() -> None:
    for right, code in (
        ({"owner": "另一公司"}, "owner-mismatch"),
        ({"invalidation_pending": True}, "invalidation-pending"),
        ({"expires": "2026-03-01"}, "outlived"),
    ):
        assert code in found(right=right)


def test_limits_of_authority() -> None:
    many = {"declarations_per_month": 100}
    wide = {"appraised": cny("90000000.00")}
    assert found(use=many, right=wide, cover={"amount": cny("10000000.00")}) == {}
    the_only(
        "amount-limit", Effect.REFER, use=many, right=wide, cover={"amount": cny("10000000.01")}
    )


def test_rights_of_two_registers_are_entered_in_both_and_none_twice() -> None:
    mark = {**RIGHT, "kind": "trademark", "number": "TM1"}
    entries = found(rights=[RIGHT, mark])
    assert list(entries) == ["register-entry"]
    assert entries["register-entry"].effect is Effect.INFORM
    assert "listed-twice" in found(rights=[RIGHT, RIGHT])


def test_the_scheme_must_be_in_force_and_give_the_issuer_a_share() -> None:
    late = shared("1", valid_from="2025-03-11")
    assert list(found(late)) == ["scheme-not-in-force"]
    assert list(found(shared("0"))) == ["no-share"]
