"""Infringement liability simulated path by path, written from the wording and the figures alone.

Nothing of the product's rating is imported: figures are read from the frozen fit, the priors and
the tariff as they lie in their files; demands arrive, act by act, and each is paid as the clauses
say.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from csv import DictReader
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
QUOTED = date(2025, 3, 3)
FITS = Path(str(files("models"))) / "fits"
SERVES = tomllib.loads(FITS.joinpath("in_force.toml").read_text("utf-8"))["serves"]
FIT_ID = next(row["champion"] for row in SERVES if row["purpose"] == "severity.disputes")
FIGURES: Mapping[str, Any] = json.loads((FITS / FIT_ID / "fit.json").read_text("utf-8"))[
    "parameters"
]
TERMS: Mapping[str, Any] = tomllib.loads(
    files("underwriting.products.infringement_liability").joinpath("terms.toml").read_text("utf-8")
)
PRIORS = {
    (row["param"], row["right"], row["jurisdiction"]): float(row["value"])
    for row in DictReader(
        line
        for line in files("models.priors").joinpath("priors.csv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
}
YUAN = {row["currency"]: float(row["cny"]) for row in FIGURES["exchange"]}
DIGITS = {"JPY": 1.0, "KRW": 1.0}
BATCH = 1_000_000


def rate_of(name: str, court: str) -> float:
    """A chance or share of the fit; that of all courts where this one has none."""
    rows = {row["jurisdiction"]: row["value"] for row in FIGURES["rates"] if row["name"] == name}
    return float(rows[court] if court in rows else rows["*"])


def law_row(court: str, component: str, at_risk: float = 0.0) -> Mapping[str, Any]:
    """The row of a component, the product's own first; by amount at risk where there are bands."""
    for product, right in (
        ("infringement_liability", "invention"), ("infringement_liability", "patent"),
        ("infringement_liability", "*"), ("*", "invention"), ("*", "*"),
    ):  # fmt: skip
        rows = [
            row for row in FIGURES["severities"]
            if (row["product"], row["right"]) == (product, right)
            and (row["jurisdiction"], row["component"]) == (court, component)
        ]  # fmt: skip
        if rows:
            rows.sort(key=lambda row: row.get("upto", np.inf))
            return next(row for row in rows if at_risk <= row.get("upto", np.inf))
    raise LookupError(component)


def trend(year: int, court: str) -> float:
    """From the middle of a year to the day of the quote."""
    years = (QUOTED - date(year, 7, 1)).days / 365.25
    return float((1.0 + rate_of("trend", court)) ** years)


def money(amount: float, held: str, wanted: str) -> float:
    """Major units of one currency in major units of another."""
    return amount * YUAN[held] / YUAN[wanted]


class Event(NamedTuple):
    """Demands of one kind on all paths: which path, when, and what each is paid."""

    path: NDArray[np.int64]
    when: Floats
    cost: Floats
    damages: Floats


def gumbel(rng: np.random.Generator, count: int, tau: float) -> tuple[Floats, Floats]:
    """Pairs of a Gumbel copula by Marshall and Olkin: a positive stable frailty and two clocks."""
    alpha = 1.0 - tau
    angle, wait = rng.random(count) * np.pi, rng.exponential(size=count)
    frailty = (
        np.sin(alpha * angle)
        / np.sin(angle) ** (1.0 / alpha)
        * (np.sin((1.0 - alpha) * angle) / wait) ** ((1.0 - alpha) / alpha)
    )
    u, v = (np.exp(-((rng.exponential(size=count) / frailty) ** alpha)) for _ in range(2))
    return u, v


def lognormal(rank: Floats, median: float, sigma: float) -> Floats:
    """Amounts of these ranks."""
    return np.asarray(median * np.exp(sigma * ndtri(np.clip(rank, 1e-300, 1 - 1e-16))))


