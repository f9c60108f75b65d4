"""Simulate the wording of a customs guarantee path by path, and set the price beside it.

Run: python tests/underwriting/products/customs_guarantee/customs_simulation.py \
     --seed 7 --risks 20 --paths 10000000

Written from the wording and the published figures; of the engine it takes the proposal's form, the
survival of each right (shown right elsewhere) and, at the end, the price. A path is one importer:
it defaults on some day or never; declarations came on the days before; each owes its tax until it
is paid; customs is paid up to the limit, with surcharge for the days of lateness; the rights are
sold after a while, if they live and sell, and what outranks us is taken off first. Paths without a
default pay nothing: only their number is drawn.
"""

import argparse
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, log, pi, sin
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtri

if __name__ == "__main__":
    here = Path(__file__).resolve()
    sys.path += [str(here.parents[3]), str(here.parent)]  # the tests' plain modules

from customs_proposals import checked, customs_basis, customs_json, shared
from proposals import QUOTED, cny

from underwriting.products.customs_guarantee.rating import rate
from underwriting.products.customs_guarantee.secured import laws_for

PD = {"A": 0.005, "BBB": 0.012, "BB": 0.025, "B": 0.06}
KIND_HAIRCUT = {"invention": 0.0, "utility_model": 0.2, "trademark": 0.0, "copyright": 0.3}
OPEN = {"payment_term": 15, "aggregated_collection": 23, "taxation_elements": 90}
LONGEST = {"payment_term": 15, "aggregated_collection": 45, "taxation_elements": 180}
SOLD, PRICE, COST = 87.5 / 231, 0.25, 0.15
WAIT_MEAN, WAIT_CV = 1.5, 0.5
MULTIPLE, LOSS_IF_DEAD, RANK = 1.5, 0.95, 0.3
DEMAND_LAG, MOST_LATE, PER_DAY, INTEREST = 30, 90, 0.0005, 0.02
CHUNK = 100_000


class Seen(NamedTuple):
    """Mean and standard error of what the insurer loses on a path, minor units."""

    mean: float
    error: float


def tax_of(goods: Any) -> int:
    """The dearest reading of each line, exact, in fen."""

    def half_up(exact: Fraction) -> int:
        return int(exact + Fraction(1, 2))

    total = 0
    for line in goods:
        readings = []
        for one in line["alternatives"]:
            value = Fraction(one["value"]["amount"]) * 100
            duty = half_up(value * Fraction(one["duty_rate"]))
            dumping = half_up(value * Fraction(one.get("anti_dumping_rate", "0")))
            part = Fraction(one.get("consumption_rate", "0"))
            spent = half_up((value + duty + dumping) / (1 - part) * part)
            vat = half_up((value + duty + dumping + spent) * Fraction(one["vat_rate"]))
            readings.append(duty + dumping + spent + vat)
        total += max(readings)
    return total


