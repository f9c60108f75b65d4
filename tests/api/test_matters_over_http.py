"""A liability claim over HTTP, from the demand to the close, and what is refused on the way."""

from builders import cny
from callers import Counter
from course_matters import GROUND, a_demand, a_liability_policy, walk_matters


def test_a_matter_is_fought_settled_and_closed(counter: Counter) -> None:
    """By hand. Cost (100,000 - 20,000) x 0.9 = 72,000; damages 300,000 x 0.9 = 270,000."""
    seen = walk_matters(counter)
    (stage,) = [one for one in seen["stages"] if one["stage"] == "first_instance"]
    amounts = {k: v["amount"] for k, v in stage.items() if isinstance(v, dict)}
    assert amounts == {
        "asked": "150000.00", "consented": "100000.00", "spent": "130000.00", "left": "0.00",
        "over": "30000.00", "paid": "72000.00",
    }  # fmt: skip
    assert [one["state"] for one in seen["reservations"]] == ["lifted"]
    assert [one["concluded"]["amount"] for one in seen["settlements"]] == ["300000.00"]
    assert [one["reference"] for one in seen["joined"]] == ["DEMAND-2"]
    assert all(one["done_on"] and not one["late"] for one in seen["duties"])
    place = f"/v1/claims/{seen['claim_id']}"
    adjuster = counter.caller["adjuster"]
    claim, settled = adjuster.get(place), adjuster.get(f"{place}/settlement")
    assert (claim["state"], settled["paid_to_bank"]["amount"]) == ("closed", "342000.00")
    rows = adjuster.get(f"{place}/settlements")["items"]
    assert [(one["purpose"], one["paid_to_bank"]["amount"]) for one in rows] == [
        ("interim", "72000.00"), ("final", "342000.00"),
    ]  # fmt: skip
    papers = adjuster.get("/v1/documents", subject_type="claim", subject_id=seen["claim_id"])
    kinds = [one["kind"] for one in papers["items"]]
    assert {"reservation_letter", "settlement_consent"} <= set(kinds)
    for one in papers["items"]:
        if one["kind"] in ("reservation_letter", "settlement_consent"):
            sheet = adjuster.ask("GET", f"/v1/documents/{one['id']}/content")
            assert sheet.status_code == 200
            assert sheet.content.startswith(b"%PDF")


def test_a_second_notice_of_the_cause_names_the_claim_to_join(counter: Counter) -> None:
    policy, firm = a_liability_policy(counter), counter.caller["firm"]
    counter.on(2025, 6, 20)
    claim = firm.post("/v1/claims", a_demand(policy))
    refused = firm.ask("POST", "/v1/claims", a_demand(policy, on="2025-06-16"))
    assert (refused.status_code, refused.json()["code"]) == (409, "related-claim")
    assert f"/v1/claims/{claim['id']}/demands" in refused.json()["errors"][0]["cure"]


def test_a_client_asks_and_the_house_answers(counter: Counter) -> None:
    policy, firm = a_liability_policy(counter), counter.caller["firm"]
    counter.on(2025, 6, 20)
    place = f"/v1/claims/{firm.post('/v1/claims', a_demand(policy))['id']}"
    firm.post(f"{place}/counsel", {"name": "甲", "source": "off_panel"})
    assert firm.ask("POST", f"{place}/counsel/1/answer", {"consented": True}).status_code == 403
    sent = {"grounds": [GROUND], "known_on": "2025-06-20", "method": "courier"}
    assert firm.ask("POST", f"{place}/reservations", sent).status_code == 403
    assert counter.caller["bank"].ask("GET", f"{place}/matter").status_code == 404
    wrong = {"stage": "damages", "amount": cny("5.00"), "words": "x"}
    refused = firm.ask("POST", f"{place}/budgets", wrong)
    assert refused.json()["errors"][0]["field"] == "stage"
    silent = counter.caller["adjuster"].ask(
        "POST", f"{place}/counsel/1/answer", {"consented": False}
    )
    assert silent.json()["errors"][0]["field"] == "reason"
