"""The published laws: what each row holds, and the suits that are put together from them."""

import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.priors import load_priors
from models.severity import (
    Fixed,
    Lognormal,
    SeverityRow,
    adverse_cost,
    award_given_suit,
    award_with_tail,
    cost_ceiling,
    defence_cost,
    law_of,
    load_severities,
    severity_for,
    suit_loss,
)
from models.severity.published.table import SeverityTable

TABLE = load_severities()
LIABILITY = "infringement_liability"
ROWS = tuple(TABLE.rows.values())
OTHERS = (*TABLE.rates.values(), *TABLE.stages, *TABLE.ceilings)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_row_holds_a_law_with_the_mean_that_is_stated(row: SeverityRow) -> None:
    """Means are printed with two or three digits of median and sigma: 2 % is their room."""
    assert {row.grade, row.spread_grade} <= set("ABCKO")
    assert row.currency in {"CNY", "USD", "EUR"}
    assert 2000 < row.year < 2030
    law = row.severity()
    if row.mean:
        assert law.mean() == pytest.approx(row.mean, rel=0.02)
    assert SeverityRow.of(row.json()) == row
    canonical_json(row.json())


@pytest.mark.parametrize("name", ["severities", "rates", "stages", "upc_ceilings"])
def test_every_figure_has_a_source_and_a_grade(name: str) -> None:
    text = files("models.severity.published").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    head = lines[0]
    for line in lines[1:]:
        row = dict(zip(head, line, strict=True))
        assert row["grade"] in "ABCKO"
        assert re.fullmatch(r"[A-Za-z0-9-]+", row["source"])


def test_the_whole_file_is_read() -> None:
    folder = Path(__file__).parents[3] / "models" / "severity" / "published"
    lines = (folder / "severities.csv").read_text(encoding="utf-8").splitlines()
    assert len(ROWS) == len([line for line in lines if not line.startswith("#")]) - 1


def test_doubtful_figures_say_so() -> None:
    assert not stated("US", "award").unverified
    assert stated("US", "settlement").unverified
    assert stated("CN", "award_appeal").unverified  # grade B, but its sigma is judged
    assert all(row.unverified == (row.grade in "CKO") for row in OTHERS)


def stated(jurisdiction: str, component: str, right: str = "invention"):  # noqa: ANN201 - as `severity_for`
    return severity_for(LIABILITY, jurisdiction, component, TABLE, right=right)


def test_the_arithmetic_of_the_published_fits() -> None:
    """D4: sigma of US awards from mean and median, of juries and judges, of the UPC."""
    for component, mean, median in (
        ("award", 35.78, 1.861),
        ("award_judge", 1.25, 0.60),
        ("award_jury", 83.69, 24.20),
    ):
        law = stated("US", component).law
        assert law.sigma == pytest.approx(sqrt(2 * log(mean / median)), abs=0.006)
    value = stated("UPC", "value_in_dispute").law
    assert value.sigma == pytest.approx(sqrt(2 * log(10 / 4)), abs=0.005)


def test_the_alpha_of_the_chinese_tail() -> None:
    """73 awards worth 5.24 bn above 10 m: mean 71.8 m, alpha = mean / (mean - threshold)."""
    mean = 5240 / 73
    (row,) = TABLE.bands(LIABILITY, "CN", "award_tail", right="patent")
    assert row.spread == pytest.approx(mean / (mean - 10), abs=0.005)


def lost_profit(table: SeverityTable, right: str) -> SeverityRow:
    """The row that serves for lost profit of this right in China."""
    return severity_for("infringement_loss", "CN", "lost_profit", table, right=right).rows[0]


def test_a_right_goes_before_all_rights() -> None:
    assert lost_profit(TABLE, "design").right == "*"
    own = replace(lost_profit(TABLE, "design"), right="design", level=1e5, source="own")
    mine = TABLE.with_row(own)
    assert lost_profit(mine, "design") == own
    assert lost_profit(mine, "trademark").right == "*"
    assert mine.fit_id != TABLE.fit_id


def test_ones_own_figure_takes_the_place_of_a_published_one() -> None:
    row = replace(stated("US", "settlement").rows[0], level=5e5, grade="own", spread_grade="own")
    mine = TABLE.with_row(row).with_rate("award_given_suit", "US", 0.06)
    law = severity_for(LIABILITY, "US", "settlement", mine, right="invention")
    assert float(law.law.quantile(0.5)) == pytest.approx(5e5)
    assert not law.unverified
    assert award_given_suit("US", mine, load_priors()) == 0.06
    assert len(mine.rows) == len(TABLE.rows)


