"""One right in its pledge, as the tests see it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kernel.finding import Effect
from kernel.period import add_days
from underwriting.pledge.examined import Examined, Verdict
from underwriting.pledge.forms import PledgedRight
from underwriting.pledge.registers import Edition
from underwriting.right_kinds import RightKind

RENEWABLE: Final = (RightKind.TRADEMARK, RightKind.GI)
WITH_FEES: Final = (RightKind.INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN)
UNREGISTERED: Final = (RightKind.COPYRIGHT,)
"""Kinds that arise without a grant."""


@dataclass(frozen=True, slots=True)
class Case:
    """A right to be tested.

    Attributes:
        right: as stated.
        pledgor: name of the borrower, who pledges.
        due: day on which the last of the debt falls due.
        on: business date.
        others: numbers of the other rights of the pledge.
        edition: of the registers.
    """

    right: PledgedRight
    pledgor: str
    due: date
    on: date
    others: frozenset[str]
    edition: Edition

    @property
    def days(self) -> int:
        """Calendar days to cure what the register objects to."""
        return self.edition.register_of(self.right.kind).correction_days

    def passed(self, code: str, en: str, zh: str, evidence: str) -> Examined:
        """Return a test that passed."""
        return self._tested(code, Verdict.PASSED, en, zh, evidence=evidence)

    def left_out(self, code: str, en: str, zh: str, *, stated: bool = True) -> Examined:
        """Return a test that does not apply to the kind, or on which nothing is stated."""
        verdict = Verdict.NOT_APPLICABLE if stated else Verdict.NOT_STATED
        return self._tested(code, verdict, en, zh, evidence="the proposal")

    def failed(
        self,
        code: str,
        en: str,
        zh: str,
        cure: str,
        *,
        evidence: str,
        effect: Effect = Effect.DECLINE,
        by: date | None = None,
    ) -> Examined:
        """Return a test that failed; it may be cured by a day, else within the register's days."""
        ends = add_days(self.on, self.days) if by is None else by
        return Examined(
            code=code,
            subject=self.right.number,
            verdict=Verdict.FAILED,
            effect=effect,
            en=f"{self.right.number} {en}",
            zh=f"{self.right.number} {zh}",
            evidence=evidence,
            clause=self.edition.clause(code),
            cure=cure,
            days=(ends - self.on).days if ends >= self.on else None,
            by=ends if ends >= self.on else None,
        )

    def _tested(self, code: str, verdict: Verdict, en: str, zh: str, *, evidence: str) -> Examined:
        return Examined(
            code=code,
            subject=self.right.number,
            verdict=verdict,
            effect=Effect.INFORM,
            en=f"{self.right.number} {en}",
            zh=f"{self.right.number} {zh}",
            evidence=evidence,
            clause=self.edition.clause(code),
        )
