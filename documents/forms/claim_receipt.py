"""What was notified, when, what is needed next and by which day the law wants an answer."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Block, Fact, Facts, Finding, Findings, Label, Listing, Note, Title
from documents.forms.claim_words import OF_A_LOAN, ClaimWords
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class AmountClaimed:
    """One line of what is claimed: principal, interest, costs."""

    label_zh: str
    label_en: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that the claim needs.

    Attributes:
        name: what it is.
        clause: where it is asked for.
        received_on: day it came; None while it is missing.
        only_if: when alone it is needed, where that is not so now; empty: it is needed.
    """

    name: str
    clause: str
    received_on: date | None
    only_if: str = ""

    @property
    def missing(self) -> bool:
        """Is it needed, and not here?"""
        return self.received_on is None and not self.only_if


def only_if(papers: tuple[Paper, ...], *, deed: bool = False) -> tuple[Listing, ...]:
    """Return the list of papers that are needed in other circumstances; none where none is."""
    rows = tuple(
        (one.name, one.only_if) for one in papers if one.only_if and one.received_on is None
    )
    heading = Label("仅在下列情形需要的材料", "Papers needed only where")
    columns = (Label("材料", "Paper"), Label("情形", "Where"))
    return (Listing(heading, columns, rows, deed=deed),) if rows else ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which somebody must act, and the article or clause that says so."""

    what: str
    clause: str
    on: date


@dataclass(frozen=True, slots=True)
class ClaimReceipt:
    """Receipt for the first notice of a claim.

    Attributes:
        number: number of the claim.
        insurer_name: who received it.
        issued_on: date of the receipt.
        policy_number: the policy claimed on.
        bank: who claims.
        borrower: the policyholder.
        defaulted_on: day of the insured event.
        notified_on: day of the notice.
        waiting_ends_on: last day of the waiting period; None where there is none.
        claimed: amounts claimed; together they are `total_claimed`.
        total_claimed: their total.
        first_reserve: what is set aside at first; None when none is set.
        findings: what is seen at first sight.
        papers: all papers asked for, received or missing.
        deadlines: statutory and agreed dates.
        notes: further remarks.
        words: of its kind of claim.
    """

    title: ClassVar[Label] = Label("报案受理回执", "Claim Receipt")

    number: str
    insurer_name: str
    issued_on: date
    policy_number: str
    bank: str
    borrower: str
    defaulted_on: date
    notified_on: date
    waiting_ends_on: date | None
    claimed: tuple[AmountClaimed, ...]
    total_claimed: Money
    first_reserve: Money | None
    findings: tuple[Finding, ...]
    papers: tuple[Paper, ...]
    deadlines: tuple[Deadline, ...]
    notes: tuple[str, ...] = ()
    words: ClaimWords = OF_A_LOAN

    def blocks(self) -> tuple[Block, ...]:
        """What happened, what is claimed, what is missing, what comes when."""
        return (
            Title(self.title),
            self._notice(),
            self._amounts(),
            self._missing(),
            *only_if(self.papers, deed=True),
            self._received(),
            self._deadlines(),
            Findings(Label("初步认定", "Findings at first sight"), self.findings, deed=True),
            Note(
                Label("说明", "Notes"),
                (
                    "本回执不构成对保险责任的承认。 This receipt does not admit liability.",
                    *self.notes,
                ),
                deed=True,
            ),
        )

    def _notice(self) -> Facts:
        waiting = Fact(Label("等待期届满日", "Waiting period ends on"), self.waiting_ends_on)
        reserve = Fact(Label("首次立案准备金", "First reserve"), self.first_reserve)
        return Facts(
            Label("报案", "Notice"),
            (
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("赔案号", "Claim number"), self.number),
                Fact(self.words.insured, self.bank),
                Fact(self.words.debtor, self.borrower),
                Fact(self.words.event, self.defaulted_on),
                Fact(Label("报案日", "Notified on"), self.notified_on),
                *((waiting,) if self.waiting_ends_on else ()),
                reserve,
                Fact(Label("出具日期", "Issued on"), self.issued_on),
            ),
            deed=True,
        )

    def _amounts(self) -> Listing:
        return Listing(
            Label("索赔金额", "Amounts claimed"),
            (Label("项目", "Item"), Label("金额", "Amount")),
            tuple((Label(one.label_zh, one.label_en), one.amount) for one in self.claimed),
            (Label("合计", "Total"), self.total_claimed),
            deed=True,
        )

    def _missing(self) -> Listing:
        return Listing(
            Label("尚缺材料（一次性告知）", "Papers missing (all at once)"),
            (Label("材料", "Paper"), Label("依据", "Clause")),
            tuple((one.name, one.clause) for one in self.papers if one.missing),
            empty=Label("材料齐全", "All papers are here"),
            deed=True,
        )

    def _received(self) -> Listing:
        return Listing(
            Label("已收材料", "Papers received"),
            (Label("材料", "Paper"), Label("依据", "Clause"), Label("收到日", "Received on")),
            tuple(
                (one.name, one.clause, one.received_on) for one in self.papers if one.received_on
            ),
            deed=True,
        )

    def _deadlines(self) -> Listing:
        return Listing(
            Label("法定与约定期限", "Deadlines"),
            (Label("事项", "What"), Label("依据", "Clause"), Label("期限", "By")),
            tuple((one.what, one.clause, one.on) for one in self.deadlines),
            deed=True,
        )
