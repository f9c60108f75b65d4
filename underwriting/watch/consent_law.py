"""The house's rules of consent, read from `consents.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from underwriting.watch.consent_kind import ConsentKind


@dataclass(frozen=True, slots=True)
class ConsentLaw:
    """What may be granted by whom; see the file for each figure.

    Attributes:
        version: of the file.
        alone: level of authority at which the rules answer without a person.
        valid_days: for the change to be made after leave is given.
        inherent: codes of findings that refer a new loan and are natural for one that runs.
        general: limits for every kind.
        kinds: limits, conditions and terms that may change, for each kind.
        extension: how long a loan may be extended.
        old_for_new: when a drawing is taken for a new loan for an old one.
    """

    version: str
    alone: str
    valid_days: int
    inherent: tuple[str, ...]
    general: Mapping[str, Any]
    kinds: Mapping[ConsentKind, Mapping[str, Any]]
    extension: Mapping[str, Any]
    old_for_new: Mapping[str, Any]

    def longest(self, term_months: int) -> int:
        """Return the months by which a loan of this term may be extended in all.

        >>> [consent_law().longest(months) for months in (12, 36, 84)]
        [12, 18, 36]
        """
        limits = self.extension
        if term_months <= limits["short_months"]:
            return term_months
        if term_months <= limits["medium_months"]:
            return int(Fraction(term_months, 2))
        return int(limits["long_most"])

    def conditions(self, kind: ConsentKind) -> tuple[tuple[str, str], ...]:
        """Return the conditions of a kind: English, Chinese."""
        stated = self.kinds[kind]
        return tuple(zip(stated["conditions"], stated["conditions_zh"], strict=True))


@cache
def consent_law() -> ConsentLaw:
    """Return the shipped rules; every kind of consent is in them."""
    text = (files(__package__) / "consents.toml").read_text(encoding="utf-8")
    ruled = tomllib.loads(text)
    return ConsentLaw(
        **{name: ruled[name] for name in ("version", "alone", "valid_days")},
        inherent=tuple(ruled["inherent"]),
        general=ruled["general"],
        kinds={kind: ruled["kind"][kind.value] for kind in ConsentKind},
        extension=ruled["extension"],
        old_for_new=ruled["old_for_new"],
    )
