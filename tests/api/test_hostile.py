import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from callers import OPERATIONS, Counter

from api.openapi import example
from api.policy import ALLOWED
from kernel.db.row import new_id

Value = Any
AMOUNTS = ("amount", "principal", "interest", "volume", "paid", "costs", "fund")
DAYS = ("default_date", "known_on", "paid_on", "value_date", "as_of", "drawdown", "agreed_on")
TEXTS = ("reason", "source", "name", "title", "purpose", "owner")


def _leaves(sent: Value, names: tuple[str, ...], put: Value) -> Value:
    """Put a value in the place of every leaf of these names."""
    if isinstance(sent, dict):
        return {
            key: put
            if key in names and not isinstance(inner, dict | list)
            else _leaves(inner, names, put)
            for key, inner in sent.items()
        }
    if isinstance(sent, list):
        return [_leaves(inner, names, put) for inner in sent]
    return sent


def _laid(names: tuple[str, ...], put: Value) -> Callable[[Value], bytes]:
    """Put a value into all such leaves, or, where there is none, into a field of its own."""

    def mutate(sent: Value) -> bytes:
        laid = _leaves(sent, names, put)
        return json.dumps(laid if laid != sent else {**sent, "more": put}).encode()

    return mutate


def _nulls(sent: Value) -> Value:
    if isinstance(sent, dict):
        return {
            key: _nulls(inner) if isinstance(inner, dict) else None for key, inner in sent.items()
        }
    return None


def _first_raw(put: str) -> Callable[[Value], bytes]:
    """Write a raw token in the place of the first field's value."""

    def mutate(sent: Value) -> bytes:
        first, *rest = sent
        fields = [f'"{first}":{put}', *(f'"{key}":{json.dumps(sent[key])}' for key in rest)]
        return ("{" + ",".join(fields) + "}").encode()

    return mutate


