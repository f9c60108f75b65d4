"""From the cover asked for to the terms of each kind of claim, in minor units."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import Any

from kernel.wire import MoneyWire
from underwriting.products.infringement_liability.suit_terms import SuitTerms
from underwriting.products.infringement_liability.wanted import Counsel, CoverWanted, Defence


def copay_of(cover: CoverWanted) -> Fraction:
    """Return the copay that follows from the choice of counsel."""
    panel = cover.counsel is Counsel.PANEL
    return Fraction(cover.copay_panel if panel else cover.copay_off_panel)


def suit_terms(cover: CoverWanted) -> SuitTerms:
    """Return the terms of a suit of a competitor."""
    caps = cover.stage_caps
    return SuitTerms(
        retention=_minor(cover.retention),
        copay=float(copay_of(cover)),
        caps=(
            _minor(caps.pre_suit),
            _minor(caps.first_instance),
            _minor(caps.invalidation),
            _minor(caps.appeal),
        ),
        limit=_minor(cover.limit),
        inside=cover.defence is Defence.INSIDE,
    )


def npe_terms(cover: CoverWanted) -> SuitTerms:
    """Return the terms of a suit of a non-practising entity: its sublimit comes in."""
    return replace(suit_terms(cover), sublimit=_minor(cover.npe_sublimit))


def known_terms(cover: CoverWanted, tariff: Mapping[str, Any]) -> SuitTerms:
    """Return the terms of a known matter: a multiple of the retention."""
    terms = suit_terms(cover)
    return replace(terms, retention=terms.retention * tariff["higher_retention"])


def fair_terms(cover: CoverWanted) -> SuitTerms:
    """Return the terms of a measure at a fair: no retention, a sublimit of its own."""
    assert cover.exhibition is not None, "no fair is covered"
    return replace(
        suit_terms(cover),
        retention=0.0,
        caps=(inf, inf, inf, inf),
        sublimit=_minor(cover.exhibition.sublimit),
    )


def _minor(amount: MoneyWire | None) -> float:
    """Return an amount in minor units; a term that the cover does not have is infinite."""
    return inf if amount is None else float(amount.money().minor)
