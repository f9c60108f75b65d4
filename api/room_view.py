"""A case as each role may see it: the house, the insured, a seat of the scheme.

| what                    | house | insured | seat                      |
|-------------------------|-------|---------|---------------------------|
| facts, findings, papers | all   | all     | all; papers by name       |
| settlement, shares      | all   | all     | all                       |
| calls                   | all   | all     | own; others' amount, state|
| recoveries              | all   | all     | net, own part             |
| what is open            | all   | all     | not on others' calls and  |
|                         |       |         | payments, nor how a matter|
|                         |       |         | is fought                 |
| rights: values          | all   | all     | an appraiser's alone      |
| rights: state, price    | all   | all     | all                       |
| bids, buyers, expenses  | elsewhere       | no                        |
| reserve                 | yes   | no      | no                        |
| payees, bank details    | elsewhere       | no                        |
"""

from datetime import date

from sqlmodel import Session

from api.schemas.case_room import (
    OpenAnswer,
    RoomAnswer,
    RoomCall,
    RoomPaper,
    RoomRecovery,
    RoomRight,
    RoomSettlement,
    RoomShare,
    RoomValuation,
    TimelineAnswer,
    ToldAnswer,
)
from api.schemas.common import money
from claims import store
from claims.calls import store as calls
from claims.calls.store import CallRow
from claims.facts import Case
from claims.names import names_of
from claims.room.pledge import pledge_seen
from claims.room.sealed import settlement_sha256
from claims.room.story import story, waiting
from claims.room.view import Side, View
from claims.rules.asked import listed
from claims.rules.timeline import Open
from claims.rules.timeline.phrases import split_name
from claims.rules.timeline.turn import turn_said
from claims.rules.timeline.words import Names
from claims.store import ShareRow


def timeline_answer(session: Session, case: Case, view: View, on: date) -> TimelineAnswer:
    """Return the story of a claim as a viewer may hear it, and what is open on a day."""
    names = names_of(session, case)
    open_ = tuple(_open(one, names) for one in waiting(session, case.claim.id, view, on))
    told = story(session, case, view)
    return TimelineAnswer(
        claim_id=case.claim.id,
        number=case.claim.number,
        state=case.claim.state,
        state_zh=names.of(case.claim.state, "zh", "state"),
        state_en=names.of(case.claim.state, "en", "state"),
        as_of=on,
        next=open_[0] if open_ else None,
        open=open_,
        happened=tuple(ToldAnswer(kind=one.kind, on=one.on, zh=one.zh, en=one.en) for one in told),
    )


def room_answer(session: Session, case: Case, view: View) -> RoomAnswer:
    """Return a case as a viewer may see it."""
    row, unit = case.claim, case.claim.currency
    of_calls = calls.of_claim(session, row.id)
    return RoomAnswer(
        claim_id=row.id,
        number=row.number,
        state=row.state,
        scheme=case.policy.scheme_code,
        yours=tuple(sorted(view.parties)),
        default_date=row.default_date,
        notified_on=row.notified_on,
        asked={line: money(minor, unit) for line, minor in row.asked.items()},
        approved=None
        if row.approved is None
        else {line: money(minor, unit) for line, minor in row.approved.items()},
        findings=row.findings,
        papers=_papers(case),
        settlement=_settlement(session, case, view),
        calls=tuple(_call(one, view) for one in of_calls),
        recoveries=_recoveries(session, case, view),
        rights=_rights(session, case, view),
        reserve=money(row.reserve_minor, unit) if view.side is Side.HOUSE else None,
    )


def _open(one: Open, names: Names) -> OpenAnswer:
    zh, en, duty = turn_said(one, names, "zh"), turn_said(one, names, "en"), one.duty
    return OpenAnswer(
        code=duty.code,
        whose=duty.whose,
        who_zh=zh.who,
        who_en=en.who,
        zh=zh.task,
        en=en.task,
        clause=duty.clause,
        due=duty.due,
        late=one.late,
        days_left=one.days_left,
        said_zh=zh.sentence,
        said_en=en.sentence,
    )


def _papers(case: Case) -> tuple[RoomPaper, ...]:
    received = case.claim.file["papers"]
    return tuple(
        RoomPaper(code=code, zh=zh, en=en, received_on=received.get(code))
        for code, words in listed(case.contract.papers, case.claim.file).items()
        for zh, en in (split_name(words),)
    )


def _settlement(session: Session, case: Case, view: View) -> RoomSettlement | None:
    row = case.standing
    if row is None:
        return None
    unit = row.currency
    return RoomSettlement(
        id=row.id,
        sequence=row.sequence,
        purpose=row.purpose,
        settled_on=row.settled_on,
        eligible=money(row.eligible_minor, unit),
        uncovered=money(row.uncovered_minor, unit),
        shares=tuple(_share(one, view) for one in store.shares(session, row.id)),
        sha256=settlement_sha256(session, row),
    )


def _share(row: ShareRow, view: View) -> RoomShare:
    unit, own = row.currency, view.side is not Side.SEAT or row.party in view.parties
    return RoomShare(
        party=row.party,
        role=row.role,
        due=money(row.due_minor, unit),
        paid=money(row.paid_minor, unit),
        given_back=money(row.given_back_minor, unit) if own else None,
    )


def _call(row: CallRow, view: View) -> RoomCall:
    unit = row.currency
    plain = {"party": row.party, "direction": row.direction, "state": row.state}
    if view.side is Side.SEAT and row.party not in view.parties:
        return RoomCall(**plain, amount=money(row.amount_minor, unit))
    more = ("id", "payee", "clause", "due_on", "cure_until")
    return RoomCall(
        **plain,
        **{name: getattr(row, name) for name in more},
        amount=money(row.amount_minor, unit),
        paid=money(row.paid_minor, unit),
        disputed=money(row.disputed_minor, unit),
    )


def _rights(session: Session, case: Case, view: View) -> tuple[RoomRight, ...]:
    unit = case.claim.currency
    return tuple(
        RoomRight(
            number=one.number,
            state=one.state,
            valuations=tuple(
                RoomValuation(
                    appraiser=each.appraiser,
                    method=each.method,
                    on=each.on,
                    value=money(each.minor, unit),
                )
                for each in one.valuations
            ),
            price=None if one.price is None else money(one.price, unit),
        )
        for one in pledge_seen(session, case, view)
    )


def _recoveries(session: Session, case: Case, view: View) -> tuple[RoomRecovery, ...]:
    seat = view.side is Side.SEAT
    return tuple(
        RoomRecovery(
            sequence=row.sequence,
            value_date=row.value_date,
            net=money(row.net_minor, row.currency),
            parts={
                party: money(minor, row.currency)
                for party, minor in row.parts.items()
                if not seat or party in view.parties
            },
        )
        for row in store.recoveries(session, case.claim.id)
    )
