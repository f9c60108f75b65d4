"""What of the amount asked is approved, and why not more."""

from datetime import date
from typing import Any

import pytest
from builders import DEFAULT, a_basis, a_risk, cny, some_inputs
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.indemnity import LINES, Line, approve_lines, loss_of, owed
from kernel.sharing import LossBase
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.rules.contract import Contract

ALL = LossBase.PRINCIPAL_INTEREST_COSTS
MUCH = 10**12
MINOR = st.integers(0, 10**10)


def terms(**parts: Any) -> Contract:
    risk = a_risk(**parts)
    return contract(risk, a_basis(some_inputs(risk)))


def lines(
    asked: dict[str, int],
    *,
    room: int = MUCH,
    base: LossBase = ALL,
    adjusted: Any = None,
    on: date = DEFAULT,
) -> dict[str, Line]:
    found = approve_lines(terms(), on, asked, adjusted=adjusted or {}, loss_base=base, room=room)
    return {line.code: line for line in found}


def test_every_line_is_answered_in_one_order() -> None:
    assert list(lines({})) == list(LINES)
    assert all(line == Line(line.code, 0, 0, 0, "") for line in lines({}).values())


def test_principal_is_cut_to_what_the_plan_leaves() -> None:
    line = lines({"principal": 300_000_001})["principal"]
    assert line.approved == 300_000_000
    assert line.reason.endswith("under the plan CNY 3,000,000.00: -CNY 0.01")


def test_interest_runs_from_drawdown_to_the_end_of_waiting() -> None:
    """366 days and 80 at 4.35 % on 3,000,000.00."""
    line = lines({"interest": 10**9})["interest"]
    assert line.approved == round(300_000_000 * 0.0435 * (366 + 80) / 365)
    assert "合同利率" in line.reason


@pytest.mark.parametrize("code", ["penalty", "compound_interest"])
def test_penalties_fall_away(code: str) -> None:
    line = lines({code: 500})[code]
    assert (line.approved, line.asked) == (0, 500)
    assert line.reason.endswith("wording: exclusions: -CNY 5.00")


def test_the_adjuster_allows_less_and_says_why() -> None:
    line = lines({"principal": 500}, adjusted={"principal": (400, "paid in part")})["principal"]
    assert (line.adjusted, line.approved, line.reason) == (400, 400, "paid in part: -CNY 1.00")


def test_the_sum_insured_fills_in_the_order_of_the_lines() -> None:
    asked = {"principal": 700, "interest": 200, "costs": 500}
    found = lines(asked, room=1000)
    assert [found[code].approved for code in asked] == [700, 200, 100]
    assert found["costs"].reason.endswith("sum insured still free CNY 1.00: -CNY 4.00")


def test_what_the_scheme_does_not_share_takes_no_room() -> None:
    found = lines(
        {"principal": 700, "interest": 200, "costs": 50}, room=710, base=LossBase.PRINCIPAL
    )
    assert found["principal"].approved == 700
    assert (found["interest"].approved, found["costs"].approved) == (200, 50)


@given(MINOR, MINOR, MINOR, MINOR, st.sampled_from(LossBase))
def test_never_more_than_asked_nor_than_there_is_room(
    principal: int, interest: int, costs: int, room: int, base: LossBase
) -> None:
    asked = {"principal": principal, "interest": interest, "costs": costs, "penalty": 7}
    found = lines(asked, room=room, base=base)
    loss = loss_of(tuple(found.values()), "CNY")
    assert loss.base(base) <= room
    for line in found.values():
        assert 0 <= line.approved <= line.adjusted <= line.asked
        assert bool(line.reason) == (line.approved < line.asked)


@pytest.mark.parametrize(
    ("day", "left"),
    [("2025-03-10", 1200), ("2025-04-09", 1200), ("2025-04-10", 1200), ("2025-04-11", 1200),
     ("2025-05-09", 1200), ("2025-05-10", 1100), ("2026-03-10", 100), ("2026-04-09", 100)],
)  # fmt: skip
def test_the_instalment_that_was_missed_is_still_owed(day: str, left: int) -> None:
    """Equal instalments of 1.00 on the tenth: the first is missed from 10 April."""
    plan = {"plan": "equal_principal", "amount": cny("12.00")}
    assert owed(terms(loan=plan), date.fromisoformat(day)) == left
