"""Losses under shipped schemes, worked by hand from the published shares."""

from fractions import Fraction
from typing import Any

import pytest

from kernel.sharing import Facts, Loss, Portfolio, split
from underwriting.schemes import load_schemes

MILLION = 100_000_000  # minor units
WORKED: list[tuple[str, int, dict[str, Any], dict[str, int]]] = [
    (
        "zhongshan-2021",
        3 * MILLION,
        {"ip_share": Fraction(1), "balances": {"fund": 70 * MILLION}},
        {"fund": 162_000_000, "bank": 78_000_000, "insurer": 48_000_000, "appraiser": 12_000_000},
    ),
    (
        "zhongshan-2021",
        3 * MILLION,
        {"ip_share": Fraction(1), "balances": {"fund": 1 * MILLION}},
        {
            "fund": 100_000_000,
            "bank": 78_000_000,
            "insurer": 48_000_000,
            "appraiser": 12_000_000,
            "uncovered": 62_000_000,
        },
    ),
    (
        "qingdao-2015",
        2 * MILLION,
        {},
        {"insurer": 120_000_000, "bank": 40_000_000, "guarantor": 40_000_000},
    ),
    (
        "guangzhou-5311-2020",
        3 * MILLION,
        {"ip_share": Fraction(1)},
        {"fund": 150_000_000, "insurer": 90_000_000, "appraiser": 30_000_000, "bank": 30_000_000},
    ),
    (
        "anhui-4321-2015",
        5 * MILLION,
        {},
        {
            "guarantor": 200_000_000,
            "re_guarantor": 150_000_000,
            "bank": 100_000_000,
            "government": 50_000_000,
        },
    ),
    (
        "weihai-first-year-2020",
        6 * MILLION,
        {"ip_share": Fraction(1)},
        {"province_fund": 240_000_000, "city_fund": 100_000_000, "bank": 260_000_000},
    ),
    (
        "national-sci-tech-2024",
        10 * MILLION,
        {"tier": "little_giant", "ratios": {"claims_rate": Fraction(1, 100)}},
        {
            "bank": 200_000_000,
            "national_fund": 400_000_000,
            "re_guarantor": 200_000_000,
            "guarantor": 200_000_000,
        },
    ),
    (
        "national-sci-tech-2024",
        10 * MILLION,
        {"tier": "little_giant", "ratios": {"claims_rate": Fraction(6, 100)}},
        {"bank": 200_000_000, "re_guarantor": 200_000_000, "guarantor": 600_000_000},
    ),
    (
        "guangzhou-2025",
        8 * MILLION,
        {"paid_this_year": {"fund": 0}, "ratios": {"bank_npl_loss_ratio": Fraction(3, 100)}},
        {"fund": 240_000_000, "bank": 560_000_000},
    ),
    (
        "cosme-lgf-2015",
        1 * MILLION,
        {"portfolio": Portfolio(10 * MILLION, 70_000_000)},
        {"eif": 30_000_000, "bank": 70_000_000},  # 10 % of ten million, less what was paid
    ),
]


@pytest.mark.parametrize(("code", "loss", "facts", "borne"), WORKED)
def test_a_loan_wholly_lost(
    code: str, loss: int, facts: dict[str, Any], borne: dict[str, int]
) -> None:
    scheme = load_schemes()[code].scheme
    stated = Facts(loan_minor=loss, **facts)
    shared = split(scheme, Loss(loss, 0, 0, scheme.currency or "CNY"), stated)
    paid = {part.party: part.paid for part in shared.parts if part.paid}
    assert paid | ({"uncovered": shared.uncovered} if shared.uncovered else {}) == borne


def test_costs_above_the_retention_are_shared_nine_to_one() -> None:
    scheme = load_schemes()["example-ipisc-enforcement"].scheme
    loss = Loss(0, 0, 50_000_000, "USD")
    shared = split(scheme, loss, Facts(loan_minor=1 * MILLION))
    assert shared.paid_by("insurer") == 43_200_000  # 90 % of 500,000 less 2 % of the limit
    assert shared.paid_by("insured") == 6_800_000
