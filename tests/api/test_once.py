import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from callers import Caller, Counter, a_proposal
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import func, select

from kernel.db.engine import read
from kernel.db.tables import DocumentRow, IdempotencyRow
from underwriting.tables import PolicyRow, QuoteRow

PARTY = {"kind": "guarantor", "name": "示范担保有限公司", "register_id": "91440000GUAR000001"}


def _count(counter: Counter, table: type) -> int:
    return read(counter.engine, lambda s: s.exec(select(func.count()).select_from(table)).one())


def _replayed(answer: Response) -> bool:
    return answer.headers.get("idempotent-replayed") == "true"


def test_the_same_request_gets_the_same_bytes_and_acts_once(counter: Counter) -> None:
    counter.a_pool()
    bank, sent = counter.caller["bank"], {"risk": a_proposal()}
    first = bank.ask("POST", "/v1/quotes", sent, key="k1")
    counter.clock.advance(days=400)
    again = bank.ask("POST", "/v1/quotes", sent, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (_replayed(first), _replayed(again)) == (False, True)
    assert (_count(counter, QuoteRow), _count(counter, DocumentRow)) == (1, 0)


def test_a_request_is_the_same_whatever_the_order_of_its_fields(counter: Counter) -> None:
    underwriter = counter.caller["underwriter"]
    first = underwriter.ask("POST", "/v1/parties", PARTY, key="k1")
    turned = json.dumps(dict(reversed(PARTY.items())), indent=4).encode()
    json_headers = {"Content-Type": "application/json"}
    again = underwriter.ask("POST", "/v1/parties", content=turned, key="k1", headers=json_headers)
    assert first.content == again.content
    assert _replayed(again)


def test_a_key_is_not_used_for_another_request(counter: Counter) -> None:
    underwriter = counter.caller["underwriter"]
    underwriter.post("/v1/parties", PARTY, key="k1")
    other = underwriter.ask("POST", "/v1/parties", PARTY | {"name": "别家"}, key="k1")
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_key_is_not_used_for_another_path(counter: Counter) -> None:
    counter.a_pool()
    one, two = counter.a_quote(), counter.a_quote()
    underwriter, reason = counter.caller["underwriter"], {"reason": "checked"}
    underwriter.post(f"/v1/quotes/{one['id']}/approval", reason, key="k1")
    other = underwriter.ask("POST", f"/v1/quotes/{two['id']}/approval", reason, key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_key_is_the_partys_own_and_of_one_operation(counter: Counter) -> None:
    counter.a_pool()
    sent = {"risk": a_proposal()}
    own = counter.caller["bank"].post("/v1/quotes", sent, key="k1")
    other = counter.caller["other"].post("/v1/quotes", sent, key="k1")
    assert own["id"] != other["id"]
    counter.caller["underwriter"].post("/v1/parties", PARTY, key="k1")
    assert _count(counter, IdempotencyRow) == 4  # and the pool's


def test_a_refusal_is_not_kept(counter: Counter) -> None:
    bank, sent = counter.caller["bank"], {"risk": a_proposal()}
    refused = bank.ask("POST", "/v1/quotes", sent, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "facts-missing")
    counter.a_pool()
    done = bank.ask("POST", "/v1/quotes", sent, key="k1")
    assert done.status_code == 201
    assert not _replayed(done)


def test_a_key_opens_nothing_to_a_role_that_may_not_act(counter: Counter) -> None:
    counter.a_pool()
    quote, reason = counter.a_quote(), {"reason": "checked"}
    place = f"/v1/quotes/{quote['id']}/approval"
    counter.caller["underwriter"].post(place, reason, key="k1")
    assert counter.caller["adjuster"].ask("POST", place, reason, key="k1").status_code == 403


@pytest.mark.parametrize("key", [None, "x" * 256, "a b", "é", "\x7f", "a\tb"])
def test_a_writing_request_names_its_key(counter: Counter, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key.encode("utf-8")}
    answer = counter.caller["underwriter"].ask(
        "POST", "/v1/parties", PARTY, key=None, headers=headers
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["Idempotency-Key"]
    assert answer.json()["errors"][0]["cure"]


def _at_once(counter: Counter, name: str, path: str, sent: object) -> list[Response]:
    """Eight tellers send the same request with the same key in the same moment."""
    start = Barrier(8)

    def send(_: int) -> Response:
        client = TestClient(counter.app, raise_server_exceptions=False)
        caller = Caller(client, counter.caller[name].token, [])
        start.wait()
        return caller.ask("POST", path, sent, key="the-one")

    with ThreadPoolExecutor(8) as tellers:
        return list(tellers.map(send, range(8)))


def test_eight_at_once_under_one_key_quote_once(counter: Counter) -> None:
    counter.a_pool()
    answers = _at_once(counter, "bank", "/v1/quotes", {"risk": a_proposal()})
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum(not _replayed(answer) for answer in answers) == 1
    assert (_count(counter, QuoteRow), _count(counter, DocumentRow)) == (1, 0)


def test_eight_at_once_under_one_key_bind_once(counter: Counter) -> None:
    counter.a_pool()
    place = f"/v1/quotes/{counter.a_quote()['id']}"
    counter.caller["underwriter"].post(f"{place}/approval", {"reason": "checked"})
    answers = _at_once(counter, "underwriter", f"{place}/binding", None)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert _count(counter, PolicyRow) == 1


def test_eight_at_once_under_eight_keys_bind_once(counter: Counter) -> None:
    counter.a_pool()
    place = f"/v1/quotes/{counter.a_quote()['id']}"
    underwriter = counter.caller["underwriter"]
    underwriter.post(f"{place}/approval", {"reason": "checked"})
    start = Barrier(8)

    def send(number: int) -> int:
        client = TestClient(counter.app, raise_server_exceptions=False)
        start.wait()
        caller = Caller(client, underwriter.token, [])
        return caller.ask("POST", f"{place}/binding", key=f"key-of-{number}").status_code

    with ThreadPoolExecutor(8) as tellers:
        statuses = sorted(tellers.map(send, range(8)))
    assert statuses == [201, *[409] * 7]
    assert _count(counter, PolicyRow) == 1
