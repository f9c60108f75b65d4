"""A pool with a long history is foreseen in the time of one without; measured as ratios."""

from datetime import date
from time import process_time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from claims.reports.awaited import Behind, to_come_back
from claims.reports.moved import CHARGED, GIVEN_BACK, Movement
from claims.rules.forecast.exhaustion import forecast
from claims.rules.forecast.outlook import Flow, Outlook, YearCap
from claims.rules.forecast.simulate import simulated
from kernel.period import Period
from kernel.sharing import PaysOn

ON = date(2026, 8, 31)


def awaited(claims: int) -> tuple[Flow, ...]:
    """What open claims will charge, and what settled ones bring back: for sure."""
    return tuple(Flow(1 + n % 36, 1.0, (-1) ** n * (1 + n)) for n in range(claims))


def seconds(act: Any) -> float:
    """Least processor time of three runs."""
    taken = []
    for _ in range(3):
        start = process_time()
        act()
        taken.append(process_time() - start)
    return min(taken)


def test_ten_thousand_awaited_claims_cost_no_more_than_twice_none() -> None:
    """Each of them once took a draw and a pass over the grid of 20,000 paths by 36 months."""
    plain = Outlook(ON, 36, 10**12, ())
    many = Outlook(ON, 36, 10**12, (), flows=awaited(10_000))
    assert seconds(lambda: forecast(many, 7)) < 2 * seconds(lambda: forecast(plain, 7))


@pytest.mark.parametrize("cap", [None, YearCap(40, 5)])
def test_what_is_sure_is_the_same_on_every_path(cap: YearCap | None) -> None:
    """Against a loop over months: the cap cuts what is charged and not what comes back."""
    flows = (*awaited(50), Flow(37, 1.0, 1_000))
    drawn = simulated(Outlook(ON, 36, 10, (), flows=flows, year_cap=cap), 3, 7)
    whole, left = 0, {}
    for month in range(1, 37):
        year = Outlook(ON, 36, 10, ()).day(month).year
        charged = sum(one.minor for one in flows if one.month == month and one.minor > 0)
        if cap is not None:
            room = left.setdefault(year, cap.most - (cap.used if year == ON.year else 0))
            charged = min(charged, room)
            left[year] = room - charged
        whole += charged + sum(one.minor for one in flows if one.month == month and one.minor < 0)
        assert np.all(drawn[:, month - 1] == whole), month


def _history(claims: int, head: str = "CL-") -> Any:
    """Settled claims, each with its charge and three recoveries; a law that brings back all."""
    terms = SimpleNamespace(period=Period(date(2025, 3, 10), date(2026, 3, 9)))
    held, law = SimpleNamespace(terms=terms), SimpleNamespace(back_ratio=lambda _: 1.0, to_sale=24)
    rows = {
        f"{head}{n}": SimpleNamespace(policy_id="p", default_date=date(2026, 3, 11))
        for n in range(claims)
    }
    moves = [Movement(CHARGED, ON, ON, number, -100, number) for number in rows]
    moves += [
        Movement(GIVEN_BACK, ON, ON, f"{one}-R{n}", 20, one) for one in rows for n in (1, 2, 3)
    ]
    behind: Any = Behind(ON, {"p": held}, lambda _: law, PaysOn.OVERDUE)
    return behind, rows, moves


def test_what_is_to_come_back_is_found_in_one_pass() -> None:
    """Eight times the claims take eight times as long, and not sixty-four times."""
    few, many = _history(1_000), _history(8_000)
    found = list(to_come_back(*many))
    assert len(found) == 8_000
    assert {one.minor for one in found} == {-40}
    ratio = seconds(lambda: list(to_come_back(*many))) / seconds(lambda: list(to_come_back(*few)))
    assert ratio < 24


def test_a_claim_is_found_by_its_number_whatever_letter_that_begins_with() -> None:
    """The letters of a number are drawn; `R` begins the part of a recovery as well."""
    found = list(to_come_back(*_history(3, "CL-20260311-R")))
    assert [one.minor for one in found] == [-40, -40, -40]
