import itertools
import re
from collections.abc import Iterator
from functools import partial

import pytest
from asking import FOR_A_CLIENT, IDS, ask_for, ids_of
from callers import OPERATIONS, ROLES, Caller, Counter, a_notice
from course_claim import course
from course_reads import state_measure
from httpx2 import Response
from whole_course import whole_course

from api.access import accesses, issue_token, revoke_token
from api.openapi import example
from api.policy import ALLOWED, Role
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.db.row import new_id
from kernel.errors import Refusal

ONLY_UNDERWRITER = {
    *("approve_quote", "bind_quote", "override_quote", "create_pool", "contribute_to_pool"),
    *("create_measure", "create_party", "create_means", "answer_consent", "state_bank_npl"),
    *("change_policy", "renew_policy", "cancel_policy", "reinstate_policy"),
    *("draft_letter", "approve_letter", "sign_letter", "send_letter", "accept_letter"),
    *("refuse_letter", "amend_letter", "withdraw_letter", "release_letter", "revoke_letter"),
    *("expire_letter", "reserve_tax", "release_tax", "receive_demand", "pay_demand"),
    *("refuse_demand", "note_explanation", "issue_pledge_paper", "send_back_letter"),
    *("reverse_transaction", "create_appraiser", "set_appraiser_standing", "create_appraisal"),
}
ONLY_ADJUSTER = {
    *("assess_claim", "settle_claim", "recover_claim", "close_claim", "reopen_claim", "pay_call"),
    "settle_claims",
    *("issue_claim_paper", "pay_overdue_early", "pay_on_account", "revise_claim", "take_back"),
    *("set_reserves", "approve_reserves", "refuse_reserves", "claim_demand"),
    *("reject_claim_paper", "request_claim_papers", "correct_recovery", "pay_recovery"),
    *("issue_recovery_statement", "take_over_claim", "note_pledgee", "open_disposal"),
    *("note_expense", "close_disposal", "value_lot", "offer_lot", "bid_on_lot", "award_lot"),
    *("default_award", "sell_lot", "license_lot", "receive_proceeds", "close_lot"),
    *("accept_call", "dispute_call", "receipt_call", "warn_party", "default_call"),
    *("fix_final_loss", "file_with_pool", "recompute_claim"),
    *("answer_counsel", "answer_budget", "answer_settlement", "reserve_rights"),
    *("prove_reservation", "end_reservation"),
}
ONLY_HOUSE = {
    *("list_pools", "read_pool", "list_accumulations", "read_accumulation", "list_means"),
    *("list_limits", "read_quote_referral", "list_quote_overrides", "create_realisation"),
    *("note_right", "list_right_events", "note_obligor"),
    *("issue_bordereau", "list_bordereaux"),
    *("list_claim_repairs", "read_reserves", "list_recovery_experience", "list_calls"),
    *("resolve_call", "read_pool_state", "read_pool_forecast", "draw_pool_forecast"),
    *("list_report_templates", "issue_report", "list_issued_reports", "read_issued_report"),
    *("read_issued_report_csv", "give_seat", "list_seats", "hear_appeal", "answer_appeal"),
}
ASKED_FOR = {
    *("create_quote", "preview_quote", "issue_quote_letter", "withdraw_quote", "find_frontier"),
    *("indicate_price", "preview_policy_change", "preview_policy_renewal"),
    *("preview_policy_cancellation", "preview_policy_reinstatement"),
    *("preview_transaction_reversal", "preview_letter"),
    *("issue_quote_paper", "issue_policy_paper"),
}
"""What a client asks for, or an underwriter for it."""

REPORTED = {"record_loan_events", "ask_consent"}
OVERDUE = {"report_overdue", "cure_overdue", "extend_overdue"}
DUNNED = {"dun_overdue", "serve_dunning", "send_transcript", "claim_overdue"}
SEATED = {
    *("list_cases", "read_case", "read_claim_timeline", "sign_share", "list_signatures"),
    *("dissent", "list_dissents", "appeal", "list_appeals"),
}
"""What a party with a seat may do, and nothing else."""

ADDED = {
    *("create_claim", "ask_more", "receive_claim_paper", "appoint_counsel", "budget_stage"),
    *("propose_settlement", "conclude_matter", "join_claim"),
}
"""What the bank says of its loan, or an underwriter for it."""

