"""What a claim is worth today: its lines by its kind, and the issuer's share set aside for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlmodel import Session

from claims.facts import Case, facts_for
from claims.rules.by_line import shared_alone
from claims.rules.conduct.budget import within_budget
from claims.rules.coverage.borne import borne
from claims.rules.coverage.proportion import proportions
from claims.rules.kinds import Stated
from claims.rules.line import Line
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.sharing import split

_UNSHARED: Final = (
    "分担方案不分担此项，本项不予支付 not shared by the scheme of the policy: nothing of it is paid"
)

Adjusted = Mapping[str, tuple[int, str]]
"""Line -> minor units allowed, and why not more."""


def lines_of(
    case: Case,
    adjusted: Adjusted,
    *,
    asked: Mapping[str, int] | None = None,
    file: Mapping[str, Any] | None = None,
) -> tuple[Line, ...]:
    """Return what is asked and approved, line by line, with today's room in the sum insured.

    All of a claim's life is worked out at once: what it was paid before is in the room again.
    `asked` stands in for all that was asked, where only a part is to be paid now; `file` for the
    claim's own, where it is supposed to hold other facts.
    """
    file = case.claim.file if file is None else file
    own = case.standing.counted_minor if case.standing else 0
    stated = Stated(
        contract=case.contract,
        event_on=case.claim.default_date,
        asked=case.claim.asked if asked is None else asked,
        adjusted=within_budget(adjusted, case.claim.asked, case.over),
        file=file,
        loss_base=case.scheme.scheme.loss_base,
        room=case.policy.sum_insured_minor - case.policy.paid_minor + own,
        used=case.used,
        record=case.record,
    )
    found = borne(case.kind, stated, proportions(case.contract, case.others, file))
    return _said(case, found)


def _said(case: Case, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Say of each line that the scheme does not share that nothing of it is paid."""
    unit, base = case.claim.currency, case.scheme.scheme.loss_base
    return tuple(
        replace(line, reason=f"{line.reason}; {_UNSHARED}" if line.reason else _UNSHARED)
        if line.approved and not shared_alone(case.kind, lines, line, unit, base)
        else line
        for line in lines
    )


def approved_lines(case: Case) -> tuple[Line, ...]:
    """Return every line with what the last decision approved of it; nothing before the first."""
    asked, approved = case.claim.asked, case.claim.approved or {}
    return tuple(
        Line(code, asked.get(code, 0), approved.get(code, 0), approved.get(code, 0), "")
        for code in case.kind.lines
    )


def first_reserve(session: Session, case: Case, desk: Desk) -> int:
    """Return the issuer's share of what is asked and not paid yet, in minor units.

    A line that waits for a decision in force is set aside as if it had come: that what is asked is
    owed is the careful side.
    """
    return reserve_for(session, case, lines_of(case, {}, file=_awaited(case)), desk)


def reserve_for(session: Session, case: Case, lines: Sequence[Line], desk: Desk) -> int:
    """Return the issuer's share of what `lines` approve and is not paid yet, in minor units.

    Where a fact that the scheme needs is not registered, all that the scheme shares is set aside:
    a notice is never refused for it.
    """
    scheme, issuer = case.scheme.scheme, case.contract.issuer
    loss = case.kind.loss(lines, case.claim.currency)
    try:
        own = split(scheme, loss, facts_for(session, case, desk.on)).paid_by(issuer)
    except Invalid:
        own = loss.base(scheme.loss_base)
    return max(0, own - paid_so_far(case))


def _awaited(case: Case) -> dict[str, Any]:
    """Return the file as if the decision that its kind waits for had come, for every line of it.

    Once one has come, it says which lines are owed.
    """
    file, facts = case.claim.file, case.kind.awaits.values()
    if any(file.get(fact) for fact in facts):
        return dict(file)
    return {**file, **dict.fromkeys(facts, case.claim.default_date.isoformat())}


def paid_so_far(case: Case) -> int:
    """Return the issuer's own share of what was settled so far, in minor units."""
    tranches = case.standing.tranches if case.standing else ()
    return sum(tranche.get(case.contract.issuer, 0) for tranche in tranches)
