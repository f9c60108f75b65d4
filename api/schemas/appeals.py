"""Appeals on the wire, and the panel that hears them."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.claims import AssessmentRequest
from api.schemas.common import Answer
from claims.room.store import AppealOpinionRow, AppealRow
from kernel.wire import LongWords, Wire, Words

Outcome = Literal["upheld", "changed", "dismissed"]


class AppealRequest(Wire):
    """An appeal against the decision."""

    grounds: LongWords


class OpinionRequest(Wire):
    """What a member of the panel thinks."""

    outcome: Outcome
    words: LongWords
    name: Words = Field(description="Of the member")


class AppealAnswerRequest(Wire):
    """The panel's answer."""

    outcome: Outcome
    words: LongWords
    assessment: AssessmentRequest | None = Field(
        None, description="What the panel found, where it changes the decision"
    )


class AppealAnswer(Answer):
    """An appeal and how it stands."""

    id: str
    claim_id: str
    sequence: int
    appellant: str
    grounds: str
    decided_on: date
    filed_on: date
    answer_by: date
    outcome: str | None
    answered_on: date | None
    words: str
    panel: tuple[str, ...]


class OpinionAnswer(Answer):
    """What a member thinks."""

    id: str
    appeal_id: str
    outcome: str
    words: str
    name: str
    authority: str
    said_on: date


def appeal_answer(row: AppealRow) -> AppealAnswer:
    """Return an appeal."""
    return AppealAnswer(**{name: getattr(row, name) for name in AppealAnswer.model_fields})


def opinion_answer(row: AppealOpinionRow) -> OpinionAnswer:
    """Return an opinion."""
    return OpinionAnswer(**{name: getattr(row, name) for name in OpinionAnswer.model_fields})
