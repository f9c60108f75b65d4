"""What is remembered of appraisers. Nothing here is ever changed: a new fact is a new row."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Minor, Record


class AppraiserRow(Record, table=True):
    """A party that is on the register of appraisers."""

    party_id: str = Field(foreign_key="party.id")

    __table_args__ = (UniqueConstraint("party_id"),)


class AppraiserStandingRow(Record, table=True):
    """Since when an appraiser is listed or suspended; the newest on or before a day holds.

    Attributes:
        sequence: 1, 2, ... of one appraiser: which of two of one day came later.
        state: `listed` or `suspended`.
        since: first day of it.
        reason: why, in words.
    """

    appraiser_id: str = Field(foreign_key="appraiser.id")
    sequence: int
    state: str
    since: date
    reason: str

    __table_args__ = (
        UniqueConstraint("appraiser_id", "sequence"),
        CheckConstraint("state IN ('listed', 'suspended')", name="state"),
    )


class AppraisalRow(Record, table=True):
    """A value that an appraiser put on a right.

    Attributes:
        office: two letters.
        number: of the right.
        kind: of the right.
        method: `market`, `income` or `cost`.
        valued_on: valuation date.
    """

    appraiser_id: str = Field(foreign_key="appraiser.id")
    office: str
    number: str
    kind: str
    method: str
    valued_on: date
    currency: str
    value_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("appraiser_id", "office", "number", "valued_on", "method"),
        CheckConstraint("value_minor > 0", name="value"),
    )


class RealisationRow(Record, table=True):
    """What an appraised right fetched; nought where no buyer was found.

    Attributes:
        how: `auction`, `agreed_sale`, `licence`, `other`.
        realised_on: day of the money, or of the last failed listing.
        realised_minor: gross proceeds, in the currency of the appraisal.
    """

    appraisal_id: str = Field(foreign_key="appraisal.id")
    how: str
    realised_on: date
    realised_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("appraisal_id"),
        CheckConstraint("realised_minor >= 0", name="realised"),
    )
