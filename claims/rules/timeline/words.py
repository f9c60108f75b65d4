"""What was noted of an event, as words: amounts, days, names of lines, papers and parties."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from claims.rules.timeline.phrases import clause_said, reason_said
from kernel.money import Money

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINOR: Final = "_minor"
_AND: Final = {"zh": "、", "en": ", "}
_PLACE: Final = {"zh": 0, "en": 1}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_FIXED: Final[Mapping[str, Mapping[str, Sequence[str]]]] = tomllib.loads(
    Path(__file__).with_name("codes.toml").read_text(encoding="utf-8")
)
"""Field of an event -> code -> what it is called."""
_REASONS: Final = ("reason", "why", "words")
_SAID_OF_NOUGHT: Final = (
    "overpaid_minor", "paid_now_minor", "met_before_minor", "net_minor", "surplus_minor",
    "over_minor",
)  # fmt: skip
"""Amounts that are not said where they are nought."""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called, in Chinese and English.

    Attributes:
        currency: of every amount of the claim.
        codes: party, line, paper or ground -> its words.
        parties: those of them that may stand within a text: parties and their scheme. A line may
            be called `appeal`; the word in a sentence is not that line.
    """

    currency: str
    codes: Mapping[str, tuple[str, str]]
    parties: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, code: str, tongue: str, field: str = "") -> str:
        """Return what a code is called, or the code itself where it has no name."""
        return self.known(code, tongue, field) or code

    def known(self, code: str, tongue: str, field: str = "") -> str | None:
        """Return what a code is called in its field, or anywhere; None where it has no name."""
        words = (
            _FIXED.get(field, {}).get(code)
            or self.codes.get(f"{field}:{code}")
            or self.codes.get(code)
            or _FIXED["party"].get(code)
        )
        return words[_PLACE[tongue]] if words else None

    def in_text(self, code: str, tongue: str) -> str | None:
        """Return what a code within a text is called; None where it is a word like any other."""
        words = self.parties.get(code)
        return words[_PLACE[tongue]] if words else None

    def place(self, code: str) -> int:
        """Return where a code stands among those that have names; the rest comes last."""
        order = {code: place for place, code in enumerate(self.codes)}
        return order.get(code, len(order))

    def sum(self, minor: int) -> str:
        """Return an amount with its currency."""
        return str(Money(minor, self.currency))


def called(field: str, code: str) -> tuple[str, str]:
    """Return what a fixed code of a field is called, in Chinese and English; else the code.

    >>> called("stage", "appeal")
    ('二审', 'appeal')
    """
    zh, en = _FIXED[field].get(code, (code, code))
    return zh, en


def spoken_day(on: date, tongue: str) -> str:
    """Return a day as it is read aloud.

    >>> spoken_day(date(2026, 6, 10), "zh"), spoken_day(date(2026, 6, 10), "en")
    ('2026年6月10日', '10 June 2026')
    """
    if tongue == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def spoken(noted: Mapping[str, Any], names: Names, tongue: str) -> dict[str, str]:
    """Return field -> words. A field `x_minor` is said as `x`; nothing is said of nought."""
    words = {}
    for key, value in noted.items():
        if key.endswith(_MINOR) and isinstance(value, int):
            nothing = key in _SAID_OF_NOUGHT and not value
            words[key.removesuffix(_MINOR)] = "" if nothing else names.sum(value)
            words[f"no_{key.removesuffix(_MINOR)}"] = names.sum(0) if nothing else ""
        else:
            words[key] = _said(value, names, tongue, key)
    if isinstance(noted.get("minor"), int):
        words["amount"] = names.sum(noted["minor"])
    if "payee" in words:
        words.setdefault("party", words["payee"])
    if all(isinstance(value, int) for value in noted.values()) and noted:
        words["reserves"] = _listed(dict(noted), names, tongue, "reserves")
    for key in ("late", "damages"):
        if isinstance(noted.get(key), str):
            words[key] = str(Money.of(noted[key], names.currency))
    return words


def _said(value: Any, names: Names, tongue: str, field: str) -> str:
    """Say a value of any form that an event may hold."""
    if isinstance(value, str):
        return _text(value, names, tongue, field)
    if isinstance(value, Mapping) and tongue in value:  # worded in each language already
        return str(value[tongue])
    if isinstance(value, Mapping):
        return _listed(value, names, tongue, field)
    if isinstance(value, list | tuple):
        return _AND[tongue].join(_said(one, names, tongue, field) for one in value)
    return "" if value is None or value is False else str(value)


def _text(value: str, names: Names, tongue: str, field: str) -> str:
    """Say a day, a reason, a clause, or what a code is called."""

    def name(code: str) -> str | None:
        return names.in_text(code, tongue)

    if _DAY.fullmatch(value):
        return spoken_day(date.fromisoformat(value), tongue)
    if field == "clause":
        return clause_said(value, tongue, name)
    if field in _REASONS:
        return reason_said(value, tongue, name)
    if field == "grounds":  # of an appeal, in words of its own; of a refusal, codes
        return names.known(value, tongue, field) or reason_said(value, tongue, name)
    return names.of(value, tongue, field)


def _listed(value: Mapping[str, Any], names: Names, tongue: str, field: str) -> str:
    """Say an item that is asked, or each name with its amount, in the order of the names."""
    if "amount_minor" in value:
        return f"{names.of(value['line'], tongue)} {names.sum(value['amount_minor'])}"
    found = sorted(value.items(), key=lambda one: names.place(one[0]))
    pairs = ((names.of(code, tongue, field), one) for code, one in found if one)
    said = [f"{name} {names.sum(one) if isinstance(one, int) else one}" for name, one in pairs]
    return _AND[tongue].join(said) or names.sum(0)
