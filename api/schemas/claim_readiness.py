"""Would a policy pay today? What goes out."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from api.schemas.common import Answer, Finding, ProblemError, money
from claims.cover import OpenRepair
from claims.readiness import Readiness
from claims.rules.repair import Repair
from kernel.sharing import UNCOVERED
from kernel.wire import MoneyWire


class ReadyLine(Answer):
    """A line that a claim would have."""

    code: str
    asked: MoneyWire
    approved: MoneyWire
    why_not_more: str = Field(description="Empty where nothing would be cut")


class ReadyPart(Answer):
    """What one party would bear; `uncovered` is what nobody would."""

    party: str
    paid: MoneyWire


class ReadyPaper(Answer):
    """A paper that a claim would need."""

    code: str
    name: str
    on_file_since: date | None = Field(
        description="Of the policy or its rights; papers of another matter do not count; "
        "null is missing"
    )


class ReadyCure(Answer):
    """What would put a finding right."""

    code: str
    cure: str
    by: date | None = Field(description="Last day for it; null where no day is set")
    repairable: bool = Field(description="May the loss it caused be taken off instead?")


class ProposedRepair(Answer):
    """What would be taken off for a breach; an adjuster takes it or states another."""

    code: str
    line: str
    amount: MoneyWire
    reason: str


class ClaimReadinessAnswer(Answer):
    """What a policy would pay, by the tests and sums of a real decision. Nothing is written."""

    policy_id: str
    number: str
    product: str
    kind: str = Field(description="Of the claim: default, enforcement, liability or customs")
    as_of: date = Field(description="Day of the event that is supposed")
    payable_from: date = Field(description="First day on which it could be paid")
    ready: bool = Field(description="Nothing stands against it and no paper is missing")
    payable: MoneyWire | None = Field(
        description="What the house would pay as things stand, if every question is answered "
        "well and every paper comes; null where it cannot be said"
    )
    after_repair: MoneyWire | None = Field(
        description="The same if every repair proposed is taken; null while a breach stands"
    )
    if_cured: MoneyWire | None = Field(description="The same if every breach is cured")
    lines: tuple[ReadyLine, ...]
    parts: tuple[ReadyPart, ...] = Field(description="Who would bear what, if cured")
    findings: tuple[Finding, ...] = Field(description="Against it, or worth a look")
    questions: tuple[Finding, ...] = Field(description="What an adjuster would have to establish")
    repairs: tuple[ProposedRepair, ...]
    cures: tuple[ReadyCure, ...] = Field(description="Soonest last day first")
    papers: tuple[ReadyPaper, ...]
    errors: tuple[ProblemError, ...] = Field(
        description="Facts of the scheme that are not registered: nothing is shared before"
    )


class OpenRepairAnswer(Answer):
    """A breach that may be repaired instead of the claim being refused."""

    finding: Finding
    clause: str = Field(description="By which it may be repaired, and how far")
    proposal: ProposedRepair | None = Field(
        description="What the books say it cost; null where only an adjuster can tell"
    )


class ClaimRepairsAnswer(Answer):
    """The breaches on a claim that may be repaired."""

    claim_id: str
    items: tuple[OpenRepairAnswer, ...]


def repairs_answer(claim_id: str, unit: str, found: Sequence[OpenRepair]) -> ClaimRepairsAnswer:
    """Return what may be repaired as it crosses the wire."""
    items = [
        OpenRepairAnswer(
            finding=Finding(**one.finding.json()),
            clause=one.clause,
            proposal=one.proposal and _proposed(one.finding.code, one.proposal, unit),
        )
        for one in found
    ]
    return ClaimRepairsAnswer(claim_id=claim_id, items=tuple(items))


def _proposed(code: str, one: Repair, unit: str) -> ProposedRepair:
    amount = money(one.minor, unit)
    return ProposedRepair(code=code, line=one.line, amount=amount, reason=one.reason)


def readiness_answer(found: Readiness) -> ClaimReadinessAnswer:
    """Return what a policy would pay as it crosses the wire."""
    policy, unit = found.case.policy, found.case.policy.currency

    def amount(minor: int | None) -> MoneyWire | None:
        return None if minor is None else money(minor, unit)

    return ClaimReadinessAnswer(
        policy_id=policy.id,
        number=policy.number,
        product=policy.product,
        kind=found.case.kind.code,
        as_of=found.as_of,
        payable_from=found.payable_from,
        ready=found.ready,
        payable=amount(found.payable),
        after_repair=amount(found.repaired),
        if_cured=amount(found.cured),
        lines=tuple(
            ReadyLine(code=one.code, asked=money(one.asked, unit),
                      approved=money(one.approved, unit), why_not_more=one.reason)
            for one in found.lines
        ),
        parts=_parts(found, unit),
        findings=tuple(Finding(**one.json()) for one in found.findings),
        questions=tuple(Finding(**one.json()) for one in found.questions),
        repairs=tuple(
            _proposed(code, one, unit) for code, one in found.proposals.items()
        ),
        cures=tuple(
            ReadyCure(code=one.code, cure=one.cure, by=one.by, repairable=one.repairable)
            for one in found.cures
        ),
        papers=_papers(found),
        errors=tuple(
            ProblemError(field=one.field, problem=one.problem, cure=one.cure)
            for one in found.faults
        ),
    )  # fmt: skip


def _parts(found: Readiness, unit: str) -> tuple[ReadyPart, ...]:
    if found.split is None:
        return ()
    parts = [(part.party, part.paid) for part in found.split.parts]
    if found.split.uncovered:
        parts.append((UNCOVERED, found.split.uncovered))
    return tuple(ReadyPart(party=party, paid=money(minor, unit)) for party, minor in parts)


def _papers(found: Readiness) -> tuple[ReadyPaper, ...]:
    received = found.case.claim.file["papers"]
    return tuple(
        ReadyPaper(code=code, name=name, on_file_since=received.get(code))
        for code, name in found.case.contract.papers.items()
    )
