"""What a bank lent counts on the day it was paid out; what nobody graded is not called sound."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from builders import DEFAULT, NOTIFIED, QUOTED, House, a_house, cny
from sqlalchemy import Engine

from claims.reports.period import Asked
from claims.reports.records import policies
from underwriting.record_event import record_events
from underwriting.watch.loan_form import LoanEventForm

TEMPLATE: Any = SimpleNamespace(fields=frozenset())


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def report(house: House, policy: Any, on: date, *events: dict[str, Any]) -> None:
    forms = [LoanEventForm.model_validate(one, strict=False) for one in events]
    house.do(record_events, policy.id, forms, on=on)


def out(on: date, amount: str = "3000000.00") -> dict[str, Any]:
    return {"key": "OUT", "kind": "disbursed", "happened_on": on, "principal": cny(amount)}


def counted(house: House, opens: date, closes: date) -> Any:
    whom = {"currency": "CNY"}
    asked = Asked(template="bank-ip-pledge", opens_on=opens, closes_on=closes, whom=whom)
    (one,) = house.read(lambda s: policies(s, asked, TEMPLATE))
    return one


def test_a_loan_is_lent_on_the_day_that_is_agreed_until_the_bank_says_another(
    house: House,
) -> None:
    """Issued on 3 March, agreed for the 10th, paid out on the 20th."""
    policy = house.policy()
    agreed, paid = date(2025, 3, 10), date(2025, 3, 20)
    assert date.fromisoformat(policy.contract["loan"]["drawdown"]) == agreed
    first = counted(house, QUOTED, agreed - timedelta(days=1))
    assert (first["issued"], first["lent"], first["lent_minor"]) == (True, False, 0)
    assert counted(house, agreed, agreed)["lent_minor"] == 300_000_000
    report(house, policy, paid, out(paid))
    assert counted(house, QUOTED, paid - timedelta(days=1))["lent_minor"] == 300_000_000, (
        "nothing was reported on that day"
    )
    assert counted(house, agreed + timedelta(days=1), paid)["lent_minor"] == 300_000_000
    later = counted(house, paid + timedelta(days=1), date(2025, 12, 31))
    assert (later["issued"], later["lent"]) == (False, False)


def test_a_loan_overdue_and_claimed_that_nobody_graded_is_not_recorded(house: House) -> None:
    policy = house.policy()
    late = {
        "key": "OD", "kind": "overdue", "happened_on": DEFAULT, "since": DEFAULT,
        "principal": cny("3000000.00"),
    }  # fmt: skip
    report(house, policy, DEFAULT, out(date(2025, 3, 10)), late)
    until = date(2026, 3, 31)
    assert counted(house, QUOTED, until)["bad_minor"] == 0, "late, and nothing is claimed"
    house.claim(policy)
    assert counted(house, QUOTED, until)["bad_minor"] is None
    assert counted(house, QUOTED, NOTIFIED - timedelta(days=1))["bad_minor"] == 0
    grade = {
        "key": "GR", "kind": "reclassified", "happened_on": until, "loan_class": "substandard",
    }  # fmt: skip
    report(house, policy, until, grade)
    assert counted(house, QUOTED, until)["bad_minor"] == 300_000_000
