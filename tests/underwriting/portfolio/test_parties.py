"""The bank that asks and the pools that stand behind a scheme are keys too."""

import pytest

from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.parties import party_keys
from underwriting.schemes.library import load_schemes


@pytest.mark.parametrize(
    ("code", "kind", "keys"),
    [
        ("zhongshan-2021", "bank", ["pt_x", "zhongshan-2021/fund"]),
        ("own-account", "firm", []),
        ("own-account", "bank", ["pt_x"]),
    ],
)
def test_bank_and_pools(code: str, kind: str, keys: list[str]) -> None:
    found = party_keys(load_schemes()[code].scheme, "pt_x", kind)
    assert [key.name for key in found] == keys


def test_one_fund_behind_two_schemes_is_two_pools() -> None:
    both = ("guangzhou-55-2020", "guangzhou-5311-2020")
    pools = [
        key
        for code in both
        for key in party_keys(load_schemes()[code].scheme, "pt_x", "firm")
        if key.dimension is Dimension.POOL
    ]
    assert pools
    assert len(set(pools)) == len(pools)
    assert Key(Dimension.BANK, "pt_x") not in pools
