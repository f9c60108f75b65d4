"""The rows of a settlement statement: lines of the loss, shares, calls, payees."""

from dataclasses import dataclass
from datetime import date

from documents.blocks import Label, Listing
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class LossLine:
    """One line of the loss.

    Attributes:
        label: what it is, such as "本金 Principal".
        asked: what the bank asked.
        approved: what is recognised.
        reason: why they differ; empty when they do not.
        adjusted: what the adjuster allows of it; None where it was not kept apart.
        paid: what the issuer pays of it, all in all; None likewise.
    """

    label: str
    asked: Money
    approved: Money
    reason: str = ""
    adjusted: Money | None = None
    paid: Money | None = None


@dataclass(frozen=True, slots=True)
class BorneShare:
    """What one party bears.

    Attributes:
        party: who.
        role: as what, such as "保险人 Insurer".
        due: by the layers, before fuses and caps.
        paid: what it bears in the end.
        reasons: why the two differ; empty when they do not.
    """

    party: str
    role: str
    due: Money
    paid: Money
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked from a sharer: how much, by when, by which clause."""

    party: str
    amount: Money
    due_on: date
    clause: str


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid of a settlement: what is paid now, and what was paid in all."""

    name: str
    now: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class PaidAlready:
    """That a loss was met before it was a claim: under which letter, on which day.

    Attributes:
        letter: number of the letter of guarantee.
        on: the day of payment; None where it is not on record.
    """

    letter: str
    on: date | None


def payees_listed(payees: tuple[Payee, ...]) -> Listing:
    """Return who is paid how much, now and in all."""
    unit = payees[0].now.currency
    total = (Money(sum(minors), unit) for minors in (
        [one.now.minor for one in payees], [one.paid.minor for one in payees]
    ))  # fmt: skip
    return Listing(
        Label("赔款收款人", "Who is paid"),
        (
            Label("收款人", "Payee"),
            Label("本次支付", "Paid now"),
            Label("累计支付", "Paid in all"),
        ),
        tuple((one.name, one.now, one.paid) for one in payees),
        (Label("合计", "Total"), *total),
    )
