"""Settlements of one claim: each is whole, they follow one another, recoveries are its own."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from claims import store
from claims.rules.disposal.chronology import totals
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.sharing import UNCOVERED

NOT_SHARED = "shares are not the eligible loss"


def disagreements(
    session: Session, claim: ClaimRow, rows: Sequence[SettlementRow]
) -> Iterator[tuple[SettlementRow, str]]:
    """Yield each settlement of a claim whose figures disagree, and in what."""
    shares: Sequence[ShareRow] = ()
    for place, row in enumerate(rows, start=1):
        shares = store.shares(session, row.id)
        for holds, problem in (*_own(row, shares), (row.sequence == place, "a settlement lacks")):
            if not holds:
                yield row, problem
    for holds, problem in _newest(session, claim, shares):
        if not holds:
            yield rows[-1], problem


def _own(row: SettlementRow, shares: Sequence[ShareRow]) -> Iterator[tuple[bool, str]]:
    borne = {share.party: share.paid_minor for share in shares}
    yield sum(borne.values()) == row.eligible_minor, NOT_SHARED
    yield borne.get(UNCOVERED, 0) == row.uncovered_minor, "the uncovered part disagrees"
    yield sum(row.payees.values()) in (row.paid_out_minor, 0), "payees are not what was paid out"
    paid = sum(line["paid"] for line in row.lines)
    yield not row.lines or paid == row.paid_to_bank_minor, "lines are not what is paid"


def _newest(
    session: Session, claim: ClaimRow, shares: Sequence[ShareRow]
) -> Iterator[tuple[bool, str]]:
    """Yield whether what recoveries gave back agrees with the shares of the newest settlement."""
    recoveries = store.recoveries(session, claim.id)
    given = totals(one.parts for one in recoveries)
    yield (
        all(share.given_back_minor == given.get(share.party, 0) for share in shares),
        "what was given back is not what the recoveries say",
    )
    yield (
        all(one.net_minor == one.surplus_minor + sum(one.parts.values()) for one in recoveries),
        "a recovery's parts are not its net",
    )
