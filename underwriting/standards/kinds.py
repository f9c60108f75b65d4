"""One field as one line of text and back, after its kind; the same in every message.

    text_of("flag", True) -> "YES"          read_text("flag", "YES") -> True

Values are those of `kernel.plain`: what JSON holds.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from kernel.errors import invalid
from kernel.money import MINOR_DIGITS, Money
from underwriting.standards.mapping import Kind

_MONEY: Final = re.compile(r"([A-Z]{3})(0|[1-9][0-9]{0,16}),([0-9]{0,5})", re.ASCII)
_FRACTION: Final = re.compile(r"(0|[1-9][0-9]{0,11})(/[1-9][0-9]{0,11})?", re.ASCII)
_CODE: Final = re.compile(r"[A-Z]+( [A-Z]+)*", re.ASCII)
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_FLAGS: Final = {"YES": True, "NO": False}


def amount_text(money: Money) -> str:
    """Write an amount with a decimal comma and no thousands; a currency without cents has none.

    >>> amount_text(Money(48_000_050, "CNY")), amount_text(Money(7, "JPY"))
    ('CNY480000,50', 'JPY7,')
    """
    whole, _, part = money.text.partition(".")
    return f"{money.currency}{whole},{part}"


def read_amount(text: str, field: str) -> Money:
    """Read an amount as `amount_text` writes it; fewer decimals are allowed, more are not.

    >>> read_amount("CNY480000,5", "32B")
    Money(minor=48000050, currency='CNY')
    """
    found = _MONEY.fullmatch(text)
    if found is None:
        raise invalid(field, f"{text!r} is not an amount", "write it like CNY1234,50")
    currency, whole, part = found.groups()
    digits = MINOR_DIGITS.get(currency)
    if digits is None:
        raise invalid(field, f"{currency} is not a currency we keep", "use a listed currency")
    if len(part) > digits:
        raise invalid(field, f"has more decimals than {currency} has", f"give at most {digits}")
    return Money(int(whole + part.ljust(digits, "0")), currency)


def _code_of(value: str) -> str:
    return value.upper().replace("_", " ")


def _read_code(text: str, field: str) -> str:
    if not _CODE.fullmatch(text):
        raise invalid(field, f"{text!r} is not a code", "write words of capital letters")
    return text.lower().replace(" ", "_")


def _read_codes(text: str, field: str) -> list[str]:
    return [_read_code(one, field) for one in text.split(", ")]


def _matched(pattern: re.Pattern[str], text: str, field: str) -> str:
    if not pattern.fullmatch(text):
        raise invalid(field, f"{text!r} is not a number", "write digits without leading zeros")
    return text


def _read_flag(text: str, field: str) -> bool:
    if text not in _FLAGS:
        raise invalid(field, f"{text!r} is neither yes nor no", "write YES or NO")
    return _FLAGS[text]


def _read_day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise invalid(field, f"{text!r} is not a day", "write it like 2026-11-20") from None


def _read_money(text: str, field: str) -> dict[str, Any]:
    money = read_amount(text, field)
    return {"minor": money.minor, "currency": money.currency}


_WRITE: Final[dict[Kind, Callable[[Any], str]]] = {
    "text": str,
    "code": _code_of,
    "codes": lambda values: ", ".join(_code_of(one) for one in values),
    "flag": lambda value: "YES" if value else "NO",
    "number": str,
    "day": str,
    "fraction": str,
    "money": lambda value: amount_text(Money(value["minor"], value["currency"])),
}
_READ: Final[dict[Kind, Callable[[str, str], Any]]] = {
    "text": lambda text, _: text,
    "code": _read_code,
    "codes": _read_codes,
    "flag": _read_flag,
    "number": lambda text, field: int(_matched(_NUMBER, text, field)),
    "day": _read_day,
    "fraction": lambda text, field: _matched(_FRACTION, text, field),
    "money": _read_money,
}


def text_of(kind: Kind, value: Any) -> str:
    """Write a value.

    >>> text_of("codes", ["import_vat", "duty"])
    'IMPORT VAT, DUTY'
    """
    return _WRITE[kind](value)


def read_text(kind: Kind, text: str, field: str) -> Any:
    """Read a value; `Invalid` names the field where the text is none of its kind.

    >>> read_text("codes", "IMPORT VAT, DUTY", "taxes")
    ['import_vat', 'duty']
    """
    return _READ[kind](text, field)
