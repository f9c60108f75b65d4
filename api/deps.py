"""What a route is given: the office, where its one act is done and answered.

    def read_quote(office: At, quote_id: Identifier) -> Response:
        return office.read(lambda session: ...)

    def bind_quote(office: At, key: Key, quote_id: Identifier) -> Response:
        return office.once(key, None, lambda session, desk: ...)

No dependency opens a session: a route's act runs, commits and is answered inside `transact`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.access import Actor
from api.answers import JSON, content_of, respond
from api.house import House
from kernel.canonical import canonical_sha256
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.desk import Desk


@dataclass(frozen=True, slots=True)
class Office:
    """One request: who asks whom for what.

    Attributes:
        house: the installation.
        actor: who asks.
        operation: operation id of the route.
        place: method and path.
        status: of the answer when all goes well.
    """

    house: House
    actor: Actor
    operation: str
    place: str
    status: int

    def desk(self) -> Desk:
        """Open a desk for the caller."""
        return self.house.desk(self.actor.access_id)

    def read(self, act: Callable[[Session], BaseModel]) -> Response:
        """Answer from one snapshot of the database."""
        return respond(read(self.house.engine, lambda session: content_of(act(session))))

    def once(
        self, key: str, sent: BaseModel | None, act: Callable[[Session, Desk], BaseModel]
    ) -> Response:
        """Do an act once for its key, and keep the answer in the same transaction.

        The same key with the same request gets the same bytes again, for ever; a refusal is
        not kept. The key is the party's own and of this operation only.

        Raises:
            Conflict: `idempotency-key-reused`, where the key came with another request.
        """
        desk = self.desk()
        body = None if sent is None else sent.model_dump(mode="json")
        scope = f"{self.actor.party_id}:{self.operation}"
        asked = canonical_sha256([self.place, body])

        def whole(session: Session) -> tuple[int, bytes, bool]:
            earlier = books.recall(session, scope=scope, key=key, request_sha256=asked)
            if earlier is not None:
                return earlier.status, earlier.response, True
            content = content_of(act(session, desk))
            books.remember(
                session,
                scope=scope,
                key=key,
                request_sha256=asked,
                status=self.status,
                response=content,
                content_type=JSON,
                at=desk.at,
            )
            return self.status, content, False

        status, content, again = transact(self.house.engine, whole)
        headers = {"Idempotent-Replayed": "true"} if again else {}
        return respond(content, status=status, headers=headers)


async def office(request: Request) -> Office:
    """Gather what a route is given; the caller was let in by `api.route`."""
    route = request.scope["route"]
    return Office(
        house=request.app.state.house,
        actor=request.state.actor,
        operation=route.operation_id,
        place=f"{request.method} {request.url.path}",
        status=route.status_code or 200,
    )


At = Annotated[Office, Depends(office)]
"""Where a route's act is done."""

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="Your own name for this one act; the same key does it once, however often "
        "it is sent.",
        examples=["2026-03-02-quote-0001"],
    ),
]
"""The caller's name for one act."""
