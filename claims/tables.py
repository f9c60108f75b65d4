"""What claims remember. Written by acts from checked values; CHECKs are the floor."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class ClaimRow(Row, table=True):
    """A claim.

    Attributes:
        number: for people.
        state: see `claims.rules.lifecycle`.
        default_date: day of the insured event; with the policy and `event_key`, the key of a
            claim.
        event_key: what tells the event from others of its day: letter and reference of a demand
            of customs; right and infringer; accuser and court; empty where the day alone is it.
        loan: borrower and number of the loan that is guaranteed: one default of it is one claim,
            whatever policies it was renewed under; None where no loan is, or the claim is denied.
        asked: what is asked so far, line -> minor units: the sum of its items.
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
    event_key: str = ""
    loan: str | None = None
    notified_on: date
    asked: dict[str, Any] = Field(sa_type=FrozenJson)
    approved: dict[str, Any] | None = Field(default=None, sa_type=FrozenJson, nullable=True)
    file: dict[str, Any] = Field(sa_type=FrozenJson)
    findings: list[Any] = Field(sa_type=FrozenJson)
    reserve_minor: int = Field(default=0, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("policy_id", "default_date", "event_key"),
        Index(None, "client_id", "loan", "default_date", unique=True),
        Index(None, "client_id", "created_at"),
        CheckConstraint("reserve_minor >= 0", name="reserve"),
    )


class ClaimItemRow(Record, table=True):
    """Something that is asked: a claim lives for years, and what is asked grows.

    Attributes:
        line: of the kind of claim.
        reference: the bill's, court's or bank's own; one item each.
        stage: of the matter, such as `first_instance`; empty where it has none.
        stated_on: business date.
        words: what it is for.
    """

    claim_id: str = Field(foreign_key="claim.id")
    line: str
    amount_minor: int = Field(sa_type=Minor)
    reference: str
    stage: str
    stated_on: date
    words: str

    __table_args__ = (
        UniqueConstraint("claim_id", "reference"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class SettlementRow(Row, table=True):
    """A loss settled and shared. Each of a claim is cumulative: the newest holds all of it.

    Attributes:
        sequence: first, second, … of the claim.
        purpose: see `claims.rules.purpose`.
        settled_on: business date.
        counts_on: the day whose year and ratios the scheme is asked for: of the first one.
        counted_minor: of the eligible loss, what counts on the sum insured of the policy.
        paid_to_bank_minor: what the house owes the insured and third parties, all in all.
        paid_out_minor: what it has paid out; more than it owes is to be paid back.
        taken_back_minor: what of that came back.
        payees: payee -> minor units paid out.
        lines: each line asked, adjusted, approved and paid, with the reason for every cut.
        facts: what the scheme asked, as it was on that day.
        split: the sharing with its steps, as printed.
        tranches: party -> minor units, in the order in which they were borne.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    purpose: str
    settled_on: date
    counts_on: date
    currency: str
    eligible_minor: int = Field(sa_type=Minor)
    ineligible_minor: int = Field(sa_type=Minor)
    uncovered_minor: int = Field(sa_type=Minor)
    counted_minor: int = Field(sa_type=Minor)
    paid_to_bank_minor: int = Field(sa_type=Minor)
    paid_out_minor: int = Field(sa_type=Minor)
    taken_back_minor: int = Field(default=0, sa_type=Minor)
    payees: dict[str, Any] = Field(sa_type=FrozenJson)
    lines: list[Any] = Field(sa_type=FrozenJson)
    facts: dict[str, Any] = Field(sa_type=FrozenJson)
    split: dict[str, Any] = Field(sa_type=FrozenJson)
    tranches: list[Any] = Field(sa_type=FrozenJson)
    costs_carried_minor: int = Field(default=0, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint(
            "purpose IN ('advance', 'interim', 'early', 'final', 'true_up', 'recomputed')",
            name="purpose",
        ),
        CheckConstraint("counted_minor BETWEEN 0 AND eligible_minor", name="counted"),
        CheckConstraint("taken_back_minor >= 0", name="taken_back"),
        CheckConstraint("paid_out_minor >= paid_to_bank_minor + taken_back_minor", name="out"),
        CheckConstraint("uncovered_minor BETWEEN 0 AND eligible_minor", name="uncovered"),
        CheckConstraint("ineligible_minor >= 0", name="ineligible"),
        CheckConstraint("paid_to_bank_minor BETWEEN 0 AND eligible_minor", name="paid"),
    )

    @property
    def overpaid_minor(self) -> int:
        """What was paid out, is not owed any more and did not come back yet."""
        return self.paid_out_minor - self.paid_to_bank_minor - self.taken_back_minor


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
