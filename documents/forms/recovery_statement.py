"""What came back, what it cost, and to whom it was given."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from documents.blocks import Banner, Block, Fact, Facts, Label, Listing, Note, Title
from documents.words import in_chinese, in_english
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What one party gets of a recovery.

    Attributes:
        party: who.
        borne: what it had borne before any recovery.
        now: what it gets of this recovery, and more or less of the earlier ones.
        in_total: what it got of all recoveries, this one among them.
        still_borne: what it bears after all recoveries.
    """

    party: str
    borne: Money
    now: Money
    in_total: Money
    still_borne: Money

    @property
    def before(self) -> Money:
        """What it had got by the statement before."""
        return self.in_total - self.now


@dataclass(frozen=True, slots=True)
class GivenAnew:
    """An earlier recovery that is given back otherwise than the statement before had it.

    Attributes:
        reference: of the recovery.
        value_on: value date of its money.
        before: given back of it by then.
        now: given back of it now.
        surplus_before: its surplus by then.
        surplus_now: its surplus now.
    """

    reference: str
    value_on: date
    before: Money
    now: Money
    surplus_before: Money
    surplus_now: Money

    @property
    def more(self) -> Money:
        """By how much its net grew."""
        return self.now + self.surplus_now - self.before - self.surplus_before


@dataclass(frozen=True, slots=True)
class RecoveryStatement:
    """The statement of one recovery.

    Attributes:
        number: number of the recovery.
        insurer_name: who shares it out.
        issued_on: date of the statement.
        claim_number: the claim.
        policy_number: the policy.
        source: where the money came from, such as the sale of a right.
        value_on: value date of the money.
        gross: what came in.
        costs: costs of recovery, taken off first.
        net: what is shared out; `gross` less `costs`.
        parties: party by party.
        total: the same row added up over the parties; its name is not printed.
        surplus: what is left when all have been made whole, beyond the statement before.
        surplus_to: who gets the surplus; empty when there is none.
        rule: the rule of sharing, pro rata or reverse, in words.
        notes: further remarks.
        changed: earlier recoveries that are given back anew since the statement before.
    """

    title: ClassVar[Label] = Label("追偿分配书", "Recovery Statement")

    number: str
    insurer_name: str
    issued_on: date
    claim_number: str
    policy_number: str
    source: str
    value_on: date
    gross: Money
    costs: Money
    net: Money
    parties: tuple[GivenBack, ...]
    total: GivenBack
    surplus: Money
    surplus_to: str
    rule: str
    notes: tuple[str, ...] = ()
    changed: tuple[GivenAnew, ...] = ()

    def __post_init__(self) -> None:
        assert self.gross - self.costs == self.net, "net is gross less costs"
        shared = sum((one.more for one in self.changed), self.net)
        assert self.total.now + self.surplus == shared, "what is given back is the net"

    def blocks(self) -> tuple[Block, ...]:
        """The money, the rule, then who gets what."""
        return (
            Title(self.title),
            self._net(),
            self._case(),
            self._money(),
            *self._anew(),
            self._shares(),
            Facts(
                Label("分配规则", "Rule of sharing"),
                (
                    Fact(Label("规则", "Rule"), self.rule),
                    Fact(Label("余额", "Surplus"), self.surplus),
                    Fact(Label("余额归属", "Surplus goes to"), self.surplus_to),
                ),
            ),
            Note(Label("说明", "Notes"), self.notes),
        )

    def _net(self) -> Banner:
        words = (in_chinese(self.net), in_english(self.net))
        return Banner(Label("可分配净额", "Net to be shared"), str(self.net), "plain", words)

    def _case(self) -> Facts:
        return Facts(
            Label("赔案", "Claim"),
            (
                Fact(Label("赔案号", "Claim number"), self.claim_number),
                Fact(Label("保险单号", "Policy number"), self.policy_number),
                Fact(Label("款项来源", "Source"), self.source),
                Fact(Label("到账日", "Value date"), self.value_on),
                Fact(Label("出具日期", "Issued on"), self.issued_on),
            ),
        )

    def _money(self) -> Listing:
        return Listing(
            Label("追偿所得", "Money recovered"),
            (Label("项目", "Item"), Label("金额", "Amount")),
            (
                (Label("追偿总额", "Gross recovery"), self.gross),
                (Label("减：追偿费用", "Less costs of recovery"), -self.costs),
            ),
            (Label("净额", "Net"), self.net),
        )

    def _anew(self) -> tuple[Listing, ...]:
        """List the earlier recoveries that are given back anew, where there are any."""
        if not self.changed:
            return ()
        rows = tuple(
            (f"{one.reference} {one.value_on}", one.before, one.now, one.surplus_before,
             one.surplus_now)
            for one in self.changed
        )  # fmt: skip
        columns = (
            Label("前次追偿及到账日", "Recovery, value date"),
            Label("原返还", "Given back then"),
            Label("现返还", "Given back now"),
            Label("原余额", "Surplus then"),
            Label("现余额", "Surplus now"),
        )
        heading = Label("重新分配的前次追偿", "Earlier recoveries given back anew")
        return (Listing(heading, columns, rows),)

    def _shares(self) -> Listing:
        rows = tuple(
            (one.party, one.borne, one.now, one.in_total, one.still_borne) for one in self.parties
        )
        total = self.total
        sums = (Label("合计", "Total"), total.borne, total.now, total.in_total, total.still_borne)
        columns = (
            Label("承担方", "Party"),
            Label("原承担", "Borne before"),
            Label("本次返还", "Given back now"),
            Label("累计返还", "Given back in total"),
            Label("仍承担", "Still borne"),
        )
        return Listing(Label("各方分配", "Who gets what"), columns, rows, sums)
