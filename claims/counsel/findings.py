"""What a fought matter adds to the findings on a claim."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlmodel import Session

from claims.counsel.measure import proposals, reserved_on
from claims.rules.conduct.budget import Measured, over_budget
from claims.rules.conduct.consent import held_back, withheld
from claims.rules.conduct.reserved import check_payable, late
from claims.rules.conduct.stages import FOUGHT, stages_of
from claims.rules.kinds import Kind
from claims.tables import ClaimRow
from kernel.errors import Conflict
from kernel.finding import Finding


def matter_findings(
    session: Session, claim: ClaimRow, kind: Kind, measured: Measured, on: date
) -> Iterator[Finding]:
    """Yield cost above its budget, consent withheld or overdue, rights reserved too late."""
    if kind.code not in FOUGHT:
        return
    yield from over_budget(measured, claim.currency, kind.lines)
    yield from withheld(proposals(session, claim.id), on)
    for one in reserved_on(session, claim.id):
        yield from late(one)


def check_payment(
    session: Session,
    claim: ClaimRow,
    kind: Kind,
    found: Iterable[Finding],
    recognised: Mapping[str, int],
) -> None:
    """Refuse a payment on account over a ground that no reservation keeps open.

    A third party is paid once the house consented to what it is owed, or it was adjudged.

    Args:
        session: of the act.
        claim: that is paid on.
        kind: of it.
        found: on its cover.
        recognised: line that something is paid of -> minor units on account, all in all.

    Raises:
        Conflict: `not-covered`, or `no-consent`.
    """
    defence = set(stages_of(kind).values())
    reserved = reserved_on(session, claim.id) if defence else ()
    check_payable(found, reserved, list(recognised), defence)
    owed = {line: minor for line, minor in recognised.items() if line in kind.to_third_party}
    kept = proposals(session, claim.id) if owed else ()
    faults = [
        fault for line, minor in owed.items() for fault in held_back(line, minor, kept, claim.file)
    ]
    if faults:
        raise Conflict("no-consent", *faults)
