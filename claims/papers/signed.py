"""The shares of a settlement as they stand signed, filled from what was said in the case room."""

from collections.abc import Sequence

from sqlmodel import Session

from claims import store as claims
from claims.facts import Case
from claims.room import store
from claims.room.sealed import settlement_sha256
from claims.room.store import DissentRow, ShareSignatureRow
from claims.tables import SettlementRow, ShareRow
from claims.worded import party_called
from documents.forms.signed_rows import Dissented, SignedShare
from documents.forms.signed_statement import SignedStatement
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import UNCOVERED

_OPEN = "尚未签署 not signed yet"
_SIGNED = "已签署 signed"
_DISSENTS = "不同意见 dissents"


def signed_statement(
    session: Session, case: Case, row: SettlementRow, *, desk: Desk
) -> SignedStatement:
    """Return the shares of a settlement and the dissent from it, as they stand now."""
    signed, dissents = said_on(session, case, row)
    words = sum(one.settlement_id == row.id for one in store.signatures(session, row.claim_id))
    words += sum(one.settlement_id == row.id for one in store.dissents(session, row.claim_id))
    number = f"{case.claim.number}-S{row.sequence}"
    return SignedStatement(
        number=f"{number}-G{words}",
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        statement_number=number,
        settled_on=row.settled_on,
        scheme_title=case.scheme.scheme.title,
        insured=case.bank,
        debtor=case.contract.policyholder,
        eligible=Money(row.eligible_minor, row.currency),
        sha256=settlement_sha256(session, row),
        signed=signed,
        dissents=dissents,
    )


def said_on(
    session: Session, case: Case, row: SettlementRow
) -> tuple[tuple[SignedShare, ...], tuple[Dissented, ...]]:
    """Return who signed which share of a settlement, and who dissents from it still, and why."""
    given = {
        one.party: one
        for one in store.signatures(session, row.claim_id)
        if one.settlement_id == row.id
    }
    stands = store.standing_dissents(session, row.claim_id)
    kept = [one for one in stands if one.settlement_id == row.id]
    shares = [
        one
        for one in claims.shares(session, row.id)
        if one.party != UNCOVERED and (one.paid_minor or one.party in given)
    ]
    return (
        tuple(_share(case, one, given.get(one.party), kept) for one in shares),
        tuple(
            Dissented(party_called(case, one.party), one.name, one.said_on, one.reason, one.clause)
            for one in kept
        ),
    )


def _share(
    case: Case, share: ShareRow, signed: ShareSignatureRow | None, kept: Sequence[DissentRow]
) -> SignedShare:
    against = [one for one in kept if one.party == share.party]
    party, borne = party_called(case, share.party), Money(share.paid_minor, share.currency)
    if against:  # a signature that came after it would have taken its place
        return SignedShare(party, borne, _DISSENTS, against[-1].name, against[-1].said_on)
    if signed:
        return SignedShare(party, borne, _SIGNED, signed.name, signed.signed_on)
    return SignedShare(party, borne, _OPEN)
