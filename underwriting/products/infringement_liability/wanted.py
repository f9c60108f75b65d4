"""The cover that is asked for: limits, what the insured keeps, and the time."""

from enum import StrEnum
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, Day, MoneyWire, Share, Wire
from underwriting.disputes import Court


class Defence(StrEnum):
    """Whether defence cost erodes the limit, or has a limit of the same size beside it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Counsel(StrEnum):
    """Whose counsel defends: one of the insurer's panel, or one of the insured's own."""

    PANEL = "panel"
    OFF_PANEL = "off_panel"


class StageCaps(Wire):
    """Most that is paid of the defence cost of one claim in each stage; none means no cap."""

    pre_suit: MoneyWire | None = None
    first_instance: MoneyWire | None = None
    appeal: MoneyWire | None = None
    invalidation: MoneyWire | None = Field(None, description="Of the counter-action")


class Fairs(Wire):
    """Trade fairs at which scheduled products are shown."""

    court: Court
    count: int = Field(ge=1, le=100, description="In the whole period of cover")


class Exhibition(Wire):
    """The exhibition extension: cost of a warning letter, customs or court measure at a fair."""

    fairs: tuple[Fairs, ...] = Field(min_length=1, max_length=7)
    sublimit: MoneyWire = Field(description="Any one fair")


class CoverWanted(Wire):
    """The cover asked for."""

    scheme: Code = "own-account"
    issuer: Code = Field("insurer", description="The party of the scheme whose share this is")
    start: Day
    months: int = Field(12, ge=12, le=36)
    courts: tuple[Court, ...] = Field(min_length=1, max_length=7)
    defence: Defence
    limit: MoneyWire = Field(description="Any one claim")
    aggregate: MoneyWire = Field(description="All claims of the period")
    retention: MoneyWire = Field(description="Each claim; the insured bears it first")
    copay_panel: Share = Field(description="Borne by the insured with counsel of the panel")
    copay_off_panel: Share = Field(description="Borne by the insured with counsel of its own")
    counsel: Counsel = Field(description="Chosen before the cover begins")
    stage_caps: StageCaps = StageCaps()
    npe_sublimit: MoneyWire | None = Field(
        None, description="Any one suit of a non-practising entity; without it the limit holds"
    )
    exhibition: Exhibition | None = None
    indemnities: bool = Field(False, description="Are stated promises to customers covered?")
    retroactive_date: Day = Field(description="Acts first committed before it are not covered")
    extended_reporting_months: int = Field(0, ge=0, le=36)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.retroactive_date > self.start:
            raise PydanticCustomError("order", "has a retroactive date after the cover begins")
        if Fraction(self.copay_off_panel) < Fraction(self.copay_panel):
            raise PydanticCustomError("order", "has a lower copay for own counsel than for panel")
        if len(set(self.courts)) < len(self.courts):
            raise PydanticCustomError("twice", "names one jurisdiction twice")
        fairs = [one.court for one in self.exhibition.fairs] if self.exhibition else []
        if len(set(fairs)) < len(fairs):
            raise PydanticCustomError("twice", "states the fairs of one jurisdiction twice")
        return self
