"""The terms of one matter: in floats for the price, in whole units for the payment, one order."""

from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from underwriting.products.infringement_loss.branches import PERILS
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.payment import AgreedTerms, pay, repay

AMOUNTS = st.integers(0, 3_000_000)
TOPS = st.none() | st.integers(1, 2_000_000)


@st.composite
def agreed(draw: st.DrawFn) -> AgreedTerms:
    """Terms of a contract, any of them."""
    taken = draw(st.lists(st.sampled_from(PERILS), min_size=1, unique=True))
    limit = draw(st.integers(1, 2_000_000))
    return AgreedTerms(
        perils={name: draw(TOPS) for name in PERILS if name in taken},
        retention=draw(st.integers(0, 500_000)),
        coinsurance=draw(st.fractions(0, Fraction(99, 100), max_denominator=100)),
        limit=limit,
        per_right=draw(st.none() | st.integers(limit, 4_000_000)),
        aggregate=limit + draw(st.integers(0, 4_000_000)),
        exempt=draw(st.none() | st.integers(0, 400_000)),
    )


def as_floats(terms: AgreedTerms) -> MatterTerms:
    return MatterTerms(
        covered=tuple(name in terms.perils for name in PERILS),
        retention=float(terms.retention),
        copay=float(terms.coinsurance),
        sublimits=tuple(
            inf if terms.perils.get(name) is None else float(terms.perils[name] or 0)
            for name in PERILS
        ),
        limit=float(terms.limit),
        exempt=None if terms.exempt is None else float(terms.exempt),
    )


@given(terms=agreed(), loss=st.lists(AMOUNTS, min_size=4, max_size=4), money=AMOUNTS, kind=AMOUNTS)
def test_the_price_and_the_payment_apply_one_wording(
    terms: AgreedTerms, loss: list[int], money: int, kind: int
) -> None:
    """Rounding to whole units may move each peril by half a unit, and no more."""
    exact = pay(terms, dict(zip(PERILS, loss, strict=True)))
    floats = as_floats(terms)
    found = floats.paid(np.array(loss, float)[:, None]).limit
    assert exact.total == pytest.approx(float(found.sum()), abs=2.0)
    for place, name in enumerate(PERILS):
        assert exact.paid.get(name, 0) == pytest.approx(float(found[place, 0]), abs=2.0)
    back = floats.repaid(found.sum(axis=0), np.array([money]), np.array([kind]))
    assert repay(terms, exact.total, money=money, kind=kind) == pytest.approx(
        float(back[0]), abs=2.0
    )


@given(terms=agreed(), loss=st.lists(AMOUNTS, min_size=4, max_size=4), used=AMOUNTS)
def test_every_unit_is_paid_or_has_a_reason(terms: AgreedTerms, loss: list[int], used: int) -> None:
    found = pay(terms, dict(zip(PERILS, loss, strict=True)), used_right=used, used=used)
    assert found.total + sum(cut for _, cut in found.cuts) == sum(loss)
    assert all(cut >= 0 for _, cut in found.cuts)
    assert found.total <= min(terms.limit, max(0, terms.aggregate - used))
    assert all(minor >= 0 for minor in found.paid.values())
    order = ["not_covered", "retention", "coinsurance", "sublimit", "limit", "per_right",
             "aggregate"]  # fmt: skip
    assert [code for code, _ in found.cuts] == [
        code for code in order if code != "per_right" or terms.per_right is not None
    ]


PUBLISHED = AgreedTerms(
    perils={"investigation": None, "litigation": None},
    retention=2_000_000,
    coinsurance=Fraction(1, 10),
    limit=100_000_000,
    per_right=None,
    aggregate=100_000_000,
    exempt=10_000_000,
)
"""A limit of a million, 2 % retained, 10 % borne, the first 100,000 in kind exempt; cents."""


def test_the_published_example() -> None:
    """(500,000 - 20,000) x 90 % = 432,000."""
    found = pay(PUBLISHED, {"investigation": 10_000_000, "litigation": 40_000_000})
    assert found.total == 43_200_000
    assert found.cuts == (
        ("not_covered", 0), ("retention", 2_000_000), ("coinsurance", 4_800_000),
        ("sublimit", 0), ("limit", 0), ("aggregate", 0),
    )  # fmt: skip


def test_what_is_won_repays_what_was_paid_and_no_more() -> None:
    assert repay(PUBLISHED, 43_200_000, money=60_000_000) == 43_200_000
    assert repay(PUBLISHED, 43_200_000, money=5_000_000) == 5_000_000
    assert repay(PUBLISHED, 43_200_000, kind=10_000_000) == 0
    assert repay(PUBLISHED, 43_200_000, kind=12_000_000, money=1_000_000) == 3_000_000


def test_what_is_repaid_can_be_paid_again() -> None:
    """Three matters of a million: the second finds nothing left, the third what was repaid."""
    loss = {"litigation": 200_000_000}
    first = pay(PUBLISHED, loss).total
    assert first == PUBLISHED.aggregate
    assert pay(PUBLISHED, loss, used=first).total == 0
    back = repay(PUBLISHED, first, money=30_000_000)
    assert pay(PUBLISHED, loss, used=first - back).total == 30_000_000


def test_the_retention_runs_through_the_perils_in_order() -> None:
    found = pay(PUBLISHED, {"investigation": 1_500_000, "litigation": 1_000_000})
    assert found.paid == {"investigation": 0, "litigation": 450_000}
    assert pay(PUBLISHED, {"loss_of_profit": 9_000_000}).total == 0


def test_amounts_of_a_matter_by_hand() -> None:
    """Order: 100 off, a fifth borne, sublimits 200 and 300, limit 400."""
    terms = MatterTerms((True, True, True, False), 100.0, 0.2, (200.0, 300.0, inf, inf), 400.0)
    paid = terms.paid(np.array([[60.0], [340.0], [500.0], [999.0]]))
    assert paid.retention[:, 0].tolist() == [0.0, 300.0, 500.0, 0.0]
    assert paid.coinsurance[:, 0].tolist() == [0.0, 240.0, 400.0, 0.0]
    assert paid.sublimit[:, 0].tolist() == [0.0, 240.0, 400.0, 0.0]
    assert paid.limit[:, 0].tolist() == [0.0, 240.0, 160.0, 0.0]
    assert terms.repaid(np.array([400.0]), np.array([50.0]), np.array([50.0])).tolist() == [0.0]
