"""Reserves on the wire: what comes in, what stands, what is modelled."""

from datetime import datetime
from typing import Final, Literal

from pydantic import Field

from api.schemas.common import Answer, Finding, money
from claims.reserving.store import ReserveProposalRow, ReserveRow, lines_of
from claims.rules.reserve.lines import LINES, Reserves
from kernel.errors import Fault, Invalid
from kernel.money import AMOUNT_PATTERN, format_minor
from kernel.wire import MoneyWire, Wire, Words

SIGNED: Final = AMOUNT_PATTERN.replace("^", "^-?", 1)
"""An amount as it stands on the wire, with a sign where it is below nought."""


class ReserveRequest(Wire):
    """Reserves by line, the issuer's share; every line is stated, nought included."""

    indemnity: MoneyWire
    defence: MoneyWire
    adjustment: MoneyWire
    recovery: MoneyWire = Field(description="Expected to come back; it stands against the others")
    reason: Words

    def reserves(self, currency: str) -> Reserves:
        """Return the lines in minor units.

        Raises:
            Invalid: a line is in another currency, or has decimals that its currency lacks.
        """
        sent = {name: getattr(self, name) for name in LINES}
        faults = [
            Fault(f"{name}.currency", f"the claim is in {currency}", "give it in that")
            for name, one in sent.items()
            if one.currency != currency
        ]
        if faults:
            raise Invalid("other-currency", *faults)
        return Reserves(**{name: one.money(f"{name}.amount").minor for name, one in sent.items()})


class SignedMoney(Answer):
    """An amount that may be below nought."""

    amount: str = Field(pattern=SIGNED, examples=["-4999.00"])
    currency: str = Field(examples=["CNY"])


class ReserveLines(Answer):
    """Reserves by line."""

    indemnity: MoneyWire
    defence: MoneyWire
    adjustment: MoneyWire
    recovery: MoneyWire
    net: SignedMoney = Field(
        description="All lines less what is expected back; below nought where more is expected"
        " back than is set aside, as after a payment"
    )


class ReserveSet(Answer):
    """Reserves as they stood from an instant on."""

    sequence: int
    lines: ReserveLines
    cause: Literal["claim", "person"] = Field(
        description="Set by the course of the claim, or by a person"
    )
    reason: str
    actor: str
    approver: str | None
    created_at: datetime


class ReserveProposal(Answer):
    """Reserves above the authority of who asks for them."""

    id: str
    lines: ReserveLines
    reason: str
    actor: str
    need: str = Field(description="Lowest level that may approve")
    created_at: datetime


class ModelledReserve(Answer):
    """What claims of the kind come to, by credibility of the house's own closed ones."""

    lines: ReserveLines
    closed_claims: int
    weight: str = Field(description="Credibility of own closed claims, an exact fraction")
    unverified: tuple[str, ...] = Field(description="Figures behind it that nobody has confirmed")


class ReservesAnswer(Answer):
    """Case and modelled reserves of a claim side by side."""

    claim_id: str
    standing: ReserveLines
    modelled: ModelledReserve
    history: tuple[ReserveSet, ...]
    waiting: tuple[ReserveProposal, ...] = Field(
        description="Proposals that nobody has answered and nothing has overtaken"
    )
    findings: tuple[Finding, ...] = Field(
        description="Such as a reserve that a person set and that is not what was approved"
    )


def lines_answer(reserves: Reserves, currency: str) -> ReserveLines:
    """Return reserves by line."""
    named = {name: money(reserves.line(name), currency) for name in LINES}
    net = SignedMoney(amount=format_minor(reserves.net, currency), currency=currency)
    return ReserveLines(**named, net=net)


def set_answer(row: ReserveRow) -> ReserveSet:
    """Return one set of reserves."""
    return ReserveSet(
        sequence=row.sequence,
        lines=lines_answer(lines_of(row), row.currency),
        cause="person" if row.cause == "person" else "claim",
        reason=row.reason,
        actor=row.actor,
        approver=row.approver,
        created_at=row.created_at,
    )


def proposal_answer(row: ReserveProposalRow) -> ReserveProposal:
    """Return a proposal."""
    return ReserveProposal(
        id=row.id,
        lines=lines_answer(lines_of(row), row.currency),
        reason=row.reason,
        actor=row.actor,
        need=row.need,
        created_at=row.created_at,
    )
