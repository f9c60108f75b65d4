"""The one table of HTTP statuses, and every refusal as a problem (RFC 9457).

A problem always has at least one error with a field, a problem and a cure. Decided once:

- 400 the body is no strict JSON; 415 it is not sent as JSON; 413 it is too long;
- 422 it is JSON, and breaks the form or a rule; also an Idempotency-Key used again for
  another request (as in the IETF draft of that header);
- 409 the state of the thing does not allow the act. Two requests at once under one key wait
  for each other and get the same answer; no answer says "in progress";
- 404 there is no such thing, or it is not the caller's to see; both to the byte.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.access import NotAuthenticated
from api.faults import faults_of
from api.strict_json import Malformed
from kernel.canonical import canonical_json
from kernel.errors import (
    Conflict,
    Fault,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    Unavailable,
)

PROBLEM_JSON: Final = "application/problem+json"

_STATUS_OF_CODE: Final[Mapping[str, int]] = {
    "idempotency-key-reused": 422,
    "body-too-long": 413,
    "not-json": 415,
}
_STATUS_OF_KIND: Final[Mapping[type[Refusal], int]] = {
    NotAuthenticated: 401,
    Malformed: 400,
    NotPermitted: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}
"""Kinds of refusal, the narrower before the wider."""

_TITLES: Final[Mapping[int, str]] = {
    400: "The request cannot be read",
    401: "No valid token",
    403: "Not permitted",
    404: "No such thing",
    405: "No such method here",
    409: "The state does not allow it",
    413: "The body is too long",
    415: "Not sent as JSON",
    422: "The request breaks a rule",
    500: "A fault of ours",
    503: "Not available now",
}
_HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    401: {"WWW-Authenticate": 'Bearer realm="zhibao"'},
    503: {"Retry-After": "5"},
}
_FAULTS: Final[Mapping[int, Fault]] = {
    404: Fault("path", "there is no such route", "see the list of operations"),
    405: Fault("method", "is not one of this route's", "use one that the header Allow names"),
}
OUR_FAULT: Final = Fault(
    "server",
    "something broke on our side; nothing was half done",
    "repeat the request with the same Idempotency-Key, and tell us if it breaks again",
)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    kinds = (status for kind, status in _STATUS_OF_KIND.items() if isinstance(refusal, kind))
    return _STATUS_OF_CODE.get(refusal.code) or next(kinds)


def problem_json(status: int, code: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    """Return a problem as it crosses the wire."""
    assert faults, "a problem names at least one field and its cure"
    return {
        "type": f"urn:zhibao:problem:{code}",
        "title": _TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
        "detail": "; ".join(f"{fault.field} {fault.problem}" for fault in faults),
        "errors": [
            {"field": fault.field, "problem": fault.problem, "cure": fault.cure} for fault in faults
        ],
    }


def answer(status: int, code: str, *faults: Fault) -> Response:
    """Answer with a problem."""
    return Response(
        content=canonical_json(problem_json(status, code, faults)),
        status_code=status,
        media_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", **_HEADERS.get(status, {})},
    )


def install(app: FastAPI) -> None:
    """Let every trouble leave as a problem; the broad handler is the outermost of all."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(Exception, _broken)


async def _refused(request: Request, refusal: Exception) -> Response:
    del request
    assert isinstance(refusal, Refusal), "installed for refusals"
    return answer(status_of(refusal), refusal.code, *refusal.faults)


async def _not_valid(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, RequestValidationError), "installed for it"
    return answer(422, "not-valid", *faults_of(error.errors()))


async def _not_served(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, HTTPException), "installed for it"
    status = error.status_code
    default = Fault("request", HTTPStatus(status).phrase.lower(), "see the operation's form")
    code = HTTPStatus(status).phrase.lower().replace(" ", "-")
    response = answer(status, code, _FAULTS.get(status, default))
    response.headers.update(error.headers or {})
    return response


async def _broken(request: Request, error: Exception) -> Response:
    """Answer for what nobody foresaw, without its inside; the server writes it to its log."""
    del request, error
    return answer(500, "our-fault", OUR_FAULT)
