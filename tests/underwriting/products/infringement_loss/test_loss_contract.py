"""What binding freezes and what is printed; what cannot be a proposal."""

import json
from fractions import Fraction
from typing import Any

import pytest
from loss_cases import a_basis, a_proposal, a_right, checked, money
from pydantic import ValidationError

from kernel.errors import Invalid
from underwriting.portfolio.keys import Dimension, Key
from underwriting.products.infringement_loss.contract import contract
from underwriting.products.infringement_loss.payment import AgreedTerms, pay
from underwriting.rules.contract import Contract

FULL = {
    "perils": {"investigation": {"sublimit": money(100_000)}, "litigation": {}},
    "per_right": money(900_000),
    "aggregate": money(1_700_000),
    "aggregate_basis": "policy_year",
    "months": 30,
    "economic_benefit": {"exempt": money(50_000)},
}


def agreed(**cover: Any) -> Contract:
    return contract(checked(a_proposal(**cover)), a_basis())


def test_the_terms_are_printed_in_the_order_applied() -> None:
    terms = agreed(**FULL).terms
    assert [term.code for term in terms] == [
        "retention", "coinsurance", "sublimit", "sublimit", "limit", "per_right", "aggregate",
        "repayment", "share",
    ]  # fmt: skip
    printed = {term.en: term.value for term in terms}
    assert printed["retention, any one matter"] == "CNY 10,000.00"
    assert printed["coinsurance"] == "被保险人 the insured 10 %"
    assert printed["investigation cost, any one matter"] == "CNY 100,000.00"
    assert printed["legal cost, any one matter"] == "不另设 none of its own"
    assert printed["aggregate, all rights"].startswith("CNY 1,700,000.00 (每个保险年度")
    repaid = "repayment out of economic benefit"
    assert "first CNY 50,000.00 of a benefit in kind" in printed[repaid]
    assert printed["the insurer's share"] == "100 %"
    plain = {term.en: term.value for term in agreed().terms}
    assert plain[repaid] == "不适用 not agreed"


def test_what_is_left_out_is_printed() -> None:
    known = {"infringer": "仿冒厂", "known_on": "2024-12-01", "related": False}
    terms = agreed(**FULL, rights=[a_right(known=[known])])
    rows = {en: value for _, en, value in terms.agreed["particulars"]}
    assert rows["retroactive period"] == "12 个月 months"
    assert "直接经济损失 loss of profit" in rows["not covered"]
    assert rows["known infringement, not covered"] == "仿冒厂 / ZL202010000001.X"


def test_a_contract_survives_freezing_and_pays_from_what_it_froze() -> None:
    terms = agreed(**FULL)
    frozen = Contract.of(json.loads(json.dumps(terms.json())))
    assert frozen == terms
    read = AgreedTerms.of(frozen.agreed)
    assert read.coinsurance == Fraction(1, 10)
    loss = {"investigation": 20_000_000, "litigation": 5_000_000}
    found = pay(read, loss)
    assert found.paid == {"investigation": 10_000_000, "litigation": 4_500_000}
    assert read.perils == {"investigation": 10_000_000, "litigation": None}


def test_the_sum_insured_counts_every_period_of_the_aggregate() -> None:
    assert agreed(**FULL).sum_insured.text == "5100000.00"
    assert agreed(**{**FULL, "aggregate_basis": "policy_period"}).sum_insured.text == "1700000.00"
    assert agreed().period.end.isoformat() == "2026-03-09"
    assert agreed(months=30).earning == (1,) * 30


def test_the_subsidy_and_the_parties() -> None:
    subsidy = {"payer": "北京市知识产权局", "share": "0.5", "cap": money(100_000)}
    found = contract(checked({**a_proposal(), "subsidy": subsidy}), a_basis())
    assert found.subsidy is not None
    assert found.subsidy[:2] == ("北京市知识产权局", Fraction(1, 2))
    assert (found.policyholder, found.insured, found.beneficiary) == (
        "示范机械有限公司", "policyholder", "policyholder",
    )  # fmt: skip


def test_an_issuer_without_a_share_is_refused() -> None:
    with pytest.raises(Invalid, match="'bank' bears no share"):
        agreed(issuer="bank")


def test_the_books_are_asked_under_every_key_once() -> None:
    rights = [
        a_right("A", family="F1", technology="biotech", standard="5G"),
        a_right("B", family="F1", technology="biotech"),
        a_right("C"),
    ]
    asked = checked(a_proposal(rights=rights)).asked()
    assert asked.amount.text == "850000.00"
    assert asked.keys == (
        Key(Dimension.OBLIGOR, "91442000MA4EXAMPL1"),
        Key(Dimension.RIGHT_HOLDER, "示范机械有限公司"),
        Key(Dimension.FAMILY, "F1"),
        Key(Dimension.TECHNOLOGY, "biotech"),
        Key(Dimension.STANDARD, "5G"),
        Key(Dimension.FAMILY, "C"),
    )


@pytest.mark.parametrize(
    ("cover", "words"),
    [
        ({"perils": {}}, "cover nothing; take at least one peril"),
        ({"coinsurance": "1"}, "leaves nothing to the insurer"),
        ({"coinsurance": "3/3"}, "leaves nothing to the insurer"),
        ({"limit": money(900_000)}, "limits out of order"),
        ({"per_right": money(800_000)}, "limits out of order"),
        ({"limit": money("0.00")}, "has a limit of nothing"),
        ({"retention": money(10, "USD")}, "mixes currencies"),
        ({"months": 37}, "less than or equal to 36"),
        ({"retroactive_months": 37}, "less than or equal to 36"),
        ({"perils": {"litigation": {"sublimit": money(0)}}}, "of nothing"),
    ],
)
def test_what_cannot_be_is_refused(cover: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        checked(a_proposal(**cover))


def test_a_right_is_insured_once() -> None:
    with pytest.raises(ValidationError, match="insures one right twice"):
        checked(a_proposal(rights=[a_right("A"), a_right("A")]))
    with pytest.raises(ValidationError, match="mixes currencies"):
        checked(a_proposal(rights=[a_right(sales=money(1, "USD"))]))