HOSTILE: dict[str, Callable[[Value], bytes]] = {
    "empty": lambda _: b"",
    "blank": lambda _: b" \n ",
    "not JSON": lambda _: b"risk=1&bank=2",
    "cut off": lambda sent: json.dumps(sent).encode()[:-1],
    "two objects": lambda sent: json.dumps(sent).encode() * 2,
    "array on top": lambda sent: json.dumps([sent]).encode(),
    "text on top": lambda sent: json.dumps(json.dumps(sent)).encode(),
    "null on top": lambda _: b"null",
    "number on top": lambda _: b"1",
    "UTF-16": lambda sent: json.dumps(sent).encode("utf-16"),
    "UTF-16 without mark": lambda sent: json.dumps(sent).encode("utf-16-le"),
    "UTF-8 with mark": lambda sent: b"\xef\xbb\xbf" + json.dumps(sent).encode(),
    "Latin-1": lambda sent: json.dumps({**sent, "more": "?"}).encode().replace(b"?", b"\xe9"),
    "NaN": _first_raw("NaN"),
    "Infinity": _first_raw("-Infinity"),
    "1e400": _first_raw("1e400"),
    "1e-400": _first_raw("1e-400"),
    "endless exponent": _first_raw("1e" + "9" * 30),
    "minus zero": _first_raw("-0"),
    "minus zero point": _first_raw("-0.0"),
    "2^63": _first_raw(str(2**63)),
    "10000 digits": _first_raw("9" * 10_000),
    "10000 decimals": _first_raw("0." + "9" * 10_000),
    "lone surrogate": _first_raw('"\\ud800"'),
    "surrogate in a name": lambda sent: json.dumps({**sent, "\ud800": 1}).encode(),
    "a key twice": lambda sent: (
        json.dumps(sent).encode()[:-1]
        + f',"{next(iter(sent))}":{json.dumps(next(iter(sent.values())))}}}'.encode()
    ),
    "deep lists": lambda sent: (
        json.dumps({**sent, "more": 0})
        .replace('"more": 0', '"more":' + "[" * 400 + "]" * 400)
        .encode()
    ),
    "bottomless lists": lambda _: b'{"a":' + b"[" * 300_000 + b"]" * 300_000 + b"}",
    "deep objects": lambda _: b'{"a":' * 40 + b"1" + b"}" * 40,
    "many keys": lambda _: json.dumps({f"k{n}": n for n in range(30_000)}).encode(),
    "2 MB of text": lambda sent: json.dumps({**sent, "more": "x" * 2_000_000}).encode(),
    "long text": _laid(TEXTS, "x" * 5_000),
    "unknown field": lambda sent: json.dumps({**sent, "colour": "red"}).encode(),
    "hidden name of a field": lambda sent: json.dumps({**sent, "\u202e\u0000": 1}).encode(),
    "null everywhere": lambda sent: json.dumps(_nulls(sent)).encode(),
    "object for all": lambda sent: json.dumps({key: {} for key in sent} | {"more": {}}).encode(),
    "list for all": lambda sent: json.dumps({key: [[]] for key in sent}).encode(),
    "true for all": lambda sent: json.dumps(dict.fromkeys(sent, True)).encode(),
    "full-width digits": _laid(AMOUNTS, "１２３"),
    "Arabic digits": _laid(AMOUNTS, "١٢٣"),
    "underscored amount": _laid(AMOUNTS, "1_000"),
    "amount with a blank": _laid(AMOUNTS, " 12 "),
    "amount with a line": _laid(AMOUNTS, "12\n"),
    "negative amount": _laid(AMOUNTS, "-1.00"),
    "amount of 16 digits": _laid(AMOUNTS, "9" * 16),
    "exponent amount": _laid(AMOUNTS, "1e3"),
    "amount as a number": _laid(AMOUNTS, 3000000.5),
    "amount as an integer": _laid(AMOUNTS, 3000000),
    "U+0000 in a name": _laid(TEXTS, "a\u0000b"),
    "U+202E in a name": _laid(TEXTS, "abc\u202egpj"),
    "zero width in a name": _laid(TEXTS, "a\u200bb"),
    "year 1": _laid(DAYS, "0001-01-01"),
    "year 9999": _laid(DAYS, "9999-12-31"),
    "29 February": _laid(DAYS, "2025-02-29"),
    "a number as a day": _laid(DAYS, 1700000000),
    "an instant as a day": _laid(DAYS, "2026-03-02T00:00:00Z"),
    "full-width day": _laid(DAYS, "２０２６-03-02"),
}


HARMLESS = {("score_innovation", "null everywhere")}
"""A score of a firm of which nothing is known: every figure may be missing."""


def _forms() -> Iterator[tuple[str, str, Value]]:
    """Every operation that takes JSON, with a path of unknown ids and a good body.

    A body that may be empty gets a field that no form has, for the hostile to stand in.
    """
    for operation in OPERATIONS:
        if operation.takes_form:
            parts = operation.path.split("/")
            path = "/".join(new_id("xx") if part.startswith("{") else part for part in parts)
            yield operation.id, path, example(operation.id)["request"] or {"more": 0}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_body_breaks_an_operation_and_every_refusal_tells_the_cure(
    counter: Counter, kind: str
) -> None:
    asked = 0
    for operation, path, sent in _forms():
        caller = counter.caller[min(set(ALLOWED[operation]) & set(counter.caller))]
        answer = caller.ask(
            "POST",
            path,
            content=HOSTILE[kind](sent),
            headers={"Content-Type": "application/json"},
        )
        case = (operation, answer.status_code, answer.text[:500])
        if (operation, kind) in HARMLESS:
            assert answer.status_code == 200, case
            continue
        assert answer.status_code in (400, 413, 422), case
        assert answer.headers["content-type"] == "application/problem+json", case
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["errors"], case
        assert all(e["field"] and e["problem"] and e["cure"] for e in problem["errors"]), case
        assert len(problem["errors"]) <= 50
        assert "\u202e" not in answer.text
        asked += 1
    assert asked >= 14


