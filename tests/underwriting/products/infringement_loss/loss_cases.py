"""Proposals for infringement-loss cover: one that is sound, and any number drawn at random."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from kernel.sharing import Facts, Scheme
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.portfolio.exposures import Exposures
from underwriting.product import Rated, read_terms
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.schemes import load_schemes

QUOTED = date(2025, 3, 3)
START = date(2025, 3, 10)
PERILS = ("investigation", "litigation", "loss_of_profit", "adverse_costs")


def money(amount: float | str, currency: str = "CNY") -> dict[str, str]:
    """An amount on the wire; whole units where a number is given."""
    return {"amount": amount if isinstance(amount, str) else f"{amount:.0f}", "currency": currency}


def a_right(number: str = "ZL202010000001.X", **facts: Any) -> dict[str, Any]:
    """An invention patent of five years, with other facts laid over it."""
    return {
        "kind": "invention",
        "number": number,
        "title": "自动装配装置 automatic assembly device",
        "owner": "示范机械有限公司",
        "filed": "2020-03-01",
        "granted": "2022-05-06",
        "expires": "2040-03-01",
        **facts,
    }


def a_proposal(
    *, rights: list[Any] | None = None, insured: dict[str, Any] | None = None, **cover: Any
) -> dict[str, Any]:
    """A proposal that is accepted; words of the cover are laid over it."""
    return {
        "product": "infringement_loss",
        "insured": {
            "name": "示范机械有限公司",
            "register_id": "91442000MA4EXAMPL1",
            **(insured or {}),
        },
        "rights": rights or [a_right()],
        "cover": {
            "start": START.isoformat(),
            "months": 12,
            "retroactive_months": 12,
            "perils": {peril: {} for peril in PERILS},
            "retention": money("10000.00"),
            "coinsurance": "0.1",
            "limit": money("850000.00"),
            "aggregate": money("850000.00"),
            **cover,
        },
    }


def checked(proposal: dict[str, Any]) -> InfringementLossRisk:
    """The proposal through the form."""
    return InfringementLossRisk.model_validate(proposal, strict=False)


@cache
def own_account() -> Scheme:
    return load_schemes()["own-account"].scheme


@cache
def tariff() -> Any:
    folder = files("underwriting.products.infringement_loss")
    return read_terms(folder.joinpath("terms.toml").read_text(encoding="utf-8"))


def a_basis(currency: str = "CNY", on: date = QUOTED, **other: Any) -> Rated:
    """What it is rated on."""
    stated = {
        "scheme": own_account(),
        "facts": Facts(loan_minor=1, ip_share=None, tier=None, balances={}),
        "priors": load_priors(),
        "fits": fits_in_force("infringement_loss", on),
        "terms": tariff(),
        "exposures": Exposures.nothing(currency),
        "on": on,
    }
    return Rated(**{**stated, **other})


_KINDS = {
    "CN": ("invention", "utility_model", "design", "trademark", "copyright", "gi", "ic_layout"),
    "US": ("invention",), "EP": ("invention",), "DE": ("invention",),
    "GB": ("invention",), "JP": ("invention",), "KR": ("invention",),
}  # fmt: skip
_FIELDS = ("drugs_health", "biotech", "chemistry", "electronics", "mechanical", "other", "software")
_LIMITS = {"CNY": 1e6, "USD": 1.4e5, "EUR": 1.3e5, "JPY": 2e7}


def random_proposal(seed: int) -> dict[str, Any]:
    """A proposal drawn at random: every term, several rights, several courts and currencies."""
    rng = np.random.default_rng(seed)
    currency = str(rng.choice(list(_LIMITS), p=(0.7, 0.1, 0.1, 0.1)))
    limit = float(np.round(_LIMITS[currency] * rng.choice([0.3, 1.0, 3.0])))
    rights = [_random_right(rng, place, currency) for place in range(int(rng.integers(1, 9)))]
    per_right = None if rng.random() < 0.5 else money(limit * rng.choice([1.0, 1.5]), currency)
    taken = [peril for peril in PERILS if rng.random() < 0.8] or ["litigation"]
    cover = {
        "months": int(rng.choice([5, 12, 17, 24, 36])),
        "retroactive_months": int(rng.choice([0, 6, 24])),
        "perils": {peril: _random_sublimit(rng, limit, currency) for peril in taken},
        "retention": money(np.round(limit * rng.choice([0.0, 0.02, 0.1])), currency),
        "coinsurance": str(rng.choice(["0", "0.1", "1/4"])),
        "limit": money(limit, currency),
        "per_right": per_right,
        "aggregate": money(limit * rng.choice([1.5, 2.0, 4.0]), currency),
        "aggregate_basis": str(rng.choice(["policy_period", "policy_year"])),
        "economic_benefit": None
        if rng.random() < 0.5
        else {"exempt": money(np.round(limit * 0.1), currency)},
    }
    insured = {"portfolio": int(rng.choice([20, 300]))} if rng.random() < 0.5 else {}
    return a_proposal(rights=rights, insured=insured, **cover)


def _random_right(rng: np.random.Generator, place: int, currency: str) -> dict[str, Any]:
    office = str(rng.choice(list(_KINDS), p=(0.7, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05)))
    kind = str(rng.choice(_KINDS[office]))
    facts: dict[str, Any] = {"kind": kind, "office": office}
    if kind == "invention":
        facts["technology"] = str(rng.choice(_FIELDS))
    if rng.random() < 0.6:
        sales = np.round(_LIMITS[currency] * 10 * rng.lognormal(0, 1))
        facts |= {"sales": money(sales, currency), "margin": str(rng.choice(["0.1", "0.25"]))}
    granted = f"{int(rng.integers(2014, 2024))}-06-01"
    return a_right(f"NO-{place}", filed="2012-01-01", granted=granted, **facts)


def _random_sublimit(rng: np.random.Generator, limit: float, currency: str) -> dict[str, Any]:
    if rng.random() < 0.5:
        return {}
    return {"sublimit": money(np.round(limit * rng.choice([0.1, 0.3, 0.6])), currency)}
