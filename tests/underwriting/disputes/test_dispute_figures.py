"""The figures of disputes are frozen whole, and are asked in one currency at one day's prices."""

import json
from datetime import date
from math import exp, log

import pytest

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.fit_file import digest
from models.governance.in_force import load_in_force
from models.severity.published import DisputeFigures, load_disputes, load_severities
from models.severity.published.disputes import FORM
from models.shelf import fit_named
from underwriting.disputes import PURPOSE, Court, Figures, court_of
from underwriting.disputes.rows import each_once, key_of, row_json


def test_what_serves_is_what_the_rows_say() -> None:
    serving = load_in_force().serving(PURPOSE, "infringement_loss", date(2026, 11, 22)).champion
    parameters = load_disputes().parameters()
    assert fit_named(serving).form == FORM
    assert serving.endswith(digest(FORM, (), parameters, None))


def test_both_products_of_disputes_stand_on_one_fit() -> None:
    table = load_in_force()
    for purpose in (PURPOSE, "right_life"):
        served = {
            table.serving(purpose, product, date(2026, 11, 22)).champion
            for product in ("infringement_loss", "infringement_liability")
        }
        assert len(served) == 1


def test_a_fit_reads_back_whole() -> None:
    kept = json.loads(canonical_json(load_disputes().parameters()))
    assert DisputeFigures.of(kept) == load_disputes()


def test_changed_rows_are_another_set() -> None:
    parameters = load_disputes().parameters()
    parameters["rates"] = [
        {**row, "value": 0.9} if row["name"] == "award_collected" else row
        for row in parameters["rates"]
    ]
    assert DisputeFigures.of(parameters).table.fit_id != load_disputes().table.fit_id


def test_what_is_published_stands_unchanged_among_the_courts_from_memory() -> None:
    whole, published = load_disputes().table, load_severities()
    assert {key: whole.rows[key] for key in published.rows} == published.rows
    assert {key: whole.rates[key] for key in published.rates} == published.rates
    added = [row for key, row in whole.rows.items() if key not in published.rows]
    assert added
    assert all(row.unverified for row in added)


@pytest.mark.parametrize("court", list(Court))
def test_every_court_has_a_cost_an_award_a_profit_and_a_course(
    figures: Figures, court: Court
) -> None:
    for component in ("award", "lost_profit"):
        product = "infringement_liability" if component == "award" else "infringement_loss"
        law = figures.law(product, court, component, "invention")
        assert 0 < law.law.mean() < float("inf")
        assert law.rows
    assert sum(stage.share for stage in figures.stages(court)) == pytest.approx(1.0)
    assert all(0 < stage.cost <= 1 for stage in figures.stages(court))
    for name in ("adverse_cost", "award_collected", "trend"):
        assert 0 <= figures.rate(name, court).value <= 1


def test_a_row_is_carried_by_hand(figures: Figures) -> None:
    """An award of median 1.9 m dollars of mid-2022, at 2 % a year and 7.2 yuan, in fen."""
    law = figures.law("infringement_liability", Court.US, "award", "invention").law
    years = (date(2025, 3, 3) - date(2022, 7, 1)).days / 365.25
    median = 1_900_000 * 1.02**years * 7.2 * 100
    assert float(law.quantile(0.5)) == pytest.approx(median)
    assert law.sigma == 2.43  # type: ignore[attr-defined]  # a lognormal
    assert law.mu == pytest.approx(log(median))  # type: ignore[attr-defined]  # a lognormal
    assert law.mean() == pytest.approx(median * exp(2.43**2 / 2))


def test_a_currency_without_cents_is_in_whole_units(open_in) -> None:  # noqa: ANN001 - a fixture
    yen = open_in("JPY").law("infringement_liability", Court.JP, "award", "invention").law
    years = (date(2025, 3, 3) - date(2020, 7, 1)).days / 365.25
    assert float(yen.quantile(0.5)) == pytest.approx(30_000_000 * 1.02**years)


def test_exchange_there_and_back_is_nothing() -> None:
    exchange = load_disputes().exchange
    for one in exchange.rows:
        for other in exchange.rows:
            assert exchange.rate(one, other) * exchange.rate(other, one) == pytest.approx(1)
    assert exchange.rate("USD", "CNY") == 7.2
    with pytest.raises(Invalid, match="no figure for BRL"):
        exchange.rate("CNY", "BRL")


def test_a_law_in_its_own_currency_is_not_touched(figures: Figures) -> None:
    law = figures.law("infringement_liability", Court.CN, "award", "invention")
    assert all("exchange" not in key_of(row) for row in law.rows)
    dollars = figures.law("infringement_liability", Court.US, "award", "invention")
    assert {key_of(row) for row in dollars.rows} >= {"exchange/USD", "exchange/CNY"}


@pytest.mark.parametrize(
    ("office", "court"), [("CN", Court.CN), ("EP", Court.UPC), ("GB", Court.UK), ("KR", Court.KR)]
)
def test_the_office_says_before_which_courts(office: str, court: Court) -> None:
    assert court_of(office) is court


@pytest.mark.parametrize("office", ["FR", "UK", "XX"])
def test_an_office_without_figures_is_refused(office: str) -> None:
    with pytest.raises(Invalid, match="has no figures of disputes; use one of CN, DE, EP, GB"):
        court_of(office, "risk.rights[0].office")


def test_a_component_that_nobody_states_is_refused(figures: Figures) -> None:
    with pytest.raises(Invalid, match="no published severity for settlement"):
        figures.law("infringement_liability", Court.DE, "settlement", "invention")
    with pytest.raises(Invalid, match="no published figure in US"):
        figures.rate("administrative_cost", Court.US)


def test_rows_are_shown_once_with_source_and_grade(figures: Figures) -> None:
    law = figures.law("infringement_liability", Court.US, "award", "invention")
    shown = each_once((*law.rows, *law.rows))
    assert [row["key"] for row in shown] == [
        "exchange/CNY", "exchange/USD", "rate/trend/*",
        "severity/infringement_liability/US/invention/award",
    ]  # fmt: skip
    award = shown[-1]
    assert award == row_json(law.rows[0])
    assert award["value"] == 1_900_000
    assert (award["source"], award["grade"]) == ("Lex-Machina-damages", "A")
    assert not award["unverified"]
    assert [row["unverified"] for row in shown[:3]] == [False, True, True]
