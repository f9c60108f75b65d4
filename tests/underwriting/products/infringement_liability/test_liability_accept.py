"""Acceptance: each reason, its effect, and what takes it away."""

from typing import Any

import pytest
from liability_cases import QUOTED, SAMPLE, a_basis, checked, proposal, yuan

from kernel.finding import Effect, Finding
from underwriting.products.infringement_liability.accept import accept
from underwriting.products.infringement_liability.levers import LEVERS, REMEDIES

MATTER = {
    "kind": "letter", "on": "2024-11-02", "counterparty": "甲公司", "product": "WM-8",
    "court": "DE", "treatment": "higher_retention",
}  # fmt: skip
MERITS = {
    "kind": "merits", "author": "external_counsel", "on": "2025-01-02", "products": ["WM-8"],
    "courts": ["DE"], "conclusion": "clear",
}  # fmt: skip


def findings(**parts: Any) -> dict[str, Finding]:
    risk = checked(proposal(**parts))
    return {found.code: found for found in accept(risk, a_basis(risk))}


def test_the_sample_passes_and_repeats_what_is_unverified() -> None:
    assert set(findings()) == {"unverified"}


@pytest.mark.parametrize(
    ("code", "effect", "parts"),
    [
        ("violation-on-record", Effect.DECLINE, {"policyholder": {
            **SAMPLE["policyholder"], "violation_on": "2023-03-04"}}),
        ("sanctioned-country", Effect.DECLINE, {"policyholder": {
            **SAMPLE["policyholder"], "elsewhere": ["IR"]}}),
        ("sales-not-covered", Effect.INFORM, {"policyholder": {
            **SAMPLE["policyholder"], "elsewhere": ["BR"]}}),
        ("sales-not-covered", Effect.INFORM, {"courts": ["CN"]}),
        ("court-without-sales", Effect.REFER, {"courts": ["CN", "DE", "JP"]}),
        ("product-not-scheduled", Effect.DECLINE, {"indemnities": [
            {"customer": "客户", "product": "TV-1", "court": "CN", "capped": True}]}),
        ("product-not-scheduled", Effect.DECLINE, {"known_matters": [
            {**MATTER, "product": "TV-1"}]}),
        ("known-matter-excluded", Effect.INFORM, {"known_matters": [
            {**MATTER, "treatment": "exclude"}]}),
        ("known-matter-unopined", Effect.REFER, {"known_matters": [MATTER]}),
        ("known-matter-unopined", Effect.REFER, {
            "known_matters": [MATTER], "opinions": [{**MERITS, "author": "in_house",
                                                     "conclusion": "qualified"}]}),
        ("known-matter-taken", Effect.INFORM, {
            "known_matters": [MATTER], "opinions": [MERITS]}),
        ("known-suit", Effect.DECLINE, {"known_matters": [{**MATTER, "kind": "suit"}]}),
        ("opinion-adverse", Effect.REFER, {"opinions": [{**MERITS, "conclusion": "adverse"}]}),
        ("opinion-missing", Effect.REFER, {"sales": {"CN": 8e6, "US": 2e6}}),
        ("limit-of-authority", Effect.REFER, {
            "limit": yuan(37e6), "aggregate": yuan(40e6), "retention": yuan(1e6)}),
        ("limit-of-authority", Effect.REFER, {"aggregate": yuan(73e6)}),
        ("retention-low", Effect.REFER, {"retention": yuan(19999.99)}),
        ("copay-low", Effect.REFER, {"copay_panel": "9/100"}),
        ("retroactive-far", Effect.REFER, {"retroactive_date": "2019-03-09"}),
        ("backdated", Effect.REFER, {"start": "2025-03-02", "retroactive_date": "2025-03-02"}),
        ("scheme-not-in-force", Effect.DECLINE, {
            "start": "2019-12-31", "retroactive_date": "2019-12-31"}),
    ],
)  # fmt: skip
def test_each_reason_has_its_effect_clause_and_cure(
    code: str, effect: Effect, parts: dict[str, Any]
) -> None:
    found = findings(**parts)[code]
    assert found.effect is effect
    assert found.clause
    assert found.cure
    assert found.zh != found.en


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("violation-on-record", {"policyholder": {
            **SAMPLE["policyholder"], "violation_on": "2023-03-03"}}),
        ("opinion-missing", {"sales": {"CN": 8.1e6, "US": 2e6}}),
        ("opinion-missing", {"sales": {"CN": 8e6, "US": 2e6}, "opinions": [
            {**MERITS, "courts": ["US"], "author": "in_house"}]}),
        ("retention-low", {"retention": yuan(20000)}),
        ("retroactive-far", {"retroactive_date": "2019-03-10"}),
        ("limit-of-authority", {"aggregate": yuan(72e6)}),
        ("product-not-scheduled", {"known_matters": [MATTER]}),
        ("known-matter-unopined", {"known_matters": [MATTER], "opinions": [MERITS]}),
    ],
)  # fmt: skip
def test_at_the_edge_it_passes(code: str, parts: dict[str, Any]) -> None:
    assert code not in findings(**parts)


def test_every_remedy_takes_its_finding_away() -> None:
    ill = proposal(
        sales={"CN": 5e6, "US": 5e6, "DE": 1e6},
        known_matters=[{**MATTER, "kind": "suit"}, {**MATTER, "counterparty": "乙公司"}],
    )
    before = {found.code for found in accept(checked(ill), a_basis(checked(ill)))}
    for remedy in REMEDIES:
        assert remedy.finding in before
        mended = checked(remedy.mended(ill, QUOTED))
        after = {found.code for found in accept(mended, a_basis(mended))}
        assert remedy.finding not in after


def test_every_lever_stands_in_the_proposal() -> None:
    wire = checked(SAMPLE).model_dump(mode="json")
    for lever in LEVERS:
        place: Any = wire
        for key in lever.path:
            place = place[key]
        assert place is not None
