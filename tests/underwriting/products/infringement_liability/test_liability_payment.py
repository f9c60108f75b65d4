"""One claim: the exact payment against the priced one, and both against amounts by hand."""

from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from liability_cases import a_basis, checked, proposal, yuan

from underwriting.products.infringement_liability.contract import contract
from underwriting.products.infringement_liability.payment import (
    PARTS,
    AgreedTerms,
    ClaimKind,
    pay,
)
from underwriting.products.infringement_liability.suit_terms import STAGES, SuitTerms
from underwriting.products.infringement_liability.wanted import Counsel

MINOR = st.integers(0, 10**9)
LOSS = st.fixed_dictionaries(dict.fromkeys(PARTS, MINOR))
NONE = dict.fromkeys(STAGES)
TOP = st.none() | st.integers(1, 10**9)
TERMS = st.builds(
    AgreedTerms,
    retention=st.integers(0, 10**8),
    copay=st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10)),
    caps=st.fixed_dictionaries(dict.fromkeys(STAGES, TOP)),
    sublimit=TOP,
    limit=st.integers(1, 10**9),
    aggregate=st.just(10**12),
    inside=st.booleans(),
)


def terms(**changes: object) -> AgreedTerms:
    stated: dict[str, object] = {
        "retention": 2_000_000, "copay": Fraction(1, 10), "caps": NONE, "sublimit": None,
        "limit": 100_000_000, "aggregate": 200_000_000, "inside": True,
    }  # fmt: skip
    return AgreedTerms(**{**stated, **changes})


@given(LOSS, TERMS)
def test_the_priced_claim_is_the_paid_claim(loss: dict[str, int], exact: AgreedTerms) -> None:
    def top(amount: int | None) -> float:
        return inf if amount is None else float(amount)

    priced = SuitTerms(
        retention=float(exact.retention),
        copay=float(exact.copay),
        caps=tuple(top(exact.caps[name]) for name in STAGES),
        sublimit=top(exact.sublimit),
        limit=float(exact.limit),
        inside=exact.inside,
    )
    stages = [np.array([float(loss[name])]) for name in STAGES]
    floats, paid = priced.paid(stages, np.array([float(loss["damages"])])), pay(exact, loss)
    assert float(floats.damages[0]) == pytest.approx(paid.paid["damages"], abs=5)
    assert float(floats.total[0]) == pytest.approx(paid.total, abs=5)


@given(LOSS, st.integers(0, 10**8), st.integers(0, 10**8))
def test_a_lower_retention_never_pays_less(loss: dict[str, int], low: int, more: int) -> None:
    assert pay(terms(retention=low), loss).total >= pay(terms(retention=low + more), loss).total


@given(LOSS, st.integers(0, 300_000_000))
def test_what_is_cut_and_what_is_paid_are_the_loss(loss: dict[str, int], used: int) -> None:
    found = pay(terms(caps={"appeal": 1000}, sublimit=60_000_000), loss, used=used)
    assert found.total + sum(cut for _, cut in found.cuts) == sum(loss.values())
    assert found.total <= max(0, min(60_000_000, 200_000_000 - used))
    order = [name for name, _ in found.cuts]
    assert order == ["retention", "coinsurance", "stage_cap", "sublimit", "limit", "aggregate"]


def test_the_retention_is_borne_from_the_first_stage_on() -> None:
    found = pay(terms(copay=Fraction(0)), {"pre_suit": 500_000, "appeal": 2_500_000})
    assert found.paid == {**dict.fromkeys(PARTS, 0), "appeal": 1_000_000}


def test_outside_each_tower_has_its_own_aggregate() -> None:
    loss = {"first_instance": 90_000_000, "damages": 90_000_000}
    found = pay(
        terms(retention=0, copay=Fraction(0), inside=False), loss,
        used=150_000_000, used_cost=199_000_000,
    )  # fmt: skip
    assert (found.paid["first_instance"], found.paid["damages"]) == (1_000_000, 50_000_000)


def test_terms_follow_the_kind_of_claim_and_the_counsel_used() -> None:
    risk = checked(proposal(
        npe_sublimit=yuan(50000), stage_caps={"appeal": yuan(7000)},
        exhibition={"fairs": [{"court": "DE", "count": 2}], "sublimit": yuan(30000)},
    ))  # fmt: skip
    agreed = contract(risk, a_basis(risk)).agreed

    def of(kind: ClaimKind, counsel: Counsel = Counsel.PANEL) -> AgreedTerms:
        return AgreedTerms.of(agreed, kind, counsel)

    suit = of(ClaimKind.SUIT)
    assert (suit.retention, suit.copay, suit.caps["appeal"]) == (
        2_000_000,
        Fraction(1, 10),
        700_000,
    )
    assert of(ClaimKind.SUIT, Counsel.OFF_PANEL).copay == Fraction(1, 5)
    assert of(ClaimKind.NPE).sublimit == 5_000_000
    assert of(ClaimKind.KNOWN).retention == 10_000_000
    fair = of(ClaimKind.FAIR)
    assert (fair.retention, fair.sublimit, fair.caps) == (0, 3_000_000, {})


def test_panel_counsel_lowers_nothing_where_own_counsel_was_agreed() -> None:
    risk = checked(proposal(counsel="off_panel"))
    agreed = contract(risk, a_basis(risk)).agreed
    assert AgreedTerms.of(agreed, ClaimKind.SUIT, Counsel.PANEL).copay == Fraction(1, 5)
