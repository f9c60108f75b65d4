"""The way of a request that shows no token: counted by address, headed for browsers.

Only what stands in `api.policy.OPEN` may be asked so; a route that is none of these cannot be
made, and none of these has a row among those that ask for a token.
"""

from asyncio import timeout
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.answers import respond
from api.door import READING, TESTING
from api.errors import answer, status_of
from api.policy import ALLOWED, OPEN
from api.verify_page import POLICY, wait_page
from kernel.errors import Fault, Invalid, Refusal

MAX_FILE: Final = 5_000_000
"""Bytes of a file that is tested; a letter of ours has less than 200,000."""
READING_SECONDS: Final = 30.0
"""Within these a file has come in, whole."""

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Of every answer at the open door; a page loosens the policy for its own style and form."""

_HTML: Final = "text/html; charset=utf-8"

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
            response = _wait(request, seconds) if seconds else await _answered(inner, request)
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return counted


async def _answered(inner: Handler, request: Request) -> Response:
    """Answer, a refusal too: every answer gets the headers of the door."""
    try:
        return await inner(request)
    except Refusal as refusal:
        refused = answer(status_of(refusal), refusal.code, *refusal.faults)
        if request.method == "POST":
            refused.headers["Connection"] = "close"  # the rest of a body is not waited for
        return refused


def _wait(request: Request, seconds: int) -> Response:
    fault = Fault("client", "asks too often", f"ask again in {seconds} seconds")
    refused = (
        page(wait_page(seconds), status=429)
        if browses(request)
        else answer(429, "too-many-requests", fault)
    )
    refused.headers["Retry-After"] = str(seconds)
    return refused


def browses(request: Request) -> bool:
    """Tell whether a browser asks, which is shown pages; programs are answered in JSON."""
    return "text/html" in request.headers.get("accept", "")


def page(content: bytes, *, status: int = 200) -> Response:
    """Send a page of `api.verify_page`, with what a browser may load beside it."""
    headers = {"Content-Security-Policy": POLICY}
    return respond(content, status=status, media_type=_HTML, headers=headers)


async def file_sent(request: Request) -> bytes:
    """Read the one file of a request as it comes in, at one of the places that the door has.

    Raises:
        Unavailable: `door-busy`.
        Invalid: `body-too-long`, `body-too-slow`, or `not-a-file` where the body holds none.
    """
    with request.app.state.door.place():
        try:
            async with timeout(READING_SECONDS):
                body = await _body(request)
        except TimeoutError:
            words = f"took longer than {READING_SECONDS:g} seconds"
            fault = Fault("file", words, "send it over a faster line")
            raise Invalid("body-too-slow", fault) from None
    content = _file_of(request.headers.get("content-type", ""), body)
    if not content:
        cure = "send the PDF as the body, with Content-Type: application/pdf"
        raise Invalid("not-a-file", Fault("file", "is empty", cure))
    return content


async def _body(request: Request) -> bytes:
    """Read a body; one that is too long is not read on, nor begun where it says so itself."""
    fault = Fault("file", f"is longer than {MAX_FILE} bytes", "send the file as issued")
    claimed = request.headers.get("content-length", "")
    if claimed.isdecimal() and int(claimed[:20]) > MAX_FILE:
        raise Invalid("body-too-long", fault)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FILE:
            raise Invalid("body-too-long", fault)
    return bytes(body)


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
