"""A pool as it stands, its forecast, and reports that leave the house, over HTTP."""

from typing import Any

from callers import SCHEME, Counter

PERIOD = {"opens_on": "2025-01-01", "closes_on": "2026-08-31"}


def a_report(counter: Counter, template: str, **changes: Any) -> Any:
    """Issue a report of the period for whom its template needs."""
    whom = {
        "bank-ip-pledge": {"bank_id": counter.party["bank"]},
        "party-statement": {"scheme": SCHEME, "party": "fund"},
        "party-bordereau": {"scheme": SCHEME, "party": "insurer"},
    }.get(template, {})
    sent = {"template": template, "whom": whom, **PERIOD, **changes}
    return counter.caller["underwriter"].post("/v1/reports", sent)


def walk_reports(counter: Counter) -> None:
    """Read a pool and its forecast, issue every report, and read what was issued."""
    house = counter.caller["underwriter"]
    pool = house.get("/v1/pools")["items"][0]
    house.get(f"/v1/pools/{pool['id']}/state")
    house.get(f"/v1/pools/{pool['id']}/forecast")
    assert house.ask("GET", f"/v1/pools/{pool['id']}/forecast/picture").status_code == 200
    templates = house.get("/v1/reports")["items"]
    for one in templates:
        issued = a_report(counter, one["code"])["report"]
        house.get(f"/v1/reports/issued/{issued['id']}")
    house.get("/v1/reports/issued")
    assert house.ask("GET", issued["csv"]).status_code == 200
