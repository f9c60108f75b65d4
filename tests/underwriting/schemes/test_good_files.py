from datetime import date
from fractions import Fraction

import pytest

from kernel.sharing import (
    Bracket,
    Cap,
    CapPer,
    Fuse,
    FuseEffect,
    Layer,
    LossBase,
    PoolSize,
    Role,
    Shares,
)
from underwriting.schemes import load_schemes, parse_scheme

TOP = """\
code = "made-up"
title = "Made up"
source = "made up"
valid_from = 2021-01-01
loss_base = "principal_interest"
eligible = "whole"
pays_on = "npl"
residual = "uncovered"
recovery = "reverse"
"""


def test_a_file_becomes_the_scheme_that_it_states() -> None:
    scheme = parse_scheme(
        TOP
        + """
        valid_to = 2023-12-31
        currency = "CNY"
        [[layers]]
        upto = "1/3"
        shares = { fund = "54/100", bank = "0.46" }
        [[layers]]
        shares = { acme = 1 }
        [[caps]]
        party = "fund"
        per = "portfolio"
        rate = "20/100"
        then = "reinsurer"
        [[brackets]]
        upto_amount = "5000000"
        tier = "small"
        shares = { bank = "1" }
        [[fuses]]
        measure = "claims_rate"
        above = "0.05"
        effect = "suspend_new"
        [[pools]]
        party = "fund"
        contributions = "70000000.00"
        [roles]
        acme = "pool"
        [unverified]
        caps = "the source is silent"
        """
    )
    assert scheme.layers == (
        Layer(Fraction(1, 3), Shares(("fund", "bank"), (27, 23))),
        Layer(None, Shares(("acme",), (1,))),
    )
    assert scheme.caps == (Cap("fund", CapPer.PORTFOLIO, None, Fraction(1, 5), "reinsurer"),)
    assert scheme.brackets == (Bracket(Shares(("bank",), (1,)), "5000000", "small"),)
    assert scheme.fuses == (
        Fuse("claims_rate", Fraction(1, 20), FuseEffect.SUSPEND_NEW, ("fund", "acme")),
    )
    assert scheme.pools == (PoolSize("fund", "70000000.00", None),)
    assert (scheme.loss_base, scheme.valid_to) == (LossBase.PRINCIPAL_INTEREST, date(2023, 12, 31))
    assert scheme.roles == {
        "fund": Role.POOL,
        "bank": Role.BANK,
        "acme": Role.POOL,
        "reinsurer": Role.REINSURER,
    }
    assert scheme.unverified == {"caps": "the source is silent"}


@pytest.mark.parametrize(
    ("party", "role"),
    [
        ("city_fund", Role.POOL),
        ("local_government", Role.POOL),
        ("local_guarantor", Role.GUARANTOR),
        ("quota_reinsurer", Role.REINSURER),
        ("lender", Role.BANK),
        ("bank_2", Role.BANK),
        ("insured", Role.INSURED),
    ],
)
def test_the_last_telling_word_of_a_name_is_its_role(party: str, role: Role) -> None:
    scheme = parse_scheme(f'{TOP}[[layers]]\nshares = {{ {party} = "1" }}')
    assert scheme.roles == {party: role}


def test_the_file_may_state_another_role_than_the_name_says() -> None:
    text = f'{TOP}[[layers]]\nshares = {{ fund = "1" }}\n[roles]\nfund = "guarantor"'
    assert parse_scheme(text).roles == {"fund": Role.GUARANTOR}


def test_brackets_that_overlap_without_hiding_are_kept_in_order() -> None:
    rows = (
        'tier = "a"\nupto_amount = "100"', 'tier = "a"', 'upto_amount = "50"',
        'upto_amount = "100"', 'tier = "b"', "",
    )  # fmt: skip
    text = "".join(f'[[brackets]]\n{row}\nshares = {{ bank = "1" }}\n' for row in rows)
    scheme = parse_scheme(f"{TOP}[[layers]]\n{text}")
    assert [(bracket.tier, bracket.upto_amount) for bracket in scheme.brackets] == [
        ("a", "100"), ("a", None), (None, "50"), (None, "100"), ("b", None), (None, None),
    ]  # fmt: skip
    assert scheme.layers == (Layer(None, None),)


def test_a_shipped_scheme_keeps_its_own_text() -> None:
    stated = load_schemes()["zhongshan-2021"]
    assert parse_scheme(stated.text) == stated.scheme
    assert len(stated.sha256) == 64
