"""The price: closed forms where there are any, aggregates against brute force, every line whole."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from loss_cases import a_basis, a_proposal, a_right, checked, money, tariff

from kernel.errors import Invalid
from underwriting.pricing.view import LossView
from underwriting.product import Rated
from underwriting.products.infringement_loss.points import POINTS
from underwriting.products.infringement_loss.rating import rate
from underwriting.products.infringement_loss.schedule import schedule_of
from underwriting.products.infringement_loss.terms_read import matter_terms, year_terms
from underwriting.products.infringement_loss.yearly import matters_of, spells
from underwriting.schemes.library import read_scheme

HUGE = money("100000000000.00")


def rated(basis: Rated | None = None, **parts: object) -> LossView:
    return rate(checked(a_proposal(**parts)), basis or a_basis())  # type: ignore[arg-type]  # parts of JSON


def steps(view: LossView) -> dict[str, float]:
    return {step.code: step.expected for step in view.steps}


def test_without_an_aggregate_that_bites_the_price_is_filings_times_a_matter() -> None:
    parts = {"retention": money(0), "coinsurance": "0", "limit": HUGE, "aggregate": HUGE}
    proposal = checked(a_proposal(**parts))
    basis = a_basis()
    schedule = schedule_of(proposal, basis)
    (one,) = matters_of(schedule, matter_terms(proposal))
    lag, yearly = 0.75, schedule.rights[0].yearly[0]
    let_in = 1 - lag * exp(-1 / lag) * (1 - exp(-1 / lag))
    assert yearly == pytest.approx(0.00136 * 2.8 * 1.18 * (1 + 0.0036 / 0.00236))
    found = rate(proposal, basis)
    pure = yearly * let_in * one.gross.mean() * 1.02**-1.5
    assert found.pure == pytest.approx(pure, rel=1e-4)
    assert steps(found)["ground_up"] == pytest.approx(yearly * let_in * one.gross.mean())


def test_everything_adds_up() -> None:
    found = rated(rights=[a_right("A"), a_right("B", kind="trademark")], months=30)
    assert sum(peril.expected for peril in found.perils) == pytest.approx(found.pure)
    assert sum(row.expected_loss for row in found.months) == pytest.approx(found.pure)
    assert len(found.months) == 30
    assert [row.month for row in found.months] == list(range(1, 31))
    assert steps(found)["discount"] == pytest.approx(found.pure)
    assert found.experience.factor == 1
    assert found.standing.share_prior == 1.0


def test_each_term_takes_off_in_the_order_printed() -> None:
    benefit = {"exempt": money(50_000)}
    found = rated(
        rights=[a_right("A"), a_right("B")], economic_benefit=benefit,
        per_right=money(850_000), aggregate=money(1_000_000),
        perils={"investigation": {"sublimit": money(20_000)}, "litigation": {},
                "loss_of_profit": {"sublimit": money(400_000)}},
    )  # fmt: skip
    ladder = steps(found)
    assert list(ladder) == [
        "ground_up", "retention", "coinsurance", "sublimit", "limit", "per_right", "aggregate",
        "repayment", "reinstatement", "share", "discount",
    ]  # fmt: skip
    values = list(ladder.values())
    falling = [value for code, value in ladder.items() if code != "repayment"]
    assert falling == sorted(falling, reverse=True)
    assert ladder["repayment"] <= ladder["reinstatement"] <= ladder["aggregate"]
    assert min(values) > 0
    plain = steps(rated())
    assert "repayment" not in plain
    assert "per_right" not in plain


def test_repayment_lowers_and_reinstatement_raises() -> None:
    """With an aggregate that bites often, what is repaid is worth paying again."""
    many = [a_right(f"N{place}", kind="gi") for place in range(60)]
    agreed = {"limit": money(200_000), "aggregate": money(250_000), "rights": many}
    without = rated(**agreed)
    found = rated(**agreed, economic_benefit={"exempt": money(0)})
    ladder = steps(found)
    assert found.pure < without.pure
    assert ladder["aggregate"] == pytest.approx(steps(without)["aggregate"])
    assert ladder["reinstatement"] > 1.02 * ladder["repayment"]


def test_aggregates_against_brute_force() -> None:
    """Twenty marks, a third of a million paths of compound Poisson sums at the same points."""
    rights = [a_right(f"N{place}", kind="gi") for place in range(20)]
    proposal = checked(
        a_proposal(rights=rights, limit=money(100_000), per_right=money(120_000),
                   aggregate=money(150_000), months=24)
    )  # fmt: skip
    schedule = schedule_of(proposal, a_basis())
    terms = matter_terms(proposal)
    matters = matters_of(schedule, terms)
    found = spells(schedule, year_terms(proposal, a_basis()), matters)
    rng, paths = np.random.default_rng(5), 300_000
    points = matters[0].net
    amounts = points._amounts
    weights = np.append(points._above[:-1] - points._above[1:], 0.0)[: len(amounts)]
    total = np.zeros(paths)
    for right in schedule.rights:
        filings = sum(schedule.filings(right, year) for year in range(2))
        number = rng.poisson(filings, paths)
        drawn = rng.choice(amounts, size=number.sum(), p=weights / weights.sum())
        own = np.bincount(np.repeat(np.arange(paths), number), drawn, paths)
        total += np.minimum(own, 12_000_000.0)
    costs = np.minimum(total, 15_000_000.0)
    error = costs.std() / paths**0.5
    assert sum(one.mean for one in found) == pytest.approx(costs.mean(), abs=3.5 * error)
    assert len(amounts) > POINTS


def test_an_aggregate_of_each_year_is_worth_more_than_one_of_all() -> None:
    many = {"rights": [a_right(f"N{place}", kind="gi") for place in range(30)], "months": 36}
    whole = rated(**many, aggregate_basis="policy_period")
    yearly = rated(**many, aggregate_basis="policy_year")
    assert yearly.pure > 1.05 * whole.pure
    assert steps(yearly)["limit"] == pytest.approx(steps(whole)["limit"])


def test_one_year_is_the_same_either_way() -> None:
    one, other = (rated(aggregate_basis=basis) for basis in ("policy_period", "policy_year"))
    assert one.pure == other.pure
    assert one.margin == other.margin


def test_a_period_and_its_years_agree_where_no_aggregate_bites() -> None:
    """Then year by year costs what the whole costs, and the first year what one year costs."""
    wide = {"aggregate": money(90_000_000), "months": 36}
    whole, yearly = (rated(**wide, aggregate_basis=b) for b in ("policy_period", "policy_year"))
    assert whole.pure == pytest.approx(yearly.pure, rel=2e-4)
    first = sum(row.expected_loss for row in whole.months[:12])
    assert first == pytest.approx(rated(aggregate=money(90_000_000)).pure, rel=1e-4)


def test_rights_of_one_law_cost_one_after_the_other() -> None:
    wide = {"aggregate": money(90_000_000)}
    one = rated(**wide)
    ten = rated(**wide, rights=[a_right(f"N{place}") for place in range(10)])
    assert ten.pure == pytest.approx(10 * one.pure, rel=1e-3)


def test_the_share_of_the_scheme_scales_all() -> None:
    layers = '[[layers]]\nshares = { insurer = "7/10", pool_fund = "3/10" }'
    text = (
        'code = "shared"\ntitle = "t"\nsource = "s"\nvalid_from = 2020-01-01\n'
        'loss_base = "principal_interest_costs"\neligible = "whole"\npays_on = "overdue"\n'
        f'residual = "uncovered"\nrecovery = "pro_rata"\n{layers}\n[roles]\npool_fund = "pool"\n'
    )
    shared = a_basis(scheme=read_scheme(text, "shared.toml").scheme)
    assert rated(shared).pure == pytest.approx(0.7 * rated().pure)
    assert rated(shared).drivers["share"] == 0.7
    assert rated(shared).margin.amount == pytest.approx(0.7 * rated().margin.amount)


def test_the_receipt_can_name_every_figure() -> None:
    found = rated(rights=[a_right(technology="biotech")])
    assert len(found.fit_ids) == 2
    keys = {prior.key for prior in found.priors}
    assert keys == {
        "suit_rate/invention/CN", "litigation_cap/*/*", "administrative_cases/patents/CN",
        "suit_rate_all_types/patents/CN", "p_settle_or_withdraw/ip/CN",
        "p_plaintiff_win_judged/patent/CN",
    }  # fmt: skip
    named = [row["key"] for row in found.rows]
    assert named == sorted(set(named))
    assert "multiplier/field/biotech/litigation/*" in named
    assert all(row["source"] for row in found.rows)


def test_the_method_of_the_margin_is_the_tariff_s() -> None:
    """Wang with no shift adds nothing; cost of capital is 6 % of TVaR less the mean."""
    assert rated().margin.method == "wang"
    loadings = {**tariff()["loadings"], "wang_lambda": 1e-9}
    assert rated(a_basis(terms={**tariff(), "loadings": loadings})).margin.amount < 1.0
    loadings = {**tariff()["loadings"], "method": "cost_of_capital"}
    capital = rated(a_basis(terms={**tariff(), "loadings": loadings}))
    assert capital.margin.method == "cost_of_capital"
    assert capital.pure == rated().pure
    whole = money(850_000)["amount"]
    assert 0 < capital.margin.amount < 0.06 * float(whole) * 100
    months = rated(months=30, aggregate_basis="policy_year")
    assert months.margin.basis.endswith("and so for each policy year")


def test_a_right_without_a_rate_is_refused() -> None:
    with pytest.raises(Invalid, match="no published figure for trademark in US"):
        rated(rights=[a_right(kind="trademark", office="US")])
    with pytest.raises(Invalid, match="FR has no figures of disputes") as refused:
        rated(rights=[a_right(office="CN"), a_right("B", office="FR")])
    assert refused.value.faults[0].field == "risk.rights[1].office"


def test_a_price_in_another_currency_is_of_the_same_worth() -> None:
    yuan = rated(retention=money(0), limit=money(720_000), aggregate=money(720_000))
    dollars = rate(
        checked(
            a_proposal(retention=money(0, "USD"), limit=money(100_000, "USD"),
                       aggregate=money(100_000, "USD"))
        ),
        a_basis("USD"),
    )  # fmt: skip
    assert 7.2 * dollars.pure == pytest.approx(yuan.pure, rel=1e-9)


def test_own_counts_move_the_price() -> None:
    basis = a_basis()
    key = "suit_rate/invention/CN"
    rows = {**basis.priors.rows, key: replace(basis.priors.rows[key], value=0.00272)}
    double = rated(replace(basis, priors=replace(basis.priors, rows=rows)))
    assert double.pure == pytest.approx(2 * rated().pure, rel=0.01)
