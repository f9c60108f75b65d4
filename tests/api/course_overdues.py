"""Every operation on overdue loans, asked once: for examples and for the tests.

walk_overdues(counter)     # an open counter; the pool is registered
"""

import base64
from collections.abc import Mapping
from typing import Any

from builders import cny
from callers import a_proposal

OUT: Mapping[str, Any] = {
    "key": "SLIP-1",
    "kind": "disbursed",
    "happened_on": "2025-03-10",
    "principal": cny("3000000.00"),
}
MONTHS = (
    "2025-04-10", "2025-05-10", "2025-06-10", "2025-07-10", "2025-08-10", "2025-09-10",
    "2025-10-10", "2025-11-10", "2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10",
)  # fmt: skip
DAYS = (31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28)
LOAN = 300_000_000


def overdue_event(since: str, told: str, principal: str = "3000000.00") -> dict[str, Any]:
    """The bank's report that the loan is unpaid."""
    return {
        "key": f"OD-{since}", "kind": "overdue", "happened_on": told, "since": since,
        "principal": cny(principal), "interest": cny("10150.00"),
    }  # fmt: skip


def a_statement(policy: Mapping[str, Any]) -> str:
    """A year's bullet at actual/360 whose last interest and principal are unpaid, as a file."""
    rate = float_of(policy["contract"]["loan"]["annual_rate"])
    rows, owed = ["交易日期,摘要,借方发生额,贷方发生额,余额"], LOAN
    rows.append(f"2025-03-10,放款,{LOAN / 100:.2f},,{owed / 100:.2f}")
    for place, (day, days) in enumerate(zip(MONTHS, DAYS, strict=True), 1):
        interest = round(LOAN * rate * days / 360)
        rows.append(f"{day},结息,{interest / 100:.2f},,{(owed + interest) / 100:.2f}")
        if place < len(MONTHS):
            rows.append(f"{day},还款,,{interest / 100:.2f},{owed / 100:.2f}")
    return base64.b64encode("\n".join(rows).encode("gb18030")).decode()


def float_of(share: str) -> float:
    """A share as text to a number: either form of it."""
    above, _, below = share.partition("/")
    return float(above) / float(below or 1)


def walk_overdues(counter: Any) -> Mapping[str, Any]:
    """Ask each operation once; return the case that was claimed."""
    _cured(counter)
    _extended(counter)
    return _claimed(counter)


def _cured(counter: Any) -> None:
    """One instalment was late, and was paid."""
    bank = counter.caller["bank"]
    counter.on(2025, 3, 3)
    place = f"/v1/policies/{counter.a_policy()['id']}"
    counter.on(2025, 6, 12)
    bank.post(f"{place}/loan-events", {"events": [dict(OUT)]})
    event = overdue_event("2025-06-10", "2025-06-11", "0.00")
    case = bank.post(f"{place}/overdues", {"event": event, "known_on": "2025-06-11"})
    counter.on(2025, 6, 20)
    paid = {"key": "PAID-1", "kind": "cured", "happened_on": "2025-06-18"}
    bank.post(f"/v1/overdues/{case['id']}/cure", {"event": paid})


def _extended(counter: Any) -> None:
    """Leave to extend was granted on the day the interest fell due."""
    bank, second = counter.caller["bank"], counter.caller["second"]
    counter.on(2025, 3, 3)
    place = f"/v1/policies/{counter.a_policy()['id']}"
    counter.on(2025, 9, 10)
    bank.post(f"{place}/loan-events", {"events": [dict(OUT)]})
    leave = {
        "kind": "extension",
        "effective_on": "2025-09-10",
        "reason": "orders come later",
        "risk": a_proposal(loan={"term_months": 15}),
    }
    consent = bank.post(f"{place}/consents", leave)
    if consent["state"] == "referred":
        answer = {"outcome": "granted", "reason": "the orders were seen", "conditions": []}
        second.post(f"/v1/consents/{consent['id']}/answer", answer)
    counter.on(2025, 9, 12)
    event = overdue_event("2025-09-10", "2025-09-11", "0.00")
    case = bank.post(f"{place}/overdues", {"event": event, "known_on": "2025-09-11"})
    bank.post(f"/v1/overdues/{case['id']}/extension", {"consent_id": consent["id"]})


def _claimed(counter: Any) -> Mapping[str, Any]:
    """The loan is not repaid: letters, transcript, claim, and half of it paid early."""
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2025, 3, 3)
    policy = counter.a_policy()
    place = f"/v1/policies/{policy['id']}"
    counter.on(2026, 3, 12)
    bank.post(f"{place}/loan-events", {"events": [dict(OUT)]})
    event = overdue_event("2026-03-10", "2026-03-11")
    case = bank.post(f"{place}/overdues", {"event": event, "known_on": "2026-03-11"})
    at = f"/v1/overdues/{case['id']}"
    bank.post(f"{at}/dunning", {"step": "bank", "method": "registered_post"})
    served = {"served_on": "2026-03-14", "proof": "EMS-1042"}
    counter.on(2026, 3, 20)
    bank.post(f"{at}/dunning/1/service", served)
    adjuster.post(f"{at}/dunning", {"step": "joint", "method": "notary"})
    sent = {
        "file": {"name": "流水 statement.csv", "base64": a_statement(policy)},
        "account": {"day_count": "actual/360", "interest_every": "month"},
        "signed": {"by": "支行行长 branch manager", "on": "2026-03-20"},
    }
    bank.post(f"{at}/transcript", sent)
    bank.get(f"{at}/transcript")
    bank.post(f"{at}/claim", {"papers": ["claim_form"]})
    counter.on(2026, 4, 1)
    early = {
        "amounts": {"principal": cny("1500000.00")},
        "agreed_on": "2026-03-31",
        "words": "the bank would have to sell the rights below their value",
    }
    adjuster.post(f"{at}/early-payment", early)
    bank.get(f"{place}/overdues")
    kept: Mapping[str, Any] = bank.get(at)
    return kept
