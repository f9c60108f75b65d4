"""What is remembered of reserves: each set, what was proposed above authority, and its answer."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Minor, Record


class ReserveRow(Record, table=True):
    """The reserves of a claim from here on, the issuer's share, minor units.

    Attributes:
        sequence: 1, 2, 3 … within the claim.
        indemnity_minor: of what is owed.
        defence_minor: of the cost of a defence.
        adjustment_minor: of own cost of adjusting.
        recovery_minor: of what is expected back.
        cause: `claim` where the course of the claim set it, `person` where somebody did.
        reason: why, in words; empty where the course of the claim says it.
        actor: who set or proposed it.
        approver: who approved what was above the actor's authority.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    currency: str
    indemnity_minor: int = Field(sa_type=Minor)
    defence_minor: int = Field(sa_type=Minor)
    adjustment_minor: int = Field(sa_type=Minor)
    recovery_minor: int = Field(sa_type=Minor)
    cause: str
    reason: str
    actor: str
    approver: str | None = None

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("indemnity_minor >= 0 AND defence_minor >= 0", name="loss"),
        CheckConstraint("adjustment_minor >= 0 AND recovery_minor >= 0", name="beside"),
        CheckConstraint("cause IN ('claim', 'person')", name="cause"),
        CheckConstraint("approver <> actor", name="four_eyes"),
    )


class ReserveProposalRow(Record, table=True):
    """Reserves that are above the authority of who asks for them.

    Attributes:
        after_sequence: number of the reserves that stood when it was made.
        need: lowest level that may approve.
    """

    claim_id: str = Field(foreign_key="claim.id", index=True)
    after_sequence: int
    currency: str
    indemnity_minor: int = Field(sa_type=Minor)
    defence_minor: int = Field(sa_type=Minor)
    adjustment_minor: int = Field(sa_type=Minor)
    recovery_minor: int = Field(sa_type=Minor)
    reason: str
    actor: str
    need: str

    __table_args__ = (
        CheckConstraint("indemnity_minor >= 0 AND defence_minor >= 0", name="loss"),
        CheckConstraint("adjustment_minor >= 0 AND recovery_minor >= 0", name="beside"),
    )


class ReserveAnswerRow(Record, table=True):
    """The one answer to a proposal.

    Attributes:
        outcome: `approved`; `refused`, and by who made it, withdrawn; or `overtaken` where the
            reserves had moved meanwhile.
    """

    proposal_id: str = Field(foreign_key="reserve_proposal.id")
    outcome: str
    actor: str
    reason: str

    __table_args__ = (
        UniqueConstraint("proposal_id"),
        CheckConstraint("outcome IN ('approved', 'refused', 'overtaken')", name="outcome"),
    )
