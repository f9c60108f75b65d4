"""A simulation of the policy wording, path by path, that shares no code with the rating.

It reads the published figures from their files by itself, draws every filing of every path with
its day, its first infringement and its outcome, works each matter out clause by clause, and keeps
the account of what was paid and repaid. What it shares with the price is the convention that the
payments of a policy year are discounted from its middle.

    python monte_carlo.py [paths [risks]]      # 10,000,000 paths over 20 risks, unless said
"""

import csv
import sys
import time
from collections.abc import Iterator
from datetime import date
from math import exp, inf
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[4]
PUBLISHED = ROOT / "models" / "severity" / "published"
CHUNK = 1_000_000
DIGITS = {"JPY": 0, "KRW": 0}
COURT = {"EP": "UPC", "GB": "UK"}
DECIDED = {"first_instance", "appeal", "trial"}
PATENTS = ("invention", "utility_model", "design")
PERILS = ("investigation", "litigation", "loss_of_profit", "adverse_costs")
Floats = NDArray[np.float64]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of figures, without remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


SEVERITIES = rows(PUBLISHED / "severities.csv") + rows(PUBLISHED / "courts.csv")
RATES = rows(PUBLISHED / "rates.csv") + rows(PUBLISHED / "courses.csv")
STAGES = rows(PUBLISHED / "stages.csv") + rows(PUBLISHED / "course_stages.csv")
CEILINGS = rows(PUBLISHED / "upc_ceilings.csv")
CNY = {row["currency"]: float(row["cny"]) for row in rows(PUBLISHED / "exchange.csv")}
PRIORS = rows(ROOT / "models" / "priors" / "priors.csv")
MULTIPLIERS = rows(ROOT / "models" / "right" / "multipliers.csv")
BANDS = rows(ROOT / "models" / "right" / "bands.csv")


def figure(name: str, court: str) -> float:
    """A rate of this court, or of all."""
    found = {row["jurisdiction"]: float(row["value"]) for row in RATES if row["name"] == name}
    return found[court] if court in found else found["*"]


def prior(param: str, right: str, place: str) -> float | None:
    """A published figure; None where there is none."""
    for row in PRIORS:
        if (row["param"], row["right"], row["jurisdiction"]) == (param, right, place):
            return float(row["value"])
    return None


class Lognormal(NamedTuple):
    """A law by median and sigma, in the policy's currency, major units."""

    median: float
    sigma: float

    @property
    def mean(self) -> float:
        return self.median * exp(self.sigma**2 / 2)

    def draw(self, rng: np.random.Generator, count: int) -> Floats:
        return self.median * np.exp(self.sigma * rng.standard_normal(count))


