"""The number under which customs keeps a letter: not ours, but made as its regime says."""

import re

from kernel.errors import invalid
from underwriting.letters.grn import check_grn
from underwriting.letters.regimes import regime


def check_record_number(code: str, text: str, field: str = "record_number") -> None:
    """Let a number pass that a regime's customs could have given.

    Raises:
        Invalid: it is not of that form, or its check digit is wrong.

    >>> check_record_number("EU", "20GB0000010000GX1")
    """
    scheme = regime(code).number
    if re.fullmatch(scheme.pattern, text, re.ASCII) is None:
        cure = f"copy it from the answer of customs: {scheme.pattern}"
        raise invalid(field, f"{text!r} is not of the scheme {scheme.scheme}", cure)
    if scheme.scheme == "grn":
        check_grn(text)
