"""The innovation-capacity score on the wire."""

from pydantic import Field

from api.schemas.common import Answer, Finding
from underwriting.innovation import InnovationScore, innovation_findings


class ContributionAnswer(Answer):
    """What one indicator does to the score."""

    name: str
    words: str
    words_zh: str
    unit: str
    figure: float | None = Field(description="Null where it is not stated")
    points: float = Field(description="Above or below those of the typical figure")
    weight: float
    grade: str
    source: str


class InnovationAnswer(Answer):
    """A score from 0 to 100 with its band, its reasons, and what it is not."""

    points: float
    low: float = Field(description="With the least that the missing figures could earn")
    high: float
    base: float = Field(description="Of a firm that is typical in everything")
    missing: tuple[str, ...]
    contributions: tuple[ContributionAnswer, ...]
    version: str
    grade: str
    source: str
    statement: str
    statement_zh: str
    findings: tuple[Finding, ...]


def innovation_answer(score: InnovationScore) -> InnovationAnswer:
    """Return a score with what it does to appetite."""
    found = tuple(finding.json() for finding in innovation_findings(score))
    return InnovationAnswer(**score.json(), findings=found)
