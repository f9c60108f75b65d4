"""Champion and challenger on one quote: both are scored, and a wide gap is a finding."""

from dataclasses import asdict, dataclass
from math import isfinite

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from models.governance.levels import load_levels


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two fits say of the same risk.

    Attributes:
        champion_fit: id of the fit that prices.
        challenger_fit: id of the fit that is watched.
        champion: its answer, a probability or an amount, above 0.
        challenger: the other answer, in the same unit.
        ratio: challenger over champion.
        factor: the gap either way that is still agreement, above 1.
    """

    champion_fit: str
    challenger_fit: str
    champion: float
    challenger: float
    ratio: float
    factor: float

    @property
    def agrees(self) -> bool:
        """Whether the two are within `factor` of each other, either way."""
        return 1 / self.factor <= self.ratio <= self.factor

    def json(self) -> dict[str, str | float | bool]:
        """The comparison as a receipt keeps it."""
        return asdict(self) | {"agrees": self.agrees}

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding where the two disagree: an underwriter should look."""
        if self.agrees:
            return ()
        en = (
            f"{self.challenger_fit} says {self.challenger:.4g} where {self.champion_fit} says "
            f"{self.champion:.4g}: a factor of {self.ratio:.3g}"
        )
        zh = (
            f"挑战模型 {self.challenger_fit} 给出 {self.challenger:.4g}，"
            f"现用模型 {self.champion_fit} 给出 {self.champion:.4g}，相差 {self.ratio:.3g} 倍"
        )
        clause = f"champion and challenger within a factor of {self.factor:g}"
        cure = "check the features that the two weigh differently, or refer the risk"
        return (Finding("fits-disagree", Effect.REFER, en, zh, clause, cure),)


def compare(
    champion_fit: str,
    champion: float,
    challenger_fit: str,
    challenger: float,
    *,
    factor: float | None = None,
) -> Comparison:
    """Set two answers beside each other.

    Args:
        champion_fit: id.
        champion: finite and above 0.
        challenger_fit: id.
        challenger: finite and above 0, in the same unit.
        factor: gap that is still agreement, above 1; the shipped level (grade C) where left out.

    >>> compare("a-1", 0.02, "b-1", 0.05).agrees
    False
    """
    for field, value in (("champion", champion), ("challenger", challenger)):
        if not isfinite(value) or value <= 0:
            raise invalid(field, f"{value} cannot be compared", "give a finite answer above 0")
    allowed = load_levels().disagreement if factor is None else factor
    if not allowed > 1:
        raise invalid("factor", f"{allowed} is not above 1", "give a factor such as 2")
    ratio = challenger / champion
    return Comparison(champion_fit, challenger_fit, champion, challenger, ratio, allowed)
