"""What a fought matter adds to the findings on a claim."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlmodel import Session

from claims.counsel.measure import measure, proposals, reserved_on
from claims.rules.conduct.budget import over_budget
from claims.rules.conduct.consent import withheld
from claims.rules.conduct.reserved import check_payable, late
from claims.rules.conduct.stages import FOUGHT, stages_of
from claims.rules.kinds import Kind
from claims.tables import ClaimRow
from kernel.errors import Conflict, Fault
from kernel.finding import Finding


def matter_findings(session: Session, claim: ClaimRow, kind: Kind, on: date) -> Iterator[Finding]:
    """Yield cost above its budget, consent withheld or overdue, rights reserved too late."""
    if kind.code not in FOUGHT:
        return
    yield from over_budget(measure(session, kind, claim.id), claim.currency)
    yield from withheld(proposals(session, claim.id), on)
    for one in reserved_on(session, claim.id):
        yield from late(one)


def check_payment(
    session: Session, claim: ClaimRow, kind: Kind, found: Iterable[Finding], lines: Iterable[str]
) -> None:
    """Refuse a payment on account over a ground that no reservation keeps open.

    A third party is paid once the house consented to what it is owed, or it was adjudged.

    Raises:
        Conflict: `not-covered`, or `no-consent`.
    """
    wanted = list(lines)
    defence = set(stages_of(kind).values())
    reserved = reserved_on(session, claim.id) if defence else ()
    check_payable(found, reserved, wanted, defence)
    kept = proposals(session, claim.id) if defence else ()
    agreed = any(one.consented for one in kept) or claim.file.get("judgment")
    if kept and not agreed and kind.to_third_party & set(wanted):
        cure = "consent to a settlement, or record the judgment, then pay the third party"
        raise Conflict("no-consent", Fault("amounts.damages", "nothing is owed yet", cure))
