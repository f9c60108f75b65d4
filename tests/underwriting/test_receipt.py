"""A quote replays: the same inputs give the same bytes, whatever has changed around them."""

import json
import os
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from builders import QUOTED, a_risk, a_scheme, cny, scheme_text, shipped, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.sharing import Facts, Portfolio
from underwriting.fits import fits_in_force
from underwriting.inputs import Inputs, facts_json, facts_of
from underwriting.portfolio.exposures import Exposures, Held
from underwriting.portfolio.keys import Dimension, Key
from underwriting.products import product
from underwriting.receipt import VERSION, Priced, price, rounded
from underwriting.schemes.library import read_scheme

LINE = product("pledge_guarantee")
PURSE = {"fund": 10**10}

_REPLAY = """
import json, sys
from underwriting.products import product
from underwriting.inputs import Inputs
from underwriting.receipt import price
receipt = sys.stdin.read()
inputs = Inputs.of(json.loads(receipt)["inputs"])
sys.stdout.write(price(product(inputs.product), inputs).receipt)
"""


@st.composite
def proposals(draw: st.DrawFn) -> Inputs:
    """Proposals of every shape that the form takes, under schemes of several kinds."""
    fen = st.integers(100, 10**12)
    risk = a_risk(
        borrower={"grade": draw(st.sampled_from(["A", "BBB", "BB", "B", "CCC"]))},
        loan={
            "amount": cny(_text(draw(fen))),
            "annual_rate": str(draw(st.fractions(0, 1, max_denominator=999))),
            "term_months": draw(st.integers(1, 120)),
            "plan": draw(st.sampled_from(["bullet", "equal_principal", "annuity"])),
            "ip_share": str(draw(st.fractions(0, 1, max_denominator=100))),
        },
        right={
            "kind": draw(st.sampled_from(["invention", "design", "trademark", "gi"])),
            "appraised": cny(_text(draw(fen))),
        },
        cover={
            "scheme": draw(st.sampled_from(["qingdao-2015", "zhongshan-2021", "example-qs-xl"])),
            "sum_insured": draw(st.none() | fen.map(lambda minor: cny(_text(minor)))),
            "waiting_days": draw(st.none() | st.integers(0, 365)),
        },
        subsidy=draw(st.none() | st.just({"payer": "示范市财政局", "share": "1/3"})),
    )
    return some_inputs(risk, balances=PURSE, exposures=held(draw(st.integers(0, 10**12))))


def held(minor: int) -> Exposures:
    """So much in force for one borrower."""
    return Exposures("CNY", {Key(Dimension.OBLIGOR, "91442000MA4EXAMPL1"): Held(minor, 1)})