NOT_FOR = {
    "underwriter": {
        *ONLY_ADJUSTER,
        *ADDED,
        *DUNNED,
        "sign_share",
        "dissent",
        "appeal",
        "list_cases",
    },
    "adjuster": {*ONLY_UNDERWRITER, *ASKED_FOR, *REPORTED, "appeal", "list_cases"},
    "bank": {*ONLY_ADJUSTER, *ONLY_UNDERWRITER, *ONLY_HOUSE, "list_cases"},
    "firm": {*ONLY_ADJUSTER, *ONLY_UNDERWRITER, *ONLY_HOUSE, *REPORTED, *OVERDUE, *DUNNED}
    | {"list_cases"},
}
NOT_FOR |= {role: {*ALLOWED} - SEATED for role in ("pool", "appraiser", "guarantor")}
EARNED = {
    **dict.fromkeys(("record_loan_events", "report_overdue", "cure_overdue"), "loan-events"),
    **dict.fromkeys(("sign_share", "dissent"), "not-your-share"),
    **dict.fromkeys(("read_test_clock", "advance_test_clock", "list_happenings"), "no-sandbox"),
    "dun_overdue": "joint-letter",
    "end_reservation": "no-such-reservation",
    "receive_claim_paper": "not-a-file",
    "read_claim_paper": "no-such-paper",
    "give_seat": "no-such-party",
    "settle_claims": "no-such-claim",
    "dispute_call": "invalid",
    "warn_party": "calendar-ended",
}
"""What an example earns once the course has used up its case: a rule of the trade, not the door."""
GARBAGE = ("zb_" + "A" * 43, "zb_short", "x", "zb_" + "é" * 43, "a b")


def _operations() -> Iterator[tuple[str, str, str]]:
    for operation in OPERATIONS:
        yield operation.id, operation.method, operation.path


def _same(one: Response, two: Response) -> bool:
    return (one.status_code, one.content, dict(one.headers)) == (
        two.status_code,
        two.content,
        dict(two.headers),
    )


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {operation for operation, _, _ in _operations()} == set(ALLOWED)


def test_the_table_is_what_the_trade_says() -> None:
    for role, barred in NOT_FOR.items():
        assert {op for op, roles in ALLOWED.items() if role not in roles} == barred
    assert all(set(roles) <= set(Role) for roles in ALLOWED.values())


def test_without_a_good_token_nothing_opens(counter: Counter) -> None:
    bank = counter.caller["bank"]
    (row,) = read(counter.engine, partial(accesses, party_id=counter.party["bank"]))
    transact(counter.engine, lambda s: revoke_token(s, row.id, counter.clock.now()))
    ids = {key: new_id("xx") for key in IDS}
    callers = [bank, counter.caller["nobody"]]
    callers += [Caller(counter.client, token, []) for token in GARBAGE if token.isascii()]
    for operation, method, path in _operations():
        for caller in callers:
            answer = ask_for(caller, operation, method, path, ids)
            assert answer.status_code == 401, (operation, caller.token)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["errors"][0]["cure"]


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "bearer  ", "zb_x", "Bearer\u00a0x"])
def test_another_way_to_authorize_is_refused(counter: Counter, header: str) -> None:
    headers = {"Authorization": header.encode("latin-1")}
    answer = counter.client.get("/v1/quotes", headers=headers)
    assert answer.status_code == 401


def test_a_revoked_token_says_no_more_than_an_unknown_one(counter: Counter) -> None:
    bank = counter.caller["bank"]
    (row,) = read(counter.engine, partial(accesses, party_id=counter.party["bank"]))
    transact(counter.engine, lambda s: revoke_token(s, row.id, counter.clock.now()))
    unknown = Caller(counter.client, "zb_" + "A" * 43, [])
    assert _same(bank.ask("GET", "/v1/quotes"), unknown.ask("GET", "/v1/quotes"))


def test_every_operation_by_every_role_on_own_and_foreign_rows(counter: Counter) -> None:
    ids = ids_of(counter, whole_course(counter))
    random = {key: new_id(value.partition("_")[0]) for key, value in ids.items()}
    wrong = []
    for operation, method, path in _operations():
        for name in ("underwriter", "adjuster", "bank", "other", "firm"):
            caller = counter.caller[name]
            barred = operation in NOT_FOR["bank" if name == "other" else name]
            foreign = name in _strangers(path) and _is_owned(operation, path)
            answer = ask_for(caller, operation, method, path, ids)
            expected = (403,) if barred else (404,) if foreign else (200, 201, 409)
            rule = EARNED.get(operation, "none")
            earned = not (barred or foreign) and _code_of(answer) == rule
            if answer.status_code not in expected and not earned:
                wrong.append((operation, name, answer.status_code, answer.text[:300]))
            if foreign or (barred and "{" in path):
                told = ask_for(caller, operation, method, path, random)
                assert _same(answer, told), (operation, name, told.text)
    assert wrong == [], "\n".join(map(str, wrong))


def _code_of(answer: Response) -> str:
    """The code of a refusal, or nothing."""
    told = answer.headers.get("content-type", "").startswith("application/problem+json")
    return str(answer.json()["code"]) if told else ""


def _strangers(path: str) -> tuple[str, ...]:
    """Clients whose rows these are not: letters are the firm's, all else is the bank's."""
    return ("bank", "other") if path.startswith("/v1/letters") else ("other", "firm")


