"""Every operation asked for as its example does, with the ids of the house that stands there."""

import re
from typing import Any

from callers import OPERATIONS, Caller, Counter, a_proposal
from httpx2 import Response

from api.openapi import example

IDS = (
    *("claim_id", "policy_id", "quote_id", "settlement_id", "call_id", "recovery_id"),
    *("document_id", "pool_id", "party_id", "other_id", "transaction_id", "consent_id"),
    *("bank_id", "valuer_id", "appraiser_id", "appraisal_id", "letter_id", "letter_policy_id"),
    *("overdue_id", "proposal_id", "disposal_id", "lot_id", "report_id"),
    "appeal_id",
)


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{([a-z0-9_]+)\}", lambda found: ids[found[1]], path)


def ids_of(counter: Counter, policy: Any) -> dict[str, str]:
    """What the course of the bank has left behind, by the name that a path gives it."""
    bank, house = counter.caller["bank"], counter.caller["underwriter"]
    claims = bank.get("/v1/claims", limit=100)["items"]
    claim = next(one for one in claims if one["policy_id"] == policy["id"])
    place = f"/v1/claims/{claim['id']}"
    settlement = bank.get(f"{place}/settlement")
    recovery = bank.get(f"{place}/recoveries")["items"][0]
    paper = bank.get("/v1/documents", subject_type="claim", subject_id=claim["id"])["items"][0]
    history = bank.get(f"/v1/policies/{policy['id']}/transactions")["items"]
    others = [row["id"] for row in bank.get("/v1/quotes")["items"]]
    appraiser = bank.get("/v1/appraisers")["items"][0]["id"]
    valued = bank.get(f"/v1/appraisers/{appraiser}")["appraisals"]
    letters = counter.caller["firm"].get("/v1/letters")["items"]
    by_state = {one["state"]: one for one in letters}
    return {
        "letter_id": by_state["released"]["id"],
        "letter_policy_id": by_state["draft"]["policy_id"],
        "claim_id": claim["id"],
        "policy_id": policy["id"],
        "transaction_id": history[0]["id"],
        "consent_id": heard(counter, "ask_consent")["id"],
        "quote_id": policy["quote_id"],
        "other_id": next(one for one in others if one != policy["quote_id"]),
        "settlement_id": settlement["id"],
        "call_id": settlement["calls"][0]["id"],
        "recovery_id": recovery["id"],
        "document_id": paper["id"],
        "pool_id": house.get("/v1/pools")["items"][0]["id"],
        "party_id": counter.party["bank"],
        "bank_id": counter.party["bank"],
        "valuer_id": heard(counter, "create_appraiser")["party_id"],
        "appraiser_id": appraiser,
        "overdue_id": heard(counter, "report_overdue")["id"],
        "proposal_id": heard(counter, "set_reserves")["waiting"][0]["id"],
        "disposal_id": heard(counter, "open_disposal")["id"],
        "lot_id": heard(counter, "open_disposal")["lots"][0]["id"],
        "appeal_id": heard(counter, "appeal")["id"],
        "report_id": heard(counter, "issue_report")["report"]["id"],
        "appraisal_id": valued[0]["id"] if valued else heard(counter, "create_appraisal")["id"],
    }


def heard(counter: Counter, operation: str) -> Any:
    """The last answer to an operation."""
    answers = (
        answer
        for method, path, _, answer in reversed(counter.heard)
        if counter.operation(method, path) == operation
    )
    return next(answers).json()


NAMED = {
    "name": "91442000MA4EXAMPL1",
    "dimension": "obligor",
    "register_id": "91442000MA4EXAMPL1",
    "number": "ZL202010000001.X",
    "reference": "C1",
    "edition": "1",
    "sequence": "1",
    "sha256": "0" * 64,
}
"""What a path names by a word of the trade; a right's and an obligor's record is the house's."""

CODES = {
    "/v1/products": "pledge_guarantee",
    "/v1/schemes": "zhongshan-2021",
    "/v1/bank-products": "zhongshan-pledge-2021",
    "/v1/claims": "claim_form",
}
NEW_TERMS = {
    "change_policy": {
        "risk": a_proposal(),
        "effective_on": "2026-09-01",
        "reason": "partly repaid",
    },
    "renew_policy": {"risk": a_proposal(), "reason": "goes on", "principal": "still_owed"},
}
"""The examples name a quote of another house."""

FOR_A_CLIENT = ("create_quote", "preview_quote", "find_frontier", "indicate_price")


def sent_for(operation: str, ids: dict[str, str], *, named: bool) -> Any:
    """The form of an operation's example, with the ids of this house."""
    sent = NEW_TERMS.get(operation) or example(operation)["request"]
    if operation == "create_claim":
        return {**sent, "policy_id": ids["policy_id"]}
    if operation in FOR_A_CLIENT and named:
        return {**sent, "client_id": ids["party_id"]}
    if operation in ("draft_letter", "preview_letter"):
        return {**sent, "policy_id": ids["letter_policy_id"]}
    if operation == "create_measure":
        return {**sent, "bank_id": ids["party_id"]}
    if operation == "create_appraiser":
        return {**sent, "party_id": ids["valuer_id"]}
    return sent


def ask_for(
    caller: Caller, operation: str, method: str, path: str, ids: dict[str, str]
) -> Response:
    """Ask for an operation as its example does, with the ids of this house."""
    takes_form = next(one.takes_form for one in OPERATIONS if one.id == operation)
    sent = sent_for(operation, ids, named=bool(caller.token)) if takes_form else None
    more: dict[str, Any] = {}
    if operation == "list_documents":
        more["params"] = {"subject_type": "claim", "subject_id": ids["claim_id"]}
    if operation == "diff_documents":
        more["params"] = {"against": ids["document_id"]}
    if operation == "list_accumulations":
        more["params"] = {"dimension": "obligor"}
    if operation == "read_letter_message":
        path = path.replace("{kind}", "mt760")
    code = next((code for under, code in CODES.items() if path.startswith(f"{under}/")), "")
    return caller.ask(method, filled(path, {**NAMED, **ids, "code": code}), sent, **more)
