"""The level of authority that a decision needs, and why."""

from collections.abc import Container
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from kernel.errors import Fault, NotPermitted
from kernel.money import Money
from underwriting.rules.levels import LEVELS

NOBODY: Final = len(LEVELS)
"""Rank of what no level may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be decided on.

    Attributes:
        product: its code.
        total: for the obligor: in force, open quotes, and this one.
        grade: of the obligor; None where none is stated.
        term_months: of the loan, or of cover where there is none.
        deviation: (offered - technical) / technical premium, exact.
        codes: of the findings that refer or decline.
    """

    product: str
    total: Money
    grade: str | None
    term_months: int
    deviation: Fraction
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a level is needed.

    Attributes:
        axis: `amount`, `grade`, `term_months`, `deviation`, or `findings.<code>`.
        level: the lowest that may take it; None: no level may.
        en: in words.
        zh: the same in Chinese.
    """

    axis: str
    level: str | None
    en: str
    zh: str

    def json(self) -> dict[str, str | None]:
        """The reason as it is shown."""
        return {"axis": self.axis, "level": self.level, "words": self.en, "words_zh": self.zh}


@dataclass(frozen=True, slots=True)
class Need:
    """The level that a decision needs, with every reason, gravest first.

    Attributes:
        level: the lowest that may decide; None: nobody may.
        reasons: one for each axis, and one for each finding.
    """

    level: str | None
    reasons: tuple[Reason, ...]

    def json(self) -> dict[str, Any]:
        """The need as it is shown."""
        return {"level": self.level, "reasons": [reason.json() for reason in self.reasons]}


def rank(level: str | None) -> int:
    """Return the place of a level, lowest 0; None, which nobody has, is above all.

    >>> rank("clerk"), rank("chief"), rank(None)
    (0, 3, 4)
    """
    return NOBODY if level is None else LEVELS.index(level)


def may(level: str, need: Need) -> tuple[Fault, ...]:
    """Return why a person of `level` may not decide, each with its cure; empty: it may."""
    return tuple(
        Fault(
            f"authority.{reason.axis}",
            reason.en,
            f"ask a person of level {reason.level}"
            if reason.level
            else "no person may: mend it and quote again",
        )
        for reason in need.reasons
        if rank(reason.level) > rank(level)
    )


def check_level(level: str, need: Need) -> None:
    """Refuse a decision that is above the level of who takes it.

    Raises:
        NotPermitted: `above-authority`, with every reason.
    """
    if faults := may(level, need):
        raise NotPermitted("above-authority", *faults)


def check_second(maker: str, checkers: Container[str]) -> None:
    """Refuse that who made a thing clears it: four eyes.

    Args:
        maker: under which name it was made.
        checkers: every name of who would clear it.

    Raises:
        NotPermitted: `own-quote`.
    """
    if maker in checkers:
        fault = Fault("actor", "you made this quote yourself", "let a second person decide on it")
        raise NotPermitted("own-quote", fault)
