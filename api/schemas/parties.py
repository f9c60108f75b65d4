"""Parties and measures on the wire."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.common import Answer
from kernel.wire import Code, Day, Identifier, Share, Wire, Words
from underwriting.register import Measure
from underwriting.store import MeasureRow, PartyRow


class PartyKind(StrEnum):
    """What a party is in the trade; the house itself is registered at the command line."""

    BANK = "bank"
    FIRM = "firm"
    BROKER = "broker"
    POOL = "pool"
    GUARANTOR = "guarantor"
    APPRAISER = "appraiser"


class PartyRequest(Wire):
    """A firm or authority that deals with the house."""

    kind: PartyKind
    name: Words = Field(description="As in its register")
    register_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z][0-9A-Z-]{3,31}$")] = Field(
        description="Its number there, which no other party has", examples=["91440000BANK000001"]
    )


class PartyAnswer(Answer):
    """A party."""

    id: str
    kind: str
    name: str
    register_id: str
    created_at: datetime


class MeasureRequest(Wire):
    """A ratio that a fuse of a scheme watches, for one bank."""

    bank_id: Identifier
    scheme: Code
    measure: Code = Field(description="Its name in the scheme", examples=["bank_npl_ratio"])
    ratio: Share
    as_of: Day
    source: Words = Field(description="Who states it")

    def measured(self) -> Measure:
        """Return the statement, its ratio exact."""
        return Measure(self.measure, Fraction(self.ratio), self.as_of, self.source)


class MeasureAnswer(Answer):
    """A ratio as it was stated."""

    id: str
    bank_id: str
    scheme: str
    measure: str
    ratio: str
    as_of: date
    source: str
    created_at: datetime


def party_answer(row: PartyRow) -> PartyAnswer:
    """Return a party."""
    plain = ("id", "kind", "name", "register_id", "created_at")
    return PartyAnswer(**{name: getattr(row, name) for name in plain})


def measure_answer(row: MeasureRow) -> MeasureAnswer:
    """Return a ratio."""
    plain = ("id", "bank_id", "measure", "ratio", "as_of", "source", "created_at")
    return MeasureAnswer(**{name: getattr(row, name) for name in plain}, scheme=row.scheme_code)
