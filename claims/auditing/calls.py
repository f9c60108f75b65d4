"""Calls of one claim: what a party paid, is called for and will be called for is its share."""

from collections.abc import Iterator

from sqlmodel import Session

from claims import store
from claims.calls import store as called
from claims.calls.moves import State
from claims.calls.paid import awaited, net_paid
from claims.facts import frozen_scheme, sides_of
from claims.tables import ClaimRow, SettlementRow
from kernel.sharing import UNCOVERED
from underwriting import store as contracts


def disagreements(session: Session, claim: ClaimRow, row: SettlementRow) -> Iterator[str]:
    """Yield each party whose calls and refunds are not its share of the newest settlement.

    A party in default is not called for what others bear in its place.
    """
    policy = contracts.policy(session, claim.policy_id)
    sides = sides_of(
        frozen_scheme(policy.scheme_text).scheme,
        policy.contract["issuer"],
        settles=policy.contract["settles"],
    )
    own = {sides.issuer, sides.bank, UNCOVERED}
    due = {share.party: share.paid_minor for share in store.shares(session, row.id)}
    calls = called.of_claim(session, claim.id)
    waiting = {
        one.party: one.amount_minor
        for one in called.filings(session, claim.id)
        if one.state != "filed"
    }
    for party in {*due, *(call.party for call in calls)} - own:
        mine = [call for call in calls if call.party == party]
        if party in claim.file.get("defaulted", ()) or any(
            call.state == State.DEFAULTED for call in mine
        ):
            continue
        if net_paid(mine) + awaited(mine) + waiting.get(party, 0) != due.get(party, 0):
            yield f"a call is not its party's share: {party}"
