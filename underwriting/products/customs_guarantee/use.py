"""What a letter may be used for: how often, for which purposes, where and when."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Day, Wire, Words

_LONGEST_DAYS = 3 * 366
"""A longer letter is a slip of the pen; how long one may run is the tariff's to say."""


class Mode(StrEnum):
    """One declaration, or many whose tax restores the limit once it is paid."""

    SINGLE = "single"
    REVOLVING = "revolving"


class Purpose(StrEnum):
    """For which tax customs releases goods against the letter (announcement 2021 no. 100)."""

    AGGREGATED = "aggregated_collection"
    PAYMENT_TERM = "payment_term"
    TAXATION_ELEMENTS = "taxation_elements"


class District(Wire):
    """A customs district, which is insured and may call."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")] = Field(examples=["7900"])
    name: Words


class Use(Wire):
    """Mode, purposes, customs districts and days of a letter."""

    regime: Literal["CN"] = "CN"
    mode: Mode
    purposes: tuple[Purpose, ...] = Field(min_length=1, max_length=3)
    registered: District = Field(description="Where the importer is registered")
    declared: tuple[District, ...] = Field(
        min_length=1, max_length=50, description="Where it declares"
    )
    declarations_per_month: int | None = Field(
        None, ge=1, le=5000, description="Most that are expected in a month; revolving only"
    )
    usable_from: Day = Field(description="First day on which a declaration may draw on it")
    usable_until: Day = Field(description="Last such day")
    claim_until: Day = Field(description="Last day on which customs may demand payment")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.usable_from <= self.usable_until <= self.claim_until:
            raise PydanticCustomError(
                "order", "has usable_from, usable_until and claim_until out of order"
            )
        if self.days > _LONGEST_DAYS:
            raise PydanticCustomError("long", "is usable for more than three years")
        if (self.mode is Mode.REVOLVING) != (self.declarations_per_month is not None):
            raise PydanticCustomError(
                "declarations",
                "must state declarations_per_month where the letter revolves, and only there",
            )
        return self

    @property
    def beneficiaries(self) -> tuple[District, ...]:
        """Every district that must be named: of registration and of declaration, each once."""
        every = (self.registered, *self.declared)
        return tuple({one.code: one for one in reversed(every)}.values())[::-1]

    @property
    def days(self) -> int:
        """Days on which it may be used, both ends counted."""
        return (self.usable_until - self.usable_from).days + 1

    @property
    def turnover(self) -> int:
        """Declarations in a month; one for a single letter."""
        return self.declarations_per_month or 1
