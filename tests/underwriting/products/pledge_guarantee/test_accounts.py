"""A borrower's accounts are scored beside its grade, or price it where a score fit serves."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders import ILL, SOUND, a_risk, a_scheme, some_inputs

from kernel.errors import Invalid
from underwriting.fits import Serving
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.receipt import Priced, price

LINE = product("pledge_guarantee")


def asked(accounts: Mapping[str, Any] | None, grade: str = "BBB") -> PledgeGuaranteeRisk:
    return a_risk(borrower={"accounts": accounts, "grade": grade})


def priced(accounts: Mapping[str, Any] | None, **fits: Serving) -> Priced:
    inputs = some_inputs(asked(accounts), scheme=a_scheme())
    return price(LINE, replace(inputs, fits={**inputs.fits, **fits}))


def loss(found: Priced) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(found.receipt)["loss"]
    return said


def by_score() -> dict[str, Serving]:
    """The score fit serves as champion, the grades challenge it."""
    fits = some_inputs().fits
    grades = fits["borrower_default"].champion
    return {"borrower_default": Serving(fits["borrower_score"].champion, grades)}


def test_without_accounts_there_is_no_score() -> None:
    said = loss(priced(None))
    assert said["score"] is None
    assert said["score_beside_grade"] is None


def test_a_score_stands_beside_the_grade_and_does_not_price() -> None:
    without, sound, ill = priced(None), priced(SOUND), priced(ILL)
    assert without.premium.total == sound.premium.total == ill.premium.total
    good, bad = loss(sound)["score"], loss(ill)["score"]
    assert good["pd_1y"] < 0.012 < bad["pd_1y"]
    assert good["interval_1y"][0] <= good["pd_1y"] <= good["interval_1y"][1]
    assert good["grade"] == "A"
    assert bad["grade"] in ("B", "CCC")
    assert good["fit_id"] in json.loads(sound.receipt)["fit_ids"]
    assert bad["reasons"]["up"]
    assert all(reason["en"] and reason["zh"] for reason in bad["reasons"]["up"])


def test_a_score_far_from_the_grade_goes_to_a_person() -> None:
    assert "fits-disagree" in {finding.code for finding in priced(ILL).findings}
    assert priced(ILL).outcome.value == "referred"


def test_a_price_with_accounts_replays() -> None:
    for found in (priced({**ILL, "receivable_days": {"value": 60.0, "unit": "days"}}),
                  priced(SOUND, **by_score())):  # fmt: skip
        assert price(LINE, Inputs.of(json.loads(found.receipt)["inputs"])).receipt == found.receipt


def test_a_score_fit_in_force_prices_the_borrower() -> None:
    sound, ill = priced(SOUND, **by_score()), priced(ILL, **by_score())
    assert sound.premium.total.minor < priced(None).premium.total.minor < ill.premium.total.minor
    own = loss(ill)
    assert own["drivers"]["default_probability_1y"] == pytest.approx(own["score"]["pd_1y"], rel=0.2)


def test_a_score_fit_in_force_needs_accounts() -> None:
    with pytest.raises(Invalid, match=r"risk\.borrower\.accounts: are missing"):
        priced(None, **by_score())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"liabilities_to_assets": 55.0}, "liabilities_to_assets: 55 is out of range"),
        (
            {"receivable_days": {"value": 2.0, "unit": "months"}},
            "receivable_days: is stated in 'months'; state it in days",
        ),
        ({"shoe_size": 42.0}, "shoe_size: is no feature of this fit"),
        ({"current_ratio": "high"}, "current_ratio: 'high' is not a number"),
    ],
)
def test_an_account_that_cannot_be_is_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid) as refused:
        priced({**SOUND, **change})
    assert str(refused.value.faults[0]).startswith(f"risk.borrower.accounts.{words}")


def test_a_missing_account_is_learned_as_missing_or_refused() -> None:
    """The tape had gaps in some ratios; where it had none, a gap has no meaning."""
    assert loss(priced({**SOUND, "interest_cover": None}))["score"]["pd_1y"] > 0
    complete = [f.name for f in _features() if f.missing.value == "refuse"]
    for name in complete[:1]:
        with pytest.raises(Invalid, match=f"{name}: is missing"):
            priced({**SOUND, name: None})


def _features() -> Any:
    from models.shelf import fit_named  # noqa: PLC0415 - one use

    return fit_named(some_inputs().fits["borrower_score"].champion).features
