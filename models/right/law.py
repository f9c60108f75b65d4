"""The law of one kind of right in one office: its rates at each age, as means or as draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from math import inf
from typing import Final

import numpy as np

from kernel.errors import invalid
from models.priors import Prior, PriorTable
from models.right.ages import AgeCurve, mean_over_living
from models.right.book import Book, FeeStep
from models.right.draws import draws_of
from models.right.factors import Effect, Factors, Stated, effect_of
from models.right.rates import Figures, base_rates, follows_assertion
from models.right.states import RATES, FloatArray

KINDS: Final = (
    "invention", "utility_model", "design", "trademark", "copyright", "ic_layout", "gi",
)  # fmt: skip
RENEWABLE: Final = ("trademark", "gi")
"""Kinds that live on past their term when they are renewed."""

CumulativeHazard = Callable[[float, float], float]
"""(age_from, age_to), years since grant -> integral of the lapse hazard between them, 0 or more."""


class Owner(StrEnum):
    """Whose right it is: it decides when in its life it is asserted."""

    OPERATING = "operating"
    NPE = "npe"
    """It lives by licences and suits; asserts late, and far more."""
    MIXED = "mixed"
    """Not known: as the population."""


class Covenant(StrEnum):
    """Who watches that the fees are paid."""

    NONE = "none"
    """Nobody: the right lapses as the population does."""
    WATCHED = "watched"
    """The bank: lapse is a breach of covenant, rarer by a stated multiple."""
    SEALED = "sealed"
    """Lapse is left out."""


@dataclass(frozen=True)
class Law:
    """Rates of one kind of right.

    Attributes:
        base: at level, shape [n_rates] or [n_draws, n_rates]; see `states.RATES`.
        curves: rate -> its shape by age; where there is none it is the same at every age.
        fees: (age, years to the next or inf, chance of lapse) of what falls due at an age.
        lapse_share: part of the population's lapse that the covenant leaves.
        disputed_share: part of that which is left of it while a dispute runs.
        term_years: of the kind; the time between renewals where it can be renewed.
        renewable: whether it lives on past its term.
        fit_id: its name, which changes with any figure.
        priors: what it rests on.
        effect: multipliers of what is known.
    """

    base: FloatArray
    curves: Mapping[str, AgeCurve]
    fees: tuple[tuple[float, float, FloatArray | float], ...]
    lapse_share: float
    disputed_share: float
    term_years: float
    renewable: bool
    fit_id: str
    priors: tuple[Prior, ...]
    effect: Effect

    def rates_at(self, age: float) -> FloatArray:
        """Rates per year in the band that begins at or holds this age."""
        shape = np.array([self.curves[name].at(age) if name in self.curves else 1.0
                          for name in RATES])  # fmt: skip
        rates: FloatArray = self.base * shape
        return rates


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a law is asked for. A table is itself alone: two of one name may hold other rows."""

    kind: str
    office: str
    owner: Owner
    covenant: Covenant
    factors: tuple[tuple[str, Stated], ...]
    table: PriorTable
    book: Book

    def _key(self) -> tuple[object, ...]:
        typed = tuple((name, type(stated), stated) for name, stated in self.factors)
        about = (self.kind, self.office, self.owner, self.covenant, typed)
        return (*about, id(self.table), self.book.digest)

    def __hash__(self) -> int:
        return hash(self._key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key() == other._key()


def law_of(
    kind: str,
    office: str,
    table: PriorTable,
    *,
    book: Book,
    owner: Owner,
    covenant: Covenant,
    factors: Factors,
) -> Law:
    """Return the law at the means of its figures; kept, so that the next right costs nothing.

    Raises:
        Invalid: an unknown kind, nothing published for it in this office, or a bad factor.
    """
    stated = tuple(sorted(factors.items()))
    return _law(_Asked(kind, office, owner, covenant, stated, table, book), 0, 0)


def drawn_law(
    kind: str,
    office: str,
    table: PriorTable,
    *,
    book: Book,
    owner: Owner,
    covenant: Covenant,
    factors: Factors,
    draws: int,
    seed: int,
) -> Law:
    """Return the law at `draws` draws from the laws of its figures: base [n_draws, n_rates]."""
    stated = tuple(sorted(factors.items()))
    asked = _Asked(kind, office, owner, covenant, stated, table, book)
    return _law(asked, draws, seed)


@lru_cache(maxsize=256)
def _law(asked: _Asked, draws: int, seed: int) -> Law:
    if asked.kind not in KINDS:
        raise invalid("kind", f"{asked.kind!r} is no kind of right", f"use one of {KINDS}")
    book, kind, office = asked.book, asked.kind, asked.office
    found = _figures(book, asked)
    means = {name: prior.value for name, prior in found.items()}
    effect = effect_of(book, _with_owner(asked), office, means["litigation_cap"])
    values: Figures = draws_of(tuple(found.items()), draws, seed) if draws else means
    share = _lapse_share(asked.covenant, means)
    fees = book.fees(kind, office)
    return Law(
        base=base_rates(values, effect, follows=follows_assertion(means), lapse_share=share),
        curves=_curves(book, asked, means),
        fees=tuple((f.age, f.every or inf, share * unpaid(f, values)) for f in fees),
        lapse_share=share,
        disputed_share=means["dispute_lapse_multiple"],
        term_years=means["term_years"],
        renewable=kind in RENEWABLE,
        fit_id=_name(book, asked.table),
        priors=tuple(found.values()),
        effect=effect,
    )


def _name(book: Book, table: PriorTable) -> str:
    text = f"{book.digest} {table.fit_id}"
    return f"right-life-{sha256(text.encode()).hexdigest()[:12]}"


def _with_owner(asked: _Asked) -> Factors:
    """A non-practising owner is a fact of its own."""
    known = dict(asked.factors)
    return known | {"npe_owned": True} if asked.owner is Owner.NPE else known


def _lapse_share(covenant: Covenant, means: Mapping[str, float]) -> float:
    return {
        Covenant.NONE: 1.0,
        Covenant.WATCHED: means["covenant_breach_multiple"],
        Covenant.SEALED: 0.0,
    }[covenant]


_NEEDED: Final = (
    "assert", "background_challenge", "p_full", "p_part", "pendency_years", "challenge_lag_years",
    "asserted_years", "new_suit_multiple", "dispute_lapse_multiple", "litigation_cap",
    "covenant_breach_multiple", "term_years", "life_after_grant_years",
)  # fmt: skip
_AFTER_ASSERTION: Final = (
    "p_challenge_given_assert", "p_ipr_given_assert", "p_challenge_after_assert",
)  # fmt: skip
"""Of these one is published; the first counts the requests that follow no assertion too."""
_WITH_BANDS: Final = {
    "nonuse": ("nonuse_cancel_request_ge3y", "p_cancel_nonuse"),
    "opposition": ("p_opposed_once", "opposition_window_years"),
}


def _figures(book: Book, asked: _Asked) -> dict[str, Prior]:
    """Every figure that the law rests on, by name."""
    kind, office, table = asked.kind, asked.office, asked.table
    found = {name: book.find(table, name, kind, office) for name in _NEEDED}
    after = [book.seek(table, name, kind, office) for name in _AFTER_ASSERTION]
    named = next((prior for prior in after if prior), None)
    chance = named or book.find(table, _AFTER_ASSERTION[-1], kind, office)
    found[chance.param] = chance
    wanted = [fee.param for fee in book.fees(kind, office)]
    for name, params in _WITH_BANDS.items():
        wanted += params if book.ages(name, kind, office, asked.owner) else ()
    if not _lapse_free(book, asked):
        wanted.append("lapse")
    return found | {name: book.find(table, name, kind, office) for name in wanted}


def _lapse_free(book: Book, asked: _Asked) -> bool:
    """Whether the law says that no fee keeps it: a table of noughts, not a missing one."""
    bands = book.ages("lapse", asked.kind, asked.office, asked.owner)
    return bool(bands) and not any(band.value for band in bands)


def unpaid(fee: FeeStep, values: Figures) -> FloatArray | float:
    """Chance that a fee is not paid: as published, or 1 - exp(-rate years)."""
    figure = values[fee.param]
    return 1.0 - np.exp(-figure * fee.years) if fee.years else figure


def _curves(book: Book, asked: _Asked, means: Mapping[str, float]) -> dict[str, AgeCurve]:
    """Shapes by age; assertion has mean 1 over the living of this kind."""
    kind, office, owner = asked.kind, asked.office, asked.owner
    shape = {
        name: AgeCurve.of(book.ages(name, kind, office, owner), otherwise=1.0)
        for name in ("assert", "lapse", *_WITH_BANDS)
    }
    fees = [(fee.age, float(unpaid(fee, means))) for fee in book.fees(kind, office)]
    lapse = shape["lapse"].scaled(means.get("lapse", 0.0))
    mean = mean_over_living(shape["assert"], lapse, fees, means["life_after_grant_years"])
    suits = shape["assert"].scaled(1.0 / mean)
    return {
        "assertion": suits,
        "new_suit": suits,
        "lapse_disputed": shape["lapse"],
        **{name: shape[name] for name in ("lapse", *_WITH_BANDS)},
    }
