"""What a product's rating answers: the expected loss of our share and what drives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.finding import Finding
from models.governance.compare import Comparison
from models.priors import Prior, Standing
from underwriting.pricing.expected_loss import MonthLoss


@dataclass(frozen=True, slots=True)
class Peril:
    """One cause of loss.

    Attributes:
        code: stable, for programs.
        zh: title in Chinese.
        en: title in English.
        basis: how it was found, in words.
        expected: expected loss of the issuer's share after all terms, discounted, minor units.
    """

    code: str
    zh: str
    en: str
    basis: str
    expected: float


@dataclass(frozen=True, slots=True)
class Margin:
    """What is charged for bearing risk.

    Attributes:
        method: `cost_of_capital` or `wang`.
        basis: formula and figures, in words.
        amount: over the whole period, in minor units.
    """

    method: str
    basis: str
    amount: float


@dataclass(frozen=True, slots=True)
class Experience:
    """What the insured's own history makes of the pure premium.

    Attributes:
        factor: on the sum of the perils.
        basis: formula and figures, in words.
    """

    factor: float = 1.0
    basis: str = "none stated"


NO_EXPERIENCE = Experience()


@dataclass(frozen=True, slots=True)
class Step:
    """The expected loss left after a term, in the order in which terms are applied.

    Attributes:
        code: `ground_up`, then the terms: `retention`, `coinsurance`, `sublimit`, `limit`,
            `aggregate`, `share`.
        zh: title in Chinese.
        en: title in English.
        basis: the term, in words.
        expected: what is left, in minor units.
    """

    code: str
    zh: str
    en: str
    basis: str
    expected: float


@dataclass(frozen=True, slots=True)
class Rival:
    """What the challengers would price with.

    Attributes:
        fit_ids: of their fits.
        pure: their pure premium, minor units.
        margin: their risk margin, minor units.
    """

    fit_ids: tuple[str, ...]
    pure: float
    margin: float


@dataclass(frozen=True, slots=True)
class LossView:
    """The loss side of a price.

    Attributes:
        perils: the pure premium by cause; their sum is `pure`.
        margin: for bearing the risk.
        months: expected loss by month of cover.
        priors: every published figure used, each once.
        fit_ids: every fit that was asked, champions first.
        drivers: name -> figure, for the receipt.
        standing: how far the figures stand on the house's own counts.
        experience: of the insured itself.
        steps: what each term of the cover leaves of the expected loss.
        rival: the same by the challengers; None if nobody challenges.
        comparison: the pure premium beside that of the challengers; None likewise.
        score: of the borrower's own accounts, as the receipt states it; None where none are.
        contest: the score beside the stated grade; None likewise.
        rows: rows of other tables used: key, value, source, grade, unverified.
    """

    perils: tuple[Peril, ...]
    margin: Margin
    months: tuple[MonthLoss, ...]
    priors: tuple[Prior, ...]
    fit_ids: tuple[str, ...]
    drivers: Mapping[str, float]
    standing: Standing
    experience: Experience = NO_EXPERIENCE
    steps: tuple[Step, ...] = ()
    rival: Rival | None = None
    comparison: Comparison | None = None
    score: Mapping[str, Any] | None = None
    contest: Comparison | None = None
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an underwriter should know of how the price came about."""
        pairs = [pair for pair in (self.comparison, self.contest) if pair]
        gaps = [finding for pair in pairs for finding in pair.findings()]
        return (*self.standing.findings, *gaps)

    @property
    def pure(self) -> float:
        """Pure premium: the perils, with what own experience makes of them, in minor units."""
        return self.experience.factor * sum(peril.expected for peril in self.perils)
