"""The pledge contract: what it must state, and whether it agrees with the debt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from kernel.finding import Effect
from kernel.money import Money
from kernel.period import add_days
from kernel.wire import Day, LongWords, MoneyWire, Wire
from underwriting.pledge.examined import Examined, Verdict
from underwriting.pledge.registers import LATEST, edition

_DAYS = 30


class PledgeDeed(Wire):
    """What the pledge contract says; what is left out is missing in it."""

    signed: Day | None = None
    debt: MoneyWire | None = Field(None, description="Kind and amount of the secured debt")
    due: Day | None = Field(None, description="When the debtor must have performed")
    parties: bool = Field(True, description="Names and addresses of both parties stand in it")
    lists_rights: bool = Field(True, description="Number and title of each right stand in it")
    scope: LongWords | None = Field(None, description="What the pledge secures")
    pledgor_able: bool = Field(True, description="Is the pledgor of full capacity?")


@dataclass(frozen=True, slots=True)
class Debt:
    """The debt that the contract must agree with.

    Attributes:
        money: principal.
        due: day on which the last of it falls due.
    """

    money: Money
    due: date


def deed_tested(
    deed: PledgeDeed | None, debt: Debt, on: date, registers: str = LATEST
) -> Iterator[Examined]:
    """Yield what each test of the pledge contract came to."""
    missing = ", ".join(_missing(deed)) if deed else ""
    owed = deed.debt.money("risk.deed.debt") if deed and deed.debt else None
    due = deed.due if deed else None
    for code, bad, en, zh, good, cure in (
        ("deed-items", missing, f"the pledge contract does not state {missing}",
         "质押合同缺少必要条款", "states all that it must", "complete the contract and sign again"),
        ("deed-debt", owed is not None and owed != debt.money,
         f"the pledge contract secures {owed}, the loan is {debt.money}",
         "质押合同担保的债权数额与贷款不符", "secures the loan", "state the loan's amount"),
        ("deed-due", due is not None and due != debt.due,
         f"the pledge contract says {due}, the loan is due on {debt.due}",
         "质押合同的债务履行期限与贷款不符", "says when the loan is due", "state the loan's term"),
        ("deed-capacity", deed is not None and not deed.pledgor_able,
         "the pledgor is of limited capacity", "出质人民事行为能力受限",
         "is made by an able pledgor", "have its legal representative act"),
    ):  # fmt: skip
        verdict = Verdict.FAILED if bad else Verdict.PASSED if deed else Verdict.NOT_STATED
        words = (en, zh) if bad else (f"the pledge contract {good}", "质押合同要件")
        ends = add_days(on, _DAYS) if bad else None
        yield Examined(
            code=code,
            subject="deed",
            verdict=verdict,
            effect=Effect.DECLINE if bad else Effect.INFORM,
            en=words[0],
            zh=words[1],
            evidence=f"pledge contract of {deed.signed or 'no day'}" if deed else "none stated",
            clause=edition(registers).clause(code),
            cure=cure if bad else "",
            days=_DAYS if bad else None,
            by=ends,
        )


def _missing(deed: PledgeDeed) -> Iterator[str]:
    """Yield what the contract lacks of what the register asks."""
    for there, words in (
        (deed.parties, "both parties with their addresses"),
        (deed.debt, "the kind and amount of the debt"),
        (deed.due, "when the debt falls due"),
        (deed.lists_rights, "number and title of each right"),
        (deed.scope, "what the pledge secures"),
        (deed.signed, "the day of signing"),
    ):
        if not there:
            yield words