def _is_owned(operation: str, path: str) -> bool:
    """Whether an operation is about the rows of one client."""
    if operation in ("create_claim", *FOR_A_CLIENT, "list_documents", "preview_letter"):
        return True
    return "_id}" in path and "{appraiser_id}" not in path


def test_a_bank_finds_nothing_of_another_bank_in_any_list(counter: Counter) -> None:
    for _ in course(counter):
        pass
    state_measure(counter)
    own, other = counter.caller["bank"], counter.caller["other"]
    for path in ("/v1/quotes", "/v1/policies", "/v1/claims", "/v1/measures"):
        assert own.get(path)["items"] != []
        assert other.get(path)["items"] == []
        house = counter.caller["adjuster"].get(path)["items"]
        assert [row["id"] for row in house] == [row["id"] for row in own.get(path)["items"]]
    assert [row["reserve"] for row in own.get("/v1/claims")["items"]] == [None]
    assert [row["id"] for row in other.get("/v1/parties")["items"]] == [counter.party["other"]]


def test_another_banks_row_is_no_cursor(counter: Counter) -> None:
    counter.a_pool()
    quote, other = counter.a_quote(), counter.caller["other"]
    foreign = other.ask("GET", "/v1/quotes", params={"after": quote["id"]})
    random = other.ask("GET", "/v1/quotes", params={"after": new_id("qt")})
    assert foreign.status_code == 422
    assert _same(foreign, random)


def test_a_house_names_the_bank_that_lends(counter: Counter) -> None:
    counter.a_pool()
    underwriter, sent = counter.caller["underwriter"], example("create_quote")["request"]
    unnamed = underwriter.ask("POST", "/v1/quotes", sent)
    assert unnamed.json()["errors"][0]["field"] == "client_id"
    no_bank = underwriter.ask("POST", "/v1/quotes", sent | {"client_id": counter.party["house"]})
    assert (unnamed.status_code, no_bank.status_code) == (422, 422)
    quote = underwriter.post("/v1/quotes", sent | {"client_id": counter.party["bank"]})
    seen = counter.caller["bank"].get(f"/v1/quotes/{quote['id']}")
    assert seen["client_id"] == quote["client_id"]


def test_an_adjuster_may_notify_for_a_bank(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = counter.caller["adjuster"].post("/v1/claims", a_notice(policy))
    assert claim["client_id"] == counter.party["bank"]


def test_a_token_is_of_a_role_that_fits_its_party(counter: Counter) -> None:
    at = counter.clock.now()
    for party, role in itertools.product(("house", "bank"), ("underwriter", "adjuster", "bank")):
        issue = partial(issue_token, party_id=counter.party[party], role=role, label="x", at=at)
        if (party == "bank") == (role == "bank"):
            token = transact(counter.engine, issue)
            assert re.fullmatch(r"zb_[A-Za-z0-9_-]{43}", token)
        else:
            with pytest.raises(Refusal) as refused:
                transact(counter.engine, issue)
            assert refused.value.faults[0].field == "party_id"


@pytest.mark.parametrize(
    ("role", "label", "field"),
    [("clerk", "x", "role"), ("bank", " ", "label"), ("bank", "x" * 201, "label")],
)
def test_a_token_is_refused_with_the_field(
    counter: Counter, role: str, label: str, field: str
) -> None:
    party, at = counter.party["bank"], counter.clock.now()
    with pytest.raises(Refusal) as refused:
        transact(counter.engine, lambda s: issue_token(s, party, role, label, at))
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_token_is_kept_as_its_hash_only_and_its_life_is_on_record(counter: Counter) -> None:
    party, at = counter.party["bank"], counter.clock.now()
    token = transact(counter.engine, lambda s: issue_token(s, party, "bank", "till 2", at))
    row = read(counter.engine, partial(accesses, party_id=party))[-1]
    assert token not in str(row.model_dump())
    for _ in range(2):
        transact(counter.engine, lambda s: revoke_token(s, row.id, at))
    events = read(counter.engine, lambda s: books.events(s, books.Subject("access", row.id)))
    assert [event.kind for event in events] == ["issued", "revoked"]
    assert len(read(counter.engine, accesses)) == len(ROLES) + 1
    with pytest.raises(Refusal) as refused:
        transact(counter.engine, lambda s: revoke_token(s, new_id("ac"), at))
    assert refused.value.code == "no-such-access"


def test_the_trail_names_the_token_that_acted(counter: Counter) -> None:
    counter.a_pool()
    quote = counter.a_quote()
    (row,) = read(counter.engine, partial(accesses, party_id=counter.party["bank"]))
    events = read(counter.engine, lambda s: books.events(s, books.Subject("quote", quote["id"])))
    assert [event.actor for event in events] == [row.id]
