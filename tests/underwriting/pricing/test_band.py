"""Published rates on line: re-derived from the printed amounts, and never more than a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.finding import Effect
from kernel.money import Money
from underwriting.pricing.band import Band, beside_market, published, rate_on_line

BEIJING = published()["infringement_loss", "patent_enforcement", "CN"]


@pytest.mark.parametrize(
    ("key", "premium", "insured", "end"),
    [
        (("infringement_loss", "patent_enforcement", "CN"), "25000", "2400000", "low"),
        (("infringement_loss", "patent_enforcement", "CN"), "10000", "850000", "high"),
        (("infringement_loss", "trademark", "CN"), "20000", "3000000", "low"),
        (("infringement_loss", "patent_pilot", "CN"), "365000", "2190000", "high"),
        (("infringement_liability", "legal_cost", "CN"), "51600", "2150000", "high"),
        (("pledge_guarantee", "loan", "CN"), "93860000", "5344000000", "low"),
    ],
)
def test_figures_follow_from_what_was_printed(
    key: tuple[str, str, str], premium: str, insured: str, end: str
) -> None:
    rate = rate_on_line(Money.of(premium, "CNY"), Money.of(insured, "CNY"), 1.0)
    assert getattr(published()[key], end) == pytest.approx(rate, abs=6e-4 if rate > 0.1 else 5e-5)


def test_the_whole_span_of_the_file() -> None:
    """0.67 % to 16.7 % in China; every row has a source and a grade."""
    bands = published()
    china = [band for key, band in bands.items() if key[2] == "CN"]
    assert min(band.low for band in china) == 0.0067
    assert max(band.high for band in china) == 0.167
    assert all(band.source and band.grade in "ABCK" for band in bands.values())
    assert {key[0] for key in bands} == {
        "pledge_guarantee", "infringement_loss", "infringement_liability",
    }  # fmt: skip


@pytest.mark.parametrize("source", sorted({band.source for band in published().values()}))
def test_every_source_is_listed(source: str) -> None:
    listed = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
    assert f'id="{source.lower()}"' in listed


@given(st.floats(1e-6, 0.9), st.floats(1e-4, 0.2), st.floats(1.0, 5.0))
def test_it_informs_on_the_side_it_is_on(rate: float, low: float, span: float) -> None:
    band = Band(low, min(low * span, 0.99), "S22", "B")
    findings = beside_market(rate, band)
    codes = [finding.code for finding in findings]
    if rate < band.low:
        assert codes == ["rate-below-market"]
    elif rate > band.high:
        assert codes == ["rate-above-market"]
    else:
        assert codes == []
    assert all(finding.effect is Effect.INFORM for finding in findings)


def test_the_words_name_rate_range_and_source() -> None:
    (finding,) = beside_market(0.0455, BEIJING)
    assert finding.en == "the rate on line 4.55% a year is above the published 1.04% to 1.18%"
    assert finding.zh == "年费率 4.55% 高于已公布区间 1.04% 至 1.18%"
    assert "S22" in finding.clause
    assert finding.cure


def test_years_count() -> None:
    premium, insured = Money.of("60000", "CNY"), Money.of("1000000", "CNY")
    assert rate_on_line(premium, insured, 3.0) == pytest.approx(0.02)
    with pytest.raises(AssertionError):
        rate_on_line(premium, Money.of("1000000", "USD"), 1.0)
    with pytest.raises(AssertionError):
        rate_on_line(premium, Money(0, "CNY"), 1.0)


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.1), (0.2, 0.1), (0.5, 1.0)])
def test_what_is_no_band(low: float, high: float) -> None:
    with pytest.raises(Invalid, match="band"):
        Band.of({"low": low, "high": high, "source": "S3", "grade": "B"})
