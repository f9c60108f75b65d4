"""A claim's next settlement: the whole approved loss is shared anew, the difference is paid."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from claims.calls.raise_calls import raise_calls
from claims.facts import Case
from claims.pooled import move_pools
from claims.replay import replay
from claims.rules.bookings import called
from claims.rules.line import Line
from claims.rules.purpose import Purpose
from claims.settling import books_of, pools, rows, say
from claims.settling.ahead import Ahead, read_ahead
from claims.settling.stated import Settling, settling
from claims.tables import SettlementRow
from kernel.db.gather import gathered
from kernel.desk import Desk
from kernel.sharing import Facts
from underwriting.means import Means


def restate(
    session: Session,
    case: Case,
    lines: Sequence[Line],
    purpose: Purpose,
    facts: Facts,
    *,
    desk: Desk,
    ahead: Ahead | None = None,
    known: date | None = None,
) -> SettlementRow:
    """Settle what `lines` approve, all in all, and pay what is owed beyond what was paid.

    The entry of the settlement before is reversed and the whole is entered anew; pools and years
    are charged by the difference; parties are called by the difference; recoveries are given
    back again on the new tranches. All of it stands in one transaction.

    `facts` are those of `claims.facts.facts_for`, read with the pools locked before policy and
    claim. `ahead` is what was read for it already, together with other claims. `known` is the day
    from which payment runs; where it is left out, the day of agreement. It reads first and writes
    last, so that each table is written once.

    Raises:
        Invalid: a fact that the scheme needs is not given.
        Conflict: a pool lacks what its party owes.
        Unavailable: the working-day table ends before the calls fall due.
    """
    with gathered(session):
        if ahead is None:
            ahead = read_ahead(session, [case], Means(session, lock=True))[case.claim.id]
        worked = settling(case, lines, purpose, facts)
        return _restated(session, case, worked, ahead, desk=desk, known=known)


def _restated(
    session: Session,
    case: Case,
    worked: Settling,
    ahead: Ahead,
    *,
    desk: Desk,
    known: date | None,
) -> SettlementRow:
    row, shares = rows.write(session, case, worked, desk=desk)
    borne = pools.risen(session, case, shares)
    pools.charge_years(session, case, row, borne, desk=desk, means=ahead.means)
    books_of.enter(session, case, worked, row, desk=desk, stands=ahead.reserves)
    say.order(session, case, worked, desk=desk)
    due = called(worked.shared, case.sides)
    calls = raise_calls(session, case, row, due, desk=desk, dossier=ahead.dossier)
    say.say(session, case, worked, row, calls, desk=desk, known=known)
    if ahead.recovered:  # a pool moves once, by what its party bears and gets back
        replay(session, case, row, desk=desk, why=f"settlement {row.sequence}", borne=borne)
    else:
        move_pools(session, case, borne, means=ahead.means)
    return row