class World:
    """Everything that the wording does not say, for one kind of right before one court."""

    def __init__(self, right: dict[str, Any], risk: dict[str, Any], on: date) -> None:
        self.on, self.currency = on, risk["cover"]["limit"]["currency"]
        self.kind = right["kind"]
        self.court = COURT.get(right.get("office", "CN"), right.get("office", "CN"))
        self.profit = self._profit(right)
        self.cost = self._cost()
        self.award = self._law("infringement_liability", "award")
        self.ends = self._ends()
        self.yearly = self._yearly(right, risk)

    def _law(self, product: str, component: str, at_risk: float = 0.0) -> Lognormal:
        for own, kind in ((product, self.kind), (product, "*"), ("*", self.kind), ("*", "*")):
            found = [
                row for row in SEVERITIES
                if (row["product"], row["jurisdiction"], row["right"], row["component"])
                == (own, self.court, kind, component)
            ]  # fmt: skip
            if found:
                return self._carried(found, at_risk)
        raise LookupError((product, component, self.court, self.kind))

    def _carried(self, found: list[dict[str, str]], at_risk: float) -> Lognormal:
        worth = CNY[found[0]["currency"]] / CNY[self.currency]
        for row in sorted(found, key=lambda one: float(one["upto"] or inf)):
            if at_risk <= float(row["upto"] or inf) * worth:
                years = (self.on - date(int(row["year"]), 7, 1)).days / 365.25
                trend = (1 + figure("trend", self.court)) ** years
                return Lognormal(float(row["level"]) * trend * worth, float(row["spread"]))
        raise AssertionError

    def _profit(self, right: dict[str, Any]) -> Lognormal:
        law = self._law("infringement_loss", "lost_profit")
        if right.get("sales") is None:
            return law
        margin = right.get("margin")
        part = figure("profit_margin", self.court) if margin is None else fraction(margin)
        lost = figure("lost_sales_share", self.court) * figure("lost_sales_years", self.court)
        return Lognormal(
            float(right["sales"]["amount"]) * part * lost * law.median / law.mean, law.sigma
        )

    def _cost(self) -> Lognormal:
        try:
            return self._law("infringement_loss", "enforcement_cost", self.profit.mean)
        except LookupError:
            return self._law("infringement_liability", "defence_cost", self.profit.mean)

    def _ends(self) -> list[tuple[str, float, float]]:
        """Outcome, chance, part of the cost spent."""
        stages = [row for row in STAGES if row["jurisdiction"] == self.court]
        open_ = sum(float(row["share"]) for row in stages if row["stage"] not in DECIDED)
        known = prior("p_settle_or_withdraw", "ip", self.court)
        known = prior("p_settle_or_withdraw", "patent", self.court) if known is None else known
        settled = open_ if known is None else known
        won = prior("p_plaintiff_win_judged", "patent", self.court)
        won = prior("p_plaintiff_win_decided", "patent", self.court) if won is None else won
        won = figure("plaintiff_wins", self.court) if won is None else won
        ends = []
        for row in stages:
            share, cost = float(row["share"]), float(row["cost"])
            if row["stage"] not in DECIDED:
                ends.append(("settled", settled * share / open_, cost))
            else:
                chance = (1 - settled) * share / (1 - open_)
                ends += [("won", chance * won, cost), ("lost", chance * (1 - won), cost)]
        return ends

    def _yearly(self, right: dict[str, Any], risk: dict[str, Any]) -> list[tuple[float, float]]:
        """Suits and administrative cases a year, by policy year."""
        kind = "copyright_registered" if self.kind == "copyright" else self.kind
        param = "assert" if self.court == "US" else "suit_rate"
        base = prior(param, kind, self.court)
        assert base is not None
        patent = self.kind in PATENTS
        tilt = min(self._tilt(right, risk), 30.0) if patent else 1.0
        cases = 0.0
        if patent and self.court == "CN":
            cases = 0.0036 / 0.00236
        start = date.fromisoformat(risk["cover"]["start"])
        age = (start - date.fromisoformat(right["granted"])).days / 365
        found = []
        for year in range(-(-risk["cover"]["months"] // 12)):
            suits = base * tilt * self._aged(age + year) * figure("selection", self.court)
            found.append((suits, suits * cases))
        return found

    def _tilt(self, right: dict[str, Any], risk: dict[str, Any]) -> float:
        owned = risk["insured"].get("portfolio")
        stated = [("field", right.get("technology"))]
        stated += [("portfolio", owned and ("1-100" if owned <= 100 else "100-900"))]
        tilt = 1.0
        for factor, level in stated:
            for row in MULTIPLIERS:
                place = "EP" if self.court == "UPC" else self.court
                if (row["factor"], row["level"], row["on"]) == (factor, level, "litigation") and (
                    row["jurisdiction"] in ("*", place)
                ):
                    tilt *= float(row["multiplier"])
        return tilt

    def _aged(self, age: float) -> float:
        for row in BANDS:
            if (row["param"], row["right"], row["jurisdiction"], row["owner"]) == (
                "assert", self.kind, "*", "operating",
            ) and float(row["age_from"]) <= age < float(row["age_to"]):  # fmt: skip
                return float(row["value"]) / float(row["level"])
        return 1.0

    @property
    def ceiling(self) -> float:
        """Most that the loser bears of the other side's cost."""
        if self.court != "UPC":
            return inf
        euro = CNY["EUR"] / CNY[self.currency]
        for row in CEILINGS:
            if self.profit.mean / euro <= float(row["upto"] or inf):
                return float(row["ceiling"]) * euro
        raise AssertionError


def fraction(text: str) -> float:
    """A share as it stands on the wire."""
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


class Wording:
    """The clauses that have figures, read from the proposal, major units."""

    def __init__(self, cover: dict[str, Any]) -> None:
        def amount(money: dict[str, str] | None) -> float:
            return inf if money is None else float(money["amount"])

        self.months, self.back = cover["months"], cover["retroactive_months"] / 12
        self.retention = amount(cover["retention"])
        self.kept = 1 - fraction(cover["coinsurance"])
        self.limit, self.whole = amount(cover["limit"]), amount(cover["aggregate"])
        self.per_right = amount(cover.get("per_right"))
        self.each_year = cover.get("aggregate_basis") == "policy_year"
        self.sublimits = {
            peril: amount(cover["perils"][peril].get("sublimit"))
            for peril in PERILS if cover["perils"].get(peril) is not None
        }  # fmt: skip
        benefit = cover.get("economic_benefit")
        self.exempt = None if benefit is None else amount(benefit["exempt"])

    def matter(self, loss: dict[str, Floats], money: Floats, kind: Floats) -> Floats:
        """What a matter costs the insurer in the end, before the aggregates."""
        retained = np.full_like(money, self.retention)
        room = np.full_like(money, self.limit)
        paid = np.zeros_like(money)
        for peril, top in self.sublimits.items():
            borne = np.minimum(loss[peril], retained)
            retained -= borne
            due = np.minimum(self.kept * (loss[peril] - borne), top)
            due = np.minimum(due, room)
            room -= due
            paid += due
        if self.exempt is None:
            return paid
        return paid - np.minimum(paid, money + np.maximum(kind - self.exempt, 0.0))


def outcomes(
    world: World, wording: Wording, in_court: NDArray[np.bool_], rng: np.random.Generator
) -> Floats:
    """What each of these matters costs the insurer, before the aggregates."""
    count = len(in_court)
    names = [name for name, _, _ in world.ends]
    which = rng.choice(len(names), size=count, p=[chance for _, chance, _ in world.ends])
    spent = np.array([cost for _, _, cost in world.ends])[which]
    settled, won, lost = ((np.array(names) == name)[which] for name in ("settled", "won", "lost"))
    scale = np.where(in_court, 1.0, figure("administrative_cost", "CN"))
    cost = world.cost.draw(rng, count) * scale
    early = np.minimum(figure("investigation_share", world.court), spent)
    profit, award = world.profit.draw(rng, count), world.award.draw(rng, count)
    other = world.cost.draw(rng, count) * figure("adverse_cost", world.court) * spent
    collected = np.where(won & in_court, figure("award_collected", world.court) * award, 0.0)
    loss = {
        "investigation": early * cost,
        "litigation": (spent - early) * cost,
        "loss_of_profit": np.where(won, np.maximum(profit - collected, 0.0), 0.0),
        "adverse_costs": np.where(lost & in_court, np.minimum(other, world.ceiling), 0.0),
    }
    if "loss_of_profit" in wording.sublimits:
        kept = np.maximum(collected - profit, 0.0)
    else:
        kept = collected
    worth = figure("settlement_to_award", world.court) * award
    dice, cash = rng.random(count), figure("settled_in_money", world.court)
    goods = cash + figure("settled_in_kind", world.court)
    money = np.where(won, kept, np.where(settled & (dice < cash), worth, 0.0))
    kind = np.where(settled & (dice >= cash) & (dice < goods), worth, 0.0)
    return wording.matter(loss, money, kind)


def chunk(
    worlds: list[World], wording: Wording, paths: int, rng: np.random.Generator
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64], Floats]]:
    """Yield right, path, policy year and cost of every covered matter."""
    years = -(-wording.months // 12)
    for place, world in enumerate(worlds):
        for year in range(years):
            length = min(1.0, wording.months / 12 - year)
            suits, cases = world.yearly[year]
            counts = rng.poisson((suits + cases) * length, paths)
            path = np.repeat(np.arange(paths), counts)
            filed = year + length * rng.random(len(path))
            lag = rng.exponential(figure("years_to_filing", world.court), len(path))
            covered = filed - lag >= -wording.back
            path = path[covered]
            in_court = rng.random(len(path)) < suits / (suits + cases)
            cost = outcomes(world, wording, in_court, rng)
            yield place, path, np.full(len(path), year), cost


def account(worlds: list[World], wording: Wording, paths: int, rng: np.random.Generator) -> Floats:
    """What each path costs, by policy year, `[paths, years]`."""
    years = -(-wording.months // 12)
    total = np.zeros((paths, years))
    by_right = [np.zeros((paths, years)) for _ in worlds]
    for place, path, year, cost in chunk(worlds, wording, paths, rng):
        np.add.at(by_right[place], (path, year), cost)
    for one in by_right:
        held = one if wording.each_year else np.cumsum(one, axis=1)
        total += np.minimum(held, wording.per_right)
    total = np.minimum(total, wording.whole)
    return total if wording.each_year else np.diff(total, axis=1, prepend=0.0)


def simulate(
    risk: dict[str, Any], *, on: date, discount_rate: float, paths: int, seed: int
) -> tuple[float, float]:
    """Return the mean discounted cost of a policy and its standard error, minor units."""
    rng = np.random.default_rng(seed)
    worlds = [World(right, risk, on) for right in risk["rights"]]
    wording = Wording(risk["cover"])
    years = np.arange(-(-wording.months // 12))
    factors = (1 + discount_rate) ** -(years + 0.5 + figure("years_to_payment", "*"))
    first = second = 0.0
    left = paths
    while left:
        size = min(left, CHUNK)
        cost = account(worlds, wording, size, rng) @ factors
        first, second, left = first + cost.sum(), second + (cost**2).sum(), left - size
    mean = first / paths
    error = ((second / paths - mean**2) / paths) ** 0.5
    units = 10.0 ** DIGITS.get(risk["cover"]["limit"]["currency"], 2)
    return mean * units, error * units


def main(paths: int, risks: int) -> None:
    """Simulate random risks and print them beside the price."""
    sys.path += [str(ROOT), str(Path(__file__).parent)]
    from loss_cases import QUOTED, a_basis, checked, random_proposal, tariff  # noqa: PLC0415 - for the print alone

    from underwriting.products.infringement_loss.rating import rate  # noqa: PLC0415 - for the print alone

    for seed in range(risks):
        proposal = random_proposal(seed)
        began = time.perf_counter()
        mean, error = simulate(
            proposal, on=QUOTED, discount_rate=tariff()["discount_rate"], paths=paths, seed=seed
        )
        loss = rate(checked(proposal), a_basis())
        pure = sum(peril.expected for peril in loss.perils)
        gap = (pure - mean) / error
        took = time.perf_counter() - began
        sys.stdout.write(
            f"{seed:3d}  price {pure:14.2f}  simulated {mean:14.2f}  +- {error:10.2f}  "
            f"{gap:+5.2f} errors  {pure / mean - 1:+.3%}  {took:.1f} s\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*(given + [10_000_000, 20][len(given) :]))
