import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from callers import Counter
from hypothesis import given
from hypothesis import strategies as st

from api.cli.split import run_split
from api.openapi import example
from api.schemas.split import SplitRequest, answer_split
from api.strict_json import read
from kernel.errors import Invalid
from kernel.money import parse_minor
from underwriting.schemes import load_schemes

GOOD = example("split_loss")["request"]


def _answer(sent: dict[str, Any]) -> dict[str, Any]:
    return answer_split(read(SplitRequest, json.dumps(sent).encode()), load_schemes())


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def _sum(amounts: Any) -> int:
    return sum(parse_minor(amount, "CNY") for amount in amounts)


def test_the_published_case_is_shared_to_the_fen() -> None:
    answer = _answer(GOOD)
    paid = {share["party"]: share["paid"] for share in answer["shares"]}
    assert paid == {
        "fund": "1000000.00",
        "bank": "780000.00",
        "insurer": "480000.00",
        "appraiser": "120000.00",
    }
    assert (answer["eligible"], answer["uncovered"]) == ("3000000.00", "620000.00")
    assert _sum(answer["given_back"].values()) == 9000000
    assert list(answer) == [
        *("scheme", "eligible", "shares", "uncovered", "ineligible", "lines", "unverified"),
        *("given_back", "surplus"),
    ]


def test_without_a_recovery_nothing_is_said_of_one(counter: Counter) -> None:
    answer = _answer(_without("recovery"))
    assert "given_back" not in answer
    assert "surplus" not in answer
    over_http = counter.caller["bank"].post("/v1/split", _without("recovery"), key=None)
    assert over_http == json.loads(json.dumps(answer))


def test_what_is_over_is_the_debtors() -> None:
    answer = _answer(GOOD | {"recovery": {"amount": "4000000.00"}})
    assert answer["surplus"] == "1000000.00"
    assert _sum(answer["given_back"].values()) == 300000000


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"balances": {"fond": "1"}}, "balances.fond"),
        ({"paid_this_year": {"fond": "1"}}, "paid_this_year.fond"),
        ({"balances": {}}, "balances.fund"),
        ({"loan": {"amount": "3000000.00"}}, "loan.ip_share"),
        ({"loan": {"ip_share": 1.5}}, "loan.ip_share"),
        ({"loan": {"ip_share": True}}, "loan.ip_share"),
        ({"loan": {"ip_share": "1e-3"}}, "loan.ip_share"),
        ({"loan": {"ip_share": "1/0"}}, "loan.ip_share"),
        ({"loan": {"ip_share": "１"}}, "loan.ip_share"),
        ({"loss": {}}, "loss"),
        ({"loss": {"principal": None}}, "loss"),
        ({"loss": {"principal": "1.234"}}, "loss.principal"),
        ({"currency": "JPY", "loss": {"principal": "1.5"}}, "loss.principal"),
        ({"scheme": "nowhere"}, "scheme"),
        ({"defaulted": ["fund", "fond"]}, "defaulted.1"),
        ({"defaulted": "fund"}, "defaulted"),
        ({"ratios": {"x": -0.5}}, "ratios.x"),
        ({"recovery": {"costs": "1"}}, "recovery.amount"),
        ({"portfolio": {"volume": "1"}}, "portfolio.paid"),
    ],
)
def test_what_is_wrong_or_missing_is_named(part: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _answer(GOOD | part)
    assert field in [fault.field for fault in refused.value.faults]


@given(st.fractions(0, 1, max_denominator=10**6))
def test_a_share_is_exact_as_a_fraction(share: Fraction) -> None:
    sent = GOOD | {"loan": {"ip_share": f"{share.numerator}/{share.denominator}"}}
    answer = _answer(sent)
    exact = 300000000 * share
    assert abs(parse_minor(answer["eligible"], "CNY") - exact) <= Fraction(1, 2)
    paid = _sum(part["paid"] for part in answer["shares"])
    assert paid + _sum([answer["uncovered"]]) == _sum([answer["eligible"]])


@given(st.integers(0, 10**6))
def test_a_share_as_a_number_is_the_same_as_its_text(millionths: int) -> None:
    text = f"{millionths // 10**6}.{millionths % 10**6:06d}"
    as_text = _answer(GOOD | {"loan": {"ip_share": text}})
    as_number = _answer(GOOD | {"loan": {"ip_share": float(text)}})
    assert as_text["shares"] == as_number["shares"]


def test_a_ratio_may_be_above_one_and_blows_its_fuse() -> None:
    sent = {
        "scheme": "guangzhou-2025",
        "currency": "CNY",
        "loss": {"principal": "1000000.00"},
        "loan": {"amount": "1000000.00", "ip_share": "1"},
        "ratios": {"bank_npl_loss_ratio": 1.25},
    }
    with pytest.raises(Invalid) as refused:
        _answer(sent | {"ratios": {}})
    fields = {fault.field for fault in refused.value.faults}
    assert fields & {"ratios.bank_npl_loss_ratio", "balances.fund", "portfolio"}


@given(
    st.integers(1, 10**11),
    st.sets(st.sampled_from(["fund", "insurer", "appraiser"])),
)
def test_a_party_in_default_bears_nothing_and_its_part_is_left(minor: int, out: set[str]) -> None:
    """By hand in exact fractions: 54, 26, 16 and 4 hundredths; the residual is the creditor's."""
    amount = f"{minor // 100}.{minor % 100:02d}"
    sent = {
        "scheme": "zhongshan-2021",
        "currency": "CNY",
        "loss": {"principal": amount},
        "loan": {"amount": amount, "ip_share": 1},
        "balances": {"fund": "1000000000000.00"},
        "defaulted": sorted(out),
    }
    answer = _answer(sent)
    paid = {share["party"]: parse_minor(share["paid"], "CNY") for share in answer["shares"]}
    parts = {"fund": 54, "bank": 26, "insurer": 16, "appraiser": 4}
    for party, hundredths in parts.items():
        exact = Fraction(0) if party in out else Fraction(minor * hundredths, 100)
        assert abs(paid[party] - exact) < 1, party
    left = parse_minor(answer["uncovered"], "CNY")
    assert abs(left - sum(Fraction(minor * parts[party], 100) for party in out)) < len(out) + 1
    assert sum(paid.values()) + left == minor
    told = {share["party"]: share["reasons"] for share in answer["shares"]}
    assert all(told[party] for party in out if minor * parts[party] >= 100)


def test_a_default_is_taken_by_the_command_line_and_over_http(
    counter: Counter, tmp_path: Path
) -> None:
    sent = _without("recovery") | {"defaulted": ["insurer"]}
    file = tmp_path / "split.json"
    file.write_text(json.dumps(sent), encoding="utf-8")
    answer = run_split(str(file), None)
    assert counter.caller["bank"].post("/v1/split", sent, key=None) == json.loads(
        json.dumps(answer)
    )
    shares = {share["party"]: share["paid"] for share in answer["shares"]}
    assert shares["insurer"] == "0.00"
    assert answer["uncovered"] == "1100000.00", "620,000 above the balance, 480,000 in default"
