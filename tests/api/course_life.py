"""The life of a policy over HTTP: changed, cancelled, reinstated, undone, renewed."""

from typing import Any

from builders import cny
from callers import Counter, a_proposal

LESS = {"amount": cny("2400000.00")}
SAID = {"by": "示范银行中山分行", "on": "2025-09-01", "reference": "LETTER-1"}
CANCELLED = {
    "effective_on": "2025-09-10",
    "ground": "loan_repaid",
    "reason": "repaid early",
    "consent": SAID,
}
BACK = {"reason": "a mistake", "no_loss": {**SAID, "on": "2025-09-10"}}


def walk_life(counter: Counter, policy: Any) -> None:
    """Ask each act on a policy and its preview, on 10 September 2025 and 2 March 2026."""
    place, bank = f"/v1/policies/{policy['id']}", counter.caller["bank"]
    counter.on(2025, 9, 10)
    _changed(counter, place)
    _cancelled(counter, place)
    bank.get(f"{place}/transactions")
    bank.get(f"{place}/state")
    bank.get(f"{place}/evidence")
    counter.on(2026, 3, 2)
    _renewed(counter, place)


def _changed(counter: Counter, place: str) -> None:
    sent = {
        "risk": a_proposal(loan=LESS),
        "effective_on": "2025-09-10",
        "reason": "partly repaid",
    }
    counter.caller["bank"].post(f"{place}/changes/preview", sent, key=None)
    _twice(counter, f"{place}/changes", sent)


def _cancelled(counter: Counter, place: str) -> None:
    """Cancel, reinstate, cancel again, and undo that."""
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    bank.post(f"{place}/cancellation/preview", CANCELLED, key=None)
    underwriter.post(f"{place}/cancellation", CANCELLED)
    bank.post(f"{place}/reinstatement/preview", BACK, key=None)
    underwriter.post(f"{place}/reinstatement", BACK)
    again = underwriter.post(f"{place}/cancellation", CANCELLED)
    undo = f"{place}/transactions/{again['transaction_id']}/reversal"
    bank.post(f"{undo}/preview", {"reason": "entered in error"}, key=None)
    underwriter.post(undo, {"reason": "entered in error"})


def _renewed(counter: Counter, place: str) -> None:
    loan = {**LESS, "drawdown": "2026-03-10", "refinancing": True, "contract": "2026-002"}
    sent = {
        "risk": a_proposal(loan=loan, right={"appraised_on": "2026-01-20"}),
        "reason": "the loan goes on",
        "principal": "still_owed",
    }
    counter.caller["bank"].post(f"{place}/renewals/preview", sent, key=None)
    _twice(counter, f"{place}/renewals", sent)


def _twice(counter: Counter, path: str, sent: dict[str, Any]) -> None:
    """Ask for new terms, have a second person clear them, and ask again by their quote."""
    first = counter.caller["underwriter"].post(path, sent)
    assert first["decision"] == "referred", first["findings"]
    cleared = f"/v1/quotes/{first['quote_id']}/approval"
    counter.caller["second"].post(cleared, {"reason": "nothing was overdue"})
    again = {name: value for name, value in sent.items() if name != "risk"}
    done = counter.caller["underwriter"].post(path, {**again, "quote_id": first["quote_id"]})
    assert done["committed"]
