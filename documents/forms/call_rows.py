"""What the papers of a call share: which claim and share it is about, what lies with it."""

from dataclasses import dataclass
from datetime import date

from documents.blocks import Fact, Facts, Label, Listing, Seal
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called, on which claim, under which scheme.

    Attributes:
        party: its name in the scheme.
        role: as what, such as "政府资金池 public pool".
        payee: who is to be paid.
        call_number: of the call.
        claim_number: the claim.
        policy_number: the policy.
        scheme_code: code of the scheme frozen into the policy.
        scheme_title: its name.
        insured: whose loss it is.
        debtor: the policyholder.
    """

    party: str
    role: str
    payee: str
    call_number: str
    claim_number: str
    policy_number: str
    scheme_code: str
    scheme_title: str
    insured: str
    debtor: str

    def block(self, *more: Fact) -> Facts:
        """The case, as every paper of a call opens with it."""
        return Facts(
            Label("分担款", "Share called"),
            (
                Fact(Label("分担方", "Sharing party"), f"{self.party}（{self.role}）"),
                Fact(Label("收款方", "Payee"), self.payee),
                Fact(Label("催缴号", "Call number"), self.call_number),
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("被保险人", "Insured"), self.insured),
                Fact(Label("投保人", "Policyholder"), self.debtor),
                Fact(Label("分担方案", "Scheme"), f"{self.scheme_code}　{self.scheme_title}"),
                *more,
            ),
            deed=True,
        )


@dataclass(frozen=True, slots=True)
class Attached:
    """A paper that lies with a call: what it is, and its number or the day it came in."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One line of how an amount was made; the lines add up to what is asked.

    Attributes:
        words: the term that was applied, in both languages.
        amount: above zero where it adds, below where it takes away.
    """

    words: str
    amount: Money


def reckoning(lines: tuple[Reckoned, ...], total: Money) -> Listing:
    """How the amount was made, line by line, with its total."""
    return Listing(
        Label("金额的计算", "How the amount was made"),
        (Label("依据", "Term"), Label("金额", "Amount")),
        tuple((one.words, one.amount) for one in lines),
        (Label("合计", "Total"), total),
        deed=True,
    )


def attachments(papers: tuple[Attached, ...]) -> Listing:
    """The papers that lie with it."""
    return Listing(
        Label("所附材料", "Papers attached"),
        (Label("材料", "Paper"), Label("编号或收到日", "Number, or received on")),
        tuple((one.name, one.number) for one in papers),
        deed=True,
    )


def sealed(name: str, on: date) -> Seal:
    """The box for the seal of the insurer."""
    return Seal((Label("保险人", "Insurer"), name), None, "", on)
