"""What is stated of an insured right and of who enforces it."""

from typing import Any

import pytest
from pydantic import ValidationError

from kernel.errors import Invalid
from kernel.sharing import Scheme
from underwriting.disputes.forms import InsuredRight, Owner
from underwriting.disputes.plain_share import plain_share
from underwriting.schemes import load_schemes

RIGHT: dict[str, Any] = {
    "kind": "invention",
    "number": "ZL1",
    "title": "阀门 valve",
    "owner": "示范机械有限公司",
    "filed": "2020-03-01",
    "granted": "2022-05-06",
    "expires": "2040-03-01",
}


def right(**facts: Any) -> InsuredRight:
    return InsuredRight.model_validate({**RIGHT, **facts}, strict=False)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"expires": "2019-01-01"}, "expires before it was filed"),
        ({"granted": "2019-01-01"}, "was granted before it was filed"),
        ({"margin": "0.2"}, "has a margin but no sales"),
        ({"claims": 0}, "greater than or equal to 1"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        right(**facts)


def test_nothing_stated_tilts_nothing() -> None:
    assert right().factors == {}
    assert Owner().factors == {}


def test_what_is_stated_is_named_as_the_multipliers_name_it() -> None:
    facts = {"technology": "biotech", "standard": "5G", "claims": 20, "citations": 0,
             "family_size": 3}  # fmt: skip
    assert right(**facts).factors == {
        "field": "biotech", "standard_essential": True, "claims": 20, "citations": 0,
        "family_size": 3,
    }  # fmt: skip
    owner = Owner(individual=True, npe=True, portfolio=901)
    assert owner.factors == {
        "individual_owner": True, "npe_owned": True, "portfolio": "over-900",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("patents", "band"), [(1, "1-100"), (100, "1-100"), (101, "100-900"), (900, "100-900")]
)
def test_portfolio_bands_meet(patents: int, band: str) -> None:
    assert Owner(portfolio=patents).factors["portfolio"] == band


def scheme(code: str) -> Scheme:
    return load_schemes()[code].scheme


def test_one_plain_layer_has_one_share() -> None:
    assert plain_share(scheme("own-account"), "insurer") == 1
    with pytest.raises(Invalid, match="'bank' bears no share under own-account"):
        plain_share(scheme("own-account"), "bank")


@pytest.mark.parametrize("code", ["zhongshan-2021", "example-ipisc-enforcement"])
def test_a_scheme_of_more_than_shares_is_refused_with_the_cure(code: str) -> None:
    with pytest.raises(Invalid, match="use a scheme of one layer") as refused:
        plain_share(scheme(code), "insurer")
    assert refused.value.code == "scheme-not-plain"
