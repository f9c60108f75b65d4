"""The file of evidence behind a policy on the wire."""

from datetime import date
from typing import Any

from pydantic import Field

from api.schemas.common import Answer


class EvidenceRow(Answer):
    """One test before binding."""

    test: str
    subject: str = Field(description="Number of the right, or loan, deed, contract, disclosure")
    result: str = Field(description="passed, failed, not_applicable, not_stated or noted")
    words: str
    words_zh: str
    evidence: str = Field(description="On what it was tested")
    on: date
    clause: str
    effect: str | None = Field(description="What the failure does; null where it did not fail")
    cure: str | None
    days: int | None = Field(description="Calendar days to cure it")
    by: date | None = Field(description="The day on which they end")


class RegisterEntry(Answer):
    """What must stand in a register before the loan is drawn."""

    registry: str
    rights: tuple[str, ...]
    authority: str
    authority_zh: str
    form: str
    form_zh: str
    working_days: int
    correction_days: int
    clause: str
    source: str
    grade: str
    unverified: str


class EvidencePack(Answer):
    """All that a policy was underwritten on."""

    policy_id: str
    quote_id: str
    receipt_sha256: str
    on: date
    tariff: str
    registers: str | None
    counts: dict[str, int] = Field(description="Result -> how many tests")
    tests: tuple[EvidenceRow, ...]
    entries: tuple[RegisterEntry, ...]


def evidence_pack(policy_id: str, quote_id: str, sha256: str, file: dict[str, Any]) -> EvidencePack:
    """Return the file of evidence of a policy."""
    return EvidencePack(policy_id=policy_id, quote_id=quote_id, receipt_sha256=sha256, **file)
