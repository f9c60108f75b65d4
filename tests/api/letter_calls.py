"""Letters over HTTP: issued, used, restored, amended, called, refused, paid, released."""

from collections.abc import Mapping
from typing import Any

from builders import cny
from callers import Counter
from letter_stated import RIGHT, STATED, a_letter_risk

TAX = "260000.00"
DONE = {"grounds_zh": "税款均已缴清", "grounds_en": "all paid"}


def a_customs_policy(counter: Counter, **parts: Any) -> Any:
    """A bound customs guarantee of the firm."""
    quote = counter.caller["firm"].post("/v1/quotes", {"risk": a_letter_risk(**parts)})
    underwriter, place = counter.caller["underwriter"], f"/v1/quotes/{quote['id']}"
    if quote["state"] == "referred":
        underwriter.post(f"{place}/approval", {"reason": "looked into"})
    return underwriter.post(f"{place}/binding")


def a_draft(counter: Counter, *, risk: Mapping[str, Any] | None = None, **parts: Any) -> Any:
    """A letter under a new policy, drafted by the underwriter."""
    policy = a_customs_policy(counter, **(risk or {}))
    sent = {"policy_id": policy["id"], "letter": {**STATED, **parts}}
    counter.caller["firm"].post("/v1/letters/preview", sent, key=None)
    return counter.caller["underwriter"].post("/v1/letters", sent)


def issued(counter: Counter, letter: Any) -> str:
    """Approve by a second person, sign and send; returns its path."""
    place = f"/v1/letters/{letter['id']}"
    counter.caller["second"].post(f"{place}/approval", {"reason": "in order"})
    counter.caller["underwriter"].post(f"{place}/signature")
    counter.caller["underwriter"].post(f"{place}/sending")
    return place


def accepted(counter: Counter, letter: Any) -> str:
    """Issue it; customs accepts on 10 March 2025."""
    place = issued(counter, letter)
    counter.on(2025, 3, 10)
    sent = {"record_no": "GRN2025-1", "on": "2025-03-10"}
    counter.caller["underwriter"].post(f"{place}/acceptance", sent)
    return place


def a_use(number: str, on: str = "2025-03-12", amount: str = TAX, **parts: Any) -> Any:
    """What a declaration takes, or gives back."""
    return {"declaration": number, "district": "7901", "amount": cny(amount), "on": on, **parts}


def a_demand(reference: str, tax: str = TAX, **parts: Any) -> Any:
    """A demand for the tax of the first declaration, received on 7 April 2025."""
    return {
        "reference": reference,
        "declaration": "D1",
        "district": "7901",
        "tax": cny(tax),
        "papers": ["海关书面索赔通知"],
        "received_on": "2025-04-07",
        **parts,
    }


def used(counter: Counter, place: str) -> None:
    """Three declarations, the tax of one paid."""
    underwriter = counter.caller["underwriter"]
    counter.on(2025, 3, 12)
    for number in ("D1", "D2", "D3"):
        underwriter.post(f"{place}/reserves", a_use(number))
    counter.on(2025, 3, 27)
    underwriter.post(f"{place}/tax-payments", a_use("D2", "2025-03-27"))


def amended(counter: Counter, place: str, **change: Any) -> Any:
    """Draft an amendment, have it approved, signed, sent and accepted."""
    underwriter = counter.caller["underwriter"]
    sent = {"reason": "less is imported", "amount": cny("2500000.00"), "consent": "C-1", **change}
    edition = underwriter.post(f"{place}/amendments", sent)
    counter.caller["second"].post(f"{place}/approval", {"reason": "in order"})
    underwriter.post(f"{place}/signature")
    underwriter.post(f"{place}/sending")
    on = counter.clock.today().isoformat()
    underwriter.post(f"{place}/acceptance", {"record_no": "GRN2025-1", "on": on})
    return edition


def called(counter: Counter, place: str) -> None:
    """Two demands: one asks too much and is refused, one is paid."""
    underwriter = counter.caller["underwriter"]
    counter.on(2025, 4, 7)
    underwriter.post(f"{place}/demands", a_demand("C1", "300000.00"))
    counter.on(2025, 4, 8)
    underwriter.post(f"{place}/demands/C1/refusal", {"grounds": []})
    underwriter.post(f"{place}/demands", a_demand("C2"))
    counter.on(2025, 4, 14)
    counter.caller["second"].post(f"{place}/demands/C2/payment", {"account": "国家金库 1"})


def walk_letters(counter: Counter) -> str:
    """Ask every operation of letters once with success; returns the path of the paid letter."""
    underwriter, firm = counter.caller["underwriter"], counter.caller["firm"]
    place = accepted(counter, a_draft(counter))
    underwriter.post(f"{place}/pledge-papers", {"kind": "certificate"})
    used(counter, place)
    amended(counter, place)
    called(counter, place)
    underwriter.post(f"{place}/tax-payments", a_use("D3", "2025-04-14"))
    underwriter.post(f"{place}/release", {**DONE, "released_by": "C-9"})
    freed = {"kind": "release", "released": [RIGHT], "settled_by": "R-1"}
    freed |= {"grounds_zh": "已偿还", "grounds_en": "repaid"}
    underwriter.post(f"{place}/pledge-papers", freed)
    for kind in ("mt760", "tsrv.001"):
        assert firm.ask("GET", f"{place}/editions/1/messages/{kind}").status_code == 200
    for part in ("", "/uses", "/demands"):
        firm.get(f"{place}{part}")
    firm.get("/v1/letters")
    _ended_otherwise(counter)
    counter.on(2025, 3, 3)
    a_draft(counter)  # and one that nobody has approved yet
    return place


def _ended_otherwise(counter: Counter) -> None:
    """One letter refused and withdrawn, one revoked, one expired."""
    underwriter = counter.caller["underwriter"]
    counter.on(2025, 3, 3)
    draft = a_draft(counter)
    counter.caller["second"].post(f"/v1/letters/{draft['id']}/approval", {"reason": "in order"})
    underwriter.post(f"/v1/letters/{draft['id']}/return", {"reason": "the seat has moved"})
    place = issued(counter, draft)
    underwriter.post(f"{place}/refusal", {"reasons": ["no seal"], "on": "2025-03-03"})
    underwriter.post(f"{place}/withdrawal", {"reason": "the policy is cancelled"})
    place = issued(counter, a_draft(counter))
    underwriter.post(f"{place}/revocation", {"grounds_zh": "有误", "grounds_en": "a mistake"})
    place = accepted(counter, a_draft(counter))
    counter.on(2025, 9, 10)
    counter.on(2026, 9, 10)
    underwriter.post(f"{place}/expiry")
