"""Which accounts claims move. Debit above zero, credit below; the party comes last."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.sharing import UNCOVERED, GivenBack, Recovery, Split

Moves = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is who in one settlement.

    Attributes:
        issuer: the party whose share the house bears.
        bank: the party that is the insured creditor; empty where it bears no share.
        lead: does the house pay for all and call on the others?
    """

    issuer: str
    bank: str
    lead: bool

    @property
    def insured(self) -> str:
        """Who is paid, as accounts name it."""
        return self.bank or "insured"


def taken_back_moves(minor: int, sides: Sides) -> Moves:
    """The insured pays back what it was paid too much."""
    return [("cash", minor), (f"overpaid:{sides.insured}", -minor)]


def called(split: Split, sides: Sides) -> dict[str, int]:
    """Return what each other party is called for: neither the issuer's nor the bank's share."""
    return {
        part.party: part.paid
        for part in split.parts
        if part.paid and part.party not in (sides.issuer, sides.bank)
    }


def paid_to_bank(split: Split, sides: Sides) -> int:
    """Return what the house pays the bank: its own share, and as lead those of the others."""
    others = sum(called(split, sides).values()) if sides.lead else 0
    return split.paid_by(sides.issuer) + others


def settlement_moves(
    split: Split, sides: Sides, *, out: int | None = None, pays_from: str = "cash"
) -> Moves:
    """Pay the bank and call on the others.

    As lead the calls are receivables of the house; else they are kept as memoranda of what
    each party owes the bank. `out` is what was ever paid out, where that is more than is owed
    now: the rest is a receivable. `pays_from` is the account that meets the payment.
    """
    own, calls = split.paid_by(sides.issuer), called(split, sides)
    owed = paid_to_bank(split, sides)
    out = owed if out is None else out
    moves = [(f"claims_paid:{sides.issuer}", own), (pays_from, -out)]
    if out > owed:
        moves.append((f"overpaid:{sides.insured}", out - owed))
    if sides.lead:
        return moves + [(f"share_receivable:{party}", minor) for party, minor in calls.items()]
    for party, minor in calls.items():
        moves += [(f"memo_call:{party}", minor), (f"memo_owed_to_bank:{party}", -minor)]
    return moves


def call_paid_moves(party: str, minor: int, *, lead: bool) -> Moves:
    """A party pays its call: to the house as lead, else to the bank."""
    if lead:
        return [("cash", minor), (f"share_receivable:{party}", -minor)]
    return [(f"memo_owed_to_bank:{party}", minor), (f"memo_call:{party}", -minor)]


def pool_moves(parts: Mapping[str, int], scheme: str) -> Moves:
    """Charge pools with shares of a loss (or, below zero, with what they get back)."""
    moves: Moves = []
    for name, minor in ((f"{scheme}:{party}", minor) for party, minor in parts.items()):
        moves += [(f"pool_losses:{name}", minor), (f"pool_money:{name}", -minor)]
    return moves


def recovery_moves(recovery: Recovery, back: GivenBack, carried: int, issuer: str) -> Moves:
    """Take in a recovery, meet its costs, owe each party its part and the debtor the surplus.

    `carried` is what earlier recoveries left of their costs.
    """
    moves = [
        ("cash", recovery.gross - recovery.costs),
        ("recovery_costs_carried", back.costs_carried - carried),
        ("surplus_payable:policyholder", -back.surplus),
    ]
    for party, minor in back.parts.items():
        account = "recovery_income" if party == issuer else "recovery_payable"
        name = "bank" if party == UNCOVERED else party
        moves.append((f"{account}:{name}", -minor))
    return moves
