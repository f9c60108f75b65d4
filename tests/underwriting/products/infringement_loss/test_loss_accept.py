"""Who and what is insured: each reason with its code, clause and cure, all at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from loss_cases import a_basis, a_proposal, a_right, checked, money, tariff

from kernel.finding import Effect, Finding
from underwriting.products.infringement_loss.accept import accept
from underwriting.products.infringement_loss.levers import LEVERS, REMEDIES

KNOWN = {"infringer": "仿冒厂", "known_on": "2024-12-01", "related": False}


def found(proposal: dict[str, Any] | None = None, **other: Any) -> dict[str, Finding]:
    """Findings by code, without those that repeat the tariff's doubts."""
    every = accept(checked(proposal or a_proposal()), other.get("basis") or a_basis())
    return {one.code: one for one in every if one.code != "unverified"}


def over_right(**facts: Any) -> dict[str, Finding]:
    return found(a_proposal(rights=[a_right(**facts)]))


def test_a_sound_proposal_has_no_finding_but_the_tariff_s_doubts() -> None:
    assert found() == {}
    doubts = accept(checked(a_proposal()), a_basis())
    assert {one.effect for one in doubts} == {Effect.INFORM}
    assert len(doubts) == len(tariff()["unverified"])


RIGHTS = [
    ({"granted": None}, "not-granted"),
    ({"granted": "2025-06-01"}, "not-granted"),
    ({"fees_paid_until": "2025-03-02"}, "fees-unpaid"),
    ({"co_owners": ["另一公司"]}, "no-co-owner-consent"),
    ({"expires": "2028-03-09"}, "term-too-short"),
    ({"ownership_disputed": True}, "ownership-disputed"),
    ({"suit_pending": True}, "suit-pending"),
    ({"kind": "utility_model"}, "no-evaluation"),
    ({"kind": "design"}, "no-evaluation"),
    (
        {"kind": "design", "evaluation": {"reported_on": "2024-01-01", "verdict": "negative"}},
        "evaluation-negative",
    ),
]


@pytest.mark.parametrize(("facts", "code"), RIGHTS)
def test_a_right_that_cannot_be_insured_is_declined(facts: dict[str, Any], code: str) -> None:
    seen = over_right(**facts)
    assert set(seen) == {code}
    one = seen[code]
    assert one.effect is Effect.DECLINE
    assert "ZL202010000001.X" in one.en
    assert one.zh
    assert one.clause
    assert one.cure


@pytest.mark.parametrize(
    "facts",
    [
        {"granted": "2025-03-10"},
        {"fees_paid_until": "2025-03-03"},
        {"co_owners": ["另一公司"], "co_owners_consent": True},
        {"expires": "2028-03-10"},
        {"kind": "design", "evaluation": {"reported_on": "2024-01-01", "verdict": "positive"}},
        {"kind": "copyright", "granted": None},
    ],
)
def test_the_edge_is_inside(facts: dict[str, Any]) -> None:
    assert over_right(**facts) == {}


def test_everything_is_said_at_once() -> None:
    facts = {"suit_pending": True, "co_owners": ["另一公司"], "expires": "2026-01-01"}
    assert set(over_right(**facts)) == {"suit-pending", "no-co-owner-consent", "term-too-short"}


def test_a_pending_request_of_invalidity_is_for_a_person() -> None:
    assert over_right(invalidation_pending=True)["invalidation-pending"].effect is Effect.REFER


def test_a_known_infringement_is_left_out_and_said_so() -> None:
    one = over_right(known=[KNOWN])["known-infringement"]
    assert one.effect is Effect.INFORM
    assert "仿冒厂" in one.zh
    related = over_right(known=[{**KNOWN, "related": True}])
    assert set(related) == {"related-infringer"}


def test_a_licensee_needs_consent() -> None:
    licensee = {"standing": "licensee"}
    seen = found(a_proposal(insured=licensee))
    assert seen["no-licensor-consent"].effect is Effect.DECLINE
    assert found(a_proposal(insured={**licensee, "licensor_consent": True})) == {}


COVERS = [
    ({"months": 36}, "months-limit", Effect.REFER),
    ({"retroactive_months": 36}, "retroactive-months-limit", Effect.REFER),
    ({"coinsurance": "0.05"}, "coinsurance-low", Effect.REFER),
    ({"aggregate": money(6_000_000)}, "sum-limit", Effect.REFER),
    ({"start": "2025-03-02"}, "backdated", Effect.REFER),
]


@pytest.mark.parametrize(("cover", "code", "effect"), COVERS)
def test_what_goes_beyond_the_tariff_is_for_a_person(
    cover: dict[str, Any], code: str, effect: Effect
) -> None:
    seen = found(a_proposal(**cover))
    assert set(seen) == {code}
    assert seen[code].effect is effect


def test_a_currency_without_a_limit_is_for_a_person() -> None:
    pounds = {
        name: money(1000, "GBP") for name in ("limit", "aggregate", "retention")
    }  # fmt: skip
    seen = found(a_proposal(**pounds), basis=a_basis("GBP"))
    assert "not set" in seen["sum-limit"].en


def test_an_aggregate_of_each_year_counts_each_year() -> None:
    agreed = {"aggregate": money(2_600_000), "months": 24}
    assert found(a_proposal(**agreed)) == {}
    yearly = found(a_proposal(**agreed, aggregate_basis="policy_year"))
    assert "CNY 5,200,000.00" in yearly["sum-limit"].en


def test_many_rights_and_those_who_live_on_them() -> None:
    rights = [a_right(f"N{place}") for place in range(101)]
    assert set(found(a_proposal(rights=rights))) == {"rights-limit"}
    assert found(a_proposal(insured={"npe": True}))["npe"].effect is Effect.REFER


def test_a_scheme_out_of_force() -> None:
    early = {"start": "2019-12-31"}
    seen = found(a_proposal(**early), basis=a_basis(on=date(2019, 12, 1)))
    assert seen["scheme-not-in-force"].effect is Effect.DECLINE


@pytest.mark.parametrize(
    ("facts", "insured"),
    [
        ({"co_owners": ["另一公司"]}, {}),
        ({"kind": "design"}, {}),
        ({"fees_paid_until": "2025-03-02"}, {}),
        ({}, {"standing": "licensee"}),
    ],
)
def test_each_remedy_takes_its_finding_away(facts: dict[str, Any], insured: dict[str, Any]) -> None:
    proposal = a_proposal(rights=[a_right(**facts)], insured=insured)
    (code,) = found(proposal)
    remedy = next(one for one in REMEDIES if one.finding == code)
    assert found(remedy.mended(proposal, date(2025, 3, 3))) == {}


def test_every_lever_stands_in_the_form() -> None:
    proposal: Any = checked(a_proposal()).model_dump(mode="json")
    for lever in LEVERS:
        place = proposal
        for key in lever.path:
            place = place[key]
        assert place is not None


def test_a_bounded_history_is_said() -> None:
    history = {"years": 20, "claims": 50}
    proposal = {**a_proposal(), "history": history}
    assert found(proposal)["experience-bounded"].effect is Effect.INFORM
    assert found({**a_proposal(), "history": {"years": 1, "claims": 0}}) == {}
    terms = {**tariff(), "experience": {"low": 0.01, "high": 100.0, "alpha": 1.78}}
    assert found(proposal, basis=replace(a_basis(), terms=terms)) == {}