def _text(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def again(priced: Priced) -> Priced:
    """Price once more from what the receipt has kept, as years later."""
    inputs = Inputs.of(json.loads(priced.receipt)["inputs"])
    return price(product(inputs.product), inputs)


@settings(max_examples=60, deadline=None)
@given(proposals())
def test_every_proposal_replays_to_the_same_bytes(inputs: Inputs) -> None:
    first = price(LINE, inputs)
    second = again(first)
    assert second.receipt == first.receipt
    assert second.premium == first.premium
    assert again(second).receipt == first.receipt


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    """Another order of hashing, another warm-up of the caches."""
    receipt = price(LINE, some_inputs(a_risk(cover={"scheme": "zhongshan-2021"}), balances=PURSE))
    done = subprocess.run(
        [sys.executable, "-c", _REPLAY],
        input=receipt.receipt.encode(),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.decode() == receipt.receipt


def test_the_frozen_text_of_the_scheme_counts_and_not_the_file_of_today() -> None:
    sold_under = read_scheme(scheme_text("qingdao-2015"), "as it was")
    first = price(LINE, some_inputs(scheme=sold_under))
    assert shipped("qingdao-2015").text != sold_under.text
    assert again(first).receipt == first.receipt
    today = price(LINE, some_inputs(scheme=shipped("qingdao-2015")))
    assert today.premium.total != first.premium.total


def test_the_frozen_tariff_and_priors_count() -> None:
    inputs = some_inputs()
    dear = Inputs.of({**inputs.json(), "terms": {**inputs.terms, "version": "before"}})
    assert again(price(LINE, dear)).inputs.terms["version"] == "before"
    rows = [
        {**row, "value": row["value"] * 2} if row["param"] == "default_1y" else row
        for row in inputs.json()["priors"]
    ]
    worse = Inputs.of({**inputs.json(), "priors": rows, "fit_id": "other"})
    first = price(LINE, worse)
    assert first.premium.total.minor > price(LINE, inputs).premium.total.minor
    assert again(first).receipt == first.receipt


def test_only_the_priors_used_are_kept_each_once() -> None:
    priced = price(LINE, some_inputs())
    receipt = json.loads(priced.receipt)
    kept = [f"{row['param']}/{row['right']}" for row in receipt["inputs"]["priors"]]
    shown = [figure["key"].rpartition("/")[0] for figure in receipt["figures"]]
    assert sorted(kept) == [
        "assert/invention",
        "asset_correlation/ip_pledge_sme",
        "default_1y/BB",
        "disposal_cost_rate/ip_only_collateral",
        "lapse/invention",
        "p_challenge_given_assert/invention",
        "p_full/invention",
        "p_part/invention",
        "years_to_sale/ip_only_collateral",
    ]
    assert len(shown) == len(set(shown))
    assert {*kept, "price_ratio/patent_lots", "term_years/invention"} <= {*shown}


def test_without_a_prior_there_is_no_price() -> None:
    inputs = some_inputs()
    without = {key: row for key, row in inputs.priors.rows.items() if "default_1y" not in key}
    with pytest.raises(Invalid, match="no published figure"):
        price(LINE, Inputs.of({**inputs.json(), "priors": [r.json() for r in without.values()]}))


def test_the_receipt_says_what_the_price_is_made_of() -> None:
    priced = price(LINE, some_inputs())
    receipt = json.loads(priced.receipt)
    assert receipt["receipt_version"] == VERSION
    assert receipt["decision"] == "accepted"
    lines = receipt["premium"]["lines"]
    cents = [round(float(line["amount"]) * 100) for line in lines]
    assert sum(cents) == priced.premium.total.minor
    assert receipt["premium"]["total"] == {
        "amount": priced.premium.total.text, "currency": "CNY",
    }  # fmt: skip
    assert receipt["scheme"]["sha256"] == shipped("qingdao-2015").sha256
    assert receipt["scheme"]["unverified"]
    serving = fits_in_force("pledge_guarantee", QUOTED)
    assert receipt["fits"] == {purpose: one.json() for purpose, one in serving.items()}
    priced_with = ("borrower_default", "right_life", "recovery")
    assert receipt["fit_ids"] == [
        priced.inputs.priors.fit_id,
        *(serving[purpose].champion for purpose in priced_with),
        serving["borrower_default"].challenger,
    ]
    assert receipt["loss"]["challenger"]["agrees"] is True
    assert receipt["tariff"] == LINE.terms["version"]
    months = receipt["loss"]["months"]
    assert [month["month"] for month in months] == list(range(1, 13))
    assert sum(month["expected_loss"] for month in months) == pytest.approx(
        priced.loss.pure / 100, rel=1e-9
    )


def test_the_yearly_rate_is_of_the_sum_insured() -> None:
    priced = price(LINE, some_inputs(a_risk(cover={"scheme": "test"}), scheme=a_scheme()))
    rate = json.loads(priced.receipt)["premium"]["rate_per_year"]
    contract = priced.contract
    years = ((contract.period.end - contract.period.start).days + 1) / 365
    assert rate == rounded(priced.premium.total.minor / contract.sum_insured.minor / years)


def test_facts_survive_being_frozen() -> None:
    facts = Facts(
        loan_minor=5,
        ip_share=Fraction(1, 3),
        tier="high_tech",
        balances={"fund": 7},
        paid_this_year={"fund": 2},
        portfolio=Portfolio(10, 3),
        ratios={"bank_npl_ratio": Fraction(3, 100)},
    )
    assert facts_of(json.loads(json.dumps(facts_json(facts)))) == facts
    assert facts_of(facts_json(Facts())) == Facts()


def test_inputs_survive_being_frozen() -> None:
    inputs = some_inputs(balances={"fund": 1}, exposures=held(9), on=date(2025, 4, 1))
    back = Inputs.of(json.loads(json.dumps(inputs.json())))
    assert back == inputs


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_keep_twelve_digits(figure: float) -> None:
    assert rounded(figure) == pytest.approx(figure, rel=1e-11)
    assert rounded(rounded(figure)) == rounded(figure)
