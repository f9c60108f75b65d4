"""The joint law in the price: default, death of the key right and sale, month by month by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, permutations
from math import exp, log
from typing import Any

import pytest
from builders import a_basis, a_risk, a_scheme, cny, risk_json, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from models.priors import PriorTable
from models.recovery.figures import recovery_table
from underwriting.fits import Serving
from underwriting.inputs import Inputs
from underwriting.pledge.laws import PURPOSES, laws_of
from underwriting.pricing.view import LossView
from underwriting.product import Rated
from underwriting.products import product
from underwriting.products.pledge_guarantee.rating import rate
from underwriting.products.pledge_guarantee.rival import secured
from underwriting.receipt import price

LOAN = 3_000_000_00
VALUE = 8_600_000_00
COST = 0.15
SOLD = 87.5 / 231
DEAD = "key_right_dead_at_default_month_1"
ALONE = {"pd_multiple_on_invalidity": 1.0, "value_default_rank_correlation": 0.0}
NOTHING_WHEN_DEAD = {**ALONE, "lgd_on_invalidity": 1.0}
"""Own figures of the key right: no link but that a dead one fetches nothing."""
PENDING: dict[str, Any] = {"invalidation_pending": True}


def asked(own: Mapping[str, float] | None = None, **parts: Any) -> Inputs:
    """A proposal with own figures of the key right before the published ones."""
    inputs = some_inputs(a_risk(**parts), scheme=a_scheme())
    rows = dict(inputs.priors.rows)
    for param, value in (own or {}).items():
        row = recovery_table().find(param, "key_right")
        rows[row.key] = replace(row, kind="level", value=value, source="own")
    return replace(inputs, priors=PriorTable.of("own", rows.values())) if own else inputs


def rated(own: Mapping[str, float] | None = None, **parts: Any) -> LossView:
    return rate(a_risk(**parts), a_basis(asked(own, **parts)))


def a_right(yuan: int, number: str = "1", **more: Any) -> dict[str, Any]:
    """A right of so many yuan."""
    (sample,) = risk_json()["rights"]
    return {**sample, "number": number, "appraised": cny(f"{yuan}.00"), **more}


def limited(mean: float, sigma: float, cap: float) -> float:
    """E[min(X, cap)] of a lognormal X: Klugman, Panjer and Willmot, appendix A, by scipy."""
    mu = log(mean) - sigma**2 / 2
    z = (log(cap) - mu) / sigma
    return float(mean * norm.cdf(z - sigma) + cap * norm.sf(z))


def in_force(wait: float, life: Any, years: float) -> float:
    """Chance that a right is in force when it is sold after this wait, gamma of mean 1.5."""
    density = wait**3 * exp(-wait / 0.375) / (6 * 0.375**4)
    return float(life.survival(years + wait) * density)


def survived(month: int) -> float:
    """Of grade BB: 2.5 % default in a year."""
    return float(0.975 ** (month / 12))


@pytest.mark.parametrize("plan", ["bullet", "equal_principal"])
@pytest.mark.parametrize("term", [1, 7, 24])
def test_without_a_link_the_price_is_the_sum_over_the_months(plan: str, term: int) -> None:
    """PD x (v^claim x paid - v^recovery x back), back capped at what is owed."""
    loan = {"term_months": term, "plan": plan, "annual_rate": "0"}
    cover = {"waiting_days": 73}
    view = rated(NOTHING_WHEN_DEAD, loan=loan, cover=cover)
    risk, basis = a_risk(loan=loan, cover=cover), a_basis(asked(loan=loan, cover=cover))
    laws = laws_of(secured(risk), basis, lambda serving: serving.champion)
    (right,) = laws.rights
    sigma = (0.5**2 + 0.25**2 * 42 / 365) ** 0.5
    total = 0.0
    for month, row in enumerate(view.months, 1):
        owed = LOAN if plan == "bullet" else LOAN * (term - month + 1) / term
        years = month / 12
        alive = quad(in_force, 0, 12, args=(right.life, years), limit=200)[0]
        # a claim is for the share of what is owed; proceeds come back in the same share
        back = 0.8 * SOLD * alive * limited(VALUE * 0.25 * (1 - COST), sigma, owed)
        default = survived(month - 1) - survived(month)
        assert row.exposure == pytest.approx(owed, abs=2)
        assert row.paid == pytest.approx(0.8 * owed, abs=2)
        assert row.given_back == pytest.approx(back, rel=1e-4)
        total += default * (0.8 * owed * 1.02 ** -(years + 0.2) - back * 1.02 ** -(years + 1.5))
    assert view.pure == pytest.approx(total, rel=1e-4)


@settings(max_examples=20, deadline=None)
@given(
    multiple=st.floats(0.05, 30),
    rank=st.floats(-0.9, 0.9),
    loss=st.floats(0, 1),
    pending=st.booleans(),
)
def test_no_link_moves_the_default_itself(
    multiple: float, rank: float, loss: float, *, pending: bool
) -> None:
    """The marginal of the joint law is the curve: dead and alive together, month by month."""
    own = {
        "pd_multiple_on_invalidity": multiple,
        "value_default_rank_correlation": rank,
        "lgd_on_invalidity": loss,
    }
    view = rated(own, right={"invalidation_pending": pending})
    assert 0 <= view.drivers[DEAD] <= 1
    for month, row in enumerate(view.months, 1):
        assert row.default_probability == pytest.approx(survived(month - 1) - survived(month))
        assert 0 <= row.given_back <= row.paid
    assert sum(row.default_probability for row in view.months) == pytest.approx(0.025)


@pytest.mark.parametrize("multiple", [0.2, 1.0, 1.5, 8.0])
def test_the_dead_branch_of_the_first_month_by_hand(multiple: float) -> None:
    """q k / (q k + 1 - q), q the chance of whole invalidation within the month."""
    own = {**ALONE, "pd_multiple_on_invalidity": multiple}
    risk = a_risk(right=PENDING)
    laws = laws_of(
        secured(risk), a_basis(asked(own, right=PENDING)), lambda serving: serving.champion
    )
    killed = laws.rights[0].killed
    assert killed is not None
    q = 1 - killed.survival(1 / 12)
    assert 1e-4 < q < 0.5
    want = q * multiple / (q * multiple + 1 - q)
    assert rated(own, right=PENDING).drivers[DEAD] == pytest.approx(want, rel=1e-6)


def test_an_own_multiple_moves_the_weight_of_the_dead_branch_alone() -> None:
    """Where a dead right fetches nothing, what comes back is the weight of the living one."""
    one, nine = (
        rated({**NOTHING_WHEN_DEAD, "pd_multiple_on_invalidity": k}, right=PENDING) for k in (1, 9)
    )
    alive = [1 - view.drivers[DEAD] for view in (one, nine)]
    assert nine.months[0].given_back / one.months[0].given_back == pytest.approx(
        alive[1] / alive[0], rel=1e-6
    )
    for before, after in zip(one.months, nine.months, strict=True):
        assert (before.exposure, before.paid) == (after.exposure, after.paid)
        assert before.default_probability == pytest.approx(after.default_probability)
        assert before.given_back > after.given_back


def falls(figures: Sequence[float]) -> bool:
    return all(before > after for before, after in pairwise(figures))


def test_each_part_of_the_link_costs_what_it_should() -> None:
    ranks = [
        rated({**ALONE, "value_default_rank_correlation": r}).pure for r in (0.9, 0.3, 0.0, -0.3)
    ]
    losses = [
        rated({**ALONE, "lgd_on_invalidity": loss}, right=PENDING).pure
        for loss in (1.0, 0.95, 0.9, 0.8)
    ]
    assert falls(ranks)
    assert falls(losses)


@pytest.mark.parametrize("days", [365, 3 * 365])
def test_an_older_appraisal_keeps_less_under_the_cap(days: int) -> None:
    """The life is the same: the ratio of two amounts is that of two limited means."""
    from_days = {0: "2025-03-03", 365: "2024-03-03", 3 * 365: "2022-03-04"}
    one = {"term_months": 1}
    fresh, old = (
        rated(NOTHING_WHEN_DEAD, loan=one, right={"appraised_on": from_days[at]}).months[0]
        for at in (0, days)
    )
    net = VALUE * 0.25 * (1 - COST)
    kept = [limited(net, (0.25 + 0.0625 * at / 365) ** 0.5, LOAN) for at in (0, days)]
    assert kept[1] < kept[0] < net
    assert old.given_back / fresh.given_back == pytest.approx(kept[1] / kept[0], rel=1e-6)


@pytest.mark.parametrize(("kind", "kept"), [("design", 0.6), ("gi", 0.2), ("trademark", 1.0)])
def test_a_haircut_is_a_smaller_right(kind: str, kept: float) -> None:
    cut = rated(right={"kind": kind})
    own = some_inputs(a_risk(right={"kind": kind}), scheme=a_scheme())
    row = recovery_table().find("haircut", kind)
    table = PriorTable.of("own", (*own.priors.rows.values(), replace(row, value=0.0)))
    smaller = a_risk(right={"kind": kind, "appraised": cny(f"{8_600_000 * kept:.2f}")})
    bare = rate(smaller, a_basis(replace(own, priors=table)))
    assert cut.pure == pytest.approx(bare.pure, rel=1e-9)


def test_rights_that_sell_apart_add_up() -> None:
    """Far below the debt, where no cap binds."""
    parts = [a_right(90_000, "1"), a_right(60_000, "2", kind="utility_model"), a_right(30_000, "3")]
    parts.append(a_right(10_000, "4", kind="trademark"))
    together = rated(NOTHING_WHEN_DEAD, rights=parts)
    singly = [rated(NOTHING_WHEN_DEAD, rights=[one]) for one in parts]
    for row, *alone in zip(together.months, *(view.months for view in singly), strict=True):
        assert row.given_back == pytest.approx(sum(one.given_back for one in alone), rel=5e-4)


def test_rights_near_the_debt_do_not() -> None:
    """Two lots may both sell, and the owner keeps what is above the debt."""
    parts = [a_right(12_000_000, "1"), a_right(9_000_000, "2")]
    row = rated(NOTHING_WHEN_DEAD, rights=parts).months[0]
    singly = sum(rated(NOTHING_WHEN_DEAD, rights=[one]).months[0].given_back for one in parts)
    most = max(rated(NOTHING_WHEN_DEAD, rights=[one]).months[0].given_back for one in parts)
    assert most < row.given_back < 0.97 * singly


def test_the_order_of_the_rights_is_nothing() -> None:
    parts = [a_right(900_000, "1", **PENDING), a_right(5_000_000, "2"),
             a_right(3_000_000, "3", kind="design")]  # fmt: skip
    first, *others = (rated(rights=list(order)) for order in permutations(parts))
    for other in others:
        assert other.pure == pytest.approx(first.pure, rel=1e-9)
        assert other.drivers == pytest.approx(first.drivers, rel=1e-9)


def test_the_key_right_is_the_most_valuable_after_its_haircut() -> None:
    """A design of a million counts 600,000: an invention of 700,000 is the key."""
    design: dict[str, Any] = {"number": "1", "kind": "design"}
    invention = a_right(700_000, "2")
    quiet, struck = (
        rated(rights=[a_right(1_000_000, **design, invalidation_pending=pending), invention])
        for pending in (False, True)
    )
    alone = rated(rights=[invention]).drivers[DEAD]
    assert quiet.drivers[DEAD] == pytest.approx(alone, rel=1e-9)
    assert struck.drivers[DEAD] == pytest.approx(alone, rel=1e-9)
    assert struck.pure > quiet.pure
    larger = rated(rights=[a_right(1_200_000, **design, **PENDING), invention])
    assert larger.drivers[DEAD] > 100 * alone


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (PENDING, {}),
        ({"expires": "2026-09-01"}, {"expires": "2028-09-01"}),
        ({"fees_paid_until": "2025-04-01"}, {"fees_paid_until": "2027-04-01"}),
        ({"kind": "utility_model"}, {"kind": "invention"}),
        ({"appraised_on": "2020-01-20"}, {"appraised_on": "2025-01-20"}),
    ],
)
def test_what_makes_a_right_worse_gives_less_back(
    worse: Mapping[str, Any], better: Mapping[str, Any]
) -> None:
    one, two = (rated(right=right) for right in (worse, better))
    for low, high in zip(one.months, two.months, strict=True):
        assert low.given_back < high.given_back
        assert low.paid == high.paid
    assert one.pure > two.pure


def seasoned(basis: Rated) -> Rated:
    """The challenger of the grades priced with, the champion set against it."""
    served = basis.fits["borrower_default"]
    assert served.challenger
    swapped = Serving(served.challenger, served.champion)
    return replace(basis, fits={**basis.fits, "borrower_default": swapped})


@pytest.mark.parametrize("term", [9, 12, 36, 60])
def test_the_challenger_is_what_it_would_price(term: int) -> None:
    risk = a_risk(loan={"term_months": term})
    basis = a_basis(asked(loan={"term_months": term}))
    ours, theirs = rate(risk, basis), rate(risk, seasoned(basis))
    assert ours.comparison is not None
    assert theirs.comparison is not None
    assert ours.comparison.ratio == pytest.approx(theirs.pure / ours.pure)
    assert theirs.comparison.ratio == pytest.approx(ours.pure / theirs.pure)
    assert ours.comparison.challenger_fit == theirs.comparison.champion_fit
    apart = not 1 / ours.comparison.factor <= theirs.pure / ours.pure <= ours.comparison.factor
    assert ("fits-disagree" in {finding.code for finding in ours.findings}) is apart


def test_without_a_challenger_nothing_is_compared() -> None:
    basis = a_basis(asked())
    only = {name: Serving(who.champion, None) for name, who in basis.fits.items()}
    view = rate(a_risk(), replace(basis, fits=only))
    assert view.comparison is None
    assert view.fit_ids == tuple(only[name].champion for name in PURPOSES)
    assert view.pure == rate(a_risk(), basis).pure


def test_a_receipt_names_every_fit_that_was_asked_champions_first() -> None:
    inputs = asked()
    named = json.loads(price(product("pledge_guarantee"), inputs).receipt)["fit_ids"]
    champions = [inputs.fits[name].champion for name in PURPOSES]
    assert [one for one in named if one in champions] == champions
    challenger = inputs.fits["borrower_default"].challenger
    assert named.count(challenger) == 1
    assert named.index(challenger) > max(named.index(one) for one in champions)
    assert len(set(named)) == len(named)
