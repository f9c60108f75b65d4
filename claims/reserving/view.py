"""Case and modelled reserves of a claim side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sqlmodel import Session

from claims.facts import Case, case_of, facts_for
from claims.reserving import store
from claims.reserving.keep import asked_of
from claims.rules.lifecycle import State
from claims.rules.reserve.lines import Reserves
from claims.rules.reserve.modelled import Closed, Expected, expected, modelled, unverified
from claims.worth import approved_lines, lines_of, paid_so_far, reserve_for
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from kernel.money import Money, allocate, round_half_up
from kernel.sharing import split

_OWN: Final = "准备金管理 rules of reserving: what a person set, a person changes"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What is set aside and what is modelled.

    Attributes:
        standing: case reserves, minor units of the issuer's share.
        modelled: the same by claims of the kind.
        of: what is expected of them.
        closed: what the house's own came to.
        unverified: figures behind it that nobody has confirmed.
        findings: what somebody should look at.
    """

    standing: Reserves
    modelled: Reserves
    of: Expected
    closed: Closed
    unverified: tuple[str, ...]
    findings: tuple[Finding, ...]


def side_by_side(session: Session, claim_id: str, desk: Desk) -> SideBySide:
    """Return the reserves of a claim, case and modelled.

    Of what is asked, as far as it can be approved, the issuer's part counts: as it was settled,
    before that as it would be shared today; the whole where a fact that the scheme needs is not
    registered.

    Raises:
        NotFound: there is no such claim.
    """
    case = case_of(session, claim_id)
    own = store.closed(session, case.kind.product, case.claim.currency)
    of = expected(case.kind.code, own)
    part = _own_part(session, case, desk)
    indemnity, defence = (round_half_up(part * one) for one in _payable(session, case))
    found = modelled((indemnity, defence), paid_so_far(case), of)
    stands, seen = store.standing(session, case.claim).lines, tuple(_findings(session, case, desk))
    return SideBySide(stands, found, of, own, unverified(), seen)


def _findings(session: Session, case: Case, desk: Desk) -> Iterator[Finding]:
    """Yield that a person's own reserve of an accepted claim is not what is approved and unpaid."""
    kept = store.set_by_person(session, case.claim.id)
    if kept is None or case.claim.state != State.ACCEPTED:
        return
    unit, held = case.claim.currency, case.claim.reserve_minor
    owed = reserve_for(session, case, approved_lines(case), desk)
    if held != owed:
        stands, due = Money(held, unit), Money(owed, unit)
        yield Finding(
            "reserve-not-as-approved", Effect.INFORM,
            f"{kept.actor} set the reserve; {stands} stands, {due} is approved and not paid",
            f"准备金由{kept.actor}设定，现为{stands}；已核定未付的为{due}",
            _OWN, "set it to what is approved, or settle the claim",
            f"reserve {kept.sequence}",
        )  # fmt: skip


def _payable(session: Session, case: Case) -> tuple[int, int]:
    """Return what is asked of indemnity and of defence, as far as it can be approved, minor units.

    Of a loan its terms say that on the first day: what is approved and shared. Other kinds wait
    for what a court finds, and are held to the sum insured, or to two where a line has its own.
    """
    asked = asked_of(session, case.claim)
    if case.contract.loan is not None:
        loss = case.kind.loss(lines_of(case, {}), case.claim.currency)
        most = loss.base(case.scheme.scheme.loss_base)
    else:
        most = case.contract.sum_insured.minor * (2 if case.kind.beside else 1)
    if sum(asked) <= most:
        return asked
    indemnity, defence = allocate(most, list(asked))
    return indemnity, defence


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