class Importer:
    """One proposal read from its JSON, and the laws of chance of its wording."""

    def __init__(self, proposal: Mapping[str, Any], share: Fraction) -> None:
        use, cover = proposal["use"], proposal["cover"]
        self.share = float(share)
        self.first = date.fromisoformat(use["usable_from"])
        self.usable = (date.fromisoformat(use["usable_until"]) - self.first).days + 1
        self.single = use["mode"] == "single"
        self.wait = max(OPEN[one] for one in use["purposes"])
        self.longest = max(LONGEST[one] for one in use["purposes"])
        self.rate = (use.get("declarations_per_month") or 1) * 12 / 365
        self.tax = tax_of(proposal["goods"])
        self.amount = int(Fraction(cover["amount"]["amount"]) * 100)
        self.late = DEMAND_LAG + ceil(cover["demand_working_days"] * 7 / 5)
        self.beyond = cover["surcharge"] == "beyond"
        self.hazard = -log(1 - PD[proposal["importer"]["grade"]])
        self.before = int(Fraction(proposal["arrears"]["amount"]["amount"]) * 100)
        days = self.usable + (self.longest + 1 if self.single else self.wait) - 1
        self.months = [0]
        while self.months[-1] < days:
            self.months.append((_later(self.first, len(self.months)) - self.first).days)
        self._read_rights(proposal)

    def _read_rights(self, proposal: Mapping[str, Any]) -> None:
        """Values after haircut, spreads of the appraisals, and survivals on a fine grid."""
        self.values, self.spreads = [], []
        for right in proposal["rights"]:
            cut = max(KIND_HAIRCUT[right["kind"]], float(Fraction(right["haircut"])))
            age = (QUOTED - date.fromisoformat(right["appraised_on"])).days / 365
            self.values.append(float(right["appraised"]["amount"]) * 100 * (1 - cut))
            self.spreads.append((0.5**2 + 0.25**2 * age) ** 0.5)
        risk = checked(proposal)
        laws = laws_for(risk, customs_basis(risk))
        self.years = np.linspace(0.0, len(self.months) / 12 + 15, 4000)
        self.lives = [np.array([r.life.survival(y) for y in self.years]) for r in laws.rights]
        self.key = int(np.argmax(self.values))
        killed = laws.rights[self.key].killed
        assert killed is not None
        ends = np.arange(len(self.months)) / 12
        self.killed = np.array([killed.survival(end) for end in ends])
        self.dead = self._dead_at_default()

    def _dead_at_default(self) -> np.ndarray:
        """Chance of a dead key right given a default in each month; the default rate is kept."""
        alive, dead, found = 1.0, 0.0, []
        hazard = 1 - np.exp(-self.hazard / 12)
        for month in range(1, len(self.months)):
            dying = alive * (1 - self.killed[month] / self.killed[month - 1])
            alive, dead = alive - dying, dead + dying
            level = hazard * (alive + dead) / (alive + MULTIPLE * dead)
            found.append(MULTIPLE * dead / (alive + MULTIPLE * dead))
            alive, dead = alive * (1 - level), dead * (1 - MULTIPLE * level)
        return np.array(found)

    def simulate(self, paths: int, seed: int) -> Seen:
        """The loss of the insurer over so many paths."""
        luck = np.random.default_rng(seed)
        horizon = (len(self.months) - 1) / 12
        chance = 1 - np.exp(-self.hazard * horizon)
        defaults = int(luck.binomial(paths, chance))
        total = squares = 0.0
        for begun in range(0, defaults, CHUNK):
            lost = self._lose(min(CHUNK, defaults - begun), chance, luck)
            total += lost.sum()
            squares += (lost**2).sum()
        mean = total / paths
        return Seen(mean, ((squares / paths - mean**2) / paths) ** 0.5)

    def _lose(self, count: int, chance: float, luck: np.random.Generator) -> np.ndarray:
        """What is lost on paths that default within the months."""
        early = luck.uniform(0.0, chance, count)
        month = (-np.log1p(-early) / self.hazard * 12).astype(int)
        month = np.minimum(month, len(self.months) - 2)
        starts, ends = np.array(self.months[:-1])[month], np.array(self.months[1:])[month]
        day = luck.integers(starts, ends)
        tax = np.minimum(self._open(day, luck), self.amount)
        late = tax * PER_DAY * self.late
        room = self.amount * PER_DAY * MOST_LATE if self.beyond else self.amount - tax
        paid = tax + np.minimum(late, room)
        wait = luck.gamma(WAIT_CV**-2, WAIT_MEAN * WAIT_CV**2, count)
        back = self._fetch(month, ndtri(early), wait, luck)
        struck = luck.random(count) < self.dead[month]
        back = np.where(struck, (1 - LOSS_IF_DEAD) * paid * (1 - COST), back)
        back = np.clip(back - self.before, 0.0, paid)
        grow = 1 + INTEREST
        then = grow ** -((day + 0.5 + self.late) / 365)
        return self.share * (paid * then - back * grow ** -((day + 0.5) / 365 + wait))

    def _open(self, day: np.ndarray, luck: np.random.Generator) -> np.ndarray:
        """Tax declared and not paid on the day of default."""
        if self.single:
            return np.where(day < self.usable + self.longest, float(self.tax), 0.0)
        declared = np.zeros(len(day))
        for ago in range(self.wait):  # a declaration of that day is paid `wait` days after it
            then = day - ago
            came = luck.poisson(self.rate, len(day))
            declared += np.where((then >= 0) & (then < self.usable), came, 0)
        return declared * self.tax

    def _fetch(
        self, month: np.ndarray, score: np.ndarray, wait: np.ndarray, luck: np.random.Generator
    ) -> np.ndarray:
        """Proceeds net of costs of a sale so many years after the default."""
        rho = 2 * sin(pi * RANK / 6)
        years, fetched = (month + 1) / 12 + wait, np.zeros(len(month))
        for place, (value, spread) in enumerate(zip(self.values, self.spreads, strict=True)):
            alone = luck.standard_normal(len(month))
            worth = value * np.exp(
                spread * (rho * score + (1 - rho**2) ** 0.5 * alone) - spread**2 / 2
            )
            alive = np.interp(years, self.years, self.lives[place])
            if place == self.key:
                alive = alive / self.killed[month + 1]
            gives = (luck.random(len(month)) < alive) & (luck.random(len(month)) < SOLD)
            fetched += np.where(gives, worth * PRICE * (1 - COST), 0.0)
        return fetched


