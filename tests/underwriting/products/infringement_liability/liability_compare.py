r"""Random proposals priced both ways: by the rating, and by simulating the wording.

From the root of the project, with it and `tests` on the path:

    PYTHONPATH=.:tests python tests/underwriting/products/infringement_liability/\
        liability_compare.py --risks 20 --paths 10000000
"""

import argparse
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from liability_cases import a_basis, checked, proposal, yuan
from liability_simulation import simulate

from underwriting.products.infringement_liability.rating import rate

COURTS = ("CN", "US", "UPC", "DE", "UK", "JP", "KR")
SUSPECT = 3.0
FIELDS = ("drugs_health", "chemistry", "electronics", "mechanical", "software", "other")


class Compared(NamedTuple):
    """Both prices of one proposal, minor units, and the standard error of the simulated one."""

    priced: float
    simulated: float
    error: float

    @property
    def errors(self) -> float:
        """How many standard errors lie between them."""
        return (self.priced - self.simulated) / self.error


def settled(wire: Mapping[str, Any], paths: int, seed: int) -> Compared:
    """Price one proposal both ways; what looks three errors off is drawn anew, four times as long.

    Of twenty sound prices one run in twenty has such a draw by chance; a wrong price has it again.
    The new draw stands alone: pooled with the old one it would inherit its chance.
    """
    found = compared(wire, paths, seed)
    return found if abs(found.errors) < SUSPECT else compared(wire, 4 * paths, seed + 1_000)


def compared(wire: Mapping[str, Any], paths: int, seed: int) -> Compared:
    """Price one proposal both ways."""
    risk = checked(wire)
    priced = sum(peril.expected for peril in rate(risk, a_basis(risk)).perils)
    return Compared(priced, *simulate(wire, paths, seed))


def random_proposal(rng: np.random.Generator) -> dict[str, Any]:
    """A proposal with every term drawn: courts, sales, limits, time and extensions."""
    courts = [str(one) for one in rng.choice(COURTS, size=rng.integers(1, 5), replace=False)]
    limit = round(float(np.exp(rng.uniform(np.log(2e5), np.log(2e7)))), 2)
    share = (1, 2, 4)[rng.integers(3)]
    parts: dict[str, Any] = {
        "products": [_product(f"P-{place}", rng, courts) for place in range(rng.integers(1, 4))],
        "courts": courts,
        "months": int(rng.choice((12, 24, 36))),
        "defence": str(rng.choice(("inside", "outside"))),
        "limit": yuan(limit),
        "aggregate": yuan(limit * share),
        "retention": yuan(limit * float(rng.choice((0.0, 0.02, 0.1)))),
        "counsel": str(rng.choice(("panel", "off_panel"))),
        "retroactive_date": str(rng.choice(("2025-03-10", "2023-06-01", "2020-01-01"))),
        "extended_reporting_months": int(rng.choice((0, 6, 12))),
        "indemnities": True,
    }
    wire = proposal(**{**parts, "indemnities": ()})
    wire["cover"]["indemnities"] = True
    return _extended(wire, rng, courts, limit)


def _product(code: str, rng: np.random.Generator, courts: list[str]) -> dict[str, Any]:
    sales = [
        {"court": court, "annual": yuan(round(float(np.exp(rng.uniform(15.0, 20.0))), 2))}
        for court in courts
    ]
    return {
        "code": code,
        "title": "产品 product",
        "technology": str(rng.choice(FIELDS)),
        "standards": ["IEEE 802.11"] if rng.random() < 0.3 else [],
        "sales": sales,
    }


def _extended(
    wire: dict[str, Any], rng: np.random.Generator, courts: list[str], limit: float
) -> dict[str, Any]:
    """Lay sublimits, fairs, opinions, promises and known matters over a proposal, by chance."""
    cover, code = wire["cover"], wire["products"][0]["code"]
    if rng.random() < 0.5:
        cover["npe_sublimit"] = yuan(round(limit / 4, 2))
    if rng.random() < 0.5:
        cover["stage_caps"] = {
            "first_instance": yuan(round(limit / 3, 2)),
            "invalidation": yuan(round(limit / 10, 2)),
        }
    if rng.random() < 0.5:
        fairs = [{"court": courts[0], "count": int(rng.integers(1, 10))}]
        cover["exhibition"] = {"fairs": fairs, "sublimit": yuan(round(limit / 20, 2))}
    if rng.random() < 0.5:
        opinion = {"kind": "freedom_to_operate", "author": "external_counsel", "on": "2024-09-01"}
        wire["opinions"] = [
            {**opinion, "products": [code], "courts": courts, "conclusion": "qualified"}
        ]
    if rng.random() < 0.5:
        promise = {"customer": "客户", "product": code, "court": courts[0], "capped": False}
        wire["indemnities"] = [promise]
    if rng.random() < 0.4:
        matter = {"kind": "letter", "on": "2024-11-02", "counterparty": "甲公司", "product": code}
        wire["known_matters"] = [{**matter, "court": courts[0], "treatment": "higher_retention"}]
    return wire


def main() -> None:
    """Compare as many proposals as asked for, and print each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--risks", type=int, default=20)
    asked.add_argument("--paths", type=int, default=10_000_000)
    asked.add_argument("--seed", type=int, default=2025)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    for number in range(given.risks):
        started = time.perf_counter()
        found = settled(random_proposal(rng), given.paths, given.seed + number)
        took = time.perf_counter() - started
        print(  # noqa: T201 - this is a program
            f"{number + 1:3d} priced {found.priced:16.2f} simulated {found.simulated:16.2f} "
            f"+- {found.error:12.2f} errors {found.errors:6.2f} {took:6.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
