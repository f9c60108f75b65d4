"""What is watched, written for the wire: a policy, the list, a bank."""

from datetime import date

from api.schemas.collateral import (
    AlertAnswer,
    BankNplAnswer,
    MoveAnswer,
    OnListAnswer,
    RightScoreAnswer,
    ToleranceAnswer,
    WatchAnswer,
)
from api.schemas.common import Finding, money
from underwriting.loan_events.bank_npl import BankNpl
from underwriting.loan_events.listed import OnList
from underwriting.loan_events.scored import Scored
from underwriting.loan_events.watched import Watched
from underwriting.watch.alert import Alert
from underwriting.watch.npl import Tolerance, npl_finding, npl_law


def watch_answer(seen: Watched) -> WatchAnswer:
    """Return a policy under watch."""
    pledge = seen.pledge
    shut = [one for one in seen.alerts if not one.is_open(seen.on)]
    return WatchAnswer(
        policy_id=seen.policy.id,
        valid_on=seen.on,
        level=seen.level.value,
        open=tuple(_alert(one, seen.on) for one in seen.open),
        closed=tuple(_alert(one, seen.on) for one in shut),
        moves=tuple(
            MoveAnswer(on=one.on, before=one.before, after=one.after, because=one.because)
            for one in seen.moves
        ),
        rights=() if pledge is None else _rights(pledge, seen.policy.currency),
        loan_to_value_before=None if pledge is None else pledge.before,
        loan_to_value_after=None if pledge is None else pledge.after,
        loan_to_value_limit=None if pledge is None else pledge.limit,
        grade=seen.grade,
        grade_now=seen.grade_now,
    )


def on_list_answer(one: OnList) -> OnListAnswer:
    """Return a policy on the watch list."""
    return OnListAnswer(
        policy_id=one.policy.id,
        number=one.policy.number,
        product=one.policy.product,
        level=one.level.value,
        kinds=one.kinds,
        next_deadline=one.next_deadline,
    )


def npl_answer(bank_id: str, seen: BankNpl) -> BankNplAnswer:
    """Return where a bank stands."""
    return BankNplAnswer(
        bank_id=bank_id,
        valid_on=seen.on,
        own_ratio=None if seen.own is None else seen.own.ratio,
        own_as_of=None if seen.own is None else seen.own.as_of,
        own_source=None if seen.own is None else seen.own.source,
        points=npl_law()["points"],
        currencies=tuple(_tolerance(unit, one) for unit, one in seen.by_currency.items()),
    )


def _tolerance(unit: str, one: Tolerance) -> ToleranceAnswer:
    return ToleranceAnswer(
        currency=unit,
        loans=one.loans,
        owed=money(one.owed, unit),
        non_performing=money(one.bad, unit),
        ratio=None if one.ratio is None else str(one.ratio),
        limit=None if one.limit is None else str(one.limit),
        within=one.within,
        room=money(one.room, unit) if one.room is not None and one.room >= 0 else None,
        finding=Finding(**npl_finding(one).json()),
    )


def _alert(one: Alert, on: date) -> AlertAnswer:
    noted = one.noted
    return AlertAnswer(
        kind=noted.kind,
        subject=noted.subject.value,
        name=noted.name,
        level=one.level(on).value,
        happened_on=noted.happened_on,
        noted_on=noted.noted_on,
        deadline=noted.deadline,
        closed_on=one.closed_on,
        finding=Finding(**one.finding(on).json()),
    )


def _rights(pledge: Scored, unit: str) -> tuple[RightScoreAnswer, ...]:
    return tuple(
        RightScoreAnswer(
            office=one.right.office,
            number=one.right.number,
            ended=one.state.ended,
            pledged=one.state.pledged,
            dispute=one.state.dispute.value,
            standing=one.state.standing.value,
            value_left=str(one.state.value),
            in_force_before=one.before,
            in_force_after=one.after,
            secures_before=money(round(one.secured_before), unit),
            secures_after=money(round(one.secured_after), unit),
        )
        for one in pledge.scores
    )
