"""The price against a simulation of the policy wording, which shares no code with the rating.

Each path: the key right dies or not, the borrower defaults in a month or not, every right is put
up for sale and sells or not, what comes in is shared by the scheme's own words. Published
figures (survival of rights, default curve, sale, link) are the same; what follows from them is
worked out here again.

    ZHIBAO_PATHS=10000000 python -m pytest -m slow -k wording_by_simulation
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from builders import a_basis, a_risk, a_scheme, cny, risk_json, some_inputs
from numpy.typing import NDArray
from scipy.special import ndtri

from kernel.period import add_months
from underwriting.pledge.laws import Laws, laws_of
from underwriting.products.pledge_guarantee.rating import rate
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.products.pledge_guarantee.rival import secured

Floats = NDArray[np.float64]

PATHS = int(os.environ.get("ZHIBAO_PATHS", "1000000"))
RISKS = int(os.environ.get("ZHIBAO_RISKS", "20"))
DISCOUNT = 1.02
OTHER_LGD = 0.55
SCHEMES: dict[str, dict[str, Any]] = {
    "quota": {},
    "with interest": {"loss_base": "principal_interest"},
    "ip part": {"eligible": "ip_share", "loss_base": "principal_interest"},
    "layers": {
        "loss_base": "principal_interest",
        "layers": '[[layers]]\nupto = "1/2"\nshares = { insurer = "60/100", bank = "40/100" }\n'
        '[[layers]]\nshares = { insurer = "30/100", bank = "70/100" }',
    },
    "last borne, first repaid": {
        "recovery": "reverse",
        "layers": '[[layers]]\nupto = "2/5"\nshares = { insurer = "90/100", bank = "10/100" }\n'
        '[[layers]]\nshares = { insurer = "20/100", bank = "80/100" }',
    },
}
LAYERS = {
    "layers": ((0.5, 0.6), (None, 0.3)),
    "last borne, first repaid": ((0.4, 0.9), (None, 0.2)),
}
"""Name -> (upto of the loan, the insurer's share) of each layer; of the others 80 % of all."""


@dataclass
class Sold:
    """What defaulted, path by path.

    Attributes:
        month: of the default, counted from 1.
        dead: whether the key right was dead.
        net: what the pledge brought, net of costs, minor units.
        wait: years from default to the money.
    """

    month: NDArray[np.int64]
    dead: NDArray[np.bool_]
    net: Floats
    wait: Floats


def defaults(
    laws: Laws, months: int, key: Any, rng: np.random.Generator, paths: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Month of default of those that default, and whether their key right was dead."""
    killed = [float((key.killed or key.life).survival(m / 12)) for m in range(months + 1)]
    dies = np.searchsorted(-np.array(killed), -rng.random(paths), side="left")
    in_order = np.ones(paths, dtype=bool)
    found_months, found_dead = [], []
    for month in range(1, months + 1):
        before, after = (laws.borrower.survival(m / 12) for m in (month - 1, month))
        hazard = 1 - after / before
        dead = dies <= month
        struck = float(np.count_nonzero(in_order & dead))
        whole = float(np.count_nonzero(in_order))
        multiple = laws.link.pd_multiple
        quiet = hazard * whole / (whole - struck + multiple * struck)  # so that the mean is kept
        hit = rng.random(paths, dtype=np.float32) < np.where(dead, multiple, 1.0) * quiet
        hit &= in_order
        in_order &= ~hit
        found_months.append(np.full(np.count_nonzero(hit), month))
        found_dead.append(dead[hit])
    return np.concatenate(found_months), np.concatenate(found_dead)


def sold(laws: Laws, months: int, owed: Floats, rng: np.random.Generator, paths: int) -> Sold:
    """Let the borrower default, and put every right up for sale once."""
    worth = [right.value * (1 - right.haircut) for right in laws.rights]
    at = int(np.argmax(worth))
    month, dead = defaults(laws, months, laws.rights[at], rng, paths)
    count = len(month)
    by = np.array([1 - laws.borrower.survival(m / 12) for m in range(months + 1)])
    time = ndtri(by[month - 1] + rng.random(count) * (by[month] - by[month - 1]))
    rho = 2 * np.sin(np.pi * laws.link.rank_correlation / 6)
    gross, wait = np.zeros(count), np.full(count, 1.5)
    ratio = laws.disposal.recovery_rate / laws.sold
    for place, right in enumerate(laws.rights):
        score = rho * time + np.sqrt(1 - rho**2) * rng.standard_normal(count)
        value = worth[place] * np.exp(right.spread * score - right.spread**2 / 2)
        waits = rng.gamma(4.0, 0.375, count)
        alive = in_force(right.life, month / 12 + waits)
        if place == at:
            wait = waits
            killed = np.array(
                [(right.killed or right.life).survival(m / 12) for m in range(months + 1)]
            )
            alive = np.divide(alive, killed[month], out=np.zeros(count), where=killed[month] > 0)
        sells = (rng.random(count) < alive) & (rng.random(count) < laws.sold)
        gross += sells * value * ratio
    quiet = ~dead
    sums = np.bincount(month[quiet], gross[quiet], months + 1)
    means = sums / np.maximum(1, np.bincount(month[quiet], minlength=months + 1))
    assert laws.link.lgd_when_dead is not None
    left = np.minimum(means[month], (1 - laws.link.lgd_when_dead) * owed[month - 1])
    return Sold(month, dead, np.where(dead, left, gross) * 0.85, wait)


def in_force(life: Any, years: Floats) -> Floats:
    """Survival read off a fine grid, nought from the end of the term."""
    grid = np.linspace(0, 15, 15 * 365 + 1)
    alive = np.interp(
        years, grid, np.array([life.survival(t) for t in grid[:1]] + list(life.survivals(grid[1:])))
    )
    return np.where(years < life.years_left, alive, 0.0)


def account(risk: PledgeGuaranteeRisk) -> list[float]:
    """Principal owed before each instalment, by the account of the loan."""
    loan = risk.loan
    rate, months = Fraction(loan.annual_rate) / 12, loan.term_months
    owed = [Fraction(0)] * months
    parts = [(one.on, one.amount.money().minor) for one in loan.drawdowns]
    for day, minor in parts or [(loan.drawdown, loan.amount.money().minor)]:
        start = next(m for m in range(months) if day < add_months(loan.drawdown, m + 1))
        rest = months - start
        grace = max(0, loan.grace_months - start)
        left = Fraction(minor)
        worth = sum((1 + rate) ** -k for k in range(1, rest - grace + 1))
        for month in range(start, months):
            owed[month] += left
            repaying = month - start >= grace and loan.plan.value != "bullet"
            if repaying and loan.plan.value == "annuity" and rate:
                left -= minor / worth - left * rate
            elif repaying:
                left -= Fraction(minor, rest - grace)
    return [float(one) for one in owed]


def simulated(
    risk: PledgeGuaranteeRisk, laws: Laws, name: str, rng: np.random.Generator, paths: int
) -> tuple[float, float]:
    """Mean present value of the insurer's loss, and its standard error, minor units."""
    loan, waiting = float(risk.loan.amount.money().minor), float(risk.cover.waiting_days or 0)
    shares_interest = name in ("with interest", "ip part", "layers")
    yearly = float(Fraction(risk.loan.annual_rate))
    limit = loan * (1 + yearly * shares_interest) * float(Fraction(risk.cover.insured_share))
    principal = np.minimum(account(risk), limit)
    accrued = np.array(account(risk)) * yearly * (1 / 12 + waiting / 365)
    interest = np.minimum(accrued, limit - principal)
    owed = principal + interest
    ip_share = float(Fraction(risk.loan.ip_share))
    base = (owed if shares_interest else principal) * (ip_share if name == "ip part" else 1.0)
    fell = sold(laws, risk.loan.term_months, base, rng, paths)
    eligible = base[fell.month - 1]
    other = (1 - OTHER_LGD) * (1 - ip_share) * eligible if name != "ip part" else 0.0
    back = np.minimum(fell.net + other, eligible)
    paid, given = shared(LAYERS.get(name, ((None, 0.8),)), loan, eligible, back, name)
    years = fell.month / 12
    present = paid * DISCOUNT ** -(years + waiting / 365) - given * DISCOUNT ** -(years + fell.wait)
    mean = float(present.sum()) / paths
    return mean, float(np.sqrt(((present**2).sum() / paths - mean**2) / paths))


def shared(
    layers: Sequence[tuple[float | None, float]],
    loan: float,
    eligible: Floats,
    back: Floats,
    name: str,
) -> tuple[Floats, Floats]:
    """What the insurer pays, and what it gets back: pro rata, or last borne first repaid."""
    tranches, below = [], np.zeros_like(eligible)
    for upto, share in layers:
        top = eligible if upto is None else np.minimum(eligible, upto * loan)
        tranches.append((top - below, share))
        below = top
    paid = sum((size * share for size, share in tranches), np.zeros_like(eligible))
    if name != "last borne, first repaid":
        return paid, np.divide(back * paid, eligible, out=np.zeros_like(paid), where=eligible > 0)
    given, left = np.zeros_like(paid), back
    for size, share in reversed(tranches):
        repaid = np.minimum(left, size)
        given += repaid * share
        left = left - repaid
    return paid, given


def a_random_risk(rng: np.random.Generator) -> tuple[PledgeGuaranteeRisk, str]:
    """A proposal of any shape, and the name of its scheme."""
    loan = int(rng.integers(50, 900)) * 10_000
    months = int(rng.integers(2, 37))
    plan = str(rng.choice(["bullet", "equal_principal", "annuity"]))
    stated: dict[str, Any] = {
        "amount": cny(f"{loan}.00"), "term_months": months, "plan": plan,
        "annual_rate": f"{int(rng.integers(30, 120))}/1000",
        "ip_share": f"{int(rng.integers(4, 11))}/10",
        "grace_months": int(rng.integers(0, months)) if rng.random() < 0.4 else 0,
    }  # fmt: skip
    if months > 6 and rng.random() < 0.4:
        second = add_months(a_risk().loan.drawdown, int(rng.integers(1, months // 2)))
        stated["drawdowns"] = [
            {"on": "2025-03-10", "amount": cny(f"{loan // 2}.00")},
            {"on": second.isoformat(), "amount": cny(f"{loan - loan // 2}.00")},
        ]
    (sample,) = risk_json()["rights"]
    rights = []
    for number in range(int(rng.integers(1, 5))):
        kind = str(rng.choice(["invention", "utility_model", "design", "trademark", "copyright"]))
        rights.append({
            **sample, "number": str(number), "kind": kind,
            "expires": f"{int(rng.integers(2026, 2040))}-03-01",
            "appraised": cny(f"{int(loan * rng.uniform(0.2, 3.0))}.00"),
            "appraised_on": f"{int(rng.integers(2021, 2025))}-06-01",
            "invalidation_pending": bool(rng.random() < 0.2),
        })  # fmt: skip
    name = str(rng.choice(list(SCHEMES)))
    grade = str(rng.choice(["A", "BBB", "BB", "B", "CCC"]))
    cover = {
        "waiting_days": int(rng.integers(0, 200)),
        "insured_share": f"{int(rng.integers(5, 11))}/10",
    }
    return a_risk(borrower={"grade": grade}, loan=stated, rights=rights, cover=cover), name


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(RISKS))
def test_the_price_is_that_of_the_wording_by_simulation(seed: int) -> None:
    rng = np.random.default_rng(1000 + seed)
    risk, name = a_random_risk(rng)
    basis = a_basis(some_inputs(risk, scheme=a_scheme(**SCHEMES[name])))
    laws = laws_of(secured(risk), basis, lambda serving: serving.champion)
    mean, error = simulated(risk, laws, name, rng, PATHS)
    pure = rate(risk, basis).pure
    print(  # noqa: T201 - the figures are what the run is for
        f"{name:26s} pure {pure / 100:12.2f} simulated {mean / 100:12.2f} "
        f"off {(pure - mean) / error:6.2f} standard errors of {error / mean:.3%}"
    )
    assert abs(pure - mean) < 3 * error
