"""`zhibao transcript`: a bank's statement worked out again, without saving: table or JSON."""

from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from rich.console import Console
from rich.table import Table

from api.cli.speak import read_file, say
from api.schemas.transcripts import found_answer
from claims.rules.transcript.findings import Signed, transcript_findings
from claims.rules.transcript.form import AccountForm, Lent, assumed_for, lending_of
from claims.rules.transcript.read import read_statement
from claims.rules.transcript.worked_out import Asked, WorkedOut, work_out
from documents.stacked import stacked_bars
from kernel.errors import Fault, Invalid, invalid
from kernel.finding import Finding
from kernel.money import Money, minor_digits, round_half_up
from kernel.period import add_days, add_months
from kernel.wire import Day, MoneyWire, Share, Wire, Words
from underwriting.pricing.plan import Plan, outstanding
from underwriting.watch.schedule import Due

_WIDE = 120
_BAR = 28


class InstalmentForm(Wire):
    """Principal that falls due."""

    on: Day
    principal: MoneyWire


class LoanFile(Wire):
    """A loan beside its statement: what a policy would say, and how the account runs."""

    amount: MoneyWire
    drawdown: Day
    annual_rate: Share
    plan: Literal["bullet", "equal_principal", "annuity"] = "bullet"
    term_months: int = Field(12, ge=1, le=120)
    instalments: tuple[InstalmentForm, ...] = Field(
        (), max_length=600, description="The plan day by day, instead of plan and term"
    )
    default_date: Day
    waiting_days: int = Field(80, ge=0, le=365)
    account: AccountForm = Field(default_factory=AccountForm)
    columns: dict[str, Words] = Field(default_factory=dict, max_length=5)
    signed_by: Words | None = None
    signed_on: Day | None = None

    def lent(self) -> Lent:
        """Return the loan.

        Raises:
            Invalid: instalments do not sum to the loan, or are of another currency.
        """
        money = self.amount.money("amount")
        if self.instalments:
            plan = tuple(
                Due(one.on, one.principal.money(f"instalments[{place}]").minor)
                for place, one in enumerate(self.instalments)
            )
            alike = all(one.principal.currency == money.currency for one in self.instalments)
            if not alike or sum(one.principal for one in plan) != money.minor:
                raise invalid("instalments", f"do not sum to {money}", "state every instalment")
        else:
            plan = self._planned(money.minor)
        drawdowns = (Due(self.drawdown, money.minor),)
        return Lent(money.currency, drawdowns, plan, Fraction(self.annual_rate))

    def _planned(self, principal: int) -> tuple[Due, ...]:
        left = outstanding(
            Plan(self.plan), principal, Fraction(self.annual_rate), self.term_months
        )  # fmt: skip
        parts = [a - b for a, b in zip(left, (*left[1:], 0), strict=True)]
        return tuple(
            Due(add_months(self.drawdown, month), part)
            for month, part in enumerate(parts, 1)
            if part
        )


def run_transcript(file: Path, loan: str, picture: Path | None, *, as_json: bool) -> bool:
    """Work a statement out and show it; say whether bank and recomputation agree.

    Raises:
        Invalid: the loan or the statement cannot be read; each fault is named with its cure.
    """
    terms = read_file(LoanFile, loan)
    lent = terms.lent()
    statement = read_statement(_bytes(file), lent.currency, columns=terms.columns).statement
    until = max(statement.closes_on, add_days(terms.default_date, terms.waiting_days))
    lending = lending_of(lent, terms.account, until)
    found = work_out(statement, lending, Asked(terms.default_date, terms.waiting_days))
    findings = transcript_findings(found, _signed(terms))
    if picture is not None:
        _draw(found, picture)
    if as_json:
        say(_json(found, findings, assumed_for(lent, terms.account)))
    else:
        _print(found, findings, assumed_for(lent, terms.account))
    return not found.differing and not found.broken


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fault = Fault(file.name, f"cannot be read: {error.strerror}", "name a CSV or XLSX file")
        raise Invalid("no-such-file", fault) from None


