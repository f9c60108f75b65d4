"""The register of appraisers on the wire."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from api.schemas.common import Answer, Finding, money
from kernel.wire import Day, Identifier, LongWords, MoneyWire, Wire
from underwriting.appraisers.findings import appraiser_findings
from underwriting.appraisers.store import AppraisalRow, AppraiserRow, PartyRow, RealisationRow
from underwriting.appraisers.view import AppraiserView


class AppraiserRequest(Wire):
    """A party to be put on the register of appraisers."""

    party_id: Identifier
    reason: LongWords = Field(description="Why it is admitted; it stays on record")


class StandingRequest(Wire):
    """How an appraiser stands from a day on."""

    state: Literal["listed", "suspended"]
    since: Day
    reason: LongWords


class RecordAnswer(Answer):
    """What an appraiser's appraisals fetched, shrunk to the house's by its number of cases."""

    cases: int = Field(description="Realised cases behind it")
    unsold: int
    mean_ratio: float = Field(description="Realised over appraised, unsold as nothing, shrunk")
    low_ratio: float = Field(description="One case in ten does not pass it")
    high_ratio: float = Field(description="Nine cases in ten do not pass it")
    house_mean_ratio: float
    credibility: float = Field(description="Weight of its own cases, 0 to 1")
    thin: bool = Field(description="Fewer cases than a record asks for")
    haircut: float = Field(description="Proposed cut of its values, per 1")
    law: str = Field(description="Version of the figures that weigh a record")


class AppraiserAnswer(Answer):
    """An appraiser as it stands today."""

    id: str
    party_id: str
    name: str
    register_id: str
    state: str = Field(description="listed, suspended, or unknown before its first day")
    reason: str
    record: RecordAnswer
    findings: tuple[Finding, ...] = Field(description="What a proposal would be told")
    created_at: datetime


class AppraisalAnswer(Answer):
    """A value put on a right, and what it fetched."""

    id: str
    appraiser_id: str
    office: str
    number: str
    kind: str
    method: str
    valued_on: date
    value: MoneyWire
    realised: MoneyWire | None = Field(description="Null while it is not known")
    realised_on: date | None
    how: str | None
    created_at: datetime


class AppraiserDossier(AppraiserAnswer):
    """An appraiser with its newest appraisals."""

    appraisals: tuple[AppraisalAnswer, ...] = Field(description="Up to 200, newest first")


def appraiser_fields(row: AppraiserRow, party: PartyRow, told: AppraiserView) -> dict[str, Any]:
    """Return the fields of an appraiser as it stands."""
    return {
        "id": row.id,
        "party_id": party.id,
        "name": party.name,
        "register_id": party.register_id,
        "state": told.state,
        "reason": told.reason,
        "record": RecordAnswer(
            cases=told.cases,
            unsold=told.unsold,
            mean_ratio=told.mean,
            low_ratio=told.low,
            high_ratio=told.high,
            house_mean_ratio=told.house_mean,
            credibility=told.credibility,
            thin=told.thin,
            haircut=told.haircut,
            law=told.law,
        ),
        "findings": tuple(finding.json() for finding in appraiser_findings(told)),
        "created_at": row.created_at,
    }


def appraisal_answer(row: AppraisalRow, end: RealisationRow | None) -> AppraisalAnswer:
    """Return an appraisal with its end, where that is known."""
    plain = ("id", "appraiser_id", "office", "number", "kind", "method", "valued_on", "created_at")
    return AppraisalAnswer(
        **{name: getattr(row, name) for name in plain},
        value=money(row.value_minor, row.currency),
        realised=None if end is None else money(end.realised_minor, row.currency),
        realised_on=None if end is None else end.realised_on,
        how=None if end is None else end.how,
    )
