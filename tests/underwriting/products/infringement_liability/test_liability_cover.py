"""Cover of a claim: dates, schedule, known matters, consent, cause; what is missing waits."""

from datetime import date
from typing import Any

import pytest
from liability_cases import a_basis, checked, proposal

from kernel.finding import Effect, Finding
from underwriting.products.infringement_liability.conduct import CONDUCT
from underwriting.products.infringement_liability.contract import contract
from underwriting.products.infringement_liability.cover import reported_until, test_cover

judge = test_cover  # under a name that pytest does not take for a test
del test_cover

MADE = date(2025, 9, 1)
FILE: dict[str, Any] = {
    "known_on": "2025-09-02", "first_act_on": "2024-05-01", "product": "WM-8", "court": "DE",
    "counterparty": "乙公司", "cause_first_made_on": "2025-09-01", "third_party_paid": True,
    "counsel_consented": True, "settled_unconsented": False, "wilful": False,
    "known_at_inception": False, "only_by_contract": False, "criminal": False,
    "fraud_by_insured": False,
}  # fmt: skip


def found(
    file: dict[str, Any] | None = None, *, made: date = MADE, notified: date = date(2025, 9, 20),
    **parts: Any,
) -> dict[str, Finding]:  # fmt: skip
    risk = checked(proposal(**parts))
    terms = contract(risk, a_basis(risk))
    findings = judge(
        terms, default_date=made, notified_on=notified,
        file=FILE if file is None else file, on=date(2030, 1, 1),
    )  # fmt: skip
    return {one.code: one for one in findings}


def with_fact(**facts: Any) -> dict[str, Any]:
    return {**FILE, **facts}


def test_a_claim_that_is_covered_says_only_how_cost_counts() -> None:
    seen = found()
    assert set(seen) == {"defence-cost"}
    assert "erodes the limit" in seen["defence-cost"].en
    assert "limit of its own" in found(defence="outside")["defence-cost"].en


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("act-too-early", {"first_act_on": "2023-03-09"}),
        ("act-too-late", {"first_act_on": "2025-09-02"}),
        ("product-not-scheduled", {"product": "TV-1"}),
        ("court-not-covered", {"court": "US"}),
        ("made-before-cover", {"cause_first_made_on": "2025-03-09"}),
        ("counsel-unconsented", {"counsel_consented": False}),
        ("settled-unconsented", {"settled_unconsented": True}),
        ("wilful", {"wilful": True}),
        ("known-matter", {"known_at_inception": True}),
        ("only-by-contract", {"only_by_contract": True}),
        ("criminal", {"criminal": True}),
        ("fraud", {"fraud_by_insured": True}),
    ],
)
def test_what_takes_cover_away(code: str, facts: dict[str, Any]) -> None:
    seen = found(with_fact(**facts))
    assert seen[code].effect is Effect.DECLINE
    assert {one.effect for one in seen.values()} <= {Effect.DECLINE, Effect.INFORM}


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("first_act_on", "first-act-unknown"),
        ("product", "product-unknown"),
        ("court", "court-unknown"),
        ("counterparty", "counterparty-unknown"),
        ("cause_first_made_on", "cause-unknown"),
        ("third_party_paid", "third-party-paid-unknown"),
        *((name, None) for name in CONDUCT),
    ],
)
def test_what_is_missing_waits(fact: str, code: str | None) -> None:
    file = {name: value for name, value in FILE.items() if name != fact}
    waiting = [one for one in found(file).values() if one.effect is Effect.WAIT]
    assert len(waiting) == 1
    assert code in (None, waiting[0].code)
    assert waiting[0].code.endswith("-unknown")


def test_edges_of_the_days() -> None:
    assert set(found(with_fact(first_act_on="2023-03-10"))) == {"defence-cost"}
    last = date(2026, 3, 9)
    file = with_fact(cause_first_made_on="2026-03-09", known_on="2026-03-09")
    assert "not-in-force" not in found(file, made=last)
    late = with_fact(cause_first_made_on="2026-03-10", known_on="2026-03-10")
    assert found(late, made=date(2026, 3, 10))["not-in-force"].effect is Effect.DECLINE


def test_extended_reporting_takes_demands_for_acts_before_the_end() -> None:
    made, more = date(2026, 8, 1), {"extended_reporting_months": 6}
    file = with_fact(cause_first_made_on="2026-08-01", known_on="2026-08-01")
    assert "not-in-force" not in found(file, made=made, **more)
    after = with_fact(first_act_on="2026-03-10", cause_first_made_on="2026-08-01")
    assert found(after, made=made, **more)["act-too-late"].effect is Effect.DECLINE
    risk = checked(proposal(**more))
    assert reported_until(contract(risk, a_basis(risk))) == date(2026, 9, 9)


def test_demands_of_one_cause_are_one_claim() -> None:
    seen = found(with_fact(cause_first_made_on="2025-06-01"))
    assert seen["related-claim"].effect is Effect.INFORM
    assert "one retention" in seen["related-claim"].en


def test_known_matters_follow_what_was_agreed() -> None:
    matter = {"kind": "letter", "on": "2024-11-02", "counterparty": "乙公司", "product": "WM-8",
              "court": "DE"}  # fmt: skip
    out = found(known_matters=[{**matter, "treatment": "exclude"}])
    assert out["excluded-matter"].effect is Effect.DECLINE
    taken = found(known_matters=[{**matter, "treatment": "higher_retention"}])
    assert taken["higher-retention"].effect is Effect.INFORM
    assert "5 retentions" in taken["higher-retention"].en
    other = found(with_fact(counterparty="丙公司"), known_matters=[
        {**matter, "treatment": "exclude"}])  # fmt: skip
    assert set(other) == {"defence-cost"}


def test_late_notice_is_told_and_declines_nothing() -> None:
    assert "late-notice" not in found(notified=date(2025, 10, 2))
    assert found(notified=date(2025, 10, 3))["late-notice"].effect is Effect.INFORM


def test_damages_go_to_the_third_party_until_the_insured_has_paid() -> None:
    seen = found(with_fact(third_party_paid=False))
    assert seen["pay-third-party"].effect is Effect.INFORM
    assert "art. 65" in seen["pay-third-party"].clause