def test_operations_without_a_form_refuse_a_body(counter: Counter) -> None:
    for path in (f"/v1/quotes/{new_id('qt')}/binding", f"/v1/claims/{new_id('cl')}/settlement"):
        caller = counter.caller["underwriter" if "quotes" in path else "adjuster"]
        assert caller.ask("POST", path, content=b'{"x": NaN}').status_code == 422
        assert caller.ask("POST", path, content=b"{}").status_code == 404
        assert caller.ask("POST", path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/v1/quotes/1",
            "/v1/quotes/qt_%31",
            "/v1/quotes/qt_1_0",
            "/v1/quotes/9223372036854775808",
        ),
        *(
            "/v1/quotes/%00",
            "/v1/quotes/qt_%E2%80%AE",
            "/v1/quotes/..%2Fpolicies",
            "/v1/schemes/%0a",
        ),
        *(f"/v1/quotes/{'q' * 5000}", "/v1/documents?subject_type=letter&subject_id=x"),
        *("/v1/documents?subject_type=claim", "/v1/products/%F0%9F%92%A9", "/v1/schemes/nowhere"),
    ],
)
def test_no_path_breaks_an_operation(counter: Counter, path: str) -> None:
    answer = counter.caller["bank"].ask("GET", path)
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert all(error["field"] and error["cure"] for error in answer.json()["errors"])


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=201", "limit=-1", "limit=1_0", "limit=+5", "limit=%205", "limit=1e2"),
        *("limit=%D9%A3", "limit=", "limit=1.0", f"limit={'9' * 400}", "limit=1&limit=2"),
        *("after=x", "after=", "after=qt_%00", "colour=red", "limit[]=1", "%E2%80%AE=1", "=1"),
    ],
)
def test_no_query_breaks_an_operation(counter: Counter, query: str) -> None:
    answer = counter.caller["bank"].ask("GET", f"/v1/quotes?{query}")
    assert answer.status_code == 422
    assert all(error["field"] and error["cure"] for error in answer.json()["errors"])


@pytest.mark.parametrize(
    "media_type",
    [
        *("", "text/plain", "application/xml", "application/json; charset=utf-16", "json"),
        *("application/json-patch+json", "multipart/form-data; boundary=x", "application/ json"),
    ],
)
def test_what_is_not_sent_as_json_is_refused(counter: Counter, media_type: str) -> None:
    body = json.dumps(example("split_loss")["request"]).encode()
    answer = counter.caller["bank"].ask(
        "POST", "/v1/split", content=body, headers={"Content-Type": media_type}
    )
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["field"] == "Content-Type"


def test_a_body_is_too_long(counter: Counter) -> None:
    answer = counter.caller["bank"].ask(
        "POST",
        "/v1/split",
        content=b"x" * 1_000_001,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_without_an_end_is_not_read_to_it(counter: Counter) -> None:
    token = counter.caller["bank"].token.encode()
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/split",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer " + token), (b"content-type", b"application/json")],
    }
    sent, answered = [], []

    async def receive() -> dict[str, Any]:
        sent.append(1)
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    asyncio.run(counter.app(scope, receive, send))
    assert answered[0]["status"] == 413
    assert len(sent) == 11, "reading stops with the chunk that is too much"


def test_a_body_of_a_stranger_is_not_read(counter: Counter) -> None:
    answer = counter.caller["nobody"].ask("POST", "/v1/split", content=b"x" * 5_000_000)
    assert answer.status_code == 401


def test_money_with_decimals_that_its_currency_lacks_is_refused(counter: Counter) -> None:
    sent = example("create_quote")["request"]
    yen = {"amount": "3000000.50", "currency": "JPY"}
    sent = json.loads(json.dumps(sent).replace('"CNY"', '"JPY"'))
    sent["risk"]["loan"]["amount"] = yen
    answer = counter.caller["bank"].ask("POST", "/v1/quotes", sent)
    assert answer.status_code == 422
    assert "decimals" in answer.text
