"""Over HTTP: what shows a finding, which papers are needed when, damages held for consent."""

from typing import Any

from builders import cny
from callers import Counter
from course_matters import CONDUCT, a_demand, a_liability_policy


def opened(counter: Counter, **changes: Any) -> str:
    """A first demand of 2 June, told on 20 June; returns the path of its claim."""
    policy, firm = a_liability_policy(counter), counter.caller["firm"]
    counter.on(2025, 6, 20)
    return f"/v1/claims/{firm.post('/v1/claims', {**a_demand(policy), **changes})['id']}"


def test_a_finding_names_its_fact_its_day_and_its_paper(counter: Counter) -> None:
    place, adjuster = opened(counter), counter.caller["adjuster"]
    counter.on(2025, 6, 30)
    stated = {**CONDUCT, "settled_unconsented": False, "wilful": True}
    sent = {"conduct": stated, "shown_by": {"wilful": "judgment_or_deal"}}
    claim = adjuster.post(f"{place}/assessment", sent)
    assert claim["state"] == "denied"
    found = {one["code"]: one for one in claim["findings"]}
    assert all(one["evidence"] for one in found.values())
    shown = found["wilful"]["evidence"]
    assert "故意侵权 wilful infringement = 是 yes，认定于 established on 2025-06-30" in shown
    assert "judgment or settlement，收到 received 2025-06-20" in shown
    assert "demand or writ" not in shown, "the paper that was named, and no other"
    papers = adjuster.post(f"{place}/papers", {"kind": "decision_letter"})
    sheet = adjuster.ask("GET", f"/v1/documents/{papers['id']}/content")
    assert sheet.status_code == 200
    assert sheet.content.startswith(b"%PDF")


def test_evidence_that_is_not_there_is_refused(counter: Counter) -> None:
    place, adjuster = opened(counter), counter.caller["adjuster"]
    sent = {"shown_by": {"wilful": "no_such_paper", "weather": "claim_form"}}
    refused = adjuster.ask("POST", f"{place}/assessment", sent)
    assert refused.status_code == 422
    fields = {error["field"] for error in refused.json()["errors"]}
    assert fields == {"shown_by.wilful", "shown_by.weather"}


def test_the_list_says_when_alone_a_paper_is_needed(counter: Counter) -> None:
    """Only damages are asked: no bill of counsel is waited for, until cost is asked too."""
    place = opened(counter, papers=["claim_form", "demand_or_writ"])
    adjuster, firm = counter.caller["adjuster"], counter.caller["firm"]
    listed = {one["code"]: one for one in firm.get(f"{place}/papers")["papers"]}
    assert listed["fee_invoices"]["needed"] is False
    assert listed["fee_invoices"]["needed_when"] == "cost of defence is claimed"
    assert listed["fee_invoices"]["needed_when_zh"] == "索赔抗辩费用"
    assert listed["judgment_or_deal"]["needed"] is True
    assert listed["right_extract"]["needed_when"] is None
    claim = adjuster.post(f"{place}/assessment", {})
    assert claim["state"] == "papers_requested"
    (first,) = adjuster.get(f"{place}/papers")["requests"]
    assert set(first["papers"]) == {
        "product_sales", "right_extract", "judgment_or_deal", "payment_to_victim",
    }  # fmt: skip
    more = {"line": "appeal", "amount": cny("5000.00"), "reference": "B-1", "words": "appeal"}
    firm.post(f"{place}/items", {"items": [more]})
    adjuster.post(f"{place}/assessment", {})
    _, second = adjuster.get(f"{place}/papers")["requests"]
    assert set(second["papers"]) == {"engagement_letter", "fee_invoices"}
    assert "cost of defence is claimed" in second["fact"]
    listed = {one["code"]: one for one in firm.get(f"{place}/papers")["papers"]}
    assert listed["fee_invoices"]["needed"] is True


def test_damages_on_account_wait_for_consent(counter: Counter) -> None:
    place, adjuster = opened(counter), counter.caller["adjuster"]
    part = {"purpose": "interim", "amounts": {"damages": cny("20000.00")}}
    refused = adjuster.ask("POST", f"{place}/payments-on-account", part)
    assert (refused.status_code, refused.json()["code"]) == (409, "no-consent")
    (error,) = refused.json()["errors"]
    assert error["field"] == "amounts.damages"
    assert "consent" in error["cure"]
    assert adjuster.get(place)["state"] == "notified"


def test_a_recomputation_may_say_since_when_the_fact_was_known(counter: Counter) -> None:
    place, adjuster = opened(counter), counter.caller["adjuster"]
    sent = {"reason": "a ratio was restated", "known_on": "2025-06-20"}
    refused = adjuster.ask("POST", f"{place}/recomputation", sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "claim-not-settled")
    wrong = adjuster.ask("POST", f"{place}/recomputation", {"reason": "x", "known_on": "soon"})
    assert wrong.status_code == 422
