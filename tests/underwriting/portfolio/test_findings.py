"""The law declines, the house's own ceilings refer, and what is not stated is never room."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from insurer import FAMILY, MILLION, OBLIGOR, a_means, a_proposal, held

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.portfolio.exposures import Exposures, Held
from underwriting.portfolio.findings import portfolio_findings
from underwriting.portfolio.headroom import Proposed
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.limits import Limits, load_limits
from underwriting.portfolio.report import Accumulated

LIMITS = load_limits()
TOTALS = {"guarantee-total", "financing-total"}
SINGLES = {"single-obligor", "financing-single"}


def found(proposed: Proposed, exposures: Exposures, limits: Limits = LIMITS) -> dict[str, Finding]:
    """Code -> finding; every one has words in both languages and a clause."""
    _, findings = portfolio_findings(proposed, exposures, limits)
    for one in findings:
        assert one.en
        assert one.zh
        assert one.clause
        assert one.cure or one.effect is Effect.INFORM
    return {one.code: one for one in findings}


def test_a_sound_house_with_room_has_nothing_to_say() -> None:
    assert found(a_proposal(), held(a_means())) == {}


def test_room_to_the_last_fen_passes_and_one_fen_more_is_declined() -> None:
    exposures = held(a_means(), obligor=Held(9 * MILLION, 1))
    last = a_proposal(MILLION, MILLION)
    assert "financing-single" not in found(last, exposures)
    over = found(a_proposal(MILLION + 1, MILLION + 1), exposures)["financing-single"]
    assert over.effect is Effect.DECLINE
    assert "CNY 10,000,000.01, above the limit of CNY 10,000,000.00" in over.en
    assert "unverified" in over.en
    assert over.cure.endswith("CNY 0.01")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"net_assets": 200 * MILLION}, TOTALS),
        ({"net_assets": 20 * MILLION}, TOTALS | SINGLES),
        ({"capital_and_reserves": 10 * MILLION}, {"risk-unit"}),
        ({"capital_and_reserves": 10_000}, {"risk-unit", "premium-total"}),
        ({"net_assets": -1}, TOTALS | SINGLES),
        ({"core_solvency": Fraction(74, 100)}, {"core-solvency"}),
        ({"comprehensive_solvency": Fraction(1499, 1000)}, {"comprehensive-solvency"}),
        ({"core_solvency": Fraction(3, 4), "comprehensive_solvency": Fraction(3, 2)}, set()),
    ],
)  # fmt: skip
def test_the_law_declines(changes: dict[str, object], codes: set[str]) -> None:
    findings = found(a_proposal(), held(a_means(**changes)))
    assert set(findings) == codes
    assert {one.effect for one in findings.values()} <= {Effect.DECLINE}


def test_solvency_gates_bind_financing_only() -> None:
    poor = held(a_means(core_solvency=Fraction(1, 10), comprehensive_solvency=Fraction(1, 10)))
    assert "core-solvency" in found(a_proposal(), poor)
    for product in ("customs_guarantee", "infringement_loss", "infringement_liability"):
        assert found(a_proposal(product=product), poor) == {}


def test_the_house_s_own_ceiling_refers() -> None:
    passed = found(a_proposal(), held(a_means(), obligor=Held(18 * MILLION, 2, {})))
    assert set(passed) == {"accumulation-limit"}
    assert passed["accumulation-limit"].effect is Effect.REFER
    assert "CNY 1,000,000.00" in passed["accumulation-limit"].cure


def test_what_is_not_stated_is_referred_with_its_cure() -> None:
    missing = found(a_proposal(), held())["means-not-stated"]
    assert missing.effect is Effect.REFER
    assert "POST /v1/means" in missing.cure


@pytest.mark.parametrize(("days", "old"), [(140, False), (141, True)])
def test_old_means_are_referred(days: int, old: bool) -> None:  # noqa: FBT001 - a column of the table
    means = a_means()
    proposed = a_proposal(on=means.as_of + timedelta(days=days))
    assert ("means-old" in found(proposed, held(means))) is old


def test_a_product_of_no_class_is_referred() -> None:
    findings = found(a_proposal(product="new_line"), held(a_means()))
    assert set(findings) == {"class-not-stated"}


def test_a_currency_without_a_ceiling_is_referred() -> None:
    proposed = replace(
        a_proposal(),
        added=Money(1, "USD"), retained=Money(1, "USD"), premium=Money(1, "USD"),
    )  # fmt: skip
    limits = Limits.of(LIMITS.json() | {"unit": {"CNY": "1000000"}})
    findings = found(proposed, Exposures("USD", {}, a_means(currency="USD")), limits)
    assert set(findings) == {"accumulation-not-set"}


def test_what_is_held_in_another_currency_is_for_a_person() -> None:
    elsewhere = {OBLIGOR: {"USD": 5_00}, Key(Dimension.BANK, "pt_x"): {"USD": 7_00}}
    exposures = replace(held(a_means()), elsewhere=elsewhere)
    keys = (*a_proposal().keys, Key(Dimension.BANK, "pt_x"))
    findings = found(a_proposal(keys=keys), exposures)
    assert set(findings) == {"held-elsewhere"}, "a bank in two currencies is nothing unusual"
    assert "USD 5.00" in findings["held-elsewhere"].en


def test_one_decision_that_hits_seven_policies_is_told() -> None:
    exposures = held(a_means(), family=Held(20 * MILLION, 6), obligor=Held(MILLION, 1))
    told = found(a_proposal(), exposures)
    assert set(told) == {"accumulates"}
    assert told["accumulates"].effect is Effect.INFORM
    assert told["accumulates"].en == (
        f"one decision on {FAMILY.name} would hit 7 policies, CNY 23,000,000.00"
    )


def test_the_view_says_it_in_one_line() -> None:
    seven = Accumulated(FAMILY, "CNY", Held(31 * MILLION, 7, {"x": 5 * MILLION, "y": MILLION}))
    assert seven.words == (f"one event on family {FAMILY.name} hits 7 policies, CNY 31,000,000.00")
    assert seven.json()["retained"] == "6000000.00"
    assert Accumulated(FAMILY, "CNY", Held(1, 1)).json()["retained"] is None


def test_all_is_said_at_once() -> None:
    means = a_means(net_assets=1, core_solvency=Fraction(0), as_of=date(2024, 1, 1))
    codes = set(found(a_proposal(), held(means, obligor=Held(90 * MILLION, 1))))
    assert {"means-old", "core-solvency", "guarantee-total", "accumulation-limit"} <= codes
