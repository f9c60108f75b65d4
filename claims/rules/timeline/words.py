"""What was noted of an event, as words: amounts, days, names of lines, papers and parties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kernel.money import Money

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINOR: Final = "_minor"
_AND: Final = {"zh": "、", "en": ", "}
_PLACE: Final = {"zh": 0, "en": 1}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_OUTCOMES: Final = {
    "upheld": ("维持", "uphold the decision"),
    "changed": ("改变", "change the decision"),
    "dismissed": ("驳回", "dismiss the appeal"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called, in Chinese and English.

    Attributes:
        currency: of every amount of the claim.
        codes: party, line, paper or ground -> its words.
    """

    currency: str
    codes: Mapping[str, tuple[str, str]]

    def of(self, code: str, tongue: str) -> str:
        """Return what a code is called, or the code itself where it has no name."""
        words = self.codes.get(code) or _OUTCOMES.get(code)
        return words[_PLACE[tongue]] if words else code

    def sum(self, minor: int) -> str:
        """Return an amount with its currency."""
        return str(Money(minor, self.currency))


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
            nothing = key == "overpaid_minor" and not value
            words[key.removesuffix(_MINOR)] = "" if nothing else names.sum(value)
        else:
            words[key] = _said(value, names, tongue)
    if isinstance(noted.get("minor"), int):
        words["amount"] = names.sum(noted["minor"])
    if "payee" in words:
        words.setdefault("party", words["payee"])
    if all(isinstance(value, int) for value in noted.values()) and noted:
        words["reserves"] = _said(dict(noted), names, tongue)
    for key in ("late", "damages"):
        if isinstance(noted.get(key), str):
            words[key] = str(Money.of(noted[key], names.currency))
    return words


def _said(value: Any, names: Names, tongue: str) -> str:
    """Say a value of any form that an event may hold."""
    if isinstance(value, str):
        day = _DAY.fullmatch(value)
        return spoken_day(date.fromisoformat(value), tongue) if day else names.of(value, tongue)
    if isinstance(value, Mapping):
        return _listed(value, names, tongue)
    if isinstance(value, list | tuple):
        return _AND[tongue].join(_said(one, names, tongue) for one in value)
    return "" if value is None or value is False else str(value)


def _listed(value: Mapping[str, Any], names: Names, tongue: str) -> str:
    """Say an item that is asked, or each name with its amount."""
    if "amount_minor" in value:
        return f"{names.of(value['line'], tongue)} {names.sum(value['amount_minor'])}"
    pairs = ((names.of(code, tongue), one) for code, one in value.items() if one)
    said = [f"{name} {names.sum(one) if isinstance(one, int) else one}" for name, one in pairs]
    return _AND[tongue].join(said) or names.sum(0)
