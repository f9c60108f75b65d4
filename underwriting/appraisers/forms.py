"""What is stated of an appraisal and of its end."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kernel.wire import Day, MoneyWire, Wire, Words
from underwriting.right_kinds import RightKind


class AppraisedRight(Wire):
    """A value that an appraiser put on a right."""

    office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    number: Words
    kind: RightKind
    value: MoneyWire
    valued_on: Day
    method: Literal["market", "income", "cost"]


class Fetched(Wire):
    """What an appraised right fetched."""

    realised: MoneyWire = Field(description="Gross; nothing where no buyer was found")
    realised_on: Day = Field(description="Day of the money, or of the last failed listing")
    how: Literal["auction", "agreed_sale", "licence", "other"]
