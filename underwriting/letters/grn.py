"""The guarantee reference number of customs of the European Union and its check digit.

    year n2 + country a2 + an12 + check n1, and for a voucher + a1 + n6

The check digit is that of ISO 6346: letters count from 10 upwards without the multiples of 11,
the place i from the left weighs 2^i, the sum is taken modulo 11, and 10 is written 0.
"""

import re
import string
from typing import Final

from kernel.errors import invalid

_BODY = re.compile(r"[0-9]{2}[A-Z]{2}[A-Z0-9]{12}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]([A-Z][0-9]{6})?", re.ASCII)
_CHECKED: Final = 16
_ELEVEN, _TEN = 11, 10

_VALUES: Final[dict[str, int]] = dict(
    zip(
        string.digits + string.ascii_uppercase,
        (value for value in range(39) if value == 0 or value % _ELEVEN),
        strict=True,
    )
)


def grn_check(body: str) -> int:
    """Return the check digit of the first sixteen characters.

    Raises:
        Invalid: they are not year, country and twelve capitals or digits.

    >>> grn_check("20GB0000010000GX")
    1
    """
    if not _BODY.fullmatch(body):
        raise invalid("grn", f"{body!r} is not 16 characters", "year, country, then 12 characters")
    return sum(_VALUES[one] << place for place, one in enumerate(body)) % _ELEVEN % _TEN


def check_grn(text: str) -> None:
    """Let a number pass that is well made.

    Raises:
        Invalid: its form or its check digit is wrong.

    >>> check_grn("05DE3300BE0001067A001017")
    """
    if not _WHOLE.fullmatch(text):
        cure = "write year, country, 12 characters, a digit; a voucher adds a capital and 6 digits"
        raise invalid("grn", f"{text!r} is no guarantee reference number", cure)
    if grn_check(text[:_CHECKED]) != int(text[_CHECKED]):
        raise invalid("grn", f"{text!r} has a wrong check digit", "copy it from the certificate")
