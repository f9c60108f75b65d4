"""What a caller may see: a client its own rows, the house all of them.

What is another client's is refused in the same words as what is not there at all.
"""

from typing import Final

from sqlmodel import Session

from api.access import Actor
from api.schemas.trail import SubjectType
from claims import store as claims
from claims.calls import store as calls
from claims.calls.store import CallRow
from claims.disposal import lots
from claims.disposal.lots import DisposalRow
from claims.overdue import store as overdues
from claims.overdue.store import OverdueRow
from claims.store import ClaimRow, RecoveryRow, SettlementRow
from kernel.errors import invalid
from underwriting import store
from underwriting.guarantees import store as letters
from underwriting.guarantees.store import LetterRow
from underwriting.loan_events import consents
from underwriting.loan_events.consents import ConsentRow
from underwriting.store import DocumentRow, PartyRow, PolicyRow, QuoteRow, missing

_NOBODY: Final = ""
"""Whose rows the house alone sees: no client has this id."""


def quote_seen(session: Session, actor: Actor, id_: str) -> QuoteRow:
    """Return a quote that the caller may see."""
    row = store.quote(session, id_)
    _own(actor, row.client_id, "quote")
    return row


def policy_seen(session: Session, actor: Actor, id_: str) -> PolicyRow:
    """Return a policy that the caller may see."""
    row = store.policy(session, id_)
    _own(actor, row.client_id, "policy")
    return row


def consent_seen(session: Session, actor: Actor, id_: str) -> ConsentRow:
    """Return a leave asked for that the caller may see."""
    row = consents.consent(session, id_)
    _own(actor, store.policy(session, row.policy_id).client_id, "consent")
    return row


def letter_seen(session: Session, actor: Actor, id_: str) -> LetterRow:
    """Return a letter that the caller may see."""
    row = letters.letter(session, id_)
    _own(actor, row.client_id, "letter")
    return row


def overdue_seen(session: Session, actor: Actor, id_: str) -> OverdueRow:
    """Return an overdue case that the caller may see."""
    row = overdues.overdue(session, id_)
    _own(actor, row.client_id, "overdue")
    return row


def claim_seen(session: Session, actor: Actor, id_: str) -> ClaimRow:
    """Return a claim that the caller may see."""
    row = claims.claim(session, id_)
    _own(actor, row.client_id, "claim")
    return row


def settlement_seen(session: Session, actor: Actor, id_: str) -> SettlementRow:
    """Return a settlement that the caller may see."""
    row = claims.settlement(session, id_)
    _own(actor, claims.claim(session, row.claim_id).client_id, "settlement")
    return row


def call_seen(session: Session, actor: Actor, id_: str) -> CallRow:
    """Return a call that the caller may see."""
    row = calls.call(session, id_)
    settlement = claims.settlement(session, row.settlement_id)
    _own(actor, claims.claim(session, settlement.claim_id).client_id, "call")
    return row


def recovery_seen(session: Session, actor: Actor, id_: str) -> RecoveryRow:
    """Return a recovery that the caller may see."""
    row = claims.recovery(session, id_)
    _own(actor, claims.claim(session, row.claim_id).client_id, "recovery")
    return row


def disposal_seen(session: Session, actor: Actor, id_: str) -> DisposalRow:
    """Return a disposal that the caller may see."""
    row = lots.disposal(session, id_)
    _own(actor, claims.claim(session, row.claim_id).client_id, "disposal")
    return row


def party_seen(session: Session, actor: Actor, id_: str) -> PartyRow:
    """Return a party that the caller may see: a client sees itself."""
    row = store.party(session, id_)
    _own(actor, row.id, "party")
    return row


def document_seen(session: Session, actor: Actor, id_: str) -> DocumentRow:
    """Return a paper on a subject that the caller may see."""
    row = store.document(session, id_)
    _own(actor, _client_of(session, SubjectType(row.subject_type), row.subject_id), "document")
    return row


def subject_seen(session: Session, actor: Actor, kind: SubjectType, id_: str) -> None:
    """Refuse a subject that the caller may not see."""
    _own(actor, _client_of(session, kind, id_), kind.value)


def client_named(actor: Actor, client_id: str | None) -> str:
    """Return the client that a proposal is for: the caller's own, or the one named.

    Raises:
        Invalid: the house names no client.
        NotFound: it is another than the calling client.
    """
    named = client_id or actor.only_client
    if named is None:
        cure = "name the bank that lends, or the firm or broker that asks"
        raise invalid("client_id", "is missing", cure)
    _own(actor, named, "party")
    return named


def _client_of(session: Session, kind: SubjectType, id_: str) -> str:
    if kind is SubjectType.QUOTE:
        return store.quote(session, id_).client_id
    if kind is SubjectType.POLICY:
        return store.policy(session, id_).client_id
    if kind is SubjectType.LETTER:
        return letters.letter(session, id_).client_id
    if kind in (SubjectType.SCHEME, SubjectType.REPORT):
        return _NOBODY
    return claims.claim(session, id_).client_id


def _own(actor: Actor, client_id: str, kind: str) -> None:
    if not actor.sees(client_id):
        raise missing(kind)
