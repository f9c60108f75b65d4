import itertools
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from callers import OPERATIONS, Caller, Counter, a_notice, course
from httpx2 import Response

from api.access import accesses, issue_token, revoke_token
from api.openapi import example
from api.policy import ALLOWED, Role
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.db.row import new_id
from kernel.errors import Refusal

ONLY_UNDERWRITER = {
    *("approve_quote", "bind_quote", "create_pool", "contribute_to_pool"),
    *("create_measure", "create_party"),
}
ONLY_ADJUSTER = {
    *("assess_claim", "settle_claim", "recover_claim", "close_claim", "reopen_claim", "pay_call"),
}
NOT_FOR = {
    "underwriter": {*ONLY_ADJUSTER, "create_claim"},
    "adjuster": {*ONLY_UNDERWRITER, "create_quote", "preview_quote"},
    "bank": {*ONLY_ADJUSTER, *ONLY_UNDERWRITER, "list_pools", "read_pool"},
}
GARBAGE = ("zb_" + "A" * 43, "zb_short", "x", "zb_" + "é" * 43, "a b")


def _operations() -> Iterator[tuple[str, str, str]]:
    for operation in OPERATIONS:
        yield operation.id, operation.method, operation.path


def _filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: ids[found[1]], path)


def _ids(counter: Counter) -> dict[str, str]:
    """What the course of the bank has left behind."""
    bank, house = counter.caller["bank"], counter.caller["underwriter"]
    claim = bank.get("/v1/claims")["items"][0]
    policy = bank.get(f"/v1/policies/{claim['policy_id']}")
    settlement = bank.get(f"/v1/claims/{claim['id']}/settlement")
    recovery = bank.get(f"/v1/claims/{claim['id']}/recoveries")["items"][0]
    paper = bank.get("/v1/documents", subject_type="claim", subject_id=claim["id"])["items"][0]
    return {
        "claim_id": claim["id"],
        "policy_id": policy["id"],
        "quote_id": policy["quote_id"],
        "settlement_id": settlement["id"],
        "call_id": settlement["calls"][0]["id"],
        "recovery_id": recovery["id"],
        "document_id": paper["id"],
        "pool_id": house.get("/v1/pools")["items"][0]["id"],
        "party_id": counter.party["bank"],
    }


def _ask(caller: Caller, operation: str, method: str, path: str, ids: dict[str, str]) -> Response:
    """Ask for an operation as its example does, with the ids of this house."""
    sent = example(operation).get("request") if method == "POST" else None
    if operation == "create_claim":
        sent = {**sent, "policy_id": ids["policy_id"]}
    if operation in ("create_quote", "preview_quote") and caller.token:
        sent = {**sent, "bank_id": ids["party_id"]}
    if operation == "create_measure":
        sent = {**sent, "bank_id": ids["party_id"]}
    more: dict[str, Any] = {}
    if operation == "list_documents":
        more["params"] = {"subject_type": "claim", "subject_id": ids["claim_id"]}
    codes = {"code": "pledge_guarantee" if "products" in path else "zhongshan-2021"}
    return caller.ask(method, _filled(path, ids | codes), sent, **more)


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
    ids = {key: new_id("xx") for key in _NAMES}
    callers = [bank, counter.caller["nobody"]]
    callers += [Caller(counter.client, token, []) for token in GARBAGE if token.isascii()]
    for operation, method, path in _operations():
        for caller in callers:
            answer = _ask(caller, operation, method, path, ids)
            assert answer.status_code == 401, (operation, caller.token)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["errors"][0]["cure"]


_NAMES = (
    *("claim_id", "policy_id", "quote_id", "settlement_id", "call_id", "recovery_id"),
    *("document_id", "pool_id", "party_id"),
)


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
    for _ in course(counter):
        pass
    ids = _ids(counter)
    random = {key: new_id(value.partition("_")[0]) for key, value in ids.items()}
    for operation, method, path in _operations():
        for name in ("underwriter", "adjuster", "bank", "other"):
            caller = counter.caller[name]
            role = "bank" if name == "other" else name
            answer = _ask(caller, operation, method, path, ids)
            case = (operation, name, answer.status_code, answer.text[:300])
            if operation in NOT_FOR[role]:
                assert answer.status_code == 403, case
            elif name == "other" and _is_owned(operation, path):
                assert answer.status_code == 404, case
                assert _same(answer, _ask(caller, operation, method, path, random)), case
            else:
                assert answer.status_code in (200, 201, 409), case
            if operation in NOT_FOR[role] and "{" in path:
                assert _same(answer, _ask(caller, operation, method, path, random)), case


def _is_owned(operation: str, path: str) -> bool:
    if operation in ("create_claim", "create_quote", "preview_quote", "list_documents"):
        return True
    return "_id}" in path


def test_a_bank_finds_nothing_of_another_bank_in_any_list(counter: Counter) -> None:
    for _ in course(counter):
        pass
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
    assert unnamed.json()["errors"][0]["field"] == "bank_id"
    no_bank = underwriter.ask("POST", "/v1/quotes", sent | {"bank_id": counter.party["house"]})
    assert (unnamed.status_code, no_bank.status_code) == (422, 422)
    quote = underwriter.post("/v1/quotes", sent | {"bank_id": counter.party["bank"]})
    assert counter.caller["bank"].get(f"/v1/quotes/{quote['id']}")["bank_id"] == quote["bank_id"]


def test_an_adjuster_may_notify_for_a_bank(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = counter.caller["adjuster"].post("/v1/claims", a_notice(policy))
    assert claim["bank_id"] == counter.party["bank"]


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
    assert len(read(counter.engine, accesses)) == 5
    with pytest.raises(Refusal) as refused:
        transact(counter.engine, lambda s: revoke_token(s, new_id("ac"), at))
    assert refused.value.code == "no-such-access"


def test_the_trail_names_the_token_that_acted(counter: Counter) -> None:
    counter.a_pool()
    quote = counter.a_quote()
    (row,) = read(counter.engine, partial(accesses, party_id=counter.party["bank"]))
    events = read(counter.engine, lambda s: books.events(s, books.Subject("quote", quote["id"])))
    assert [event.actor for event in events] == [row.id]
