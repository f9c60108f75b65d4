"""Prices over HTTP: all products, every answer about a price, and what a house holds together."""

from typing import Any

from builders import SAMPLES, cny
from callers import Counter, a_proposal

from underwriting.products import product

MEANS = {
    "currency": "USD",
    "as_of": "2024-12-31",
    "source": "quarterly report",
    "net_assets": "900000000.00",
    "capital_and_reserves": "800000000.00",
    "retained_premium": "200000000.00",
    "retained_guarantee": "1200000000.00",
    "retained_financing": "600000000.00",
    "small_business_share": "0.4",
    "core_solvency": "1.85",
    "comprehensive_solvency": "2.3",
}
SOUGHT = {
    "find": "loan",
    "along": "tenor",
    "steps": ["12", "24"],
    "premium": cny("60000.00"),
    "referred": True,
}
"""The largest loan that a premium buys, for two tenors."""


def walk_quotes(counter: Counter) -> None:
    """Quote every product by the client it is sold to; explain, override and withdraw."""
    bank = counter.caller["bank"]
    walk_products(counter)
    asked = {"risk": a_proposal(loan={"amount": cny("3300000.00")})}
    bank.post("/v1/quotes/preview", asked, key=None)
    drafted = bank.post("/v1/quotes", asked, params={"commit": "false"})
    assert not drafted["committed"]
    first = bank.post("/v1/quotes", asked)
    second = bank.post("/v1/quotes", {"risk": a_proposal(borrower={"grade": "B"})})
    bank.post("/v1/quotes/frontier", {"risk": a_proposal(), **SOUGHT}, key=None)
    _explained(counter, first, second)
    _offered(counter, first)
    for quote in (first, second):
        gone = {"reason": "the client took another term"}
        bank.post(f"/v1/quotes/{quote['id']}/withdrawal", gone)


def walk_products(counter: Counter) -> None:
    """Quote the sample of each product."""
    for code, sample in SAMPLES.items():
        client = "bank" if "bank" in product(code).clients else "firm"
        quote = counter.caller[client].post("/v1/quotes", {"risk": dict(sample)})
        assert (quote["product"], quote["state"]) == (code, "accepted"), quote["findings"]


def walk_portfolio(counter: Counter, policy: Any) -> None:
    """State the house's means; look at its limits and at what it holds on one obligor."""
    underwriter = counter.caller["underwriter"]
    underwriter.post("/v1/means", MEANS)
    underwriter.get("/v1/means")
    underwriter.get("/v1/limits")
    underwriter.get("/v1/accumulations", dimension="obligor")
    underwriter.get(f"/v1/accumulations/obligor/{policy['borrower_register_id']}")


def _explained(counter: Counter, first: Any, second: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/quotes/{first['id']}"
    bank.get(f"{place}/diff/{second['id']}")
    bank.get(f"{place}/ways")
    bank.get(f"{place}/who-pays")
    picture = bank.ask("GET", f"{place}/who-pays/picture")
    assert picture.content.startswith(b"<svg") or b"<svg" in picture.content[:500]
    counter.caller["underwriter"].get(f"/v1/quotes/{second['id']}/referral")


def _offered(counter: Counter, quote: Any) -> None:
    """Clear the quote, and offer it at another price than the technical one."""
    underwriter, place = counter.caller["underwriter"], f"/v1/quotes/{quote['id']}"
    counter.caller["second"].post(f"{place}/approval", {"reason": "the pool was checked"})
    offer = {"premium": cny("15000.00"), "reason": "competition for this client"}
    underwriter.post(f"{place}/overrides", offer)
    underwriter.get(f"{place}/overrides")
