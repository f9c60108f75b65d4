"""What a route is given: the office, where its one act is done and answered.

    def read_quote(office: At, quote_id: Identifier) -> Response:
        return office.read(lambda session: ...)

    def bind_quote(office: At, key: Key, quote_id: Identifier) -> Response:
        return office.once(key, None, lambda session, desk: ...)

No dependency opens a session: a route's act runs, commits and is answered inside `transact`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.access import Actor
from api.answers import content_of, respond
from api.asked import Asked, scope_of
from api.house import House
from kernel.canonical import canonical_sha256
from kernel.db.engine import inside_an_act, read, transact
from kernel.desk import Desk

Made = TypeVar("Made")


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
        """Open a desk for the caller, before the database is read for it.

        The clock of a sandbox stands in the database: asked in the midst of a transaction, it
        would want a second connection while others wait for their first.
        """
        assert not inside_an_act(), "a desk is opened before its act"
        return self.house.desk(self.actor.access_id, self.actor.authority, self.actor.also)

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
        return self._done(self._asked(key, sent), self.desk(), act)

    def once_made(
        self,
        key: str,
        sent: BaseModel | None,
        make: Callable[[Desk], Made],
        keep: Callable[[Session, Desk, Made], BaseModel],
    ) -> Response:
        """Do as `once`, what is dear done before: nobody waits to write while it is made.

        `make` reads the database as it was a moment before; `keep` writes what was made of it.
        Between the two others may write, so what is made binds nobody.
        """
        asked, desk = self._asked(key, sent), self.desk()
        earlier = read(self.house.engine, asked.answered)
        if earlier:
            return earlier
        made = make(desk)
        return self._done(asked, desk, lambda session, desk: keep(session, desk, made))

    def _asked(self, key: str, sent: BaseModel | None) -> Asked:
        body = None if sent is None else sent.model_dump(mode="json")
        scope = scope_of(self.actor.party_id, self.operation)
        return Asked(scope, key, canonical_sha256([self.place, body]), self.status)

    def _done(
        self, asked: Asked, desk: Desk, act: Callable[[Session, Desk], BaseModel]
    ) -> Response:
        def whole(session: Session) -> Response:
            earlier = asked.answered(session)
            return earlier or asked.answer(session, content_of(act(session, desk)), desk.at)

        return transact(self.house.engine, whole)


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
