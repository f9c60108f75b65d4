"""How money, shares, dates and words come in: strict types for every form and schema.

Nothing is coerced: an amount is a string, a date is a date, a name has no hidden characters.
"""

import re
import unicodedata
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from kernel.money import AMOUNT_PATTERN, MINOR_DIGITS, Money

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
"""Days outside these are slips of the pen."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SHARE = re.compile(r"(0|[1-9][0-9]{0,5})(/[1-9][0-9]{0,5}|\.[0-9]{1,6})?", re.ASCII)


class Wire(BaseModel):
    """Base of all that comes in: frozen, strict, no unknown field."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, str_max_length=4000, allow_inf_nan=False
    )


def _visible(text: str) -> str:
    """Refuse what cannot be seen or printed; keep the canonical composition."""
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            raise PydanticCustomError(
                "hidden_character",
                "has the hidden character U+{code}",
                {"code": f"{ord(character):04X}"},
            )
    return unicodedata.normalize("NFC", text)


def read_day(value: object) -> date:
    """Read a date as it stands on the wire; numbers and instants are not dates.

    Raises:
        PydanticCustomError: it is no day of the form 2026-03-02, or a slip of the pen.

    >>> read_day("2026-03-02")
    datetime.date(2026, 3, 2)
    """
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise PydanticCustomError("day", "is not a date of the form 2026-03-02")
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "is not a day of the calendar") from None
    if type(value) is not date:
        raise PydanticCustomError("day", "is not a date of the form 2026-03-02")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise PydanticCustomError("day", "is not between 1990 and 2100")
    return value


def _currency(code: str) -> str:
    if code not in MINOR_DIGITS:
        known = ", ".join(MINOR_DIGITS)
        raise PydanticCustomError("currency", "is not one of {known}", {"known": known})
    return code


def _share(text: str) -> str:
    if not _SHARE.fullmatch(text) or Fraction(text) > 1:
        raise PydanticCustomError("share", 'is not a share from 0 to 1, such as "54/100" or "0.5"')
    return text


@lru_cache(maxsize=4096)
def exact(share: str) -> Fraction:
    """Return a share that was read as text; the same few are asked for again and again.

    >>> exact("54/100")
    Fraction(27, 50)
    """
    return Fraction(share)


Day = Annotated[
    date, BeforeValidator(read_day), Field(json_schema_extra={"type": "string", "format": "date"})
]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(_visible),
]
LongWords = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, strip_whitespace=True),
    AfterValidator(_visible),
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9@._/-]{0,63}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}_[a-z2-7]{26}$")]
Amount = Annotated[str, StringConstraints(pattern=AMOUNT_PATTERN)]
Currency = Annotated[str, AfterValidator(_currency)]
Share = Annotated[str, AfterValidator(_share), Field(examples=["54/100", "0.5", "1"])]
"""An exact share of one, from 0 to 1, as text."""


class MoneyWire(Wire):
    """An amount with its currency, the amount a string."""

    amount: Amount = Field(examples=["3000000.00"])
    currency: Currency = Field(examples=["CNY"])

    def money(self, field: str = "amount") -> Money:
        """Read it into minor units; refuse decimals that the currency lacks."""
        return Money.of(self.amount, self.currency, field)

    @classmethod
    def of(cls, money: Money) -> "MoneyWire":
        """Write money for the wire."""
        return cls(amount=money.text, currency=money.currency)
