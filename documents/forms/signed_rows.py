"""Who signed its share of a settlement and who dissents, as several papers print it."""

from dataclasses import dataclass
from datetime import date

from documents.blocks import Fact, Facts, Label, Listing
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class SignedShare:
    """One party's share and where its signature stands.

    Attributes:
        party: who bears it, by name.
        borne: what it bears.
        stands: signed, dissents, or neither yet, in words.
        name: of the person who signed or spoke last; empty where nobody did.
        on: the day of that; None where nobody did.
    """

    party: str
    borne: Money
    stands: str
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Dissented:
    """A dissent that was kept.

    Attributes:
        party: who dissents, by name.
        name: of the person who said it.
        on: the day.
        reason: in its own words.
        clause: the term relied on; empty where none was named.
    """

    party: str
    name: str
    on: date
    reason: str
    clause: str = ""


def shares_signed(signed: tuple[SignedShare, ...]) -> Listing:
    """Return who signed which share and when."""
    return Listing(
        Label("各方份额与签署", "Shares and signatures"),
        (
            Label("承担方", "Party"),
            Label("承担金额", "Borne"),
            Label("签署情况", "Where it stands"),
            Label("签署人", "Signed by"),
            Label("日期", "On"),
        ),
        tuple((one.party, one.borne, one.stands, one.name or "—", one.on or "—") for one in signed),
    )


def dissents_kept(dissents: tuple[Dissented, ...]) -> tuple[Facts, ...]:
    """Return each dissent with its reason, a block for each."""
    return tuple(
        Facts(
            Label(f"不同意见 {number}", f"Dissent {number}"),
            (
                Fact(Label("承担方", "Party"), one.party),
                Fact(Label("陈述人", "Said by"), one.name),
                Fact(Label("日期", "On"), one.on),
                Fact(Label("依据条款", "Term relied on"), one.clause or "未载明 not named"),
                Fact(Label("理由", "Reason"), one.reason),
            ),
            deed=True,
        )
        for number, one in enumerate(dissents, start=1)
    )
