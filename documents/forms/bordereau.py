"""The bordereau: what was written, lost and recovered for one party of a scheme in a period."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Title
from documents.forms.bordereau_rows import (
    BordereauTotals,
    CallOpen,
    SharedLoss,
    SharedRecovery,
    WrittenPolicy,
)
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Bordereau:
    """The account of one party under one scheme.

    Attributes:
        number: of the bordereau.
        insurer_name: who keeps the books.
        issued_on: date of the account.
        scheme_code: of the scheme.
        scheme_title: its name.
        party: whose account it is.
        role: what it is in the scheme.
        opens_on: first day of the period.
        closes_on: last day of the period.
        policies: with premium booked in the period.
        losses: settled in it, and changes of earlier ones.
        recoveries: booked in it, and changes of earlier ones.
        totals: the columns added up.
        calls: moved in it, or open at its end; empty in accounts that listed none apart.
    """

    title: ClassVar[Label] = Label("分户账单", "Bordereau")

    number: str
    insurer_name: str
    issued_on: date
    scheme_code: str
    scheme_title: str
    party: str
    role: str
    opens_on: date
    closes_on: date
    policies: tuple[WrittenPolicy, ...]
    losses: tuple[SharedLoss, ...]
    recoveries: tuple[SharedRecovery, ...]
    totals: BordereauTotals
    calls: tuple[CallOpen, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The balance, then what it is made of."""
        return (
            Title(self.title, f"{self.scheme_code}　{self.party}"),
            self._balance(),
            self._account(),
            self._policies(),
            self._premiums(),
            self._losses(),
            self._calls(),
            self._recoveries(),
            self._summed(),
            Note(Label("说明", "Notes"), _NOTES, deed=True),
        )

    def _balance(self) -> Banner:
        left = self.totals.balance
        money = Money(abs(left.minor), left.currency)
        label = Label("本期结余", "Balance of the period")
        if left.minor < 0:
            label = Label("本期净赔付", "Net outgo of the period")
        return Banner(label, str(money), "plain", (in_chinese(money), in_english(money)))

    def _account(self) -> Facts:
        return Facts(
            Label("账户", "Account"),
            (
                Fact(Label("承担方", "Party"), self.party),
                Fact(Label("身份", "Role"), self.role),
                Fact(Label("分担方案", "Scheme"), f"{self.scheme_code}　{self.scheme_title}"),
                Fact(Label("账期", "Period"), f"{self.opens_on} 至 to {self.closes_on}"),
                Fact(Label("记账人", "Books kept by"), self.insurer_name),
                Fact(Label("出单日期", "Issued on"), self.issued_on),
            ),
            deed=True,
        )

    def _policies(self) -> Listing:
        columns = (
            Label("保险单", "Policy"),
            Label("投保人", "Policyholder"),
            Label("起保日", "From"),
            Label("满期日", "Until"),
        )
        rows = tuple(
            (one.number, one.policyholder, one.starts_on, one.ends_on) for one in self.policies
        )
        heading = Label("分出或共担的保险单", "Policies ceded or shared")
        return Listing(heading, columns, rows, deed=True)

    def _premiums(self) -> Listing:
        columns = (
            Label("保险单", "Policy"),
            Label("保险金额", "Insured sum"),
            Label("净保险费", "Net premium"),
            Label("属本方", "Of it the party's"),
        )
        rows = tuple((one.number, one.insured_sum, one.premium, one.own) for one in self.policies)
        total = (_TOTAL, "", self.totals.premium, self.totals.own_premium)
        heading = Label("保险费", "Premium")
        return Listing(heading, columns, rows, total if rows else None, deed=True)

    def _losses(self) -> Listing:
        columns = (
            Label("赔案与保险单", "Claim and policy"),
            Label("结案日", "Settled on"),
            Label("更正", "Corrects"),
            Label("可分担损失", "Shared loss"),
            Label("本方承担", "Borne by the party"),
        )
        rows = tuple(
            (f"{one.claim_number}\n{one.policy_number}", one.settled_on, one.corrects or _FIRST,
             one.whole, one.own)
            for one in self.losses
        )  # fmt: skip
        total = (_TOTAL, "", "", self.totals.whole, self.totals.own_loss)
        return Listing(Label("赔款", "Losses"), columns, rows, total if rows else None, deed=True)

    def _calls(self) -> Listing:
        columns = (
            Label("赔案", "Claim"),
            Label("催缴次序", "Call"),
            Label("催缴日", "Raised on"),
            Label("本期催缴", "Called for"),
            Label("期末未缴", "Unpaid at the end"),
        )
        rows = tuple(
            (one.claim_number, one.sequence, one.raised_on, one.called, one.unpaid)
            for one in self.calls
        )
        total = (_TOTAL, "", "", self.totals.called, self.totals.unpaid)
        return Listing(Label("催缴", "Calls"), columns, rows, total if rows else None, deed=True)

    def _recoveries(self) -> Listing:
        columns = (
            Label("赔案", "Claim"),
            Label("编号", "Reference"),
            Label("入账日", "Booked on"),
            Label("更正", "Corrects"),
            Label("追偿净额", "Net recovery"),
            Label("返还本方", "To the party"),
        )
        rows = tuple(
            (one.claim_number, one.reference, one.booked_on, one.corrects or _FIRST,
             one.net, one.own)
            for one in self.recoveries
        )  # fmt: skip
        total = (_TOTAL, "", "", "", self.totals.net, self.totals.own_recovery)
        return Listing(
            Label("追偿", "Recoveries"), columns, rows, total if rows else None, deed=True
        )

    def _summed(self) -> Listing:
        whole = self.totals
        return Listing(
            Label("结余计算", "How the balance is made up"),
            (Label("项目", "Item"), Label("金额", "Amount")),
            (
                (Label("本方保险费", "Premium of the party"), whole.own_premium),
                (Label("减：本方承担赔款", "Less losses borne"), -whole.own_loss),
                (Label("加：返还追偿款", "Plus recoveries"), whole.own_recovery),
            ),
            (Label("结余", "Balance"), whole.balance),
            deed=True,
        )


_TOTAL: Final = Label("合计", "Total")
_FIRST: Final = Label("首次", "first")
_NOTES: Final = (
    "金额取自已记账凭证：保险费按入账日，赔款按结案日，追偿按入账日归入账期。",
    (
        "All amounts are as booked: premium and recoveries by their day of booking, losses"
        " by their day of settlement."
    ),
    (
        "更正归入其自身入账的账期，“更正”栏为被更正的一笔的日期；已结账期不再变动。"
        " A correction stands in the period in which it was booked, beside the day of what it"
        " corrects; an account of a closed period does not change."
    ),
    (
        "净保险费不含增值税；本方未承保的，保险费不归属本方。"
        " Net premium is without tax; a party that does not insure has no part of it."
    ),
)
