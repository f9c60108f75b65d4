"""The description of the API: real examples, every status, and how a caller is let in."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from api.errors import OUR_FAULT, PROBLEM_JSON, problem_json
from api.policy import ALLOWED, OPEN
from api.schemas.common import Problem
from kernel.errors import Fault

_TEXT: Final = """
Prices, issues and settles insurance of intellectual-property risk.

Every request shows a bearer token, save those of `verify`: whoever holds a letter may check it.
Money is `{"amount": "1234.50", "currency": "CNY"}`, the amount a string. Whatever is written
carries an `Idempotency-Key`: the same key with the same request gets the same answer again and
acts once. Every refusal is a problem (RFC 9457) whose `errors` name field, problem and cure.
"""
_ASKED_FOR: Final[Mapping[int, tuple[str, Fault]]] = {
    400: ("bad-json", Fault("risk.loan.amount", "is no finite number", "give a finite number")),
    401: (
        "token-refused",
        Fault("Authorization", "the token opens nothing", "ask the house for a new token"),
    ),
    403: (
        "not-permitted",
        Fault("Authorization", "a token of role bank may not do this", "ask: underwriter"),
    ),
    404: (
        "no-such-quote",
        Fault("quote_id", "names no quote that you may see", "list the quote ids"),
    ),
    409: (
        "quote-not-open",
        Fault("state", "the quote is bound", "read the policy that it was bound into"),
    ),
    413: ("body-too-long", Fault("body", "is longer than 1000000 bytes", "send less at once")),
    415: (
        "not-json",
        Fault("Content-Type", "is not JSON in UTF-8", "send Content-Type: application/json"),
    ),
    422: (
        "not-valid",
        Fault(
            "risk.loan.amount.amount",
            "is not an amount",
            'write text such as "1234.50": digits, then two decimals',
        ),
    ),
    429: (
        "too-many-requests",
        Fault("client", "asks too often", "ask again in 5 seconds"),
    ),
    500: ("our-fault", OUR_FAULT),
    503: (
        "database-busy",
        Fault("database", "is too busy", "repeat the request with the same Idempotency-Key"),
    ),
}
"""Status -> a problem such as leaves with it."""

_RETRY_AFTER: Final = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}
}
_EVERY: Final = (401, 403, 422, 500, 503)
_OPEN: Final = (422, 429, 500, 503)
_POSTED: Final = (400, 413, 415)
_WRITING: Final = (409,)


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the application."""
    document = get_openapi(
        title=app.title, version=app.version, description=_TEXT, routes=app.routes
    )
    schemas = document["components"]["schemas"]
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"), Problem=problem)
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}]
    for path, method, operation in operations(document):
        _complete(path, method, operation)
    _drop_unused(document, schemas)
    return document


def _drop_unused(document: Mapping[str, Any], schemas: dict[str, Any]) -> None:
    """Drop the schemas that nothing refers to any more."""
    while True:
        text = json.dumps(document)
        unused = [name for name in schemas if f'"#/components/schemas/{name}"' not in text]
        if not unused:
            return
        for name in unused:
            del schemas[name]


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return path, method and description of every operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


@cache
def example(operation: str) -> Mapping[str, Any]:
    """Return `request` and `response` of an operation, as one real course of business had them."""
    found = files("api.examples").joinpath(f"{operation}.json")
    if not found.is_file():
        return {}
    read: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return read


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add who may ask, the examples and the problems of one operation."""
    code = operation["operationId"]
    roles = "none, open to everybody" if code in OPEN else ", ".join(sorted(ALLOWED[code]))
    operation["description"] = f"{operation.get('description', '')}\n\nRoles: {roles}."
    if code in OPEN:
        operation["security"] = []
    else:
        _show(operation, example(code))
    statuses = _open_statuses(path, method) if code in OPEN else _statuses(path, method, operation)
    for status in statuses:
        operation["responses"][str(status)] = _problem(status)


def _show(operation: dict[str, Any], shown: Mapping[str, Any]) -> None:
    """Add the example of what is sent and answered."""
    sent = operation.get("requestBody", {"content": {}})["content"]
    if "application/json" in sent:
        sent["application/json"]["example"] = shown.get("request")
    for status, response in operation["responses"].items():
        if status.startswith("2") and "application/json" in response["content"]:
            response["content"]["application/json"]["example"] = shown.get("response")


def _open_statuses(path: str, method: str) -> list[int]:
    """Return how an operation that asks for no token may end otherwise than well."""
    found = (404,) if "{" in path else ()
    sent = (413,) if method == "POST" else ()
    return sorted({*_OPEN, *found, *sent})


def _statuses(path: str, method: str, operation: Mapping[str, Any]) -> list[int]:
    writes = any(parameter["in"] == "header" for parameter in operation.get("parameters", ()))
    names = "{" in path or method == "POST" or "subject_id" in str(operation.get("parameters"))
    return sorted(
        {
            *_EVERY,
            *(_POSTED if method == "POST" else ()),
            *(_WRITING if writes else ()),
            *((404,) if names else ()),
        }
    )


def _problem(status: int) -> dict[str, Any]:
    code, fault = _ASKED_FOR[status]
    shown = problem_json(status, code, (fault,))
    schema = {"$ref": "#/components/schemas/Problem"}
    described: dict[str, Any] = {
        "description": shown["title"],
        "content": {PROBLEM_JSON: {"schema": schema, "example": shown}},
    }
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        described["headers"] = _RETRY_AFTER
    return described
