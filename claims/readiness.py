"""Would it pay today? The tests and sums of a real decision, on a policy that has no claim.

Whether the exclusions of a policy have effect, because they were explained when it was bound, is
another question: `underwriting.explained`. Here it is one of the things that is looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from claims.cover import findings_on, known_on, matter_of
from claims.facts import Case, facts_for, missing_papers, payable_from
from claims.rules import bookings
from claims.rules.coverage.noted import cure_days
from claims.rules.coverage.proposed import proposed
from claims.rules.line import Line
from claims.rules.repair import Repair, repairable, repaired
from claims.supposed import supposed
from claims.worth import lines_of
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.finding import Effect, Finding
from kernel.sharing import Facts, Split, split


@dataclass(frozen=True, slots=True)
class Cure:
    """What would put a finding right.

    Attributes:
        code: of the finding.
        cure: what to do.
        by: last day for it; None where no day is set.
        repairable: may the loss that it caused be taken off instead?
    """

    code: str
    cure: str
    by: date | None
    repairable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What a policy would pay.

    Attributes:
        case: the claim that nobody made.
        as_of: day of the event that is supposed.
        payable_from: first day on which it could be paid.
        findings: what speaks against it or is worth a look; the questions are not among them.
        questions: what an adjuster would have to establish: the books do not know it.
        missing: codes of the papers that are not on file.
        cures: what would put each finding right, soonest day first.
        lines: what would be asked and approved; none where no loan is guaranteed.
        split: who would bear what; None where no loan is guaranteed, or a fact is missing.
        payable: what the house would pay, if all questions are answered well and all papers
            come, minor units; None where it cannot be said.
        cured: the same if every breach were cured.
        repaired: the same if every repair proposed is taken; None while a breach still stands.
        proposals: what would be taken off for a breach, where the books can tell.
        faults: facts of the scheme that are not registered.
    """

    case: Case
    as_of: date
    payable_from: date
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    missing: tuple[str, ...]
    cures: tuple[Cure, ...]
    lines: tuple[Line, ...] = ()
    split: Split | None = None
    payable: int | None = None
    cured: int | None = None
    repaired: int | None = None
    proposals: Mapping[str, Repair] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def ready(self) -> bool:
        """Would it be paid without anybody having to do more than claim?"""
        stops = (Effect.DECLINE, Effect.CUT, Effect.WAIT)
        free = not any(one.effect in stops for one in self.findings)
        return free and not self.missing and not self.faults


def readiness(
    session: Session, policy_id: str, as_of: date | None = None, *, desk: Desk
) -> Readiness:
    """Return what a policy would pay if its whole loan went into default on `as_of`.

    The loan stays unpaid through the waiting period, the bank notifies on that day, and the
    claim is tested and shared on the first day on which it can be paid, with what the books
    hold today. Of a policy that guarantees no loan it says what would be missing for a matter
    of that day. Nothing is written.

    Raises:
        NotFound: there is no such policy.
        Conflict: it was issued and taken back.
    """
    day = as_of or desk.on
    case = supposed(session, policy_id, day, desk=desk)
    first = payable_from(case)
    known = known_on(session, case, first, supposed=True)
    found = findings_on(case, known)
    questions = tuple(one for one in found if one.code.endswith("-unknown"))
    rest = tuple(one for one in found if one not in questions)
    base = Readiness(
        case=case,
        as_of=day,
        payable_from=first,
        findings=rest,
        questions=questions,
        missing=tuple(missing_papers(case)),
        cures=_cures(rest, cure_days(known)),
    )
    if case.contract.loan is None:
        return base
    lines = lines_of(case, {})
    return _paid(session, base, lines, proposed(matter_of(case), known, rest, lines))


def _paid(
    session: Session, base: Readiness, lines: tuple[Line, ...], proposals: Mapping[str, Repair]
) -> Readiness:
    """Share the lines under the policy's own scheme, as settling does."""
    try:
        facts = facts_for(session, base.case, base.payable_from)
    except Invalid as refused:
        return replace(base, lines=lines, proposals=proposals, faults=refused.faults)
    unit, words = base.case.claim.currency, base.case.kind.lines
    mended, cut = repaired(base.findings, lines, proposals, currency=unit, words=words)
    shared = _shared(base.case, lines, facts)
    cured = bookings.paid_to_bank(shared, base.case.sides)
    after = bookings.paid_to_bank(_shared(base.case, cut, facts), base.case.sides)
    return replace(
        base,
        lines=lines,
        split=shared,
        payable=0 if _declined(base.findings) else cured,
        cured=cured,
        repaired=None if _declined(mended) else after,
        proposals=proposals,
    )


def _shared(case: Case, lines: tuple[Line, ...], facts: Facts) -> Split:
    return split(case.scheme.scheme, case.kind.loss(lines, case.claim.currency), facts)


def _declined(findings: Iterable[Finding]) -> bool:
    return any(one.effect is Effect.DECLINE for one in findings)


def _cures(found: Iterable[Finding], days: Mapping[str, date]) -> tuple[Cure, ...]:
    listed = [
        Cure(one.code, one.cure, days.get(one.code), repairable(one.code))
        for one in found
        if one.effect is not Effect.INFORM and one.cure
    ]
    return tuple(sorted(listed, key=lambda one: one.by or date.max))
