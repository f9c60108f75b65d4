"""ACT: a demand is refused, in one notice that names every ground, within the days for it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from kernel.desk import Desk
from kernel.finding import Effect, Finding
from underwriting.guarantees import store
from underwriting.guarantees.answered import (
    check_open,
    demanded_of,
    keep_days,
    notice_number,
    settle_demand,
    state_after,
)
from underwriting.guarantees.open_demands import days_of
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.payable import payable_of
from underwriting.guarantees.record import become, registered, told
from underwriting.guarantees.sheets import code_url, sheet
from underwriting.guarantees.stated import GroundStated
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.moves import State
from underwriting.letters.usage import Use
from underwriting.papers.letter_answers import letter_refusal


def refusal_sheets(
    session: Session,
    letter_id: str,
    reference: str,
    stated: Sequence[GroundStated],
    *,
    desk: Desk,
    public_url: str,
) -> tuple[Sheet, ...]:
    """Return the notice: the grounds that the house found and those that are stated beside.

    Raises:
        NotFound: there is no such letter or demand.
        Conflict: `demand-answered`, `refusal-without-ground`; `refusal-precluded` after the last
            day of examination where any of it can be paid; then also `demand-open`, where another
            demand holds the declaration and is answered first.
        Unavailable: `calendar-ended`: whether it is too late only the next year's table of
            working days says.
    """
    row = store.letter(session, letter_id)
    demand = store.demand_named(session, row.id, reference)
    check_open(demand)
    grounds = grounds_of(demand, stated)
    version = store.version(session, row.id, row.edition)
    terms, number = store.terms_of(version), notice_number(session, row, demand, "R")
    days = days_of(demand, terms.demands, desk.calendar)
    _check_in_time(session, row, demand, days, on=desk.on, grounds=len(grounds))
    form = letter_refusal(
        terms,
        demanded_of(terms, demand, days),
        grounds,
        number=number,
        on=desk.on,
        refused_by=days.refuse_by,
        late=desk.on > days.refuse_by,
        code_url=code_url(public_url, version),
        content_hash=version.content_hash,
    )
    return (sheet(form, terms, number),)


def refuse_demand(
    session: Session,
    letter_id: str,
    reference: str,
    stated: Sequence[GroundStated],
    papers: Sequence[Drawn],
    *,
    desk: Desk,
    public_url: str,
) -> LetterDemandRow:
    """Refuse a demand; its reserve stays for the tax.

    Raises:
        As `refusal_sheets`; Conflict `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    sheets = refusal_sheets(session, row.id, reference, stated, desk=desk, public_url=public_url)
    check_same(papers, sheets)
    demand = store.demand_named(session, row.id, reference)
    grounds = grounds_of(demand, stated)
    demand.grounds = [one.json() for one in grounds]
    terms = store.terms_in_force(session, row)
    keep_days(demand, days_of(demand, terms.demands, desk.calendar))
    demand.state = "refused"
    settle_demand(session, row, demand, Use.REFUSE_DEMAND, desk=desk)
    reason = f"demand {reference} refused"
    if row.state == State.DEMANDED:
        to = state_after(session, row, State.IN_USE)
        become(session, row, to, desk=desk, papers=papers, reason=reason)
    else:  # it held nothing, so it moved nothing
        registered(session, row, row.edition, row.state, desk=desk, papers=papers, reason=reason)
    payload = {
        "reference": reference,
        "grounds": [one.code for one in grounds],
        "late": desk.on > demand.refuse_by,
    }
    told(session, row, "demand_refused", payload, desk=desk)
    return demand


def _check_in_time(
    session: Session,
    row: LetterRow,
    demand: LetterDemandRow,
    days: DemandClock,
    *,
    on: date,
    grounds: int,
) -> None:
    """Let a late refusal pass only where nothing could be paid: it would be stuck otherwise.

    That is the one rule for what is late, whatever the ground: what could have been refused in
    time and was not is paid.
    """
    late = on > days.refuse_by
    payable = not late or demand.held or payable_of(session, row, demand) is not None
    days.check_refusal(on, notices=0, grounds=grounds, payable=payable)


def grounds_of(demand: LetterDemandRow, stated: Sequence[GroundStated]) -> tuple[Finding, ...]:
    """Return every ground once: those found at receipt, then those stated."""
    found = [Finding.of(one) for one in demand.grounds]
    more = [
        Finding(one.code, Effect.DECLINE, one.en, one.zh, "letter: demand", "mend it and demand")
        for one in stated
        if one.code not in {ground.code for ground in found}
    ]
    return (*found, *more)
