"""Raising calls: what each party owes in all, less what it paid, is called for or paid back.

A call that is unpaid and whose amount no longer stands is superseded; one whose amount still
stands moves on to the newest settlement as it is, with its day and what was said on it.
"""

from collections.abc import Mapping

from sqlmodel import Session

from claims.calls.dossier import Dossier, dossier_of
from claims.calls.issue import issue
from claims.calls.moves import OPEN, State, Word
from claims.calls.paid import CALL, awaited, net_paid
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from claims.calls.waiting import waits
from claims.facts import Case
from claims.tables import SettlementRow
from kernel.desk import Desk


def raise_calls(
    session: Session,
    case: Case,
    settlement: SettlementRow,
    due: Mapping[str, int],
    *,
    desk: Desk,
    dossier: Dossier | None = None,
) -> list[CallRow]:
    """Bring the calls of a claim to its newest settlement; returns those that stand on it.

    `due` is what each party owes in all, in minor units; a party left out owes nothing. A party
    in default is not called: what it owes stands on the call that it did not pay. Under a scheme
    that pays on the final loss a party is called once that loss was filed. A refund is made but
    not returned: it is no call. `dossier` is that of the claim, where it was read already.

    Raises:
        Unavailable: the working-day table ends before the calls fall due.
    """
    assert all(minor >= 0 for minor in due.values()), "nobody owes less than nothing"
    dossier = dossier or dossier_of(session, case.claim.id)
    defaulted = case.claim.file.get("defaulted", ())
    standing = []
    for party in dict.fromkeys([*due, *(row.party for row in dossier.calls)]):
        if party in defaulted:
            continue
        mine = tuple(row for row in dossier.calls if row.party == party)
        wanted = due.get(party, 0) - net_paid(mine)
        if waits(session, case, settlement, party, wanted, desk=desk):
            continue
        call = bring(session, case, settlement, party, wanted, desk=desk, dossier=dossier)
        standing += [call] if call is not None and call.direction == CALL else []
    return standing


def bring(
    session: Session,
    case: Case,
    settlement: SettlementRow,
    party: str,
    wanted: int,
    *,
    desk: Desk,
    dossier: Dossier | None = None,
) -> CallRow | None:
    """Bring what is awaited of one party to `wanted`, minor units; below zero is a refund."""
    dossier = dossier or dossier_of(session, case.claim.id)
    mine = [row for row in dossier.calls if row.party == party]
    unpaid = [row for row in mine if row.state in OPEN]
    assert len(unpaid) <= 1, "one call on a party is open at a time"
    if unpaid and awaited(unpaid) == wanted:
        return _moved(session, unpaid[0], settlement, desk=desk)
    for row in unpaid:
        said = Said(Word.SUPERSEDED, row.open_minor, words=f"settlement {settlement.sequence}")
        speak(session, row, said, desk=desk, to=State.SUPERSEDED)
    if not wanted:
        return None
    return issue(session, case, settlement, party, wanted, desk=desk, dossier=dossier)


def _moved(session: Session, row: CallRow, settlement: SettlementRow, *, desk: Desk) -> CallRow:
    if row.settlement_id != settlement.id:
        row.settlement_id = settlement.id
        said = Said(Word.MOVED, row.open_minor, words=f"settlement {settlement.sequence}")
        speak(session, row, said, desk=desk)
    return row
