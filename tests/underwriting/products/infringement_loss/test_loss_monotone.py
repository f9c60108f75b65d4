"""More cover never costs less: any proposal, any one figure turned towards more."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from loss_cases import PERILS, a_basis, a_proposal, a_right, checked, money

from underwriting.pricing.loadings import Loadings, technical_premium
from underwriting.products.infringement_loss.rating import rate

ROUGH = 3e-5
"""Part of the price that a lattice of another width may move it by, where nothing else does."""

ONCE = (Phase.explicit, Phase.reuse, Phase.generate)
"""A price takes too long to look for the smallest proposal that fails."""

KINDS = ("invention", "utility_model", "trademark", "gi")
Proposal = dict[str, Any]


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    """A proposal whose figures leave room to be turned."""
    limit = draw(st.integers(50_000, 2_000_000))
    right = limit + draw(st.integers(0, 500_000))
    aggregate = right + draw(st.integers(0, 2_000_000))
    sublimits = {
        peril: draw(
            st.just({}) | st.integers(20_000, 900_000).map(lambda x: {"sublimit": money(x)})
        )
        for peril in draw(st.lists(st.sampled_from(PERILS), min_size=1, unique=True))
    }
    rights = [
        a_right(f"N{place}", kind=draw(st.sampled_from(KINDS)), sales=money(draw(SALES)),
                margin="0.2")
        for place in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    return a_proposal(
        rights=rights,
        perils=sublimits,
        months=draw(st.integers(1, 35)),
        retroactive_months=draw(st.integers(0, 35)),
        retention=money(draw(st.integers(0, 100_000))),
        coinsurance=draw(st.sampled_from(["0", "0.1", "0.25", "0.5"])),
        limit=money(limit),
        per_right=draw(st.sampled_from([None, money(right)])),
        aggregate=money(aggregate),
        aggregate_basis=draw(st.sampled_from(["policy_period", "policy_year"])),
        economic_benefit=draw(st.sampled_from([None, {"exempt": money(50_000)}])),
    )


SALES = st.integers(100_000, 100_000_000)
SUBLIMITS = st.integers(20_000, 900_000).map(lambda most: {"sublimit": money(most)})


def with_cover(proposal: Proposal, **cover: Any) -> Proposal:
    return {**proposal, "cover": {**proposal["cover"], **cover}}


def more(amount: dict[str, str], factor: float) -> dict[str, str]:
    return money(float(amount["amount"]) * factor)


def _aggregate(proposal: Proposal) -> Proposal:
    return with_cover(proposal, aggregate=more(proposal["cover"]["aggregate"], 1.07))


def _limits(proposal: Proposal) -> Proposal:
    cover = proposal["cover"]
    names = [name for name in ("limit", "per_right", "aggregate") if cover[name]]
    return with_cover(proposal, **{name: more(cover[name], 1.1) for name in names})


def _retention(proposal: Proposal) -> Proposal:
    return with_cover(proposal, retention=more(proposal["cover"]["retention"], 0.5))


def _coinsurance(proposal: Proposal) -> Proposal:
    borne = float(proposal["cover"]["coinsurance"])
    return with_cover(proposal, coinsurance=f"{borne / 2:g}")


def _months(proposal: Proposal) -> Proposal:
    return with_cover(proposal, months=proposal["cover"]["months"] + 1)


def _retroactive(proposal: Proposal) -> Proposal:
    return with_cover(proposal, retroactive_months=proposal["cover"]["retroactive_months"] + 1)


def _rights(proposal: Proposal) -> Proposal:
    return {**proposal, "rights": [*proposal["rights"], a_right("MORE", kind="design")]}


def _sales(proposal: Proposal) -> Proposal:
    first, *others = proposal["rights"]
    return {**proposal, "rights": [{**first, "sales": more(first["sales"], 1.3)}, *others]}


def _sublimit(proposal: Proposal) -> Proposal:
    raised = {
        name: {"sublimit": more(one["sublimit"], 1.2)} if one else {}
        for name, one in proposal["cover"]["perils"].items()
    }
    return with_cover(proposal, perils=raised)


def _peril(proposal: Proposal) -> Proposal:
    every: Proposal = {peril: {} for peril in PERILS}
    return with_cover(proposal, perils={**every, **proposal["cover"]["perils"]})


def _benefit(proposal: Proposal) -> Proposal:
    return with_cover(proposal, economic_benefit=None)


TURNS = (
    _aggregate, _limits, _retention, _coinsurance, _months, _retroactive, _rights, _sales,
    _sublimit, _benefit,
)  # fmt: skip


def technical(proposal: Proposal) -> float:
    basis = a_basis()
    loss = rate(checked(proposal), basis)
    return technical_premium(loss.pure, loss.margin.amount, Loadings.of(basis.terms))


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.__name__.strip("_"))
@settings(max_examples=12, deadline=None, phases=ONCE)
@given(proposal=proposals())
def test_more_never_costs_less(turn: Any, proposal: Proposal) -> None:
    before, after = technical(proposal), technical(turn(proposal))
    assert after >= before * (1 - ROUGH)


@settings(max_examples=10, deadline=None, phases=ONCE)
@given(proposal=proposals())
def test_one_more_peril_never_costs_less_where_nothing_is_repaid(proposal: Proposal) -> None:
    """Where it is, a profit that is covered is made good first, and less of an award repays."""
    plain = with_cover(_benefit(proposal), retention=money(0))
    assert technical(_peril(plain)) >= technical(plain) * (1 - ROUGH)
