"""Cost measured against the consented budget of its stage, in the order in which it came.

A consent adds to what is left of a stage; a bill takes from it. What finds nothing left is over
the budget, and stays over: a later consent covers it only where it says that it covers what was
spent. With b consented and s spent of a stage in the order of time

    over = max over bills k of (spent to k - consented to k), at least 0,

where no consent looks back. One that does covers what is over in its stage first, then cost of
its line that names no stage.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from claims.rules.timeline.phrases import split_name
from claims.rules.timeline.words import called
from kernel.finding import Effect, Finding
from kernel.money import Money

CLAUSE = "保险条款：同意；责任免除 wording: consent; exclusions (cost without written consent)"


@dataclass(frozen=True, slots=True)
class Consented:
    """A budget that was consented, on top of those before.

    Attributes:
        stage: of the matter.
        minor: minor units.
        on: the day of the consent; it holds all bills of that day.
        spent_too: does it cover what was spent above the budget before?
    """

    stage: str
    minor: int
    on: date
    spent_too: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """A bill: its line, its stage (empty where it names none), minor units, when it came in."""

    line: str
    stage: str
    minor: int
    on: date


@dataclass(slots=True)
class StageAccount:
    """How one stage stands, minor units: consented so far, spent, left, over."""

    consented: int = 0
    spent: int = 0
    left: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """Every stage of a matter, and the bills of no stage that no budget of their line holds.

    Attributes:
        stages: stage -> how it stands.
        lines: stage -> line.
        loose: line -> minor units of bills that name no stage, above what was left of the line.
    """

    stages: Mapping[str, StageAccount] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    loose: Mapping[str, int] = field(default_factory=dict)

    def over(self) -> dict[str, int]:
        """Return line -> minor units above its budgets; lines with nothing above are left out."""
        found = dict(self.loose)
        for stage, one in self.stages.items():
            found[self.lines[stage]] = found.get(self.lines[stage], 0) + one.over
        return {line: minor for line, minor in found.items() if minor}


def measured(
    lines: Mapping[str, str], consents: Sequence[Consented], bills: Sequence[Spent]
) -> Measured:
    """Measure all cost against all budgets.

    Args:
        lines: stage -> line that its cost is asked under.
        consents: budgets consented.
        bills: what was asked; bills on lines that have no stage are left alone.
    """
    stages = {stage: StageAccount() for stage in lines}
    loose: dict[str, int] = {}
    events: list[Consented | Spent] = [*consents, *bills]
    for one in sorted(events, key=_turn):
        if isinstance(one, Consented):
            line = lines[one.stage]
            back = _add(stages[one.stage], one, loose=loose.get(line, 0))
            loose[line] = loose.get(line, 0) - back
        elif one.stage in stages and lines[one.stage] == one.line:
            _take(stages[one.stage], one.minor)
        elif one.line in lines.values():
            own = [stages[stage] for stage, line in lines.items() if line == one.line]
            over = _take_of_any(own, one.minor)
            loose[one.line] = loose.get(one.line, 0) + over
    return Measured(stages, lines, {line: minor for line, minor in loose.items() if minor})


def _turn(one: Consented | Spent) -> tuple[date, bool]:
    """A consent of the same day comes before the bill."""
    return one.on, isinstance(one, Spent)


def _add(account: StageAccount, one: Consented, *, loose: int) -> int:
    """Add a consent to its stage; return what of the line's cost of no stage it looks back on."""
    looked_back = min(account.over, one.minor) if one.spent_too else 0
    of_none = min(loose, one.minor - looked_back) if one.spent_too else 0
    account.over -= looked_back
    account.spent += of_none
    account.left += one.minor - looked_back - of_none
    account.consented += one.minor
    return of_none


def _take(account: StageAccount, minor: int) -> None:
    """Take a bill out of its stage; what finds nothing left is over."""
    within = min(account.left, minor)
    account.left -= within
    account.spent += minor
    account.over += minor - within


def _take_of_any(accounts: Sequence[StageAccount], minor: int) -> int:
    """Take a bill of no stage out of what is left of its line, stage by stage."""
    for account in accounts:
        within = min(account.left, minor)
        account.left -= within
        account.spent += within
        minor -= within
    return minor


def over_budget(
    found: Measured, currency: str, lines: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Finding]:
    """Yield one finding for each stage that is above its budget, with the amount.

    `lines` is line -> what it is called, `中文 English`.

    Cost of no stage stands with its line; where the line is called as its stage is, with both.
    """
    above = {stage: one.over for stage, one in found.stages.items() if one.over}
    for line, minor in found.loose.items():
        above[line] = above.get(line, 0) + minor
    for name, minor in above.items():
        amount, (zh, en) = Money(minor, currency), _called(name, lines)
        yield Finding(
            "over-budget", Effect.CUT,
            f"{en}: {amount} was spent above the consented budget",
            f"{zh}：超出经同意的预算 {amount}", CLAUSE,
            "have the budget raised before it is spent, or a consent that covers what was spent",
            f"预算和费用项目 budgets and items: {zh} {en}",
        )  # fmt: skip


def _called(name: str, lines: Mapping[str, str]) -> tuple[str, str]:
    """Return what a stage is called, or a line whose cost names none."""
    return split_name(lines[name]) if name in lines else called("stage", name)


def within_budget(
    adjusted: Mapping[str, tuple[int, str]],
    asked: Mapping[str, int],
    over: Mapping[str, int],
) -> dict[str, tuple[int, str]]:
    """Return what is allowed of each line once cost above its budget falls away.

    Args:
        adjusted: line -> (allowed by the adjuster, why).
        asked: line -> all that was asked so far.
        over: line -> minor units above the budget.

    >>> within_budget({}, {"appeal": 500}, {"appeal": 200})["appeal"][0]
    300
    """
    kept = dict(adjusted)
    for line, minor in over.items():
        most = max(0, asked.get(line, 0) - minor)
        allowed, why = kept.get(line, (asked.get(line, 0), ""))
        if allowed > most:
            words = f"超出经同意的预算 above the consented budget ({CLAUSE})"
            kept[line] = (most, f"{why}; {words}" if why else words)
    return kept
