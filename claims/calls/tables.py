"""What is remembered of calls on parties: each call, every word and every payment on it."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Minor, Record, Row


class CallRow(Row, table=True):
    """A call on one party for its share, or a refund of what it paid too much.

    Attributes:
        settlement_id: the newest settlement that it stands on.
        sequence: first, second, … of the claim; its letter is numbered by it.
        payee: the bank, or the issuer where it leads; of a refund, the party.
        direction: `call`, or `refund` where the payee pays.
        amount_minor: what is asked by this call.
        paid_minor: of it, in all parts so far.
        disputed_minor: of it, what the party disputes; nothing once that is resolved.
        clause: the terms of the scheme that made the amount.
        raised_on: business date.
        raised_by: who raised it, for four eyes.
        state: see `claims.calls.moves`.
        cure_until: last day to cure a default that was notified.
        paid_on: value date of the last part, once all is paid.
    """

    settlement_id: str = Field(foreign_key="settlement.id")
    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    party: str
    payee: str
    direction: str
    currency: str
    amount_minor: int = Field(sa_type=Minor)
    paid_minor: int = Field(default=0, sa_type=Minor)
    disputed_minor: int = Field(default=0, sa_type=Minor)
    clause: str
    raised_on: date
    raised_by: str
    due_on: date
    state: str
    cure_until: date | None = None
    paid_on: date | None = None

    __table_args__ = (
        UniqueConstraint("settlement_id", "party"),
        UniqueConstraint("claim_id", "sequence"),
        Index(None, "party", "state"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("paid_minor BETWEEN 0 AND amount_minor", name="paid"),
        CheckConstraint("disputed_minor BETWEEN 0 AND amount_minor", name="disputed"),
        CheckConstraint("direction IN ('call', 'refund')", name="direction"),
    )

    @property
    def open_minor(self) -> int:
        """What is still to be paid of it, whatever its state."""
        return self.amount_minor - self.paid_minor


class CallAnswerRow(Record, table=True):
    """One word in the dialogue on a call; only added to.

    Attributes:
        sequence: first, second, … of the call.
        kind: see `claims.calls.moves.Word`.
        said_on: business date.
        actor: who recorded it.
        amount_minor: that it is about; None where it is about no amount.
        words: the reason, in the words of whoever gave it.
        clause: the term relied on; empty where none was named.
    """

    call_id: str = Field(foreign_key="call.id")
    sequence: int
    kind: str
    said_on: date
    actor: str
    amount_minor: int | None = Field(default=None, sa_type=Minor, nullable=True)
    words: str
    clause: str

    __table_args__ = (
        UniqueConstraint("call_id", "sequence"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class CallPaymentRow(Record, table=True):
    """A payment on a call; only added to.

    Attributes:
        claim_id: a reference is given once in a claim.
        reference: of the payer's bank.
        value_date: the day the money came in.
        held: was the party in default, so that the money is held until its arrears are met?
    """

    call_id: str = Field(foreign_key="call.id")
    claim_id: str = Field(foreign_key="claim.id")
    party: str
    reference: str
    value_date: date
    currency: str
    amount_minor: int = Field(sa_type=Minor)
    held: bool

    __table_args__ = (
        UniqueConstraint("claim_id", "reference"),
        Index(None, "call_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )


class PoolFilingRow(Row, table=True):
    """What a party will be called for once the final loss is fixed.

    Attributes:
        amount_minor: its share as the newest settlement says, less what it has paid.
        state: `waiting`, `fixed`, `filed`.
        fixed_on: the day the final loss was fixed.
        ground: `recoveries_ended` or `declared_final`.
        words: what shows it.
        file_by: last day on which it may be filed.
        filed_on: the day it was.
        late_words: why it was filed late; empty where it was not.
    """

    claim_id: str = Field(foreign_key="claim.id")
    settlement_id: str = Field(foreign_key="settlement.id")
    party: str
    currency: str
    amount_minor: int = Field(sa_type=Minor)
    state: str
    fixed_on: date | None = None
    ground: str = ""
    words: str = ""
    file_by: date | None = None
    filed_on: date | None = None
    late_words: str = ""

    __table_args__ = (
        UniqueConstraint("claim_id", "party"),
        CheckConstraint("amount_minor >= 0", name="amount"),
        CheckConstraint("state IN ('waiting', 'fixed', 'filed')", name="state"),
    )
