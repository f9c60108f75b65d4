"""The explanation of exemption clauses, on the wire."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer, Finding
from documents.blocks import Clause
from kernel.wire import FIRST_DAY, LAST_DAY, LongWords, Wire, Words
from underwriting.explained import Recorded, Way, unexplained
from underwriting.note_explanation import Explained
from underwriting.papers.wording import shown_sha256


def _in_range(instant: datetime) -> datetime:
    if not FIRST_DAY.year <= instant.year < LAST_DAY.year:
        raise PydanticCustomError("instant", "is not between 1990 and 2100")
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_range)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ExplanationRequest(Wire):
    """An explanation that was given to the policyholder."""

    clauses: tuple[LongWords, ...] = Field(
        (), max_length=50, description="Headings of the clauses that were shown; none is all"
    )
    wording_sha256: Sha256 = Field(description="As the list of explanations states it")
    way: Way
    at: Instant = Field(description="When it was given", examples=["2025-03-03T02:00:00Z"])
    explained_by: Words
    acknowledged_by: Words = Field(description="Who confirmed it for the policyholder")
    proof: Words = Field(description="Number of the signed paper, recording or page")

    def explained(self) -> Explained:
        """Return it as the act takes it."""
        return Explained(**{name: getattr(self, name) for name in type(self).model_fields})


class ShownClause(Answer):
    """A clause that takes cover away or lowers it."""

    heading: str
    text: str


class ExplanationAnswer(Answer):
    """One explanation on record."""

    at: str
    way: str
    explained_by: str
    acknowledged_by: str
    proof: str
    clauses: tuple[str, ...]
    wording_sha256: str


class ExplanationsAnswer(Answer):
    """What must be explained, what is on record of it, and what is missing."""

    quote_id: str
    wording_sha256: str = Field(
        description="SHA-256 of [[heading, text], …] of the clauses as canonical JSON"
    )
    clauses: tuple[ShownClause, ...]
    items: tuple[ExplanationAnswer, ...]
    findings: tuple[Finding, ...] = Field(description="Empty where nothing is missing")


class ReadinessAnswer(Answer):
    """Whether a policy can be relied on in full against its policyholder."""

    policy_id: str
    ready: bool
    findings: tuple[Finding, ...] = Field(description="As they stood when it was bound")


def explanations_answer(
    quote_id: str, wording: tuple[Clause, ...], recorded: tuple[Recorded, ...]
) -> ExplanationsAnswer:
    """Return what is on record for a quote."""
    return ExplanationsAnswer(
        quote_id=quote_id,
        wording_sha256=shown_sha256(wording),
        clauses=tuple(ShownClause(heading=one.heading, text=one.text) for one in wording),
        items=tuple(_item(one) for one in recorded),
        findings=tuple(Finding(**found.json()) for found in unexplained(wording, recorded)),
    )


def _item(one: Recorded) -> ExplanationAnswer:
    paper = one.paper
    return ExplanationAnswer(
        **{name: getattr(paper, name) for name in ExplanationAnswer.model_fields}
    )
