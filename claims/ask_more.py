"""ACT: what is asked on a claim grows: further bills, interest run on, damages put at a figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_of, case_on
from claims.reserving.follow import follow_items
from claims.rules.conduct.stages import no_stage, stages_of
from claims.rules.lifecycle import OPEN, State
from claims.tables import ClaimItemRow
from claims.worth import first_reserve
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is asked.

    Attributes:
        line: of the kind of claim.
        amount: above zero, in the claim's currency.
        reference: the bill's, court's or bank's own; one item each.
        words: what it is for.
        stage: of the matter, such as `first_instance`, one of those of its line; empty where it
            has none.
    """

    line: str
    amount: Money
    reference: str
    words: str
    stage: str = ""


def ask_more(
    session: Session, claim_id: str, items: Sequence[Item], *, desk: Desk
) -> tuple[ClaimItemRow, ...]:
    """Add items to an open claim; the reserve follows what is asked. All or none is taken.

    A reserve that a person set is raised by what the items add to it, and never replaced.

    Raises:
        Conflict: the claim is decided, or a reference was given before.
        Invalid: a line is none of the kind's, a stage of a fought matter none of its line, an
            amount is not above zero or in another currency, or nothing is asked; all of it at
            once.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    _check_open(row.state)
    if faults := list(_faults(case, items)):
        raise Invalid("invalid", *faults)
    _check_new(session, case, items)
    before = first_reserve(session, case, desk)
    written, more = tuple(_row(case, item, desk) for item in items), Counter[str]()
    for one in written:
        session.add(one)
        more[one.line] += one.amount_minor
    row.asked = {**row.asked, **{line: row.asked.get(line, 0) + more[line] for line in more}}
    session.add(row)
    session.flush()
    again = case_on(session, row, case.policy)  # these items count on the budgets of their stages
    follow_items(session, again, more, before=before, desk=desk)
    added = [{"line": one.line, "reference": one.reference, "amount_minor": one.amount_minor}
             for one in written]  # fmt: skip
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "asked_more", {"items": added}, actor=desk.actor, at=desk.at)
    return written


def _check_open(state: str) -> None:
    if state in OPEN:
        return
    cures = {
        State.ACCEPTED: "settle it, then revise it",
        State.SETTLED: "revise it first: POST /v1/claims/{id}/revision",
    }
    cure = cures.get(State(state), "reopen it first")
    raise Conflict("claim-decided", Fault("state", f"the claim is {state}", cure))


def _faults(case: Case, items: Sequence[Item]) -> Iterator[Fault]:
    if not items:
        yield Fault("items", "asks for nothing", "state at least one item")
    known, stages = ", ".join(case.kind.lines), stages_of(case.kind)
    for place, item in enumerate(items):
        if item.line not in case.kind.lines:
            yield Fault(f"items.{place}.line", f"{item.line!r} is no line of it", f"use {known}")
        elif stages and item.stage:
            yield from no_stage(stages, item.stage, f"items.{place}.stage", item.line)
        if item.amount.currency != case.claim.currency:
            words = f"the claim is in {case.claim.currency}"
            yield Fault(f"items.{place}.amount", words, "give it in that")
        if item.amount.minor <= 0:
            yield Fault(f"items.{place}.amount", "is not above zero", "give what is asked")


def _check_new(session: Session, case: Case, items: Sequence[Item]) -> None:
    taken = {one.reference for one in store.items(session, case.claim.id)}
    faults = []
    for place, item in enumerate(items):
        if item.reference in taken:
            cure = "give each item its own reference"
            faults.append(Fault(f"items.{place}.reference", "this item is recorded", cure))
        taken.add(item.reference)
    if faults:
        raise Conflict("item-twice", *faults)


def _row(case: Case, item: Item, desk: Desk) -> ClaimItemRow:
    return ClaimItemRow(
        id=new_id("ci"),
        created_at=desk.at,
        claim_id=case.claim.id,
        line=item.line,
        amount_minor=item.amount.minor,
        reference=item.reference,
        stage=item.stage,
        stated_on=desk.on,
        words=item.words,
    )
