"""The way of a request that shows no token: counted by address, headed for browsers.

Only what stands in `api.policy.OPEN` may be asked so; a route that is none of these cannot be
made, and none of these has a row among those that ask for a token.
"""

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.door import READING, TESTING
from api.errors import answer, status_of
from api.policy import ALLOWED, OPEN
from kernel.errors import Fault, Invalid, Refusal

MAX_FILE: Final = 20_000_000
"""Bytes of a file that is tested."""

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Of every answer at the open door; a page loosens the policy for its own style and form."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PublicRoute(APIRoute):
    """A route that asks for no token."""

    def get_route_handler(self) -> Handler:
        """Put the count before FastAPI's own, and the headers after."""
        operation = self.operation_id or ""
        assert operation in OPEN, f"{operation!r} is not open"
        assert operation not in ALLOWED, f"{operation!r} asks for a token"
        inner = super().get_route_handler()

        async def counted(request: Request) -> Response:
            cost = TESTING if request.method == "POST" else READING
            address = request.client.host if request.client else ""
            seconds = request.app.state.door.wait(address, cost)
            response = _wait(seconds) if seconds else await _answered(inner, request)
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return counted


async def _answered(inner: Handler, request: Request) -> Response:
    """Answer, a refusal too: every answer gets the headers of the door."""
    try:
        return await inner(request)
    except Refusal as refusal:
        return answer(status_of(refusal), refusal.code, *refusal.faults)


def _wait(seconds: int) -> Response:
    fault = Fault("client", "asks too often", f"ask again in {seconds} seconds")
    refused = answer(429, "too-many-requests", fault)
    refused.headers["Retry-After"] = str(seconds)
    return refused


async def file_sent(request: Request) -> bytes:
    """Read the one file of a request as it comes in, and stop where it is too long.

    Raises:
        Invalid: `body-too-long`, or `not-a-file` where the body holds none.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FILE:
            fault = Fault("file", f"is longer than {MAX_FILE} bytes", "send the file as issued")
            raise Invalid("body-too-long", fault)
    content = _file_of(request.headers.get("content-type", ""), bytes(body))
    if not content:
        cure = "send the PDF as the body, with Content-Type: application/pdf"
        raise Invalid("not-a-file", Fault("file", "is empty", cure))
    return content


def _file_of(content_type: str, body: bytes) -> bytes:
    """Return the body, or the first part of one that a form in a browser sent."""
    message = Message()
    message["content-type"] = content_type
    boundary = message.get_param("boundary")
    if message.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
        return body
    mark, whole = b"\r\n--" + boundary.encode("latin-1", "replace"), b"\r\n" + body
    head = whole.find(mark)
    start = whole.find(b"\r\n\r\n", head)
    end = whole.find(mark, start)
    if min(head, start, end) < 0:
        return b""
    return whole[start + 4 : end]
