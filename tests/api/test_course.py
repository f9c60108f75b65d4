from hashlib import sha256
from io import BytesIO

from callers import Counter, a_proposal
from course_claim import course
from pypdf import PdfReader

from claims.audit import verify_claims
from documents.printed import stated_of
from kernel.db.engine import read
from kernel.db.verify import verify_documents, verify_events, verify_journal
from underwriting.audit import verify_quotes


def test_three_users_take_a_guarantee_from_proposal_to_close(counter: Counter) -> None:
    states = [(operation, claim["state"]) for operation, claim in course(counter)]

    assert states == [
        ("create_claim", "notified"),
        ("assess_claim", "papers_requested"),
        ("assess_claim", "accepted"),
        ("settle_claim", "settled"),
        ("recover_claim", "settled"),
        ("pay_call", "settled"),
        ("close_claim", "closed"),
        ("reopen_claim", "settled"),
    ]
    bank = counter.caller["bank"]
    claim = bank.get("/v1/claims")["items"][0]
    settlement = bank.get(f"/v1/claims/{claim['id']}/settlement")
    assert settlement["paid_to_bank"] == {"amount": "480000.00", "currency": "CNY"}
    assert settlement["uncovered"]["amount"] == "620000.00"
    back = bank.get(f"/v1/claims/{claim['id']}/recoveries")["items"][0]["given_back"]
    assert {party: money["amount"] for party, money in back.items()} == {
        "fund": "30000.00",
        "bank": "23400.00",
        "insurer": "14400.00",
        "appraiser": "3600.00",
        "uncovered": "18600.00",
    }
    for verify in (verify_journal, verify_events, verify_documents, verify_quotes, verify_claims):
        assert read(counter.engine, verify) == ()


def test_every_paper_of_the_course_is_downloaded_as_it_was_filed(counter: Counter) -> None:
    claim = dict(course(counter))["create_claim"]
    bank, subjects = counter.caller["bank"], {"claim": claim["id"], "policy": claim["policy_id"]}
    subjects["quote"] = bank.get(f"/v1/policies/{claim['policy_id']}")["quote_id"]
    kinds = []
    for kind, id_ in subjects.items():
        for paper in bank.get("/v1/documents", subject_type=kind, subject_id=id_)["items"]:
            assert (paper["sha256"], paper["size"], paper["pages"]) == (None, None, None)
            content = bank.ask("GET", paper["content"])
            assert bank.ask("GET", paper["content"]).content == content.content
            stated = stated_of(content.content).encode()
            assert sha256(stated).hexdigest() == paper["stated_sha256"]
            now = bank.get(f"/v1/documents/{paper['id']}")
            assert content.headers["content-type"] == "application/pdf"
            assert content.headers["etag"] == f'"{now["sha256"]}"'
            assert content.headers["content-disposition"].startswith('attachment; filename="')
            assert sha256(content.content).hexdigest() == now["sha256"]
            assert len(content.content) == now["size"]
            assert len(PdfReader(BytesIO(content.content)).pages) == now["pages"]
            kinds.append(paper["kind"])
    assert sorted(kinds) == [
        "call_letter",
        "call_letter",
        "claim_receipt",
        "policy_schedule",
        "quote_letter",
        "recovery_statement",
        "settlement_statement",
    ]


_ONE = {"amount": "1", "currency": "CNY"}
_ACTS = {
    "ask_more": {"items": [{"line": "costs", "amount": _ONE, "reference": "P", "words": "probe"}]},
    "assess_claim": {},
    "pay_on_account": {"purpose": "interim", "amounts": {"principal": _ONE}},
    "settle_claim": None,
    "revise_claim": {"reason": "a probe"},
    "take_back": {"reference": "PROBE", "amount": _ONE, "paid_on": "2026-03-12"},
    "recover_claim": {
        "reference": "PROBE",
        "source": "a probe",
        "value_date": "2026-03-12",
        "gross": {"amount": "0", "currency": "CNY"},
        "costs": {"amount": "0", "currency": "CNY"},
    },
    "close_claim": {"reason": "a probe"},
    "reopen_claim": {"reason": "a probe"},
}


def test_what_a_claim_calls_blocked_is_refused_at_every_step(counter: Counter) -> None:
    adjuster, seen = counter.caller["adjuster"], set()
    for _, claim in course(counter):
        place = f"/v1/claims/{claim['id']}"
        for action in adjuster.get(place)["actions"]:
            if action["allowed"]:
                assert action["blocked_by"] == []
                continue
            refused = adjuster.ask("POST", action["path"], _ACTS[action["operation"]])
            assert refused.status_code == 409, (claim["state"], action, refused.text)
            seen.add((claim["state"], action["operation"]))
            assert action["blocked_by"][0]["cure"]
    assert len(seen) == 35


def test_what_a_claim_calls_allowed_is_what_the_course_does_next(counter: Counter) -> None:
    allowed: list[str] = []
    for operation, claim in course(counter):
        if allowed and operation != "pay_call":
            assert operation in allowed
        every = [act["operation"] for act in claim["actions"] if act["allowed"]]
        allowed = [one for one in every if one not in ("pay_on_account", "ask_more")]


def test_a_claim_shows_papers_clocks_and_conduct(counter: Counter) -> None:
    steps = course(counter)
    _, claim = next(steps)
    assert [paper["code"] for paper in claim["papers"] if not paper["received_on"]] == [
        "pledge_certificate",
        "right_status",
    ]
    codes = {clock["code"] for clock in claim["deadlines"]}
    assert codes == {"assess", "advance", "limitation", "notice"}
    assert not any(clock["late"] for clock in claim["deadlines"])
    assert set(claim["conduct"].values()) == {None}
    assert claim["reserve"] is None  # the bank gave notice; the reserve is the house's own figure
    seen = counter.caller["adjuster"].get(f"/v1/claims/{claim['id']}")
    assert seen["reserve"]["amount"] == "480000.00"
    _, asked = next(steps)
    assert asked["papers_requested_on"] == "2026-03-16"
    _, accepted = next(steps)
    assert accepted["approved"]["principal"]["amount"] == "3000000.00"
    assert accepted["approved"]["penalty"]["amount"] == "0.00"
    assert accepted["conduct"]["pledge_registered"] is True


def test_a_quote_replays_to_the_byte_and_its_receipt_is_the_stored_one(counter: Counter) -> None:
    counter.a_pool()
    quote, bank = counter.a_quote(), counter.caller["bank"]
    receipt = bank.ask("GET", f"/v1/quotes/{quote['id']}/receipt")
    assert sha256(receipt.content).hexdigest() == quote["receipt_sha256"]
    replay = bank.get(f"/v1/quotes/{quote['id']}/replay")
    assert replay == {
        "same": True,
        "sha256_stored": quote["receipt_sha256"],
        "sha256_now": quote["receipt_sha256"],
    }


def test_a_preview_is_the_receipt_of_the_quote_and_writes_nothing(counter: Counter) -> None:
    counter.a_pool()
    bank = counter.caller["bank"]
    sent = {"risk": a_proposal()}
    preview = bank.ask("POST", "/v1/quotes/preview", sent, key=None)
    assert bank.get("/v1/quotes")["items"] == []
    quote = bank.post("/v1/quotes", sent)
    receipt = bank.ask("GET", f"/v1/quotes/{quote['id']}/receipt")
    assert preview.content == receipt.content
