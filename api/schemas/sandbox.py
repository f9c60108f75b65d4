"""The test clock of a sandbox on the wire."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from api.schemas.claims import AssessmentRequest
from api.schemas.common import Answer
from kernel.wire import Code, Day, Identifier, Share, Wire

MOST_DAYS = 2000
SHOWN = 200

_ASSUMED = "Where today lies beyond the table of working days: only weekends count as days off"

Days = Annotated[int, Field(ge=1, le=365)]


class RecoveryStated(Wire):
    """What comes back from the debtor."""

    after_days: int = Field(ge=1, le=MOST_DAYS, description="After the settlement")
    share_of_principal: Share = Field(description="Of the principal that was claimed")


class ScenarioRequest(Wire):
    """What the borrower of one guaranteed loan does, and what comes of it."""

    policy_id: Identifier
    stops_paying_on: Day = Field(description="Instalments from this day on are not paid")
    claims: bool = Field(True, description="Does the bank claim?")
    missing_papers: tuple[Code, ...] = Field(
        (), max_length=50, description="Papers that do not come with the notice"
    )
    papers_after_days: Days = Field(10, description="Days from the request to those papers")
    assessment: AssessmentRequest = Field(
        default_factory=AssessmentRequest,
        description="What the adjuster establishes; conduct that is left out is good",
    )
    parties_pay_after_days: Days = Field(5, description="Days from a call to its payment")
    defaults: Code | None = Field(None, description="Party of the scheme that never pays")
    recovers: RecoveryStated | None = None


class AdvanceRequest(Wire):
    """By how much the clock is put forward."""

    days: int = Field(ge=1, le=MOST_DAYS)
    scenario: ScenarioRequest | None = Field(
        None, description="Holds until another is stated for the same policy"
    )


class HappeningAnswer(Answer):
    """One thing that happened."""

    sequence: int
    day: date
    code: str
    words: str
    words_zh: str
    whose_turn: str = Field(description="Whose turn it is after it")
    path: str


class HappeningsAnswer(Answer):
    """A page of what happened."""

    items: tuple[HappeningAnswer, ...]
    next: int | None = Field(description="Ask with `after` set to this; null at the end")


class TestClockAnswer(Answer):
    """Where the clock of a sandbox stands."""

    __test__ = False

    today: date
    offset_days: int
    marked_since: datetime
    assumed: str | None = Field(description=_ASSUMED)
    assumed_zh: str | None


class AdvanceAnswer(Answer):
    """What putting the clock forward came to."""

    from_day: date
    until: date
    today: date
    offset_days: int
    state: str = Field(
        description="`arrived`, or `stopped` on the day of a refusal; ask again to go on, what was "
        "refused is tried once more at the end of each walk"
    )
    assumed: str | None = Field(description=_ASSUMED)
    assumed_zh: str | None
    happenings: HappeningsAnswer
