"""ACTS: who paid takes over the claim, tells those who owe it, and is noted as pledgee."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from sqlmodel import Session

from claims.demanded import paid_on_demand
from claims.disposal.held import locked, settled
from claims.disposal.recourse import notices, subrogation_of
from claims.disposal.tables import RecourseNoticeRow, SubrogationRow
from claims.facts import Case
from claims.papers.notice import Told, recourse_notice
from claims.papers.recourse import RECOURSE
from claims.rules.disposal.recourse import (
    Passed,
    Waiver,
    contributions,
    passed,
    waiver_findings,
)
from claims.tables import SettlementRow
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money, round_half_up
from underwriting import store as contracts

REGISTRY_WORKING_DAYS: Final = 10
"""To have the change of pledgee noted. Source `recovery-judgement`, grade K: the law sets no
day, and a pledge of a right is held by who stands in the register (Civil Code, art. 444)."""

ROLES: Final = {
    "debtor": "债务人 debtor",
    "infringer": "侵权人 infringer",
    "joint_tortfeasor": "共同侵权人 joint tortfeasor",
    "supplier": "供应商 supplier",
    "co_guarantor": "共同担保人 co-guarantor",
}
"""Role of who is told -> its words."""


@dataclass(frozen=True, slots=True)
class Liable:
    """A third party that is liable beside the debtor.

    Attributes:
        role: one of `ROLES` but `debtor`.
        name: who.
        share: its agreed or adjudged share, per 1; None is liable for the whole.
    """

    role: str
    name: str
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """What is known when a claim is taken over.

    Attributes:
        received: what the insured had of the debtor on what was paid.
        waivers: what the insured gave up.
        liable: third parties that are told beside the debtor.
        reason: why more passes than was taken over before, such as a figure of `received` that
            was too high; empty where no more does.
    """

    received: Money
    waivers: tuple[Waiver, ...] = ()
    liable: tuple[Liable, ...] = ()
    reason: str = ""


def subrogate(session: Session, claim_id: str, taking: Taking, *, desk: Desk) -> SubrogationRow:
    """Take a claim over within what was paid, and tell everybody who owes it.

    After a later settlement it is taken over anew, for what is paid by then. On the same one it is
    taken over anew for less where it is found that the insured had more of the debtor, or gave up
    or blocked recourse, and for more with the reason alone; everybody is told anew. What was paid
    on a demand under a letter is asked for whole, covered or not (Civil Code, art. 700).

    Raises:
        Conflict: nothing was settled or paid, or what passes is what was taken over on this
            settlement, or is more and no reason is given.
        Invalid: an amount is of another currency, nothing is left to take over, a role is not
            known, agreed shares are more than the whole, or nobody is named who owes it.
    """
    case = locked(session, claim_id)
    settlement = settled(session, case)
    held = subrogation_of(session, claim_id, lock=True)
    paid = paid_on_demand(session, case.claim.file) or settlement.paid_to_bank_minor
    _check(case, paid, taking)
    over = passed(paid, taking.received.minor, taking.waivers, settlement.settled_on)
    _check_left(held, over)
    _check_other(settlement, held, over, taking.reason)
    found = waiver_findings(taking.waivers, settlement.settled_on)
    row = held or SubrogationRow(
        id=new_id("su"), created_at=desk.at, claim_id=claim_id, currency=settlement.currency,
        settlement_id=settlement.id, taken_on=desk.on, findings=[],
        paid_minor=0, received_minor=0, taken_minor=0,
    )  # fmt: skip
    before = row.taken_minor if held is not None else None
    _update(row, case, settlement, over, desk)
    row.findings = [one.json() for one in found]
    contracts.add(session, row)
    told = _told(case, taking, over)
    _tell(session, case, row, told, before=before, reason=taking.reason, desk=desk)
    return row


def note_pledgee(
    session: Session, claim_id: str, reference: str, registered_on: date, *, desk: Desk
) -> SubrogationRow:
    """Record that the registry has noted the change of pledgee.

    Raises:
        Conflict: nothing was taken over, no pledge passed with it, or it is noted.
        Invalid: the day lies ahead or before the taking over.
    """
    locked(session, claim_id)
    row = subrogation_of(session, claim_id, lock=True)
    if row is None or row.registry_due is None:
        cure = "leave it out: whoever is pledgee of record stays so"
        cure = "take the claim over first" if row is None else cure
        fault = Fault("claim", "no pledge passed to the insurer", cure)
        raise Conflict("no-pledge-passed", fault)
    if row.registered_on is not None:
        fault = Fault("claim", f"was noted on {row.registered_on}", "read the subrogation")
        raise Conflict("pledgee-noted", fault)
    if not row.taken_on <= registered_on <= desk.on:
        cure = "give the day of the entry in the register"
        raise invalid("registered_on", "is not between taking over and today", cure)
    row.registered_on, row.registered_as = registered_on, reference
    contracts.add(session, row)
    payload = {"reference": reference, "registered_on": registered_on.isoformat()}
    _note(session, claim_id, "pledgee_noted", payload, desk)
    return row


def _check_left(held: SubrogationRow | None, over: Passed) -> None:
    """Refuse a first taking over of nothing; a later one may find that nothing is left."""
    if held is None and not over.taken:
        cure = "nothing is left to take over: have what was paid for it back from the insured"
        raise invalid("waivers", "take away all that was paid", cure)


def _check_other(
    settlement: SettlementRow, held: SubrogationRow | None, over: Passed, reason: str
) -> None:
    """Refuse a second taking over on one settlement that changes nothing, or more without a reason.

    Raises:
        Conflict: `taken-over`.
    """
    if held is None or held.settlement_id != settlement.id or over.taken < held.taken_minor:
        return
    if over.taken == held.taken_minor or not reason:
        cure = (
            "read the subrogation; state all that is received, waived or blocked, if it is more, "
            "or give the reason for which it is less"
        )
        raise Conflict("taken-over", Fault("claim", f"was taken over on {held.taken_on}", cure))


def _check(case: Case, paid: int, taking: Taking) -> None:
    if paid == 0:
        fault = Fault("claim", "nothing was paid", "settle the claim first")
        raise Conflict("nothing-paid", fault)
    if taking.received.currency != case.claim.currency or taking.received.minor < 0:
        raise invalid("received", f"is no amount in {case.claim.currency}", "give it in that")
    if taking.received.minor >= paid:
        words = f"is all of the {Money(paid, case.claim.currency)} that was paid, or more"
        cure = "nothing is left to take over: record what came back as a recovery"
        raise invalid("received", words, cure)
    for place, one in enumerate(taking.waivers):
        if one.minor < 0:
            raise invalid(f"waivers[{place}].amount", "is below nought", "give what was waived")
    known = [role for role in ROLES if role != "debtor"]
    for place, third in enumerate(taking.liable):
        if third.role not in known:
            cure = f"use one of {', '.join(known)}"
            raise invalid(f"liable[{place}].role", f"{third.role!r} is not known", cure)


def _update(
    row: SubrogationRow, case: Case, settlement: SettlementRow, over: Passed, desk: Desk
) -> None:
    recourse = RECOURSE.get(case.policy.product)
    row.settlement_id = settlement.id
    row.paid_minor, row.received_minor, row.taken_minor = over.paid, over.received, over.taken
    if recourse is not None and recourse.pledged and row.registry_due is None:
        row.registry_due = desk.calendar.earliest(desk.on, REGISTRY_WORKING_DAYS)


def _told(case: Case, taking: Taking, over: Passed) -> tuple[Told, ...]:
    """Return whom to tell and for how much: the debtor for the whole, others by their share."""
    told = [*_debtor(case, over), *_others(taking, over)]
    if not told:
        cure = "name the infringer, joint tortfeasor or supplier who is liable"
        raise invalid("liable", "names nobody, and the policyholder owes nothing", cure)
    return tuple(told)


def _debtor(case: Case, over: Passed) -> Iterator[Told]:
    recourse = RECOURSE.get(case.policy.product)
    if recourse is None or not recourse.debtor:
        yield Told("debtor", case.contract.policyholder, None, over.taken)


def _others(taking: Taking, over: Passed) -> Iterator[Told]:
    stated = {one.name: one.share for one in taking.liable if one.share is not None}
    rest = 1 - sum((one.share for one in taking.liable if one.share is not None), Fraction(0))
    if rest < 0:
        raise invalid("liable", "have shares of more than the whole", "state the agreed shares")
    by_share = contributions(over.taken, {**stated, "": rest}) if stated else {}
    for one in taking.liable:
        minor = by_share.get(one.name, over.taken)
        if one.share is not None and one.role != "co_guarantor":
            minor = round_half_up(over.taken * one.share)
        yield Told(one.role, one.name, one.share, minor)


def _tell(
    session: Session,
    case: Case,
    row: SubrogationRow,
    told: tuple[Told, ...],
    *,
    before: int | None,
    reason: str,
    desk: Desk,
) -> None:
    subject, earlier = books.Subject("claim", case.claim.id), len(notices(session, row.id))
    for place, one in enumerate(told, start=earlier + 1):
        form = recourse_notice(
            case, row, one, role=ROLES[one.role], number=f"{case.claim.number}-N{place}", desk=desk
        )
        paper = books.file_form(
            session, subject, "recourse_notice",
            number=form.number, stated=stated(form), at=desk.at,
        )  # fmt: skip
        notice = RecourseNoticeRow(
            id=new_id("rn"), created_at=desk.at, subrogation_id=row.id, position=place,
            role=one.role, name=one.name, share="" if one.share is None else str(one.share),
            amount_minor=one.minor, document_id=paper.id,
        )  # fmt: skip
        session.add(notice)
        sent = {"to": one.name, "role": one.role, "amount_minor": one.minor, "paper": form.number}
        books.enqueue(session, subject, "recourse_notice", sent, at=desk.at)
    session.flush()
    payload: dict[str, Any] = {
        "taken_minor": row.taken_minor, "told": [one.name for one in told],
    }  # fmt: skip
    if before is not None:
        payload["before_minor"] = before
    if reason:
        payload["reason"] = reason
    _note(session, case.claim.id, "taken_over", payload, desk)


def _note(session: Session, claim_id: str, kind: str, payload: dict[str, Any], desk: Desk) -> None:
    subject = books.Subject("claim", claim_id)
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)