@pytest.mark.parametrize(
    ("jurisdiction", "component", "words"),
    [
        ("JP", "award", "no published severity for award of invention in JP"),
        ("US", "defence_cost", "by amount at risk"),
    ],
)
def test_nothing_is_assumed(jurisdiction: str, component: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        stated(jurisdiction, component)


def test_no_rate_is_assumed() -> None:
    with pytest.raises(Invalid, match="no published figure in DE"):
        TABLE.rate("defence_cost_trend", "DE")
    assert TABLE.rate("loss_cost_tau", "DE").value == 0.3


def test_trend_by_hand() -> None:
    """USD of the middle of 2015 at 2 % for ten years: x 1.219."""
    cost = defence_cost("US", 5e6, TABLE)
    assert cost.priced_on == date(2015, 7, 1)
    later = cost.trended(TABLE.rate("defence_cost_trend", "US").value, date(2025, 7, 1))
    assert later.law.mean() / cost.law.mean() == pytest.approx(1.02**10, rel=1e-4)
    assert later.priced_on == date(2025, 7, 1)
    assert later.trended(0.02, date(2015, 7, 1)).law.mean() == pytest.approx(cost.law.mean())
    with pytest.raises(Invalid, match="above -1"):
        cost.trended(-1.0, date(2025, 7, 1))


def test_another_currency() -> None:
    there = stated("CN", "award").converted("USD", 0.14)
    assert (there.currency, float(there.law.quantile(0.5))) == ("USD", pytest.approx(15_400))


@pytest.mark.parametrize(
    ("at_risk", "median"), [(5e5, 0.6e6), (1e6, 0.6e6), (1.1e6, 2e6), (2e7, 3.1e6), (9e7, 5e6)]
)
def test_defence_cost_by_stage_and_amount_at_risk(at_risk: float, median: float) -> None:
    """Half of the suits use 5 % of the cost to trial, 45 % half of it, 5 % all: 0.3 of it."""
    cost = defence_cost("US", at_risk, TABLE)
    assert [float(part.quantile(0.5)) for part in cost.law.parts] == pytest.approx(
        [0.05 * median, 0.5 * median, median]
    )
    assert cost.law.weights == pytest.approx((0.5, 0.45, 0.05))
    assert cost.law.mean() == pytest.approx(0.3 * median * np.exp(0.18), rel=1e-12)
    assert cost.unverified
    assert law_of(cost.json()["law"]) == cost.law


def test_defence_cost_of_a_law_at_risk() -> None:
    """The bands count with the chance of the amount: the mean is that of the bands."""
    award = stated("US", "award").law
    cost = defence_cost("US", award, TABLE)
    ends = [0, *(float(award.cdf(end)) for end in (1e6, 1e7, 2.5e7)), 1]
    means = [defence_cost("US", at, TABLE).law.mean() for at in (5e5, 5e6, 2e7, 9e7)]
    assert cost.law.mean() == pytest.approx(float(np.diff(ends) @ means), rel=1e-12)
    with pytest.raises(Invalid, match="no published severity"):
        defence_cost("CN", 1e6, TABLE)


def test_an_award_with_its_tail() -> None:
    body = stated("CN", "award_ip_court")
    joined = award_with_tail(body, "CN", TABLE)
    assert float(joined.law.sf(1e7)) == pytest.approx(0.002)
    assert joined.law.mean() == pytest.approx(body.law.mean() + 0.002 * 72.5e6, rel=0.06)
    assert joined.unverified
    assert [row.json() for row in joined.rows]
    with pytest.raises(Invalid, match="convert it to CNY"):
        award_with_tail(stated("US", "award"), "CN", TABLE)


def test_how_suits_end() -> None:
    priors = load_priors()
    assert award_given_suit("US", TABLE, priors) == 0.04
    assert award_given_suit("CN", TABLE, priors) == pytest.approx(0.31 * 0.8)
    assert award_given_suit("UPC", TABLE, priors) == pytest.approx(0.5 * 0.5)
    with pytest.raises(Invalid, match="no published figure"):
        award_given_suit("JP", TABLE, priors)


def test_the_loss_of_a_suit() -> None:
    award, settlement = stated("US", "award").law, stated("US", "settlement").law
    law = suit_loss(award, 0.04, settlement, 0.5)
    assert float(law.sf(0.0)) == pytest.approx(0.54)
    assert law.mean() == pytest.approx(0.04 * award.mean() + 0.5 * settlement.mean())
    assert suit_loss(award, 1.0).mean() == pytest.approx(award.mean())
    with pytest.raises(Invalid, match="not within 0 and 1"):
        suit_loss(award, 0.6, settlement, 0.5)
    with pytest.raises(Invalid, match="no law"):
        suit_loss(award, 0.04, None, 0.5)


@pytest.mark.parametrize(
    ("value", "ceiling"), [(2e5, 38e3), (2.5e5, 38e3), (4e6, 4e5), (4.1e6, 6e5), (6e7, 2e6)]
)
def test_ceilings_of_recoverable_cost(value: float, ceiling: float) -> None:
    assert cost_ceiling(value, TABLE).ceiling == ceiling


def test_ceilings_rise() -> None:
    assert [row.upto for row in TABLE.ceilings] == sorted(row.upto for row in TABLE.ceilings)
    assert [row.ceiling for row in TABLE.ceilings] == sorted(row.ceiling for row in TABLE.ceilings)


def test_adverse_cost_against_simulation() -> None:
    value = stated("UPC", "value_in_dispute").law
    own = severity_for("infringement_loss", "UPC", "enforcement_cost", TABLE, right="invention").law
    rng = np.random.default_rng(4)
    values, costs = value.draw(rng, 40_000), own.draw(rng, 40_000)
    held = [cost_ceiling(float(one), TABLE).ceiling for one in values]
    paid = np.minimum(costs, held)
    law = adverse_cost(value, own, TABLE)
    assert abs(law.mean() - paid.mean()) < 4 * paid.std() / sqrt(len(paid))
    assert float(law.sf(2e6)) == 0
    certain = adverse_cost(Fixed(4e6), Lognormal.of_median(1e7, 0.1), TABLE)
    assert certain.mean() == pytest.approx(4e5)


def test_one_key_stands_once() -> None:
    with pytest.raises(AssertionError, match="stands twice"):
        SeverityTable.of("x", [ROWS[0], ROWS[0]], (), (), ())
