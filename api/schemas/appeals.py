"""Appeals on the wire, and the panel that hears them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.claims import AssessmentRequest
from api.schemas.common import Answer
from claims.room.store import AppealOpinionRow, AppealRow
from kernel.wire import LongWords, Wire, Words

Outcome = Annotated[
    Literal["upheld", "changed", "dismissed"],
    Field(
        description="`upheld`: the decision is upheld and stands as it is, so the appeal fails on"
        " its merits; `changed`: the appeal succeeds, and the panel's assessment takes the place of"
        " the decision; `dismissed`: the appeal is rejected as such, without a look at the merits,"
        " and the decision stands as it is"
    ),
]


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
        None,
        description="What the panel found; asked where it changes the decision, and only then. It"
        " may not leave who appeals worse off",
    )


class AppealAnswer(Answer):
    """An appeal and how it stands."""

    id: str
    claim_id: str
    sequence: int
    appellant: str = Field(description="`insured`, or the party of the scheme that appeals")
    grounds: str
    decided_on: date
    filed_on: date
    answer_by: date
    outcome: Outcome | None = Field(description="Null while it is open")
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
