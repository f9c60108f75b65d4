"""How often rights are enforced, and what a retroactive period lets in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from kernel.errors import Invalid
from models.priors import load_priors
from underwriting.disputes import Court, Figures, exposed_years, filings_of

PRIORS = load_priors()
SELECTION = 2.8
CASES = 0.0036 / 0.00236


def filings(figures: Figures, book: str, kind: str = "invention", **other):  # noqa: ANN003, ANN201 - as `filings_of`
    asked = {"court": Court.CN, "factors": {}, "age_years": 1.0, **other}
    return filings_of(figures, PRIORS, book=book, kind=kind, **asked)


def test_a_chinese_invention_by_hand(figures: Figures, book: str) -> None:
    """0.136 % of suits x 2.8 insured over average x 1.18 in the first three years."""
    found = filings(figures, book)
    assert found.court == pytest.approx(0.00136 * SELECTION * 1.18)
    assert found.administrative == pytest.approx(found.court * CASES)
    assert found.total == found.court + found.administrative
    assert found.tilt == pytest.approx(1.18)


@pytest.mark.parametrize(
    ("kind", "court", "rate"),
    [
        ("trademark", Court.CN, 0.003), ("copyright", Court.CN, 0.002), ("gi", Court.CN, 0.01),
        ("ic_layout", Court.CN, 0.00135),
    ],
)  # fmt: skip
def test_other_rights_see_suits_alone(
    figures: Figures, book: str, kind: str, court: Court, rate: float
) -> None:
    found = filings(figures, book, kind, court=court)
    assert found.court == pytest.approx(rate * SELECTION)
    assert found.administrative == 0
    assert found.tilt == 1


@pytest.mark.parametrize(
    ("court", "rate"),
    [(Court.US, 0.001), (Court.DE, 0.001), (Court.UPC, 0.0003), (Court.JP, 0.000125)],
)
def test_other_courts(figures: Figures, book: str, court: Court, rate: float) -> None:
    found = filings(figures, book, court=court)
    assert found.court == pytest.approx(rate * SELECTION * found.tilt)
    assert found.administrative == 0


def test_tilts_are_those_of_the_sources(figures: Figures, book: str) -> None:
    plain = filings(figures, book).court
    biotech = filings(figures, book, factors={"field": "biotech"})
    assert biotech.court == pytest.approx(3.3 * plain)
    small = filings(figures, book, factors={"field": "chemistry", "portfolio": "1-100"})
    assert small.court == pytest.approx(0.62 * 1.6 * plain)
    cited = filings(figures, book, factors={"citations": 9.6})  # twice (4.3 + 1), less one
    assert cited.court == pytest.approx(1.42 * plain)


def test_tilts_are_capped(figures: Figures, book: str) -> None:
    much = {"npe_owned": True, "field": "biotech", "standard_essential": True}
    found = filings(figures, book, factors=much, age_years=10.0)
    assert found.court == pytest.approx(0.00136 * SELECTION * 30 * 2.14)


def test_a_mark_has_no_field_of_technology(figures: Figures, book: str) -> None:
    found = filings(figures, book, "trademark", factors={"field": "biotech"})
    assert found.court == filings(figures, book, "trademark").court


def test_age_moves_suits_over_patents(figures: Figures, book: str) -> None:
    young, middle, old = (filings(figures, book, age_years=age).court for age in (1.0, 4.0, 15.0))
    assert middle / young == pytest.approx(1.52 / 1.18)
    assert old / young == pytest.approx(0.36 / 1.18)


def test_what_is_published_nowhere_is_refused(figures: Figures, book: str) -> None:
    with pytest.raises(Invalid, match="no published figure for trademark in US"):
        filings(figures, book, "trademark", court=Court.US)
    with pytest.raises(Invalid, match="is not a known factor"):
        filings(figures, book, factors={"colour": "red"})


def test_every_figure_behind_a_rate_is_named(figures: Figures, book: str) -> None:
    found = filings(figures, book, factors={"field": "biotech"})
    assert [prior.key for prior in found.priors] == [
        "suit_rate/invention/CN", "litigation_cap/*/*", "administrative_cases/patents/CN",
        "suit_rate_all_types/patents/CN",
    ]  # fmt: skip
    assert len(found.rows) == 3


@given(start=st.floats(0, 2), length=st.floats(0, 2), back=st.floats(0, 3), lag=st.floats(0.1, 3))
def test_exposure_is_the_integral_of_the_lag(
    start: float, length: float, back: float, lag: float
) -> None:
    end = start + length
    by_quadrature = quad(lambda t: 1 - np.exp(-(t + back) / lag), start, end, epsabs=1e-12)[0]
    assert exposed_years(start, end, back, lag) == pytest.approx(by_quadrature, abs=1e-9)
    assert 0 <= exposed_years(start, end, back, lag) <= length + 1e-12


def test_a_longer_retroactive_period_lets_in_more() -> None:
    found = [exposed_years(0.0, 1.0, back, 0.75) for back in (0.0, 0.5, 1.0, 2.0, 3.0)]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(1.0, abs=0.02)
    drawn = np.random.default_rng(1)
    days, lags = drawn.random(400_000), drawn.exponential(0.75, 400_000)
    for back, years in zip((0.0, 0.5, 1.0), found, strict=False):
        assert years == pytest.approx((days - lags >= -back).mean(), abs=0.003)
