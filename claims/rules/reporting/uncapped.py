"""A scheme as it shares a loss while nobody's means are spent: what falls to a party at all."""

from dataclasses import replace
from fractions import Fraction

from kernel.sharing import CapPer, Facts, Loss, Scheme, split
from underwriting.rules.contract import Contract


def uncapped(scheme: Scheme) -> Scheme:
    """Return a scheme without fuses and without caps that count means; caps per loan stay."""
    caps = tuple(cap for cap in scheme.caps if cap.per is CapPer.LOAN)
    return replace(scheme, caps=caps, fuses=())


def falls_to(scheme: Scheme, contract: Contract, loss: Loss) -> dict[str, int]:
    """Return party -> what of a loss falls to it, its means left aside, minor units."""
    share = contract.loan.ip_share if contract.loan else Fraction(1)
    facts = Facts(loan_minor=contract.amount.minor, ip_share=share, tier=contract.tier)
    return {part.party: part.paid for part in split(uncapped(scheme), loss, facts).parts}
