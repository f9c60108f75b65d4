"""The decision letter, filled from a claim that was accepted or denied."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from claims.facts import Case, clock_file, day
from claims.rules.clocks import Deadline, deadlines
from claims.rules.cures import cure_said
from claims.rules.line import Line
from claims.rules.preclusion import check_reasoned
from documents.blocks import Finding
from documents.forms.decision_letter import DecidedLine, DecisionLetter
from kernel.finding import Effect
from kernel.finding import Finding as Ground
from kernel.money import Money

_DENIED = "不属于保险责任 not covered"
_DECIDES = ("assess", "refuse")
"""Clocks that a decision meets or misses."""


def decision_letter(
    case: Case,
    lines: Sequence[Line],
    *,
    number: str,
    insurer: str,
    pays: int | None = None,
    on_account: int = 0,
) -> DecisionLetter:
    """Return the letter as it is printed.

    `lines` are the lines of the claim as they are worked out again, for their reasons; what was
    approved is what stands in the claim. Every ground has its clause and its evidence; a decision
    that came after its clock says so, with what follows. `pays` is what the house pays of it,
    minor units; None where that is not worked out. `on_account` is what it paid before the
    decision, minor units.

    Raises:
        Invalid: `ground-not-reasoned`.
    """
    claim = case.claim
    denied = bool(claim.file.get("denied"))
    decided_on = day(claim.file, "assessed_on")
    assert decided_on is not None, "the claim is decided"
    printed = tuple(_line(case, line, denied=denied) for line in lines if line.asked)
    act_by, clause = _act_by(case, denied=denied)
    stored: list[dict[str, Any]] = claim.findings
    grounds = [one for one in stored if denied and one["effect"] == Effect.DECLINE]
    shows = f"理赔案卷 claim file {claim.number}"
    if denied:
        check_reasoned([_ground(one) for one in grounds], shows)
    late = [one for one in deadlines(clock_file(case)) if one.code in _DECIDES]
    return DecisionLetter(
        number=number,
        insurer_name=insurer,
        issued_on=decided_on,
        claim_number=claim.number,
        policy_number=case.policy.number,
        addressee=case.bank,
        debtor=case.contract.policyholder,
        event_on=claim.default_date,
        decision="denied" if denied else "accepted",
        grounds=tuple(_finding(one, shows) for one in grounds),
        findings=(
            *(_finding(one) for one in stored if one not in grounds),
            *(_late(one) for one in late if one.late(decided_on)),
        ),
        lines=printed,
        asked=_sum([line.asked for line in printed], claim.currency),
        adjusted=_sum([line.adjusted for line in printed], claim.currency),
        approved=_sum([line.approved for line in printed], claim.currency),
        act_by=act_by,
        act_clause=clause,
        pays=None if pays is None or denied else Money(pays, claim.currency),
        on_account=Money(on_account, claim.currency) if on_account and not denied else None,
    )


def _line(case: Case, line: Line, *, denied: bool) -> DecidedLine:
    unit, approved = case.claim.currency, (case.claim.approved or {}).get(line.code, 0)
    return DecidedLine(
        label=case.kind.lines[line.code],
        asked=Money(line.asked, unit),
        adjusted=Money(line.adjusted, unit),
        approved=Money(0 if denied else approved, unit),
        reason=_DENIED if denied else line.reason,
    )


def _act_by(case: Case, *, denied: bool) -> tuple[date, str]:
    code = "refuse" if denied else "pay"
    (clock,) = (one for one in deadlines(clock_file(case)) if one.code == code)
    assert clock.due is not None, "a decided claim has its clock"
    return clock.due, clock.clause


def _finding(stored: dict[str, Any], shows: str = "") -> Finding:
    words = f"{stored['words_zh']} {stored['words']}"
    if evidence := stored.get("evidence") or shows:
        words += f"（证据 evidence: {evidence}）"
    return Finding(stored["code"], words, stored["clause"], cure_said(stored["cure"]))


def _ground(stored: dict[str, Any]) -> Ground:
    effect, evidence = Effect(stored["effect"]), stored.get("evidence", "")
    words = (stored["words"], stored["words_zh"])
    return Ground(stored["code"], effect, *words, stored["clause"], stored["cure"], evidence)


def _late(clock: Deadline) -> Finding:
    """Say that a decision came after its clock, and what follows from it."""
    zh, en = clock.consequence
    words = f"本决定晚于期限 {clock.due}：{zh} Decided after {clock.due}: {en}"
    return Finding(f"late-{clock.code}", words, clock.clause, "")


def _sum(amounts: Sequence[Money], currency: str) -> Money:
    return Money(sum(amount.minor for amount in amounts), currency)
