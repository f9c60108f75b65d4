"""What a test of a pledge came to: passed or not, on what evidence, and what would cure it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kernel.finding import Effect, Finding


class Verdict(StrEnum):
    """What a test came to; what was noted was said and not tested."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    NOT_STATED = "not_stated"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One test of one thing.

    Attributes:
        code: stable, for programs: that of the finding where it failed.
        subject: number of the right, or `deed`, `loan`, `contract`.
        verdict: what it came to.
        effect: what a failure does to the proposal.
        en: what was seen, in English; the question where it passed.
        zh: the same in Chinese.
        evidence: on what it was tested.
        clause: the article or term it rests on.
        cure: what would mend a failure; empty where it passed.
        days: calendar days to cure it; None where no day is set.
        by: the day on which they end.
    """

    code: str
    subject: str
    verdict: Verdict
    effect: Effect
    en: str
    zh: str
    evidence: str
    clause: str
    cure: str = ""
    days: int | None = None
    by: date | None = None

    def finding(self) -> Finding:
        """Return the finding of a failed test."""
        assert self.verdict is Verdict.FAILED, "a test that passed finds nothing"
        ends = f", within {self.days} days, by {self.by}" if self.by else ""
        return Finding(self.code, self.effect, self.en, self.zh, self.clause, f"{self.cure}{ends}")

    def json(self, on: date) -> dict[str, Any]:
        """The test as it stands in a file of evidence; `on` is the day it was made."""
        failed = self.verdict is Verdict.FAILED
        return {
            "test": self.code,
            "subject": self.subject,
            "result": self.verdict.value,
            "words": self.en,
            "words_zh": self.zh,
            "evidence": self.evidence,
            "on": on.isoformat(),
            "clause": self.clause,
            "effect": self.effect.value if failed else None,
            "cure": self.cure or None,
            "days": self.days,
            "by": self.by and self.by.isoformat(),
        }


def of_finding(finding: Finding, subject: str, evidence: str) -> Examined:
    """Return the test behind a finding: failed, or noted where it only informs."""
    noted = finding.effect is Effect.INFORM
    return Examined(
        code=finding.code,
        subject=subject,
        verdict=Verdict.NOTED if noted else Verdict.FAILED,
        effect=finding.effect,
        en=finding.en,
        zh=finding.zh,
        evidence=evidence,
        clause=finding.clause,
        cure=finding.cure,
    )
