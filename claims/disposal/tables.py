"""What is remembered of recoveries, of recourse, and of the disposal of a pledge."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row, UtcInstant


class RecoverySharingRow(Record, table=True):
    """How a recovery was given back, edition by edition; the newest holds.

    Attributes:
        edition: 1 when it came in, one more with each replay that changed it.
        settlement_id: on whose tranches it was given back.
        why: what brought the edition about.
        carried_minor: costs that earlier value dates left unmet.
        unmet_minor: costs that are left to the next.
    """

    recovery_id: str = Field(foreign_key="recovery.id")
    edition: int
    settlement_id: str = Field(foreign_key="settlement.id")
    booked_on: date
    why: str
    value_date: date
    gross_minor: int = Field(sa_type=Minor)
    costs_minor: int = Field(sa_type=Minor)
    carried_minor: int = Field(sa_type=Minor)
    unmet_minor: int = Field(sa_type=Minor)
    net_minor: int = Field(sa_type=Minor)
    surplus_minor: int = Field(sa_type=Minor)
    parts: dict[str, Any] = Field(sa_type=FrozenJson)

    __table_args__ = (
        UniqueConstraint("recovery_id", "edition"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint("carried_minor >= 0 AND unmet_minor >= 0", name="carried"),
        CheckConstraint("surplus_minor BETWEEN 0 AND net_minor", name="surplus"),
    )


class RecoveryOriginRow(Record, table=True):
    """Where a recovery came from, as a code."""

    recovery_id: str = Field(foreign_key="recovery.id")
    origin: str

    __table_args__ = (
        UniqueConstraint("recovery_id"),
        CheckConstraint(
            "origin IN ('disposal', 'debtor', 'surety', 'court', 'set_off', 'third_party')",
            name="origin",
        ),
    )


class RecoveryPaymentRow(Record, table=True):
    """What a payee was given, or, below zero, handed back."""

    claim_id: str = Field(foreign_key="claim.id")
    payee: str
    currency: str
    amount_minor: int = Field(sa_type=Minor)
    reference: str
    paid_on: date
    booked_on: date

    __table_args__ = (
        UniqueConstraint("claim_id", "reference"),
        CheckConstraint("amount_minor <> 0", name="amount"),
    )


class SubrogationRow(Row, table=True):
    """The insurer stands in the place of the insured it paid.

    Attributes:
        paid_minor: what the insurer paid, its highest claim (Insurance Law, art. 60).
        received_minor: what the insured already had of the debtor on what was paid.
        taken_minor: what passes over.
        registry_due: last day to have the change of pledgee noted; None without a pledge.
    """

    claim_id: str = Field(foreign_key="claim.id")
    settlement_id: str = Field(foreign_key="settlement.id")
    currency: str
    paid_minor: int = Field(sa_type=Minor)
    received_minor: int = Field(sa_type=Minor)
    taken_minor: int = Field(sa_type=Minor)
    taken_on: date
    findings: list[Any] = Field(sa_type=FrozenJson)
    registry_due: date | None = None
    registered_on: date | None = None
    registered_as: str = ""

    __table_args__ = (
        UniqueConstraint("claim_id"),
        CheckConstraint("taken_minor BETWEEN 0 AND paid_minor", name="taken"),
        CheckConstraint("received_minor >= 0", name="received"),
    )


class RecourseNoticeRow(Record, table=True):
    """Who was told that it now owes the insurer; `share` is of the debt, as an exact fraction."""

    subrogation_id: str = Field(foreign_key="subrogation.id")
    position: int
    role: str
    name: str
    share: str
    amount_minor: int = Field(sa_type=Minor)
    document_id: str = Field(foreign_key="document.id")

    __table_args__ = (
        UniqueConstraint("document_id"),
        UniqueConstraint("subrogation_id", "position"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )


class DisposalRow(Row, table=True):
    """The enforcement of the securities of one claim.

    Attributes:
        order_agreed: was it agreed in which order securities are enforced?
    """

    number: str
    claim_id: str = Field(foreign_key="claim.id")
    currency: str
    state: str
    opened_on: date
    order_agreed: bool
    closed_on: date | None = None

    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("state IN ('open', 'closed')", name="state"),
    )


class DisposalLotRow(Row, table=True):
    """One right on its way to money.

    Attributes:
        number: of the right.
        own: is it the debtor's own, and not a third party's?
        state: see `claims.rules.disposal.moves`.
        turn: how often it was listed.
    """

    disposal_id: str = Field(foreign_key="disposal.id")
    position: int
    number: str
    kind: str
    owner: str
    own: bool
    state: str
    turn: int = 0
    closed_on: date | None = None

    __table_args__ = (
        UniqueConstraint("disposal_id", "position"),
        UniqueConstraint("disposal_id", "number"),
        CheckConstraint("turn >= 0", name="turn"),
    )


class DisposalValuationRow(Record, table=True):
    """What an appraiser put on a lot; the newest holds."""

    lot_id: str = Field(foreign_key="disposal_lot.id")
    sequence: int
    appraiser: str
    method: str
    valued_on: date
    amount_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("lot_id", "sequence"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class DisposalListingRow(Record, table=True):
    """A lot put up for sale."""

    lot_id: str = Field(foreign_key="disposal_lot.id")
    turn: int
    venue: str
    listed_on: date
    opens_at: datetime = Field(sa_type=UtcInstant)
    closes_at: datetime = Field(sa_type=UtcInstant)
    reserve_minor: int = Field(sa_type=Minor)
    deposit_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("lot_id", "turn"),
        CheckConstraint("reserve_minor > 0", name="reserve"),
        CheckConstraint("deposit_minor BETWEEN 0 AND reserve_minor", name="deposit"),
        CheckConstraint("opens_at < closes_at", name="hours"),
    )


class DisposalBidRow(Record, table=True):
    """A bid; the instant is the venue's."""

    listing_id: str = Field(foreign_key="disposal_listing.id")
    sequence: int
    bidder: str
    amount_minor: int = Field(sa_type=Minor)
    bid_at: datetime = Field(sa_type=UtcInstant)
    deposit_paid: bool

    __table_args__ = (
        UniqueConstraint("listing_id", "sequence"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class DisposalAwardRow(Row, table=True):
    """Who gets a lot, how, and for how much.

    Attributes:
        way: `auction`, `agreed_sale` or `licence`.
        price_minor: of an auction or sale; of a licence what is agreed for its whole term.
        pay_by: last day of payment; of a licence the last day of its term.
        state: `standing`, `paid` or `defaulted`.
    """

    lot_id: str = Field(foreign_key="disposal_lot.id")
    sequence: int
    way: str
    bid_id: str | None = Field(default=None, foreign_key="disposal_bid.id")
    buyer: str
    price_minor: int = Field(sa_type=Minor)
    deposit_minor: int = Field(default=0, sa_type=Minor)
    awarded_on: date
    pay_by: date
    state: str

    __table_args__ = (
        UniqueConstraint("lot_id", "sequence"),
        UniqueConstraint("bid_id"),
        CheckConstraint("price_minor > 0", name="price"),
        CheckConstraint("state IN ('standing', 'paid', 'defaulted')", name="state"),
        CheckConstraint("way IN ('auction', 'agreed_sale', 'licence')", name="way"),
    )


class DisposalProceedsRow(Record, table=True):
    """Money of a lot, given back as a recovery; a licence pays by period."""

    award_id: str = Field(foreign_key="disposal_award.id")
    recovery_id: str = Field(foreign_key="recovery.id")
    kind: str
    period_from: date | None = None
    period_to: date | None = None

    __table_args__ = (
        UniqueConstraint("recovery_id"),
        UniqueConstraint("award_id", "period_from"),
        CheckConstraint("kind IN ('price', 'deposit', 'licence_fee')", name="kind"),
        CheckConstraint("period_from <= period_to", name="period"),
    )


class DisposalExpenseRow(Record, table=True):
    """What enforcement cost, and how much of it was necessary."""

    disposal_id: str = Field(foreign_key="disposal.id")
    lot_id: str | None = Field(default=None, foreign_key="disposal_lot.id")
    kind: str
    reference: str
    value_date: date
    asked_minor: int = Field(sa_type=Minor)
    allowed_minor: int = Field(sa_type=Minor)
    why: str
    recovery_id: str | None = Field(default=None, foreign_key="recovery.id")

    __table_args__ = (
        UniqueConstraint("disposal_id", "reference"),
        CheckConstraint("allowed_minor BETWEEN 0 AND asked_minor", name="allowed"),
    )
