"""Letters of guarantee on the wire: what is asked of them."""

from typing import Annotated

from fastapi import Path
from pydantic import Field, StringConstraints

from kernel.wire import Day, Identifier, LongWords, Wire, Words
from underwriting.guarantees.stated import DEMAND_NUMBER, GroundStated, LetterStated

Edition = Annotated[int, Path(ge=1, le=10_000, description="Version of the terms")]
DemandNumber = Annotated[
    str,
    StringConstraints(pattern=DEMAND_NUMBER),
    Path(description="Customs' own number of the demand"),
]


class LetterRequest(Wire):
    """A letter to be drafted under a bound customs guarantee."""

    policy_id: Identifier
    letter: LetterStated


class AcceptanceRequest(Wire):
    """Customs accepted a letter or an amendment."""

    record_no: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,35}$")] = Field(
        description="Customs' own number of the guarantee: capitals, digits and hyphens"
    )
    on: Day


class RefusalRequest(Wire):
    """Customs refused a letter or an amendment."""

    reasons: tuple[Words, ...] = Field(min_length=1, max_length=20)
    on: Day


class PaymentRequest(Wire):
    """Where a demand is paid to."""

    account: Words
    waiver: LongWords | None = Field(
        None, description="Why a demand is paid that could be refused; needed where it has grounds"
    )


class DemandRefusalRequest(Wire):
    """Grounds to refuse a demand, beside those that the house found itself."""

    grounds: tuple[GroundStated, ...] = Field((), max_length=50)
