"""What is remembered of the case room: seats, signatures, dissent, appeals and their panels."""

from datetime import date
from typing import Any, Final

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class SeatRow(Record, table=True):
    """A registered party that speaks for a party of a scheme.

    Attributes:
        scheme_code: the scheme.
        party: its name in that scheme.
        party_id: who sits there.
        actor: who gave the seat.
    """

    scheme_code: str
    party: str
    party_id: str = Field(foreign_key="party.id")
    actor: str

    __table_args__ = (UniqueConstraint("scheme_code", "party", "party_id"),)


class ShareSignatureRow(Record, table=True):
    """A party signed its own share of one settlement; a later settlement asks anew.

    Attributes:
        sha256: of the settlement as it was signed.
        name: of the person who signed.
        signed_on: business date.
    """

    claim_id: str = Field(foreign_key="claim.id")
    settlement_id: str = Field(foreign_key="settlement.id")
    party: str
    amount_minor: int = Field(sa_type=Minor)
    sha256: str
    name: str
    actor: str
    signed_on: date

    __table_args__ = (
        UniqueConstraint("settlement_id", "party"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )


class DissentRow(Record, table=True):
    """A party does not agree with a settlement; it blocks nothing and stays on record.

    Attributes:
        call_id: the call that was disputed with it; None where none was.
        reason: in the words of whoever dissents.
        clause: the term relied on; empty where none was named.
    """

    claim_id: str = Field(foreign_key="claim.id")
    settlement_id: str = Field(foreign_key="settlement.id")
    party: str
    reason: str
    clause: str
    call_id: str | None = Field(default=None, foreign_key="call.id")
    name: str
    actor: str
    said_on: date

    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)


CHANGED: Final = "changed"
"""Outcome of an appeal that brings another decision."""


class AppealRow(Row, table=True):
    """An appeal against a decision on a claim.

    Attributes:
        sequence: first, second, … of the claim.
        appellant: who appeals: `insured`, or a party of the scheme.
        decided_on: the day of the decision.
        deciders: who decided; none of them hears it.
        answer_by: last day of the answer.
        outcome: None while it is open; `upheld`, the decision stands on what it decided;
            `changed`, the panel decides anew; `dismissed`, the appeal is rejected as such.
        panel: names of those who heard it.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    appellant: str
    party_id: str = Field(foreign_key="party.id")
    grounds: str
    decided_on: date
    deciders: list[Any] = Field(sa_type=FrozenJson)
    filed_on: date
    answer_by: date
    outcome: str | None = None
    answered_on: date | None = None
    words: str = ""
    panel: list[Any] = Field(sa_type=FrozenJson)

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("outcome IN ('upheld', 'changed', 'dismissed')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answered"),
    )


class AppealOpinionRow(Record, table=True):
    """What one member of the panel thinks of an appeal.

    Attributes:
        outcome: as of the appeal.
        authority: the member's level.
    """

    appeal_id: str = Field(foreign_key="appeal.id")
    outcome: str
    words: str
    name: str
    actor: str
    authority: str
    said_on: date

    __table_args__ = (
        UniqueConstraint("appeal_id", "actor"),
        CheckConstraint("outcome IN ('upheld', 'changed', 'dismissed')", name="outcome"),
    )
