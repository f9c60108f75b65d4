"""What claims remember. Written by acts from checked values; CHECKs are the floor."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Row


class ClaimRow(Row, table=True):
    """A claim.

    Attributes:
        number: for people.
        state: see `claims.rules.lifecycle`.
        default_date: with the policy, the key of a claim: one default, one claim.
        asked: what the bank asks, line -> minor units.
        approved: what was approved, line -> minor units; None before.
        file: facts established so far: papers, conduct, dates.
        findings: of the last test of cover.
        reserve_minor: case reserve of the issuer's share.
    """

    number: str
    state: str
    policy_id: str = Field(foreign_key="policy.id")
    client_id: str = Field(foreign_key="party.id")
    currency: str
    default_date: date
    notified_on: date
    asked: dict[str, Any] = Field(sa_type=FrozenJson)
    approved: dict[str, Any] | None = Field(default=None, sa_type=FrozenJson, nullable=True)
    file: dict[str, Any] = Field(sa_type=FrozenJson)
    findings: list[Any] = Field(sa_type=FrozenJson)
    reserve_minor: int = Field(default=0, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("policy_id", "default_date"),
        Index(None, "client_id", "created_at"),
        CheckConstraint("reserve_minor >= 0", name="reserve"),
    )


class SettlementRow(Row, table=True):
    """A loss settled and shared.

    Attributes:
        claim_id: one settlement a claim.
        settled_on: business date.
        facts: what the scheme asked, as it was on that day.
        split: the sharing with its steps, as printed.
        tranches: party -> minor units, in the order in which they were borne.
    """

    claim_id: str = Field(foreign_key="claim.id")
    settled_on: date
    currency: str
    eligible_minor: int = Field(sa_type=Minor)
    ineligible_minor: int = Field(sa_type=Minor)
    uncovered_minor: int = Field(sa_type=Minor)
    paid_to_bank_minor: int = Field(sa_type=Minor)
    facts: dict[str, Any] = Field(sa_type=FrozenJson)
    split: dict[str, Any] = Field(sa_type=FrozenJson)
    tranches: list[Any] = Field(sa_type=FrozenJson)
    costs_carried_minor: int = Field(default=0, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("claim_id"),
        CheckConstraint("uncovered_minor BETWEEN 0 AND eligible_minor", name="uncovered"),
        CheckConstraint("ineligible_minor >= 0", name="ineligible"),
        CheckConstraint("paid_to_bank_minor BETWEEN 0 AND eligible_minor", name="paid"),
    )


class ShareRow(Row, table=True):
    """What one party bears of one settlement.

    Attributes:
        position: in the order of the scheme, from 1; the uncovered part comes last.
        due_minor: by the layers, before fuses and caps.
        paid_minor: borne in the end.
        given_back_minor: never more than `paid_minor`.
    """

    settlement_id: str = Field(foreign_key="settlement.id")
    position: int
    party: str
    role: str
    currency: str
    due_minor: int = Field(sa_type=Minor)
    paid_minor: int = Field(sa_type=Minor)
    given_back_minor: int = Field(default=0, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("settlement_id", "party"),
        CheckConstraint("paid_minor >= 0", name="paid"),
        CheckConstraint("given_back_minor BETWEEN 0 AND paid_minor", name="given_back"),
    )


class CallRow(Row, table=True):
    """A call on one party for its share.

    Attributes:
        payee: the bank, or the issuer where it leads.
        state: `raised`, `paid`.
        clause: the term of the scheme that it rests on.
    """

    settlement_id: str = Field(foreign_key="settlement.id")
    party: str
    payee: str
    currency: str
    amount_minor: int = Field(sa_type=Minor)
    clause: str
    due_on: date
    state: str
    paid_on: date | None = None

    __table_args__ = (
        UniqueConstraint("settlement_id", "party"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class RecoveryRow(Row, table=True):
    """Money that came back and to whom it was given.

    Attributes:
        sequence: first, second, … of the claim.
        reference: the payer's or court's reference; one recovery each.
        value_date: the day the money came in.
        parts: party -> minor units given back now.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    reference: str
    source: str
    value_date: date
    currency: str
    gross_minor: int = Field(sa_type=Minor)
    costs_minor: int = Field(sa_type=Minor)
    net_minor: int = Field(sa_type=Minor)
    surplus_minor: int = Field(sa_type=Minor)
    parts: dict[str, Any] = Field(sa_type=FrozenJson)

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        UniqueConstraint("claim_id", "reference"),
        CheckConstraint("gross_minor >= 0", name="gross"),
        CheckConstraint("costs_minor >= 0", name="costs"),
        CheckConstraint("surplus_minor BETWEEN 0 AND net_minor", name="surplus"),
    )
