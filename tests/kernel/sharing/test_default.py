"""A party in default bears nothing; what it would bear goes to the residual, and nobody else."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from kernel.errors import Invalid
from kernel.sharing import Facts, Loss, StepKind, split, words_en, words_zh
from underwriting.schemes import load_schemes, parse_scheme

ZHONGSHAN = load_schemes()["zhongshan-2021"].scheme
LOSS = Loss(300_000_000, 0, 0, "CNY")
POOR = Facts(loan_minor=300_000_000, ip_share=Fraction(1), balances={"fund": 100_000_000})


def borne(*defaulted: str, residual: str = "uncovered") -> tuple[Mapping[str, int], int]:
    shared = split(
        replace(ZHONGSHAN, residual=residual), LOSS, replace(POOR, defaulted=frozenset(defaulted))
    )
    return {part.party: part.paid for part in shared.parts}, shared.uncovered


def test_what_an_empty_pool_would_pay_is_what_its_default_leaves() -> None:
    """The fund would bear its balance of 1,000,000.00 and not its 54 %: the cap comes first."""
    paid, uncovered = borne("fund", residual="bank")
    assert (paid["fund"], paid["bank"], uncovered) == (0, 78_000_000 + 162_000_000, 0)
    assert (paid["insurer"], paid["appraiser"]) == (48_000_000, 12_000_000)
    shared = split(ZHONGSHAN, LOSS, replace(POOR, defaulted=frozenset({"fund"})))
    (step,) = [step for step in shared.steps if step.kind is StepKind.DEFAULT]
    assert (step.party, step.minor) == ("fund", 100_000_000)
    assert words_en(step) == "fund is in default and bears nothing of CNY 1,000,000.00"
    assert words_zh(step) == "fund 违约，对 CNY 1,000,000.00 不承担"
    assert shared.uncovered == 162_000_000


def test_where_the_residual_is_in_default_too_nobody_bears_it() -> None:
    paid, uncovered = borne("fund", "bank", residual="bank")
    assert (paid["fund"], paid["bank"], uncovered) == (0, 0, 240_000_000)
    assert borne("bank", "fund", residual="bank") == (paid, uncovered)


@pytest.mark.parametrize(
    ("residual", "defaulted", "zh", "en"),
    [
        ("bank", "fund", "fund 的违约 所余 CNY 1,000,000.00 由 bank 承担",
         "bank takes CNY 1,000,000.00 that default of fund left"),
        ("bank", "bank", "bank 的违约 所余 CNY 1,400,000.00 无人承担",
         "CNY 1,400,000.00 that default of bank left stays uncovered"),
        ("uncovered", "fund", "fund 的违约 所余 CNY 1,000,000.00 无人承担",
         "CNY 1,000,000.00 that default of fund left stays uncovered"),
    ],
)  # fmt: skip
def test_who_takes_what_a_default_left_is_said_once_and_truly(
    residual: str, defaulted: str, zh: str, en: str
) -> None:
    facts = replace(POOR, defaulted=frozenset({defaulted}))
    *_, default, taken = split(replace(ZHONGSHAN, residual=residual), LOSS, facts).steps
    assert default.kind is StepKind.DEFAULT
    assert residual not in words_en(default).removeprefix(defaulted)
    assert (words_zh(taken), words_en(taken)) == (zh, en)


def test_the_one_who_took_over_from_a_cap_keeps_it_when_the_capped_party_defaults() -> None:
    text = """
code = "test-default"
title = "t"
source = "t"
valid_from = 2020-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "bank"
recovery = "pro_rata"
[[layers]]
shares = { guarantor = "50/100", bank = "25/100", appraiser = "25/100" }
[[caps]]
party = "guarantor"
per = "loan"
amount = "10.00"
then = "appraiser"
"""
    facts = Facts(defaulted=frozenset({"guarantor"}))
    shared = split(parse_scheme(text), Loss(10_000, 0, 0, "CNY"), facts)
    assert {part.party: part.paid for part in shared.parts} == {
        "guarantor": 0, "bank": 2_500 + 1_000, "appraiser": 2_500 + 4_000,
    }  # fmt: skip


def test_a_name_that_is_no_party_is_refused() -> None:
    with pytest.raises(Invalid, match="'founder' is no party of zhongshan-2021"):
        borne("founder")


def test_without_defaults_nothing_changes() -> None:
    assert split(ZHONGSHAN, LOSS, POOR) == split(
        ZHONGSHAN, LOSS, replace(POOR, defaulted=frozenset())
    )
