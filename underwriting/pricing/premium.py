"""The one door from floats to money: the premium, built up line by line.

Each line is the difference of rounded running totals, so the lines sum to the premium.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernel.money import Money, nearest_minor, round_half_up
from underwriting.pricing.loadings import Loadings, technical_premium
from underwriting.pricing.view import NO_EXPERIENCE, Experience, Margin, Peril


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the build-up.

    Attributes:
        code: stable, for programs.
        zh: label in Chinese.
        en: label in English.
        basis: formula and figures, in words.
        amount: what it adds.
    """

    code: str
    zh: str
    en: str
    basis: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays which part of the premium."""

    payer: str
    basis: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Premium:
    """The premium: lines and payers each sum to the total."""

    total: Money
    lines: tuple[Line, ...]
    payers: tuple[Payer, ...]

    def __post_init__(self) -> None:
        assert sum(line.amount.minor for line in self.lines) == self.total.minor, "lines add up"
        assert sum(payer.amount.minor for payer in self.payers) == self.total.minor, "payers too"

    def line(self, code: str) -> Money:
        """Return the amount of one line."""
        return next(line.amount for line in self.lines if line.code == code)


def build_up(
    perils: Sequence[Peril],
    margin: Margin,
    loadings: Loadings,
    *,
    minimum: Money,
    experience: Experience = NO_EXPERIENCE,
) -> tuple[Money, tuple[Line, ...]]:
    """Return the total and its lines.

    Expected loss by peril, what own experience makes of it (its factor on the sum), risk
    margin, expense, commission, profit; then what lifts it to the minimum; then tax on all.
    """
    rated = sum(peril.expected for peril in perils)
    pure = experience.factor * rated
    technical = technical_premium(pure, margin.amount, loadings)
    net = max(technical, float(minimum.minor))
    rates = f"1 - {loadings.expense:g} - {loadings.commission:g} - {loadings.profit:g}"
    steps = (
        *((f"expected_loss_{p.code}", p.zh, p.en, p.basis, p.expected) for p in perils),
        ("experience", "经验调整", "own experience", experience.basis, pure - rated),
        ("risk_margin", "风险边际", "risk margin", margin.basis, margin.amount),
        ("expense", "费用", "expense", f"{loadings.expense:g} x (EL + margin) / ({rates})",
         loadings.expense * technical),
        ("commission", "手续费", "commission", f"{loadings.commission:g} of the same",
         loadings.commission * technical),
        ("profit", "利润", "profit", f"{loadings.profit:g} of the same",
         loadings.profit * technical),
        ("minimum", "最低保费补足", "up to the minimum", f"minimum {minimum}", net - technical),
        ("tax", "增值税", "value added tax", f"{loadings.tax:g} x premium", loadings.tax * net),
    )  # fmt: skip
    return lines_of(steps, minimum.currency)


def lines_of(
    steps: Iterable[tuple[str, str, str, str, float]], currency: str
) -> tuple[Money, tuple[Line, ...]]:
    """Round running totals of steps (code, zh, en, basis, minor units) into lines and a total."""
    lines, running, booked = [], 0.0, 0
    for code, zh, en, basis, step in steps:
        running += step
        upto = _to_minor(running)
        lines.append(Line(code, zh, en, basis, Money(upto - booked, currency)))
        booked = upto
    return Money(booked, currency), tuple(lines)


def payers_of(
    total: Money, borrower: str, subsidy: tuple[str, Fraction, Money | None] | None
) -> tuple[Payer, ...]:
    """Return who pays: a public payer up to its share and cap, the borrower the rest."""
    if subsidy is None:
        return (Payer(borrower, "whole", total),)
    name, share, cap = subsidy
    part = round_half_up(total.minor * share)
    basis = f"{share} of the premium"
    if cap is not None:
        part, basis = min(part, cap.minor), f"{basis}, at most {cap}"
    public = Money(part, total.currency)
    return (Payer(name, basis, public), Payer(borrower, "the rest", total - public))


def _to_minor(value: float) -> int:
    """Round a float once, halves up; the float is read exactly."""
    return nearest_minor(value)
