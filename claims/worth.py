"""What a claim is worth today: its lines by its kind, and the issuer's share set aside for it."""

from collections.abc import Mapping

from sqlmodel import Session

from claims.facts import Case, facts_for
from claims.rules.conduct.budget import within_budget
from claims.rules.coverage.borne import borne
from claims.rules.coverage.proportion import proportions
from claims.rules.kinds import Stated
from claims.rules.line import Line
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.sharing import split

Adjusted = Mapping[str, tuple[int, str]]
"""Line -> minor units allowed, and why not more."""


def lines_of(
    case: Case, adjusted: Adjusted, *, asked: Mapping[str, int] | None = None
) -> tuple[Line, ...]:
    """Return what is asked and approved, line by line, with today's room in the sum insured.

    All of a claim's life is worked out at once: what it was paid before is in the room again.
    `asked` stands in for all that was asked, where only a part is to be paid now.
    """
    own = case.standing.counted_minor if case.standing else 0
    stated = Stated(
        contract=case.contract,
        event_on=case.claim.default_date,
        asked=case.claim.asked if asked is None else asked,
        adjusted=within_budget(adjusted, case.claim.asked, case.over),
        file=case.claim.file,
        loss_base=case.scheme.scheme.loss_base,
        room=case.policy.sum_insured_minor - case.policy.paid_minor + own,
        used=case.used,
    )
    return borne(case.kind, stated, proportions(case.contract, case.others, case.claim.file))


def first_reserve(session: Session, case: Case, desk: Desk) -> int:
    """Return the issuer's share of what is asked and not paid yet, in minor units.

    Where a fact that the scheme needs is not registered, the whole is set aside: a notice is
    never refused for it.
    """
    scheme, issuer = case.scheme.scheme, case.contract.issuer
    loss = case.kind.loss(lines_of(case, {}), case.claim.currency)
    try:
        own = split(scheme, loss, facts_for(session, case, desk.on)).paid_by(issuer)
    except Invalid:
        own = loss.total
    return max(0, own - paid_so_far(case))


def paid_so_far(case: Case) -> int:
    """Return the issuer's own share of what was settled so far, in minor units."""
    tranches = case.standing.tranches if case.standing else ()
    return sum(tranche.get(case.contract.issuer, 0) for tranche in tranches)
