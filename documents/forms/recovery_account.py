"""The account of a claim's recoveries in a period: what each was due, given, and is still owed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Label, Listing, Note, Title
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Account:
    """One payee; each figure is above or below nought as it stands.

    Attributes:
        payee: who.
        opening: open before the period: due less given.
        due: fell due in it.
        given: was given in it, less what was handed back.
        closing: open after it; below nought it must hand back.
    """

    payee: str
    opening: Money
    due: Money
    given: Money
    closing: Money


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed for a payee, when and why."""

    booked_on: date
    payee: str
    reference: str
    why: str
    due: Money
    given: Money


@dataclass(frozen=True, slots=True)
class RecoveryAccount:
    """The account of all payees of one claim.

    Attributes:
        number: of the account.
        insurer_name: who keeps it.
        issued_on: date of the account.
        claim_number: the claim.
        policy_number: the policy.
        opens_on: first day of the period.
        closes_on: last day.
        accounts: payee by payee.
        moved: every change in the period, by day.
        rule: the rule of sharing, in words.
        notes: further remarks.
    """

    title: ClassVar[Label] = Label("追偿款对账单", "Account of Recoveries")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    opens_on: date
    closes_on: date
    accounts: tuple[Account, ...]
    moved: tuple[Moved, ...]
    rule: str
    notes: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The case, who stands where, and what moved."""
        return (
            Title(self.title),
            self._case(),
            self._accounts(),
            self._moved(),
            Note(Label("说明", "Notes"), self.notes),
        )

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("期间起", "Period from"), self.opens_on),
                Fact(Label("期间止", "Period to"), self.closes_on),
                Fact(Label("分配规则", "Rule of sharing"), self.rule),
                Fact(Label("出具日期", "Issued on"), self.issued_on),
            ),
        )

    def _accounts(self) -> Listing:
        columns = (
            Label("收款方", "Payee"),
            Label("期初应付", "Open before"),
            Label("本期应得", "Fell due"),
            Label("本期已付", "Given"),
            Label("期末应付", "Open after"),
        )
        rows = tuple(
            (one.payee, one.opening, one.due, one.given, one.closing) for one in self.accounts
        )
        return Listing(Label("各方结存", "Who stands where"), columns, rows)

    def _moved(self) -> Listing:
        """What moved; why, which may be long, has the wide column together with its reference."""
        columns = (
            Label("记账日", "Booked on"),
            Label("收款方", "Payee"),
            Label("凭证号与事由", "Reference and why"),
            Label("应得", "Due"),
            Label("已付", "Given"),
        )
        rows = tuple(
            (one.booked_on, one.payee, f"{one.reference}\n{one.why}", one.due, one.given)
            for one in self.moved
        )
        return Listing(Label("本期变动", "What moved"), columns, rows)
