"""Tranches read back from the books: the order of the terms, whatever the order of the names."""

import json
from collections.abc import Mapping, Sequence

import pytest
from builders import read_scheme, scheme_text
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.disposal.written import as_written
from kernel.money import Money
from kernel.sharing import Facts, Loss, Recovery, RecoveryRule, Standing, give_back, split

LOAN = 9_000_000
TWO = """
[[layers]]
upto = "1/3"
shares = { guarantor = "1/2", insurer = "1/4", bank = "1/4" }
[[layers]]
shares = { bank = "1/4", guarantor = "1/4", insurer = "1/2" }
"""
MEAN = """
[[caps]]
party = "insurer"
per = "loan"
amount = "9000.01"
then = "fund"
[[caps]]
party = "guarantor"
per = "year"
amount = "12345.67"
then = "bank"
[[caps]]
party = "fund"
per = "pool_balance"
then = "appraiser"
"""
TIERS = """
[[brackets]]
tier = "small"
shares = { insurer = "1/3", bank = "1/3", fund = "1/3" }
[[brackets]]
tier = "large"
shares = { fund = "1/3", insurer = "1/3", bank = "1/3" }
"""
TEXTS = {
    "layers": scheme_text("layers", layers=TWO, recovery="reverse", residual="guarantor"),
    "caps": scheme_text("caps", layers=TWO, more=MEAN, recovery="reverse", residual="fund"),
    "tiers": scheme_text("tiers", layers="[[layers]]", more=TIERS),
}


def kept(tranches: Sequence[Mapping[str, int]]) -> list[dict[str, int]]:
    """As the books keep them: by name."""
    read: list[dict[str, int]] = json.loads(json.dumps(list(tranches), sort_keys=True))
    return read


@given(
    code=st.sampled_from(sorted(TEXTS)),
    principal=st.integers(1, LOAN),
    known=st.builds(
        Facts,
        loan_minor=st.just(LOAN),
        tier=st.sampled_from(["small", "large"]),
        balances=st.fixed_dictionaries({"fund": st.integers(0, 2_000_000)}),
        paid_this_year=st.fixed_dictionaries({"guarantor": st.integers(0, 1_500_000)}),
        defaulted=st.frozensets(st.sampled_from(["bank", "insurer"])),
    ),
    net=st.integers(0, LOAN),
)
def test_what_was_kept_by_name_is_shared_as_if_it_had_just_been_split(
    code: str, principal: int, known: Facts, net: int
) -> None:
    scheme = read_scheme(TEXTS[code], f"{code}.toml").scheme
    borne = split(scheme, Loss(principal, 0, 0, "CNY"), known).borne
    found = as_written(scheme, kept(borne), loan=Money(LOAN, "CNY"), tier=known.tier)
    assert [list(one.items()) for one in found] == [list(one.items()) for one in borne]
    now, then = (give_back(scheme.recovery, Standing(one), Recovery(net, 0))
                 for one in (borne, found))  # fmt: skip
    assert now == then


def test_the_fen_left_over_goes_to_the_first_of_its_layer() -> None:
    """2 fen on quarters and a half: guarantor 1/2 and bank 1/2 tie; layer two names the bank first.

    By the alphabet it would be the same; the scheme as a whole names the guarantor first.
    """
    scheme = read_scheme(TEXTS["layers"], "layers.toml").scheme
    upper = {"bank": 1_500_000, "guarantor": 1_500_000, "insurer": 3_000_000}
    lower = {"bank": 750_000, "guarantor": 1_500_000, "insurer": 750_000}
    found = as_written(scheme, [lower, upper], loan=Money(LOAN, "CNY"), tier=None)
    back = give_back(RecoveryRule.REVERSE, Standing(found), Recovery(2, 0))
    assert back.parts == {"guarantor": 0, "insurer": 1, "bank": 1}


def test_a_party_that_the_terms_do_not_name_is_impossible() -> None:
    scheme = read_scheme(TEXTS["layers"], "layers.toml").scheme
    with pytest.raises(AssertionError, match="named in the terms"):
        as_written(scheme, [{"stranger": 1}], loan=Money(LOAN, "CNY"), tier=None)
