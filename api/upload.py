"""The way of a file to its claim: its sender is known before a byte of it is read.

It is hashed while it comes in. What is told of it is not believed: no name, no type, no length.

A file is read as far as it may be long, and no further. Small ones come in as they like; of the
larger ones so many at a time, for each is held whole until it is kept.
"""

from asyncio import timeout
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from io import BytesIO
from threading import BoundedSemaphore
from typing import Final

from fastapi import Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from api.access import actor_of, allow, bearer
from api.asked import scope_of
from api.errors import answer, status_of
from api.route import Handler, HouseRoute
from api.sight import claim_seen
from claims.facts import case_of
from claims.receive_paper import Arrived, check_taken
from claims.uploads.forms import LARGEST
from claims.uploads.recognise import recognise
from kernel.db import books
from kernel.db.engine import read
from kernel.errors import Fault, Invalid, Refusal, Unavailable

READING_SECONDS: Final = 120.0
"""Within these a file has come in, whole."""
SMALL: Final = 262_144
"""Bytes of a file that needs no place."""
PLACES: Final = 12
"""Larger files that are held at once: 240 MB of them at most."""

_PLACES: Final = BoundedSemaphore(PLACES)
_BUSY: Final = Fault("file", "too many files come in at once", "send it again in some seconds")


class UploadRoute(HouseRoute):
    """A route whose body is a file; it finds it as `request.state.arrived`."""

    def get_route_handler(self) -> Handler:
        """Let the sender in and take the file before the checks that every route has."""
        operation = self.operation_id or ""
        inner = super().get_route_handler()

        async def taken(request: Request) -> Response:
            with ExitStack() as held:
                try:
                    await run_in_threadpool(_admit, request, operation)
                    request.state.arrived = await _arrived(request, held)
                except Refusal as refusal:
                    refused = answer(status_of(refusal), refusal.code, *refusal.faults)
                    refused.headers["Connection"] = "close"  # the rest of a file is not waited for
                    return refused
                held.callback(delattr, request.state, "arrived")  # before its place is given back
                return await inner(Request(request.scope, _nothing_more))

        return taken


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _admit(request: Request, operation: str) -> None:
    """Refuse a sender, a claim or a paper before the file is read.

    A key that was answered is let in whatever became of the claim since: a repeated request gets
    its answer again, and only the file itself shows whether it is one.
    """
    token = bearer(request.headers.get("authorization"))
    asked, key = request.path_params, request.headers.get("idempotency-key", "")

    def act(session: Session) -> None:
        actor = actor_of(session, token)
        allow(actor, operation)
        claim = claim_seen(session, actor, asked["claim_id"])
        if not books.is_kept(session, scope=scope_of(actor.party_id, operation), key=key):
            check_taken(case_of(session, claim.id), asked["code"])

    read(request.app.state.house.engine, act)


async def _arrived(request: Request, held: ExitStack) -> Arrived:
    """Read a file as it comes, hash it, and find out what it is; a larger one takes a place."""
    _check_claimed(request)
    try:
        async with timeout(READING_SECONDS):
            content, digest = await _streamed(request, held)
    except TimeoutError:
        words = f"took longer than {READING_SECONDS:g} seconds"
        fault = Fault("file", words, "send it over a faster line")
        raise Invalid("body-too-slow", fault) from None
    return Arrived(content, digest, await run_in_threadpool(recognise, content))


def _check_claimed(request: Request) -> None:
    claimed = request.headers.get("content-length", "")
    if claimed.isdecimal() and int(claimed[:20]) > LARGEST:
        raise _too_long()


async def _streamed(request: Request, held: ExitStack) -> tuple[bytes, str]:
    body, digest, placed = BytesIO(), sha256(), False
    async for chunk in request.stream():
        size = body.tell() + len(chunk)
        if size > LARGEST:
            raise _too_long()
        if size > SMALL and not placed:
            held.enter_context(_place())
            placed = True
        body.write(chunk)
        digest.update(chunk)
    return body.getvalue(), digest.hexdigest()  # handed over, where bytes() of a buffer copies it


@contextmanager
def _place() -> Iterator[None]:
    if not _PLACES.acquire(blocking=False):
        raise Unavailable("uploads-busy", _BUSY)
    try:
        yield
    finally:
        _PLACES.release()


def _too_long() -> Invalid:
    cure = "scan it in fewer colours, or send it in parts"
    return Invalid("body-too-long", Fault("file", f"is longer than {LARGEST} bytes", cure))
