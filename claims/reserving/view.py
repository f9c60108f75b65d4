"""Case and modelled reserves of a claim side by side."""

from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from claims.facts import Case, case_of, facts_for
from claims.reserving import store
from claims.reserving.keep import asked_of
from claims.rules.reserve.lines import Reserves
from claims.rules.reserve.modelled import Closed, Expected, expected, modelled, unverified
from claims.worth import lines_of, paid_so_far
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.money import round_half_up
from kernel.sharing import split


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What is set aside and what is modelled.

    Attributes:
        standing: case reserves, minor units of the issuer's share.
        modelled: the same by claims of the kind.
        of: what is expected of them.
        closed: what the house's own came to.
        unverified: figures behind it that nobody has confirmed.
    """

    standing: Reserves
    modelled: Reserves
    of: Expected
    closed: Closed
    unverified: tuple[str, ...]


def side_by_side(session: Session, claim_id: str, desk: Desk) -> SideBySide:
    """Return the reserves of a claim, case and modelled.

    Of what is asked the issuer's part counts: as it was settled, before that as it would be shared
    today; the whole where a fact that the scheme needs is not registered.

    Raises:
        NotFound: there is no such claim.
    """
    case = case_of(session, claim_id)
    own = store.closed(session, case.kind.product, case.claim.currency)
    of = expected(case.kind.code, own)
    part = _own_part(session, case, desk)
    indemnity, defence = (round_half_up(part * one) for one in asked_of(session, case.claim))
    found = modelled((indemnity, defence), paid_so_far(case), of)
    return SideBySide(store.standing(session, case.claim), found, of, own, unverified())


def _own_part(session: Session, case: Case, desk: Desk) -> Fraction:
    issuer = case.contract.issuer
    if case.standing is not None and case.standing.eligible_minor:
        return Fraction(paid_so_far(case), case.standing.eligible_minor)
    loss = case.kind.loss(lines_of(case, {}), case.claim.currency)
    try:
        shared = split(case.scheme.scheme, loss, facts_for(session, case, desk.on))
    except Invalid:
        return Fraction(1)
    return Fraction(shared.paid_by(issuer), shared.eligible) if shared.eligible else Fraction(1)
