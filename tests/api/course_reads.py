"""Everything that the course has written, read back; and the registers' own small acts."""

from typing import Any

from builders import cny
from callers import SCHEME, Counter

SPLIT = {
    "scheme": SCHEME,
    "currency": "CNY",
    "loss": {"principal": "3000000.00"},
    "loan": {"amount": "3000000.00", "ip_share": 1},
    "balances": {"fund": "1000000.00"},
    "recovery": {"amount": "100001.00", "costs": "10001.00"},
}
PARTY = {"kind": "guarantor", "name": "示范担保有限公司", "register_id": "91440000GUAR000001"}


def read_all(counter: Counter, policy: Any) -> None:
    """Read as the bank whatever it may see, and as the house what it may not."""
    bank = counter.caller["bank"]
    (claim,) = bank.get("/v1/claims")["items"]
    settlement = bank.get(f"/v1/claims/{claim['id']}/settlement")
    recovery = bank.get(f"/v1/claims/{claim['id']}/recoveries")["items"][0]
    papers = bank.get("/v1/documents", subject_type="claim", subject_id=claim["id"])["items"]
    quote = f"/v1/quotes/{policy['quote_id']}"
    for path in (
        *("/v1/products", "/v1/products/pledge_guarantee", "/v1/schemes", f"/v1/schemes/{SCHEME}"),
        *("/v1/quotes", quote, f"{quote}/receipt", f"{quote}/replay"),
        *("/v1/policies", f"/v1/policies/{policy['id']}"),
        *(f"/v1/claims/{claim['id']}{part}" for part in ("", "/events")),
        f"/v1/settlements/{settlement['id']}",
        f"/v1/calls/{settlement['calls'][0]['id']}",
        f"/v1/recoveries/{recovery['id']}",
        f"/v1/documents/{papers[0]['id']}",
        f"/v1/parties/{counter.party['bank']}",
    ):
        bank.get(path)
    assert bank.ask("GET", papers[0]["content"]).status_code == 200
    bank.get(f"/v1/documents/{papers[0]['id']}/reprint")
    bank.get(f"/v1/documents/{papers[-1]['id']}/diff", against=papers[0]["id"])
    bank.post("/v1/split", SPLIT, key=None)
    _house(counter)


def _house(counter: Counter) -> None:
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    underwriter.post("/v1/parties", PARTY)
    underwriter.get("/v1/parties")
    pool = underwriter.get("/v1/pools")["items"][0]
    underwriter.get(f"/v1/pools/{pool['id']}")
    paid_in = {"amount": cny("500000.00"), "reference": "GRANT-2026"}
    underwriter.post(f"/v1/pools/{pool['id']}/contributions", paid_in)
    state_measure(counter)
    bank.get("/v1/measures")


def state_measure(counter: Counter) -> None:
    """State a ratio of the bank that a fuse watches."""
    measure = {
        "bank_id": counter.party["bank"],
        "scheme": "guangzhou-2025",
        "measure": "bank_npl_loss_ratio",
        "ratio": "0.012",
        "as_of": counter.clock.today().isoformat(),
        "source": "year-end report",
    }
    counter.caller["underwriter"].post("/v1/measures", measure)
