"""Whose customs law a letter is under: amount, end, demand, numbers, parties, as data.

    regime("CN") -> Regime

The ledger of usage is the same for all of them; what differs stands in `regimes.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from kernel.errors import invalid

DayKind = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRule:
    """How much must, or may at the most, be guaranteed.

    Attributes:
        rule: `max_tax`, `bond` or `reference_amount`.
        figures: of the rule, as they stand in the file.
        source: key of it.
        grade: of the source.
    """

    rule: Literal["max_tax", "bond", "reference_amount"]
    figures: Mapping[str, Any]
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurchargeRule:
    """Late surcharge, per 1 of unpaid tax a day, and the first day on which it is so."""

    per_day: Fraction
    since: date
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRule:
    """In how many days a guarantor pays, counted from what."""

    days: int
    day_kind: DayKind
    starts: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """Who may end a letter, and how many days after the notice nothing new is guaranteed."""

    who: Literal["beneficiary", "debtor", "guarantor"]
    days: int
    day_kind: DayKind
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberScheme:
    """What customs calls a letter: the pattern of its own number, not of ours."""

    scheme: Literal["guarantee_record", "cbp_bond", "grn"]
    pattern: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNumbers:
    """How parties and districts are numbered: `uscc`, or a pattern that the whole must match.

    Attributes:
        debtor: register number of the importer.
        guarantor: register number of the guarantor.
        customs_code: of a firm registered with customs; None where there is none.
        customs_code_needed: must the debtor have one?
        district: code of a customs district, port or office.
        both_roles: must registering and declaring district both be covered?
        source: key of it.
        grade: of the source.
    """

    debtor: str
    guarantor: str
    customs_code: str | None = None
    customs_code_needed: bool
    district: str
    both_roles: bool
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One country's or union's customs.

    Attributes:
        code: as in `LetterTerms.regime`.
        zh: name.
        en: the same in English.
        currency: in which tax, surcharge and letters are.
        instruments: kinds that its customs takes.
        amount: how much.
        surcharge: on late tax; None where no rule is stated, which is not nothing.
        demand: how a guarantor is asked to pay.
        terminations: who may end it, each with its notice.
        number: what customs calls it.
        parties: how parties are numbered.
    """

    code: str
    zh: str
    en: str
    currency: str
    instruments: tuple[str, ...]
    amount: AmountRule
    surcharge: SurchargeRule | None
    demand: DemandRule
    terminations: tuple[Termination, ...]
    number: NumberScheme
    parties: PartyNumbers

    def termination_by(self, who: str) -> Termination | None:
        """Return the rule by which a party may end a letter; None where it may not."""
        return next((one for one in self.terminations if one.who == who), None)


@cache
def regimes() -> Mapping[str, Regime]:
    """Return every regime by its code."""
    text = files(__package__).joinpath("regimes.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    del stated["version"]
    return {code: _regime(code, table) for code, table in stated.items()}


def regime(code: str) -> Regime:
    """Return one regime.

    Raises:
        Invalid: there is none of that code.

    >>> regime("CN").currency, regime("US").amount.rule, regime("EU").number.scheme
    ('CNY', 'bond', 'grn')
    """
    found = regimes().get(code)
    if found is None:
        known = ", ".join(regimes())
        raise invalid("regime", f"{code!r} is no regime that we know", f"use one of {known}")
    return found


def _regime(code: str, table: Mapping[str, Any]) -> Regime:
    amount = dict(table["amount"])
    rule, source, grade = (amount.pop(key) for key in ("rule", "source", "grade"))
    late = table.get("surcharge")
    return Regime(
        code=code,
        zh=table["zh"],
        en=table["en"],
        currency=table["currency"],
        instruments=tuple(table["instruments"]),
        amount=AmountRule(rule=rule, figures=amount, source=source, grade=grade),
        surcharge=_surcharge(late) if late else None,
        demand=DemandRule(**table["demand"]),
        terminations=tuple(Termination(**one) for one in table["terminations"]),
        number=NumberScheme(**table["number"]),
        parties=PartyNumbers(**table["parties"]),
    )


def _surcharge(stated: Mapping[str, Any]) -> SurchargeRule:
    return SurchargeRule(
        per_day=Fraction(stated["per_day"]),
        since=stated["from"],
        source=stated["source"],
        grade=stated["grade"],
    )
