"""What is remembered of accumulation. A policy's rows follow it; the rest only grows."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Minor, Record, Row


class AccumulationRow(Row, table=True):
    """That one policy counts under one key.

    Attributes:
        policy_id: the policy.
        dimension: along what it adds up, see `Dimension`.
        name: of the key.
        currency: of the amounts.
        product: of the policy.
        minor: sum insured, all parties together.
        retained_minor: of it, what the insurer keeps.
        starts_on: first day of cover.
        ends_on: last day on which it counts.
    """

    policy_id: str = Field(foreign_key="policy.id")
    dimension: str
    name: str
    currency: str
    product: str
    minor: int = Field(sa_type=Minor)
    retained_minor: int = Field(sa_type=Minor)
    starts_on: date
    ends_on: date

    __table_args__ = (
        UniqueConstraint("policy_id", "dimension", "name"),
        Index(
            "ix_accumulation_key",
            "dimension", "name", "ends_on", "currency", "product", "minor", "retained_minor",
        ),  # holds all that a quote sums, so that no row is fetched
        CheckConstraint("minor >= 0", name="minor"),
        CheckConstraint("retained_minor BETWEEN 0 AND minor", name="retained"),
    )  # fmt: skip


class RetentionRow(Record, table=True):
    """A change of what the insurer keeps of one policy; written once.

    Attributes:
        policy_id: the policy.
        product: of the policy.
        currency: of the amounts.
        retained_minor: more kept than before, or less where below zero.
        premium_minor: premium for it, likewise.
        moved_on: business date of the change.
    """

    policy_id: str = Field(foreign_key="policy.id")
    product: str
    currency: str
    retained_minor: int = Field(sa_type=Minor)
    premium_minor: int = Field(sa_type=Minor)
    moved_on: date

    __table_args__ = (
        Index(None, "policy_id"),
        Index(
            "ix_retention_moved",
            "currency", "moved_on", "product", "retained_minor", "premium_minor",
        ),
    )  # fmt: skip


class MeansRow(Record, table=True):
    """The insurer's own figures at the end of a quarter; see `Means`. Ratios are exact text."""

    currency: str
    as_of: date
    source: str
    net_assets: int = Field(sa_type=Minor)
    capital_and_reserves: int = Field(sa_type=Minor)
    retained_premium: int = Field(sa_type=Minor)
    retained_guarantee: int = Field(sa_type=Minor)
    retained_financing: int = Field(sa_type=Minor)
    small_business_share: str
    core_solvency: str
    comprehensive_solvency: str

    __table_args__ = (
        UniqueConstraint("currency", "as_of"),
        CheckConstraint("retained_premium >= 0", name="premium"),
        CheckConstraint("retained_financing >= 0", name="financing"),
        CheckConstraint("retained_guarantee >= retained_financing", name="guarantee"),
    )
