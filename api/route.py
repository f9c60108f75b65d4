"""The way of every request to its route: token, role, query, body; in this order.

A route that is no operation of `api.policy` cannot be made, so nothing is open by mistake.
"""

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api import strict_json
from api.access import actor_of, allow, bearer
from api.faults import place
from api.policy import ALLOWED
from api.schemas.sent import Text
from kernel.db.engine import read
from kernel.errors import Fault, Invalid, invalid

MAX_BODY: Final = 1_000_000
"""Bytes of a body."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _Checked(Request):
    """A request whose body was read and checked."""

    async def json(self) -> Any:
        """Hand on the text, for the form to read."""
        return Text(await self.body())


class HouseRoute(APIRoute):
    """A route that knows its caller before it reads what the caller sent."""

    def get_route_handler(self) -> Handler:
        """Put the checks before FastAPI's own."""
        operation = self.operation_id or ""
        assert operation in ALLOWED, f"{operation!r} has no row in api.policy"
        inner = super().get_route_handler()
        known = {param.alias for param in self.dependant.query_params}

        async def checked(request: Request) -> Response:
            await run_in_threadpool(_let_in, request, operation)
            _check_query(request, known)
            body = await _body(request)
            if request.method == "POST":
                await run_in_threadpool(self._check_body, request, body)
            checked = _Checked(request.scope, request.receive)
            checked._body = body  # noqa: SLF001 - as starlette's own caching of what was read
            return await inner(checked)

        return checked

    def _check_body(self, request: Request, body: bytes) -> None:
        if self.body_field is not None:
            _check_media_type(request)
            strict_json.check(body)
        elif body.strip() not in (b"", b"{}"):
            raise invalid("body", "is not asked for here", "send no body")


def _let_in(request: Request, operation: str) -> None:
    """Find out who calls, and whether the caller may ask this at all."""
    token = bearer(request.headers.get("authorization"))
    actor = read(request.app.state.house.engine, lambda session: actor_of(session, token))
    allow(actor, operation)
    request.state.actor = actor


def _check_query(request: Request, known: set[str]) -> None:
    """Refuse what a route does not ask, and what is asked twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        shown = place((name,))
        if name not in known:
            asked = ", ".join(sorted(known)) or "nothing"
            raise invalid(shown, "is not asked in this query", f"asked: {asked}", code="not-valid")
        if names.count(name) > 1:
            raise invalid(shown, "stands twice in the query", "give it once", code="not-valid")


async def _body(request: Request) -> bytes:
    """Read a body, and stop reading where it is too long, whatever length it claims."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            fault = Fault("body", f"is longer than {MAX_BODY} bytes", "send less at once")
            raise Invalid("body-too-long", fault)
    return bytes(body)


def _check_media_type(request: Request) -> None:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    charset = str(message.get_param("charset", "utf-8")).lower()
    if message.get_content_type() != "application/json" or charset != "utf-8":
        fault = Fault("Content-Type", "is not JSON in UTF-8", "send Content-Type: application/json")
        raise Invalid("not-json", fault)
