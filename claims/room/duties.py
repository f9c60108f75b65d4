"""What somebody has to do in the case room: sign a share, hear an appeal."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlmodel import Session

from claims import store as claims
from claims.room import store
from claims.room.terms import appeal_terms
from claims.rules.duty import Duty
from claims.rules.lifecycle import State
from kernel.sharing import UNCOVERED

_HOUSE: Final = "insurer"


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:  # noqa: ARG001 - every part is asked the same
    """Return who has to sign the newest settlement, and who has to answer an appeal."""
    return (*_signatures(session, claim_id), *_appeals(session, claim_id))


def _signatures(session: Session, claim_id: str) -> Iterator[Duty]:
    """Yield a duty for each party that signs; whoever dissented has had its say.

    After the close nobody is waited for.
    """
    standing = claims.settlement_of(session, claim_id)
    if standing is None:
        return
    said = {
        one.party: one.said_on
        for one in store.dissents(session, claim_id)
        if one.settlement_id == standing.id
    }
    said |= {
        one.party: one.signed_on
        for one in store.signatures(session, claim_id)
        if one.settlement_id == standing.id
    }
    closed = claims.claim(session, claim_id).state == State.CLOSED
    for party in signers(session, standing.id):
        if party in said or not closed:
            yield Duty(
                f"sign_{standing.sequence}_{party}", party,
                f"签署第{standing.sequence}次结算中自己的份额，或保留不同意见",
                f"sign its own share of settlement {standing.sequence}, or dissent",
                "分担方案 the scheme", None, said.get(party),
            )  # fmt: skip


def signers(session: Session, settlement_id: str) -> tuple[str, ...]:
    """Return who signs a settlement: each party that bears a part of it.

    One that bears all shares with nobody.
    """
    shares = [one.party for one in claims.shares(session, settlement_id) if one.paid_minor]
    return tuple(one for one in shares if one != UNCOVERED) if len(shares) > 1 else ()


def _appeals(session: Session, claim_id: str) -> Iterator[Duty]:
    for row in store.appeals(session, claim_id):
        yield Duty(
            f"appeal_{row.sequence}", _HOUSE, f"由新的合议组答复第{row.sequence}次申诉",
            f"answer appeal {row.sequence} by a new panel", appeal_terms().clause,
            row.answer_by, row.answered_on,
        )  # fmt: skip
