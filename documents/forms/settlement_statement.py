"""Loss, indemnity, who bears what, what is paid to the bank and called from the sharers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Title
from documents.forms.claim_words import OF_A_LOAN, ClaimWords
from documents.forms.settlement_rows import (
    BorneShare,
    Call,
    LossLine,
    PaidAlready,
    Payee,
    payees_listed,
)
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class SettlementStatement:
    """The statement of a claim's settlement.

    Attributes:
        number: number of the statement.
        insurer_name: who settles.
        issued_on: date of the statement.
        claim_number: the claim.
        policy_number: the policy.
        scheme_code: code of the scheme frozen into the policy.
        scheme_title: its name.
        bank: who is paid.
        borrower: who defaulted.
        losses: line by line; `asked` and `approved` are their totals.
        asked: total asked.
        approved: total recognised.
        eligible: part of it that the scheme shares out.
        ineligible: part of it that the scheme does not share out.
        shares: party by party; `due` and `paid` columns add up to `due` and `borne`.
        due: total due by the layers.
        borne: total that the parties bear.
        uncovered: what nobody bears; `borne` and `uncovered` together are `eligible`.
        steps: the rules as applied, in their order, one line each.
        payment: what is paid to the bank; also printed in words.
        payment_due_on: last day of payment; None where nothing is paid now.
        payment_clause: article or clause that sets that day.
        calls: what is asked from the sharers.
        called: their total.
        notes: further remarks.
        purpose: why it is settled, where it is not the only settlement.
        owed: what the issuer owes, all settlements together; None where there was but one.
        paid_before: what it paid out earlier; None likewise.
        overpaid: what of that is to be paid back; None likewise.
        words: of its kind of claim.
        payees: who is paid, now and in all; empty where nobody is paid in cash.
        already: how it was met before it was a claim; None where it was not.
    """

    title: ClassVar[Label] = Label("赔款理算书", "Settlement Statement")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    scheme_code: str
    scheme_title: str
    bank: str
    borrower: str
    losses: tuple[LossLine, ...]
    asked: Money
    approved: Money
    eligible: Money
    ineligible: Money
    shares: tuple[BorneShare, ...]
    due: Money
    borne: Money
    uncovered: Money
    steps: tuple[str, ...]
    payment: Money
    payment_due_on: date | None
    payment_clause: str
    calls: tuple[Call, ...]
    called: Money
    notes: tuple[str, ...] = ()
    purpose: str = ""
    owed: Money | None = None
    paid_before: Money | None = None
    overpaid: Money | None = None
    words: ClaimWords = OF_A_LOAN
    payees: tuple[Payee, ...] = ()
    already: PaidAlready | None = None

    def __post_init__(self) -> None:
        assert self.borne + self.uncovered == self.eligible, "borne and uncovered are the eligible"

    def blocks(self) -> tuple[Block, ...]:
        """The payment, then how it was found, step by step."""
        return (
            Title(self.title),
            self._payment(),
            self._case(),
            *self._so_far(),
            *((payees_listed(self.payees),) if self.payees else ()),
            *self._losses(),
            self._eligible(),
            Note(Label("计算步骤", "Steps, in the order applied"), self.steps),
            self._shares(),
            self._calls(),
            Note(Label("说明", "Notes"), self.notes),
        )

    def _payment(self) -> Banner:
        if self.overpaid is not None and self.overpaid.minor and not self.payment.minor:
            back = self.overpaid
            return Banner(_BACK, str(back), "bad", (in_chinese(back), in_english(back), *_NO_PAY))
        words = (in_chinese(self.payment), in_english(self.payment), *self._due())
        tone: Final = "good" if self.payment.minor or self.already else "plain"
        return Banner(self.words.payment, str(self.payment), tone, words)

    def _due(self) -> tuple[str, ...]:
        """How it is met: on account of a letter, by a day, or not at all where it is nought."""
        if self.already:
            zh = f"于 {self.already.on} " if self.already.on else ""
            en = f" on {self.already.on}" if self.already.on else ""
            return (
                (
                    f"保险人已{zh}在担保函 {self.already.letter} 项下支付，本理算书不再支付现金。"
                    f" Paid by the insurer{en} under letter {self.already.letter}; no cash is paid"
                    " on this statement."
                ),
            )
        if self.payment_due_on is None or not self.payment.minor:
            return ()
        by = self.payment_due_on
        return (f"应于 {by} 前支付（{self.payment_clause}）。 Due by {by}.",)

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(self.words.insured, self.bank),
                Fact(self.words.debtor, self.borrower),
                Fact(Label("出具日期", "Issued on"), self.issued_on),
                Fact(Label("分担方案", "Scheme"), f"{self.scheme_code}　{self.scheme_title}"),
            ),
        )

    def _so_far(self) -> tuple[Facts, ...]:
        """What was paid before and what is to come back; nothing where this is all."""
        if self.owed is None or not (self.paid_before and self.paid_before.minor):
            return ()
        assert self.overpaid is not None, "stated with what was paid before"
        now = Fact(Label("本次支付", "Paid now"), self.payment)
        facts = Facts(
            Label("累计赔付", "Paid so far"),
            (
                Fact(Label("本次性质", "This settlement"), self.purpose),
                Fact(Label("累计应付", "Owed, all in all"), self.owed),
                Fact(Label("此前已付", "Paid before"), self.paid_before),
                *(() if self.already else (now,)),
                Fact(Label("应退回", "To be paid back"), self.overpaid),
            ),
        )
        return (facts,)

    def _losses(self) -> tuple[Listing, ...]:
        if all(one.paid is not None for one in self.losses) and self.losses:
            return (self._side_by_side(), *self._why_not_more())
        listed = Listing(
            Label("损失核定", "Loss as asked and as approved"),
            (
                Label("项目", "Item"),
                Label("索赔", "Asked"),
                Label("调整", "Adjusted"),
                Label("核定", "Approved"),
                Label("理由", "Reason"),
            ),
            tuple(
                (one.label, one.asked, one.approved - one.asked, one.approved, one.reason)
                for one in self.losses
            ),
            (Label("合计", "Total"), self.asked, self.approved - self.asked, self.approved, ""),
        )
        return (listed,)

    def _side_by_side(self) -> Listing:
        """Asked, adjusted, approved and paid, line by line."""
        currency = self.asked.currency

        def total(amounts: Iterable[Money | None]) -> Money:
            return Money(sum(one.minor for one in amounts if one), currency)

        return Listing(
            Label("损失核定", "Loss as asked and as approved"),
            (
                Label("项目", "Item"),
                Label("索赔", "Asked"),
                Label("调整后", "Adjusted"),
                Label("核定", "Approved"),
                Label("本公司支付", "Paid by us"),
            ),
            tuple(
                (one.label, one.asked, one.adjusted, one.approved, one.paid) for one in self.losses
            ),
            (
                Label("合计", "Total"),
                self.asked,
                total(one.adjusted for one in self.losses),
                self.approved,
                total(one.paid for one in self.losses),
            ),
        )

    def _why_not_more(self) -> tuple[Listing, ...]:
        """The reasons below the amounts: beside four of them no column is left to read."""
        rows = tuple((one.label, one.reason) for one in self.losses if one.reason)
        columns = (Label("项目", "Item"), Label("理由", "Reason"))
        return (Listing(Label("调整理由", "Why not more"), columns, rows),) if rows else ()

    def _eligible(self) -> Facts:
        return Facts(
            Label("分担基础", "What is shared out"),
            (
                Fact(Label("可分担损失", "Eligible loss"), self.eligible),
                Fact(Label("不可分担损失", "Ineligible loss"), self.ineligible),
                Fact(Label("由各方承担", "Borne by the parties"), self.borne),
                Fact(Label("无人承担", "Uncovered"), self.uncovered),
            ),
        )

    def _shares(self) -> Listing:
        return Listing(
            Label("各方承担", "Who bears what"),
            (
                Label("承担方", "Party"),
                Label("身份", "Role"),
                Label("按层应承担", "Due by layers"),
                Label("实际承担", "Borne"),
                Label("理由", "Reasons"),
            ),
            tuple((one.party, one.role, one.due, one.paid, one.reasons) for one in self.shares),
            (Label("合计", "Total"), "", self.due, self.borne, ""),
        )

    def _calls(self) -> Listing:
        return Listing(
            Label("向分担方催缴", "Calls on the sharers"),
            (
                Label("分担方", "Party"),
                Label("金额", "Amount"),
                Label("应付日", "Due on"),
                Label("依据", "Clause"),
            ),
            tuple((one.party, one.amount, one.due_on, one.clause) for one in self.calls),
            (Label("合计", "Total"), self.called, "", "") if self.calls else None,
        )


_BACK: Final = Label("应退回多付赔款", "To be paid back")
_NO_PAY: Final = ("本次不支付赔款。 Nothing is paid on this statement.",)
