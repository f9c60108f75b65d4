"""ACT: the matter came to its end: settled, with consent or without, or adjudged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.measure import proposal
from claims.counsel.tables import ConsentAskedRow
from claims.facts import Case
from claims.fought import establish, matter_of, note
from claims.rules.conduct.concluded import in_all
from claims.rules.conduct.consent import UNCONSENTED, reassessed
from claims.rules.kinds.liability_facts import CONCLUDED, CONSENTS
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a matter ended.

    Attributes:
        reference: of the agreement or judgment.
        on: the day of it.
        amount: that the third party is owed, or was agreed.
        settlement: number within the claim of the settlement that consent was asked for; None
            where none was asked.
        judged: is it a judgment in force?
    """

    reference: str
    on: date
    amount: Money
    settlement: int | None = None
    judged: bool = False


def conclude_matter(session: Session, claim_id: str, outcome: Outcome, *, desk: Desk) -> None:
    """Record the end. Without consent it is assessed anew, not refused (Interpretation IV art. 19).

    What it costs is asked as an item of its own; here only its standing is established. A matter of
    several demands is concluded demand by demand, and no later conclusion forgives an earlier one.

    Raises:
        NotFound: there is no such claim or settlement.
        Conflict: the claim is decided, or that settlement or reference was concluded.
        Invalid: the day lies ahead, the amount is not above zero or in another currency.
    """
    case = matter_of(session, claim_id)
    _check(case, outcome, desk)
    row = _asked(session, claim_id, outcome)
    minor = outcome.amount.minor
    adjudged: tuple[bool, int | None] = (False, None)
    alone = adjudged if outcome.judged else reassessed(minor, proposal(row) if row else None)
    establish(case, desk.on, **in_all(case.claim.file, minor, alone))
    open_ = _still_open(session, case, outcome)
    case.claim.file = {**case.claim.file, **_kept(case, outcome), CONSENTS: open_}
    session.add(case.claim)
    session.flush()
    payload = {"reference": outcome.reference, "minor": minor, UNCONSENTED: alone[0]}
    note(session, case, "judged" if outcome.judged else "settlement_concluded", payload, desk)


def _still_open(session: Session, case: Case, outcome: Outcome) -> dict[str, dict[str, int]]:
    """Return the consents that are not concluded: of one demand, its judgment leaves none."""
    given: dict[str, dict[str, int]] = case.claim.file.get(CONSENTS) or {}
    if outcome.judged and not store.joined(session, case.claim.id):
        return {}
    return {whom: one for whom, one in given.items() if one["settlement"] != outcome.settlement}


def _kept(case: Case, outcome: Outcome) -> dict[str, Any]:
    """Return what the file keeps of a conclusion, beside those before it."""
    one = {
        "reference": outcome.reference,
        "minor": outcome.amount.minor,
        "settlement": outcome.settlement,
        "judged": outcome.judged,
    }
    judgment = {"judgment": outcome.reference} if outcome.judged else {}
    return {CONCLUDED: [*case.claim.file.get(CONCLUDED, ()), one], **judgment}


def _asked(session: Session, claim_id: str, outcome: Outcome) -> ConsentAskedRow | None:
    if outcome.settlement is None:
        return None
    row = store.one_of(session, ConsentAskedRow, claim_id, outcome.settlement, field="settlement")
    if row.concluded_on is not None:
        fault = Fault("settlement", "was concluded before", "name another, or none")
        raise Conflict("concluded", fault)
    row.concluded_on, row.concluded_minor = outcome.on, outcome.amount.minor
    session.add(row)
    return row


def _check(case: Case, outcome: Outcome, desk: Desk) -> None:
    faults = []
    if not case.claim.default_date <= outcome.on <= desk.on:
        faults.append(Fault("on", "is not from the demand to today", "give the day of it"))
    if outcome.amount.currency != case.claim.currency:
        faults.append(Fault("amount", f"the claim is in {case.claim.currency}", "give it in that"))
    if outcome.amount.minor <= 0:
        faults.append(Fault("amount", "is not above zero", "give what was agreed or adjudged"))
    if outcome.judged and outcome.settlement is not None:
        faults.append(Fault("settlement", "a judgment is no settlement", "leave it out"))
    if faults:
        raise Invalid("invalid", *faults)
    if outcome.reference in {one["reference"] for one in case.claim.file.get(CONCLUDED, ())}:
        words = f"{outcome.reference!r} was concluded before"
        raise Conflict("concluded", Fault("reference", words, "give each end its own reference"))
