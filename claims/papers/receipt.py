"""The claim receipt, filled from a claim and its clocks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claims.facts import Case, clock_file, day, needed_papers
from claims.rules.clocks import deadlines
from claims.rules.cures import cure_said
from claims.rules.needed import when_needed
from claims.rules.timeline.phrases import split_name
from claims.worded import claim_words
from documents.forms.claim_receipt import AmountClaimed, ClaimReceipt, Deadline, Paper
from kernel.desk import Desk
from kernel.finding import Finding
from kernel.money import Money
from kernel.period import add_days
from underwriting.papers import parts

_PAPERS_CLAUSE = "保险法第二十二条 Insurance Law art. 22"


def claim_receipt(case: Case, findings: Sequence[Finding], *, desk: Desk) -> ClaimReceipt:
    """Return the receipt as it is printed: amounts, findings, papers, clocks."""
    claim, contract = case.claim, case.contract
    waits = contract.waiting_days
    waiting = add_days(claim.default_date, waits) if waits else None
    return ClaimReceipt(
        number=claim.number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        policy_number=case.policy.number,
        bank=case.bank,
        borrower=contract.policyholder,
        defaulted_on=claim.default_date,
        notified_on=claim.notified_on,
        waiting_ends_on=waiting,
        claimed=_claimed(case),
        total_claimed=Money(sum(claim.asked.values()), claim.currency),
        first_reserve=None,  # the house's own figure; the receipt goes to the bank
        findings=parts.findings_of(replace(one, cure=cure_said(one.cure)) for one in findings),
        papers=_papers(case),
        deadlines=_deadlines(case, waiting),
        notes=parts.notes_of(findings),
        words=claim_words(case),
    )


def _claimed(case: Case) -> tuple[AmountClaimed, ...]:
    lines = []
    for code, label in case.kind.lines.items():
        zh, en = split_name(label)
        if code in case.claim.asked:
            money = Money(case.claim.asked[code], case.claim.currency)
            lines.append(AmountClaimed(zh, en, money))
    return tuple(lines)


def _papers(case: Case) -> tuple[Paper, ...]:
    received, wanted = case.claim.file["papers"], needed_papers(case)
    return tuple(
        Paper(name, _PAPERS_CLAUSE, day(received, code), "" if code in wanted else only(case, code))
        for code, name in case.contract.papers.items()
    )


def only(case: Case, code: str) -> str:
    """Say when alone a paper is needed, in both languages; empty: whatever is claimed."""
    when = when_needed(case.policy.product, code)
    return f"{when.zh} {when.en}" if when else ""


def _deadlines(case: Case, waiting: date | None) -> tuple[Deadline, ...]:
    clocks = [
        Deadline(f"{clock.zh} {clock.en}", clock.clause, clock.due)
        for clock in deadlines(clock_file(case))
        if clock.due
    ]
    if waiting is None:
        return tuple(clocks)
    ends = Deadline("等待期届满 the waiting period ends", "保险条款 wording: cover", waiting)
    return (ends, *clocks)
