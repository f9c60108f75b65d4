"""What underwriting remembers. Written by acts from checked values; CHECKs are the floor."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class PartyRow(Row, table=True):
    """A firm or authority that deals with us.

    Attributes:
        kind: role in the trade: `insurer`, `bank`, `pool`, `guarantor`, `appraiser`.
        name: as in its register.
        register_id: its number there, unique.
    """

    kind: str
    name: str
    register_id: str

    __table_args__ = (UniqueConstraint("register_id"),)


class PoolRow(Row, table=True):
    """A public fund, or any party of a scheme whose means are counted.

    Attributes:
        scheme_code: the scheme that it stands behind.
        party: its name in that scheme.
        contributed_minor: money paid in.
        drawn_minor: shares of losses charged to it, less what came back.
        portfolio_minor: agreed volume of loans, for caps per portfolio; None not agreed.
    """

    scheme_code: str
    party: str
    currency: str
    contributed_minor: int = Field(sa_type=Minor)
    drawn_minor: int = Field(sa_type=Minor)
    portfolio_minor: int | None = Field(default=None, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("scheme_code", "party", "currency"),
        CheckConstraint("drawn_minor >= 0", name="drawn"),
        CheckConstraint("drawn_minor <= contributed_minor", name="balance"),
        CheckConstraint("portfolio_minor >= 0", name="portfolio"),
    )


class PoolYearRow(Row, table=True):
    """What one party of a scheme was charged in a calendar year, for caps per year."""

    scheme_code: str
    party: str
    currency: str
    year: int
    paid_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("scheme_code", "party", "currency", "year"),
        CheckConstraint("paid_minor >= 0", name="paid"),
    )


class MeasureRow(Row, table=True):
    """A dated ratio that a fuse watches.

    Attributes:
        scheme_code: the scheme with the fuse.
        bank_id: the bank that it is measured on.
        measure: its name in the scheme.
        ratio: exact, as text, per 1.
        as_of: the day it holds for.
        source: who states it.
    """

    scheme_code: str
    bank_id: str = Field(foreign_key="party.id")
    measure: str
    ratio: str
    as_of: date
    source: str

    __table_args__ = (UniqueConstraint("scheme_code", "bank_id", "measure", "as_of"),)


class QuoteRow(Row, table=True):
    """A priced proposal.

    Attributes:
        number: for people.
        state: `accepted`, `referred`, `declined`, `approved`, `bound`,
            `withdrawn`.
        receipt: canonical JSON: inputs, lines, findings. Its replay gives the same bytes.
        client_id: the party that asked: the bank that lends, or the firm or its broker.
        maker: who recorded it; an approval needs another person.
        loan_minor: the loan; None where the product has none.
        technical_minor: the premium that the receipt builds up, all payers together.
        challenger_minor: the same by the challengers' fits; None where nobody challenges.
        premium_minor: the premium offered.
    """

    number: str
    state: str
    product: str
    client_id: str = Field(foreign_key="party.id")
    borrower_register_id: str
    scheme_code: str
    currency: str
    loan_minor: int | None = Field(default=None, sa_type=Minor)
    sum_insured_minor: int = Field(sa_type=Minor)
    technical_minor: int = Field(sa_type=Minor)
    challenger_minor: int | None = Field(default=None, sa_type=Minor)
    premium_minor: int = Field(sa_type=Minor)
    maker: str
    quoted_on: date
    valid_until: date
    receipt: str = Field(sa_type=Text)
    receipt_sha256: str

    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "client_id", "created_at"),
        CheckConstraint("premium_minor >= 0", name="premium"),
        CheckConstraint("loan_minor > 0", name="loan"),
        CheckConstraint("technical_minor >= 0", name="technical"),
        CheckConstraint("challenger_minor >= 0", name="challenger"),
    )


class QuoteOverrideRow(Record, table=True):
    """A price offered other than the technical one. The newest of a quote holds.

    Attributes:
        technical_minor: what the receipt builds up.
        offered_minor: what is offered.
        deviation: (offered - technical) / technical, exact, as text.
        reason: why, in words.
        actor: who decided it.
        authority: that person's level then.
    """

    quote_id: str = Field(foreign_key="quote.id")
    technical_minor: int = Field(sa_type=Minor)
    offered_minor: int = Field(sa_type=Minor)
    deviation: str
    reason: str
    actor: str
    authority: str

    __table_args__ = (
        Index(None, "quote_id"),
        CheckConstraint("offered_minor > 0", name="offered"),
    )


class PolicyRow(Row, table=True):
    """A bound policy with all that a claim is measured by.

    Attributes:
        number: for people.
        state: `bound`; whether cover runs on a day follows from `starts_on` and `ends_on`.
        contract: the frozen terms.
        scheme_text: the whole scheme file, frozen.
        paid_minor: losses settled, all parties together.
    """

    number: str
    state: str
    product: str
    quote_id: str = Field(foreign_key="quote.id")
    client_id: str = Field(foreign_key="party.id")
    borrower_register_id: str
    scheme_code: str
    currency: str
    sum_insured_minor: int = Field(sa_type=Minor)
    premium_minor: int = Field(sa_type=Minor)
    paid_minor: int = Field(default=0, sa_type=Minor)
    starts_on: date
    ends_on: date
    contract: dict[str, Any] = Field(sa_type=FrozenJson)
    scheme_text: str = Field(sa_type=Text)
    scheme_sha256: str

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("quote_id"),
        Index(None, "borrower_register_id"),
        Index(None, "client_id", "created_at"),
        CheckConstraint("paid_minor >= 0", name="paid"),
        CheckConstraint("paid_minor <= sum_insured_minor", name="limit"),
    )