class Wording:
    """One proposal, read as a policy: its clauses and figures in major units of its currency."""

    def __init__(self, wire: Mapping[str, Any]) -> None:
        self.wire, self.cover = wire, wire["cover"]
        self.currency = self.cover["limit"]["currency"]
        start, back = (date.fromisoformat(self.cover[k]) for k in ("start", "retroactive_date"))
        self.back = (start - back).days / 365.25
        self.years = self.cover["months"] / 12
        self.after = self.cover.get("extended_reporting_months", 0) / 12
        panel = self.cover["counsel"] == "panel"
        top, _, below = self.cover["copay_panel" if panel else "copay_off_panel"].partition("/")
        self.copay = float(top) / float(below or 1)

    def amount(self, name: str, of: Mapping[str, Any] | None = None) -> float:
        """An amount of the cover; one that is not stated does not limit."""
        stated = (self.cover if of is None else of).get(name)
        return float(stated["amount"]) if stated else np.inf

    def sales(self, court: str) -> dict[str, float]:
        """Sales of a year at a court by product."""
        return {
            product["code"]: float(sold["annual"]["amount"])
            for product in self.wire["products"]
            for sold in product["sales"]
            if sold["court"] == court
        }

    def opinion(self, code: str, court: str) -> float:
        """Best score of a freedom-to-operate opinion that is not too old."""
        points = [0.0]
        for one in self.wire.get("opinions", ()):
            day = date.fromisoformat(one["on"])
            months = (QUOTED.year - day.year) * 12 + QUOTED.month - day.month
            fresh = day <= QUOTED and (months, QUOTED.day) <= (
                TERMS["limits"]["opinion_months"], day.day
            )  # fmt: skip
            about = code in one["products"] and court in one["courts"]
            if fresh and about and one["kind"] == "freedom_to_operate":
                points.append(TERMS["opinion"][one["author"]] * TERMS["opinion"][one["conclusion"]])
        return max(points)

    def suits(self, court: str) -> tuple[float, float]:
        """Suits a year of competitors and of non-practising entities."""
        f, e = TERMS["frequency"], TERMS["frequency"]["elasticity"]
        if court == "CN":
            base = PRIORS["sued_firm", "industrial_firm", "CN"]
        else:
            base = PRIORS["sued_firm", "firm_ge20_staff", "US"]
        if court not in ("CN", "US"):
            base *= PRIORS["suit_rate", "invention", court] / PRIORS["assert", "invention", "US"]
        base *= rate_of("selection", court)
        reference = money(f["reference_sales_cny"], "CNY", self.currency)
        ours = theirs = 0.0
        for product in self.wire["products"]:
            sold = self.sales(court).get(product["code"], 0.0)
            factor = f["standard"] if product.get("standards") else 1.0
            credit = 1.0 - f["opinion_credit"] * self.opinion(product["code"], court) / 100.0
            field = product["technology"]
            ours += (factor * credit * TERMS["fields"][field]) ** (1 / e) * sold / reference
            theirs += (factor * TERMS["npe_fields"][field]) ** (1 / e) * sold / reference
        npe = TERMS["courts"][court]["npe"]
        promises = 1.0
        if self.cover.get("indemnities"):
            for one in self.wire.get("indemnities", ()):
                if one["court"] == court:
                    promises += f["capped_indemnity" if one["capped"] else "indemnity"]
        return base * (1 - npe) * ours**e * promises, base * npe * theirs**e

    def outcome(self, rng: np.random.Generator, court: str, count: int) -> tuple[Floats, Floats]:
        """Cost by stage `[4, count]` in the order of the retention, and damages `[count]`."""
        place, sold = TERMS["courts"][court], sum(self.sales(court).values())
        u, v = gumbel(rng, count, rate_of("loss_cost_tau", "*"))
        at_risk = money(TERMS["at_risk"]["years"] * sold, self.currency, self._band_currency(court))
        row = law_row(court, "defence_cost", at_risk)
        median = money(row["level"], row["currency"], self.currency) * trend(row["year"], court)
        whole = lognormal(u, median, row["spread"])
        award = self._award(court, v)
        most = TERMS["at_risk"]["most_years"] * sold
        settled = np.minimum(self._settlement(court, v), most)
        award = np.minimum(award, most)

        letter = rng.random(count) < place["letters"] / (1 + place["letters"])
        stage, won, money_paid = self._course(rng, court, count)
        ends = self._ends(court)
        spent = np.array([cost for _, _, cost in ends])[stage]
        appeal = np.array([name == "appeal" for name, _, _ in ends])[stage]
        undecided = np.array(
            [name not in ("first_instance", "appeal", "trial") for name, _, _ in ends]
        )[stage]
        reached = max(cost for name, _, cost in ends if name != "appeal")
        pre = np.minimum(place["pre_suit"], spent)
        first = np.where(appeal, np.minimum(spent, reached), spent) - pre
        second = spent - pre - first
        counter, chance = self._counter(court, u)
        counter = np.where(rng.random(count) < chance, counter, 0.0)
        stages = np.stack([pre * whole, first * whole, counter, second * whole])
        stages[0, letter] = place["pre_suit"] * whole[letter]
        stages[1:, letter] = 0.0
        owed = np.where(undecided & money_paid, settled, 0.0)
        lost = award + rate_of("adverse_cost", court) * spent * whole
        owed = np.where(~undecided & won, lost, owed)
        return stages, np.where(letter, 0.0, owed)

    def _band_currency(self, court: str) -> str:
        return str(law_row(court, "defence_cost")["currency"])

    def _award(self, court: str, v: Floats) -> Floats:
        row = law_row(court, "award")
        scale = money(1.0, row["currency"], self.currency)
        body = scale * row["level"] * trend(row["year"], court)
        if court != "CN":
            return lognormal(v, body, row["spread"])
        tail, rare = law_row(court, "award_tail"), rate_of("tail_given_award", court)
        edge = scale * tail["level"] * trend(tail["year"], court)
        below = ndtr(np.log(edge / body) / row["spread"])
        high = v > 1 - rare
        inside = lognormal(np.where(high, 0.5, v / (1 - rare)) * below, body, row["spread"])
        beyond = edge * (np.where(high, 1 - v, rare) / rare) ** (-1 / tail["spread"])
        return np.where(high, beyond, inside)

    def _settlement(self, court: str, v: Floats) -> Floats:
        if court != "US":
            return rate_of("settlement_to_award", court) * self._award(court, v)
        row = law_row(court, "settlement")
        scale = money(1.0, row["currency"], self.currency) * trend(row["year"], court)
        return lognormal(v, scale * row["level"], row["spread"])

    def _ends(self, court: str) -> list[tuple[str, float, float]]:
        """Stages with their chance: the prior table says how many settle, where it can."""
        rows = [row for row in FIGURES["stages"] if row["jurisdiction"] == court]
        last = ("first_instance", "appeal", "trial")
        open_ = sum(row["share"] for row in rows if row["name"] not in last)
        settle = open_
        for right in ("patent", "ip"):
            settle = PRIORS.get(("p_settle_or_withdraw", right, court), settle)
        return [
            (row["name"],
             row["share"] / (1 - open_) * (1 - settle) if row["name"] in last
             else row["share"] / open_ * settle,
             row["cost"])
            for row in rows
        ]  # fmt: skip

    def _course(
        self, rng: np.random.Generator, court: str, count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        chances = np.array([chance for _, chance, _ in self._ends(court)])
        stage = rng.choice(len(chances), size=count, p=chances / chances.sum())
        wins = PRIORS.get(("p_plaintiff_win_judged", "patent", court))
        if wins is None:
            wins = PRIORS.get(("p_plaintiff_win_decided", "patent", court))
        if wins is None:
            wins = rate_of("plaintiff_wins", court)
        paid = rng.random(count) < rate_of("settled_in_money", court)
        return stage, rng.random(count) < wins, paid

    def _counter(self, court: str, u: Floats) -> tuple[Floats, float]:
        names = {"CN": "p_challenge_given_assert", "US": "p_ipr_given_assert"}
        if court in names:
            row = law_row(court, "invalidation_defence")
            scale = money(1.0, row["currency"], self.currency) * trend(row["year"], court)
            chance = PRIORS[names[court], "invention", court]
            return lognormal(u, scale * row["level"], row["spread"]), chance
        stated = TERMS["courts"][court]["counter"]
        median = money(stated["median"], stated["currency"], self.currency)
        return lognormal(u, median, stated["spread"]), float(stated["chance"])

    def pay(
        self, stages: Floats, damages: Floats, *, retention: float, caps: list[float], sub: float
    ) -> tuple[Floats, Floats]:
        """One claim by the clauses: retention, coinsurance, sublimits, limit."""
        left = np.full(damages.shape, retention)
        paid = []
        for part, cap in zip([*stages, damages], [*caps, np.inf], strict=True):
            own = np.minimum(left, part)
            left = left - own
            paid.append(np.minimum((1 - self.copay) * (part - own), cap))
        cost, owed = sum(paid[:-1]), paid[-1]
        limit = self.amount("limit")
        for most in (sub, limit if self.cover["defence"] == "inside" else np.inf):
            cost = np.minimum(cost, most)
            owed = np.minimum(owed, most - cost)
        return np.minimum(cost, limit), np.minimum(owed, limit)

    def demands(self, rng: np.random.Generator, paths: int) -> Iterator[Event]:
        """Every kind of demand, with those whose acts are covered."""
        stated = self.cover.get("stage_caps", {})
        order = ("pre_suit", "first_instance", "invalidation", "appeal")
        caps, retention = [self.amount(name, stated) for name in order], self.amount("retention")
        sub = self.amount("npe_sublimit")
        for court in self.cover["courts"]:
            if not self.sales(court):
                continue
            more = 1 + TERMS["courts"][court]["letters"]
            for rate, most in zip(self.suits(court), (np.inf, sub), strict=True):
                path, when = self._arrivals(rng, paths, rate * more)
                keep = self._covered(rng, when)
                path, when = path[keep], when[keep]
                stages, owed = self.outcome(rng, court, len(when))
                yield Event(
                    path, when,
                    *self.pay(stages, owed, retention=retention, caps=caps, sub=most),
                )  # fmt: skip
            known = [
                one for one in self.wire.get("known_matters", ())
                if one["court"] == court and one.get("treatment") == "higher_retention"
            ]  # fmt: skip
            rate = len(known) * TERMS["frequency"]["known_matter"] * more
            path, when = self._arrivals(rng, paths, rate)
            stages, owed = self.outcome(rng, court, len(when))
            higher = retention * TERMS["higher_retention"]
            paid = self.pay(stages, owed, retention=higher, caps=caps, sub=np.inf)
            yield Event(path, when, *paid)
        yield from self.fairs(rng, paths)

    def fairs(self, rng: np.random.Generator, paths: int) -> Iterator[Event]:
        """Measures at fairs: no retention, a sublimit, no stage caps."""
        extension = self.cover.get("exhibition") or {"fairs": ()}
        for one in extension["fairs"]:
            stated = TERMS["courts"][one["court"]]["fair"]
            median = money(stated["median"], stated["currency"], self.currency)
            number = rng.poisson(one["count"] * stated["chance"] * paths)
            cost = lognormal(rng.random(number), median, stated["spread"])
            nothing = np.zeros(number)
            paid = self.pay(
                np.stack([cost, nothing, nothing, nothing]), nothing,
                retention=0.0, caps=[np.inf] * 4, sub=self.amount("sublimit", extension),
            )  # fmt: skip
            yield Event(rng.integers(0, paths, number), rng.random(number) * self.years, *paid)

    def _arrivals(
        self, rng: np.random.Generator, paths: int, rate: float
    ) -> tuple[NDArray[np.int64], Floats]:
        """Paths and times of demands in the period and the extended reporting after it."""
        whole = self.years + self.after
        number = rng.poisson(rate * whole * paths)
        return rng.integers(0, paths, number), rng.random(number) * whole

    def _covered(self, rng: np.random.Generator, when: Floats) -> NDArray[np.bool_]:
        """The first act lies after the retroactive date, and before the cover's end."""
        mean, longest = TERMS["lag"]["mean"], TERMS["lag"]["longest"]
        whole = 1 - np.exp(-longest / mean)
        act = when + mean * np.log1p(-whole * rng.random(len(when)))
        return (act >= -self.back) & (act <= self.years)


def simulate(wire: Mapping[str, Any], paths: int, seed: int) -> tuple[float, float]:
    """Expected discounted payments of one policy, and their standard error, minor units.

    Paths are drawn a million at a time, so that memory does not grow with their number.
    """
    rng, policy = np.random.default_rng(seed), Wording(wire)
    sums = np.zeros(2)
    for start in range(0, paths, BATCH):
        paid = one_batch(policy, rng, min(BATCH, paths - start))
        sums += paid.sum(), paid @ paid
    mean = sums[0] / paths
    error = np.sqrt(max(sums[1] / paths - mean**2, 0.0) / paths)
    minor = DIGITS.get(policy.currency, 100.0)
    return minor * float(mean), minor * float(error)


def one_batch(policy: Wording, rng: np.random.Generator, paths: int) -> Floats:
    """Discounted payments of each path, major units."""
    events = list(policy.demands(rng, paths))
    path, when, cost, damages = (np.concatenate(column) for column in zip(*events, strict=True))
    discount = (1 + TERMS["discount_rate"]) ** -(when + TERMS["years_to_payment"])
    inside = policy.cover["defence"] == "inside"
    towers = [cost + damages] if inside else [cost, damages]
    total = np.zeros(paths)
    order = np.lexsort((when, path))
    for amounts in towers:
        paid = first_come(path[order], amounts[order], policy.amount("aggregate"))
        total += np.bincount(path[order], paid * discount[order], paths)
    return total


def first_come(path: NDArray[np.int64], amounts: Floats, aggregate: float) -> Floats:
    """Cut claims in order of time where the sum of their path reaches the aggregate."""
    running = np.cumsum(amounts)
    first = np.append(True, path[1:] != path[:-1])
    before = np.maximum.accumulate(np.where(first, running - amounts, -np.inf))
    upto = running - before
    return np.minimum(upto, aggregate) - np.minimum(upto - amounts, aggregate)
