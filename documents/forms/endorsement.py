"""The endorsement: what was done with a policy, its terms before and after, the premium."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import (
    Banner,
    Block,
    Fact,
    Facts,
    Label,
    Listing,
    Note,
    Signature,
    Title,
    Value,
    written,
)
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Changed:
    """One term before and after."""

    term: str | Label
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PremiumPart:
    """A part of the premium of the whole policy before and after; the difference is due."""

    label: Label
    before: Money
    after: Money

    @property
    def difference(self) -> Money:
        """What is charged, or below zero returned."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Endorsement:
    """A change, renewal, cancellation, reinstatement or reversal, on paper.

    Attributes:
        number: number of the transaction.
        insurer_name: who insures.
        issued_on: business date of the act.
        kind: what was done.
        policy_number: of the policy.
        policyholder: who took it out.
        insured: whose loss is covered.
        effective_on: first day on which it holds, from 00:00.
        reason: why, in words.
        status_before: what the policy was on that day.
        status_after: what it is on that day.
        changed: terms that differ on that day.
        parts: net premium and tax.
        payers: who bears which part of the total; sums as `parts`.
        premium: the total before and after.
        statements: consents and declarations on record, one line each.
        notes: findings and clauses, one line each.
    """

    title: ClassVar[Label] = Label("批单", "Endorsement")

    number: str
    insurer_name: str
    issued_on: date
    kind: Label
    policy_number: str
    policyholder: str
    insured: str
    effective_on: date
    reason: str
    status_before: Label
    status_after: Label
    changed: tuple[Changed, ...]
    parts: tuple[PremiumPart, ...]
    payers: tuple[PremiumPart, ...]
    premium: PremiumPart
    statements: tuple[str, ...]
    notes: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What was done first, then terms, then money, then the seals."""
        return (
            Title(self.title, written(self.kind)),
            self._due(),
            self._facts(),
            self._terms(),
            self._money(Label("保险费变动", "Premium"), self.parts),
            self._money(Label("各支付方", "By payer"), self.payers),
            Note(Label("同意与声明", "Consents and declarations"), self.statements),
            Note(Label("说明", "Notes"), (*self.notes, *_STANDING)),
            self._signature(),
        )

    def _due(self) -> Banner:
        due = self.premium.difference
        if due.minor > 0:
            return Banner(Label("应加收保险费", "Premium to be paid"), str(due), "care")
        if due.minor < 0:
            return Banner(Label("应退还保险费", "Premium to be returned"), str(-due), "good")
        return Banner(Label("保险费", "Premium"), "不变 unchanged")

    def _facts(self) -> Facts:
        status = f"{written(self.status_before)} → {written(self.status_after)}"
        return Facts(
            Label("批改事项", "What was done"),
            (
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("投保人", "Policyholder"), self.policyholder),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("生效时间", "Takes effect"), f"{self.effective_on} 00:00"),
                Fact(Label("签发日期", "Issued on"), self.issued_on),
                Fact(Label("当日保单状态", "Status on that day"), status),
                Fact(Label("原因", "Reason"), self.reason),
            ),
        )

    def _terms(self) -> Listing:
        return Listing(
            Label("变更前后对照", "Terms before and after"),
            (Label("项目", "Term"), Label("变更前", "Before"), Label("变更后", "After")),
            tuple((one.term, one.before, one.after) for one in self.changed),
            empty=Label("条款无变更", "No term changes"),
        )

    def _money(self, heading: Label, parts: tuple[PremiumPart, ...]) -> Listing:
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (one.label, one.before, one.after, one.difference) for one in parts
        )
        whole = self.premium
        columns = (
            Label("项目", "Part"),
            Label("变更前", "Before"),
            Label("变更后", "After"),
            Label("差额", "Difference"),
        )
        total = (whole.label, whole.before, whole.after, whole.difference)
        return Listing(heading, columns, rows, total)

    def _signature(self) -> Signature:
        parties = (
            (Label("保险人", "Insurer"), self.insurer_name),
            (Label("投保人", "Policyholder"), self.policyholder),
            (Label("被保险人", "Insured"), self.insured),
        )
        return Signature("", self.issued_on, parties)


_STANDING = (
    "本批单是保险单的组成部分；未经批改的条款继续有效。",
    "This endorsement is part of the policy; what it does not change stands.",
    "差额为负数的，由保险人退还。 A difference below zero is returned by the insurer.",
)
