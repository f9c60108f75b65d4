"""Own history by credibility: the conjugate law, a drawn market, and bounds that speak up."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kernel.errors import Invalid
from kernel.finding import Effect
from models.priors import load_priors
from models.priors.credibility import Counts, law_of, update
from models.severity import Lognormal
from underwriting.pricing.experience import Bounds, Past, alpha_of, rate_experience
from underwriting.pricing.experience_form import History
from underwriting.pricing.view import NO_EXPERIENCE

BOUNDS = Bounds(0.5, 2.0)
WIDE = Bounds(1e-9, 1e9)
PRIOR = load_priors().find("challenge", "invention")
LAW = Lognormal.of_median(3e7, 1.4)
CAP = 1e8


def test_by_hand() -> None:
    """Alpha 2, two expected, five seen: Z = 1/2, factor 1 + 1/2 (5/2 - 1) = 1.75."""
    rating = rate_experience(Past.counted(10.0, 5, 0.2), 2.0, BOUNDS)
    assert (rating.credibility, rating.unbound, rating.experience.factor) == (0.5, 1.75, 1.75)
    assert rating.findings == ()
    assert rating.experience.basis == ("5 claims in 10 years, 2 expected; Z 0.5, factor 1.75")


@given(st.integers(0, 20), st.floats(1.0, 1e5))
def test_the_same_as_the_law_of_the_figure(claims: int, years: float) -> None:
    """A gamma prior moved by the same counts: its new mean over its old is the factor."""
    posterior = update(PRIOR, Counts(claims, years))
    past = Past.counted(years, claims, law_of(PRIOR).mean)
    rating = rate_experience(past, alpha_of(law_of(PRIOR)), WIDE)
    assert rating.unbound == pytest.approx(posterior.mean / law_of(PRIOR).mean)
    assert rating.credibility == pytest.approx(posterior.credibility)


def test_no_history_changes_nothing() -> None:
    rating = rate_experience(None, 2.0, BOUNDS)
    assert (rating.experience, rating.credibility, rating.findings) == (NO_EXPERIENCE, 0.0, ())
    assert rate_experience(Past.counted(5.0, 0, 0.0), 2.0, BOUNDS).experience.factor == 1.0


@pytest.mark.parametrize(("claims", "charged"), [(9, 2.0), (0, 0.5)])
def test_a_bound_that_bites_is_reported(claims: int, charged: float) -> None:
    rating = rate_experience(Past.counted(10.0, claims, 0.3), 1.0, BOUNDS)
    assert rating.experience.factor == charged
    assert rating.unbound == pytest.approx((1 + claims) / 4)
    (finding,) = rating.findings
    assert (finding.code, finding.effect) == ("experience-bounded", Effect.INFORM)
    assert f"{rating.unbound:.4g}" in finding.en
    assert f"{rating.unbound:.4g}" in finding.zh
    assert "bounded to" in rating.experience.basis


@given(st.integers(0, 30), st.floats(0.1, 50.0), st.floats(0.1, 10.0))
def test_one_more_claim_never_makes_cheaper(claims: int, expected: float, alpha: float) -> None:
    now = rate_experience(Past(expected, claims, 0.0, ""), alpha, BOUNDS).experience.factor
    more = rate_experience(Past(expected, claims + 1, 0.0, ""), alpha, BOUNDS).experience.factor
    assert BOUNDS.low <= now <= more <= BOUNDS.high


def market(rng: np.random.Generator, insureds: int) -> tuple[np.ndarray, ...]:
    """Rates theta by a gamma of shape 2, four years at 0.5 each, lognormal claims capped."""
    theta = rng.gamma(2.0, 0.5, insureds)
    numbers = rng.poisson(theta * 2.0)
    whose = np.repeat(np.arange(insureds), numbers)
    capped = np.minimum(LAW.draw(rng, len(whose)), CAP)
    return theta, numbers, np.bincount(whose, weights=capped, minlength=insureds)


def test_the_factor_is_the_best_line_in_a_market() -> None:
    """Least squares of the true rate on what was seen gives our Z, by counts and by amounts."""
    theta, numbers, amounts = market(np.random.default_rng(5), 400_000)
    counted = rate_experience(Past.counted(4.0, 0, 0.5), 2.0, WIDE)
    slope = np.polyfit(numbers / 2.0, theta, 1)[0]
    assert slope == pytest.approx(counted.credibility, rel=0.01)
    past = Past.incurred(4.0, [], 0.5, law=LAW, cap=CAP)
    by_amount = rate_experience(past, 2.0, WIDE)
    slope = np.polyfit(amounts / float(LAW.lev(CAP)) / 2.0, theta, 1)[0]
    assert slope == pytest.approx(by_amount.credibility, rel=0.01)
    assert by_amount.credibility < counted.credibility


def test_the_factor_is_right_on_average() -> None:
    _, numbers, _ = market(np.random.default_rng(6), 20_000)
    factors = [rate_experience(Past(2.0, int(n), 0.0, ""), 2.0, WIDE).unbound for n in numbers]
    assert np.mean(factors) == pytest.approx(1.0, abs=0.02)


def test_one_large_claim_speaks_no_louder_than_its_cap() -> None:
    at_cap = Past.incurred(4.0, [CAP], 0.5, law=LAW, cap=CAP)
    far_above = Past.incurred(4.0, [1000 * CAP], 0.5, law=LAW, cap=CAP)
    assert far_above == at_cap
    assert at_cap.observed == pytest.approx(CAP / float(LAW.lev(CAP)))


@pytest.mark.parametrize(("low", "high"), [(0.0, 2.0), (1.1, 2.0), (0.5, 0.9)])
def test_bounds_that_are_none(low: float, high: float) -> None:
    with pytest.raises(Invalid, match="experience"):
        Bounds.of({"experience": {"low": low, "high": high}})


def test_no_cap_is_no_cap_of_nought() -> None:
    with pytest.raises(Invalid, match=r"experience\.cap"):
        Past.incurred(4.0, [1.0], 0.5, law=LAW, cap=0.0)


def sent(**fields: object) -> History:
    return History.model_validate_json(json.dumps(fields))


def test_a_history_as_it_is_sent() -> None:
    claims = [{"amount": "1200.50", "currency": "CNY"}, {"amount": "80", "currency": "CNY"}]
    history = sent(years=5, claims=2, incurred=claims)
    assert history.amounts() == (120050, 8000)
    assert sent(years=3, claims=1).amounts() is None
    assert sent(years=3, claims=0, incurred=[]).amounts() == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"years": 0, "claims": 0},
        {"years": 5, "claims": -1},
        {"years": 5, "claims": 1, "incurred": []},
        {
            "years": 5,
            "claims": 2,
            "incurred": [
                {"amount": "1", "currency": "CNY"},
                {"amount": "1", "currency": "USD"},
            ],
        },
    ],
)
def test_a_history_that_is_none(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        sent(**fields)
