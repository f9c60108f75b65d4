"""A demand is for what is owed: tax whose term is over, surcharge by the rule, a letter there."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from builders import calendar
from guaranteeing import a_demand, a_use

from kernel.db.engine import read
from kernel.errors import Conflict
from underwriting.guarantees import store
from underwriting.guarantees.owed import due_on, in_force_from

DECLARED, DUE, AFTER = date(2025, 3, 12), date(2025, 3, 27), date(2025, 3, 28)


def cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def codes(demand: Any) -> list[str]:
    return [one["code"] for one in demand.grounds]


@pytest.fixture
def letter(issuer: Any) -> Any:
    """A letter in force since 10 March, with a declaration of 260,000.00 of 12 March."""
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    return letter


def test_tax_that_may_still_be_paid_is_not_demanded(issuer: Any, letter: Any) -> None:
    """15 days from 12 March end on 27 March: on that day the importer is not late."""
    early = issuer.demand(letter, a_demand(received_on=DUE.isoformat()), on=DUE)
    assert codes(early) == ["not-due-yet"]
    assert "2025-03-28" in early.grounds[0]["cure"]
    with pytest.raises(Conflict, match="grounds-open"):
        issuer.pay(letter, "C1", on=AFTER)
    issuer.refuse_demand(letter, "C1", on=AFTER)
    assert codes(issuer.demand(letter, a_demand("C2", received_on="2025-03-28"), on=AFTER)) == []


def test_surcharge_is_by_the_rule_to_the_day_of_receipt(issuer: Any, letter: Any) -> None:
    """28 March to 7 April are 11 days: 260,000 x 0.0005 x 11 = 1,430.00."""
    over = issuer.demand(letter, a_demand(surcharge=cny("1430.01")))
    assert codes(over) == ["surcharge-above-rule"]
    assert over.grounds[0]["words"].startswith("CNY 0.01 of the surcharge")
    issuer.refuse_demand(letter, "C1", on=date(2025, 4, 8))
    right = issuer.demand(letter, a_demand("C2", surcharge=cny("1430.00")))
    assert (codes(right), right.held) == ([], True)


def test_on_the_day_of_the_declaration_no_surcharge_is_owed(issuer: Any, letter: Any) -> None:
    said = a_demand(received_on=DECLARED.isoformat(), surcharge=cny("9999.99"))
    assert codes(issuer.demand(letter, said, on=DECLARED)) == [
        "not-due-yet", "surcharge-above-rule",
    ]  # fmt: skip


def test_tax_paid_in_time_bears_no_surcharge_and_paid_late_its_days(issuer: Any) -> None:
    letter = issuer.accepted()
    for number in ("D1", "D2"):
        issuer.reserve(letter, a_use(number))
    issuer.tax_paid(letter, a_use("D1", on=DUE.isoformat()))
    issuer.tax_paid(letter, a_use("D2", on="2025-03-29"), on=date(2025, 3, 29))
    in_time = a_demand(tax="0.00", surcharge=cny("0.01"))
    assert codes(issuer.demand(letter, in_time)) == ["surcharge-above-rule"]
    late = a_demand("C2", tax="0.00", surcharge=cny("260.00"), declaration="D2")
    assert codes(issuer.demand(letter, late)) == []


def test_what_came_before_the_letter_is_no_demand_under_it(issuer: Any, letter: Any) -> None:
    """It holds nothing, is not paid, and can be refused though its days are long over."""
    on, came = date(2025, 4, 7), "2025-02-10"
    demand = issuer.demand(letter, a_demand(received_on=came), on=on)
    assert (codes(demand), demand.held) == (["before-in-force", "not-due-yet"], False)
    assert issuer.see(letter).state == "in_use"
    with pytest.raises(Conflict, match="demand-not-payable"):
        issuer.pay(letter, "C1", on=on, waiver="all the same")
    assert issuer.refuse_demand(letter, "C1", on=on).state == "refused"


def test_an_early_demand_that_nobody_refused_in_time_is_paid(issuer: Any, letter: Any) -> None:
    """One rule for what is late, whatever the ground."""
    issuer.demand(letter, a_demand(received_on=DUE.isoformat()), on=DUE)
    late = date(2025, 4, 14)
    with pytest.raises(Conflict, match="refusal-precluded"):
        issuer.refuse_demand(letter, "C1", on=late)
    assert issuer.pay(letter, "C1", on=late, waiver="not refused in time").state == "paid"


@pytest.mark.parametrize(
    ("purposes", "declared", "due"),
    [
        (("payment_term",), DECLARED, DUE),
        (("aggregated_collection",), DECLARED, date(2025, 4, 8)),
        (("payment_term", "aggregated_collection"), DECLARED, DUE),
        (("payment_term", "aggregated_collection"), date(2025, 3, 31), date(2025, 4, 8)),
    ],
)
def test_the_earliest_day_of_the_purposes_counts(
    purposes: tuple[str, ...], declared: date, due: date
) -> None:
    """1, 2, 3, 7 and 8 April 2025 are worked; the 4th is Qingming."""
    terms: Any = SimpleNamespace(regime="CN", purposes=purposes)
    assert due_on(terms, declared, calendar()) == due


def test_a_regime_without_a_known_term_says_nothing() -> None:
    terms: Any = SimpleNamespace(regime="US", purposes=("payment_term",))
    assert due_on(terms, DECLARED, calendar()) is None


def test_the_day_in_force_stays_that_of_the_first_acceptance(issuer: Any, letter: Any) -> None:
    kept = read(issuer.engine, lambda s: in_force_from(s, store.letter(s, letter.id)))
    assert kept == date(2025, 3, 10)
