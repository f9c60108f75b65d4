"""A claim put to every test of cover, with what the books know of it on the day."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from claims.counsel.findings import matter_findings
from claims.facts import Case, day
from claims.known import known_of
from claims.rules.conduct.consent import reassess
from claims.rules.conduct.reserved import given_up
from claims.rules.coverage.covered import Matter, covered
from claims.rules.coverage.known import Known
from claims.rules.coverage.proposed import proposed
from claims.rules.repair import Repair, breaches
from claims.worth import lines_of
from kernel.finding import Finding
from underwriting.products import product


def cover_findings(session: Session, case: Case, on: date) -> tuple[Finding, ...]:
    """Return every finding on the cover of a claim, with all that is known on `on`."""
    found = findings_on(case, known_on(session, case, on))
    return (*found, *matter_findings(session, case.claim, case.kind, case.measured, on))


def findings_on(case: Case, known: Known) -> tuple[Finding, ...]:
    """Return every finding on a claim by what is known of it."""
    found = covered(product(case.policy.product), matter_of(case), known)
    file = case.claim.file
    return tuple(given_up(reassess(found, case.kind, file), file.get("given_up", ())))


def known_on(session: Session, case: Case, on: date, *, supposed: bool = False) -> Known:
    """Return what the books know of a claim on a day; `supposed`: nothing has happened yet."""
    known = known_of(session, case.policy, case.claim.default_date, on)
    return replace(known, supposed=supposed)


def matter_of(case: Case) -> Matter:
    """Return a claim as the tests of cover read it; the notice is the first report of the event."""
    claim = case.claim
    return Matter(
        contract=case.contract,
        event_on=claim.default_date,
        notified_on=day(claim.file, "reported_on") or claim.notified_on,
        file=claim.file,
    )


@dataclass(frozen=True, slots=True)
class OpenRepair:
    """A breach that may be repaired.

    Attributes:
        finding: the breach.
        clause: by which it may be repaired, and how far.
        proposal: what the books say it cost; None where only an adjuster can tell.
    """

    finding: Finding
    clause: str
    proposal: Repair | None


def open_repairs(session: Session, case: Case, on: date) -> tuple[OpenRepair, ...]:
    """Return the breaches on a claim that may be repaired, each with what it cost.

    It is a proposal: an adjuster takes it, or states another, when the claim is assessed.
    """
    known = known_on(session, case, on)
    found = findings_on(case, known)
    cost = proposed(matter_of(case), known, found, lines_of(case, {}))
    rules = breaches()
    return tuple(
        OpenRepair(one, rules[one.code]["clause"], cost.get(one.code))
        for one in found
        if one.code in rules
    )