def _later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, start.day)


def made(seed: int) -> tuple[dict[str, Any], Fraction]:
    """A random proposal and the insurer's share."""
    luck = np.random.default_rng(seed)

    def one_of(*choices: Any) -> Any:
        return choices[luck.integers(len(choices))]

    single = luck.random() < 0.25
    purposes = [one for one in OPEN if luck.random() < 0.4] or [one_of(*OPEN)]
    goods = [
        [
            {
                "value": cny(f"{luck.integers(50_000, 3_000_000)}.00"),
                "duty_rate": f"0.{luck.integers(0, 30):02}",
                "anti_dumping_rate": one_of("0", "0", "0.35"),
                "consumption_rate": one_of("0", "0", "0.1"),
                "vat_rate": one_of("0.13", "0.09"),
            }
            for _ in range(luck.integers(1, 3))
        ]
        for _ in range(luck.integers(1, 3))
    ]
    many = None if single else int(luck.integers(1, 40))
    tax = tax_of(customs_json(goods=goods)["goods"])
    open_at_once = many * ceil(max(LONGEST[one] for one in purposes) / 30) if many else 1
    amount = max(100, int(tax * open_at_once * luck.uniform(0.15, 1.0)))
    first = date(2025, 3, 10)
    usable = first + timedelta(days=int(luck.integers(60, 365)))
    rights = [
        {
            "kind": one_of(*KIND_HAIRCUT),
            "number": f"R{place}",
            "appraised": cny(f"{int(amount * luck.uniform(0.5, 4.0)) // 100}.00"),
            "appraised_on": (QUOTED - timedelta(days=int(luck.integers(0, 400)))).isoformat(),
            "haircut": f"0.{luck.integers(0, 50):02}",
        }
        for place in range(luck.integers(1, 5))
    ]
    sample = customs_json(
        goods=goods,
        importer={"grade": one_of(*PD)},
        use={
            "mode": "single" if single else "revolving", "purposes": purposes,
            "declarations_per_month": many, "usable_from": first.isoformat(),
            "usable_until": usable.isoformat(), "claim_until": "2027-03-01",
        },
        arrears={"amount": cny(f"{int(amount * one_of(0, 0, 0.1, 0.5)) // 100}.00")},
        cover={
            "amount": cny(f"{amount // 100}.{amount % 100:02}"),
            "surcharge": one_of("within", "beyond"),
            "demand_working_days": int(luck.integers(1, 16)),
        },
    )  # fmt: skip
    pledged = [{**sample["rights"][0], **right} for right in rights]
    return {**sample, "rights": pledged}, Fraction(int(luck.integers(1, 11)), 10)


def beside(seed: int, paths: int) -> tuple[float, Seen]:
    """The price of a made proposal, and what the simulation of its wording says."""
    proposal, share = made(seed)
    risk = checked(proposal)
    view = rate(risk, customs_basis(risk, scheme=shared(str(share))))
    return view.pure, Importer(proposal, share).simulate(paths, seed + 1_000_000)


def main() -> int:
    """Print each proposal; exit 1 if one is more than three standard errors off."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, standard in (("--seed", 7), ("--risks", 20), ("--paths", 10_000_000)):
        asked.add_argument(name, type=int, default=standard)
    given = asked.parse_args()
    worst = 0.0
    for seed in range(given.seed, given.seed + given.risks):
        begun = time.perf_counter()
        price, seen = beside(seed, given.paths)
        away = (price - seen.mean) / seen.error
        worst = max(worst, abs(away))
        took = time.perf_counter() - begun
        print(  # noqa: T201 - the answer of a program
            f"{seed:4d} price {price / 100:12.2f} seen {seen.mean / 100:12.2f} "
            f"+- {seen.error / 100:8.2f} ({seen.error / seen.mean:.2%}) "
            f"{away:+.2f} s.e., {took:.1f} s"
        )
    print(f"worst {worst:.2f} s.e.")  # noqa: T201 - likewise
    return int(worst > 3)


if __name__ == "__main__":
    sys.exit(main())