def _signed(terms: LoanFile) -> Signed | None:
    if (terms.signed_by is None) != (terms.signed_on is None):
        raise invalid("signed_on", "who and when go together", "state both, or neither")
    return (
        None
        if terms.signed_by is None or terms.signed_on is None
        else Signed(terms.signed_by, terms.signed_on)
    )


def _json(
    found: WorkedOut, findings: tuple[Finding, ...], assumed: tuple[str, ...]
) -> dict[str, Any]:
    shown = found_answer(found.json(), found.lending.currency)
    plain = {
        name: value if isinstance(value, str | None) else _plain(value)
        for name, value in shown.items()
    }
    return {
        "agreed": not found.differing and not found.broken,
        "lines": len(found.statement.lines),
        "assumed": list(assumed),
        **plain,
        "findings": [one.json() for one in findings],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.model_dump(mode="json")


def _print(found: WorkedOut, findings: tuple[Finding, ...], assumed: tuple[str, ...]) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDE
    unit = found.lending.currency
    table = Table(title="银行与重新计算 the bank's figures and ours", row_styles=("", "dim"))
    for heading in ("day", "kind", "bank", "ours", ""):
        table.add_column(heading, justify="right" if heading in ("bank", "ours") else "left")
    for one in found.compared:
        mark = (
            "[green]agreed[/green]"
            if not one.differs_by
            else (f"[red]{Money(one.differs_by, unit)}[/red]")
        )
        figures = (str(Money(one.bank, unit)), str(Money(one.ours, unit)))
        table.add_row(one.on.isoformat(), one.kind.value, *figures, mark)
    console.print(table)
    console.print(_course(found))
    lines = Table(title=f"可索赔 to be claimed, interest to {found.claimed.until}")
    lines.add_column("line")
    lines.add_column("unpaid", justify="right")
    for line, minor in found.claimed.lines.items():
        lines.add_row(line, str(Money(minor, unit)))
    console.print(lines)
    for said in findings:
        console.print(f"{said.effect.value}: {said.code}: {said.en}", highlight=False)
    if assumed:
        console.print(f"assumed, as nothing states it: {', '.join(assumed)}", highlight=False)


def _course(found: WorkedOut) -> Table:
    """Draw what was owed day by day, a bar each."""
    unit, course = found.lending.currency, found.course()
    most = max((sum(parts.values()) for _, parts in course), default=0) or 1
    table = Table(title="欠款走势 course of the balance")
    for heading in ("day", "owed", ""):
        table.add_column(heading, justify="right" if heading == "owed" else "left")
    for day, parts in course:
        owed = sum(parts.values())
        table.add_row(day.isoformat(), str(Money(owed, unit)), _bar(owed, parts["principal"], most))
    return table


def _bar(owed: int, principal: int, most: int) -> str:
    whole = round_half_up(Fraction(_BAR * owed, most))
    dark = min(whole, round_half_up(Fraction(_BAR * principal, most)))
    return "█" * dark + "▒" * (whole - dark)


def _draw(found: WorkedOut, picture: Path) -> None:
    """Draw principal, interest and the rest at each month's end of the account, as SVG."""
    opens, closes = found.lending.opens_on, found.statement.closes_on
    unit, rows, month = 10 ** minor_digits(found.lending.currency), [], 1
    while True:
        day = min(add_months(opens, month), closes)
        now = found.account.on(day, found.lending)
        interest = now.standing("interest")
        rest = sum(now.standing(name) for name in now.owed) - interest
        rows.append((now.principal / unit, interest / unit, rest / unit))
        if day == closes:
            break
        month += 1
    names = ("本金 principal", "利息 interest", "罚息等 penalty and the rest")
    series = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    title = "Balance of the loan account, month by month"
    try:
        picture.write_bytes(stacked_bars(title, found.lending.currency, series))
    except OSError as error:
        fault = Fault(picture.name, f"cannot be written: {error.strerror}", "name a file of yours")
        raise Invalid("no-such-file", fault) from None
