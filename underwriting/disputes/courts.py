"""Before which courts a right is enforced, and so whose costs and outcomes apply."""

from enum import StrEnum
from typing import Final

from kernel.errors import invalid


class Court(StrEnum):
    """Courts with figures; `UPC` is the Unified Patent Court."""

    CN = "CN"
    US = "US"
    UPC = "UPC"
    DE = "DE"
    UK = "UK"
    JP = "JP"
    KR = "KR"


_OF_OFFICE: Final = {"EP": Court.UPC, "GB": Court.UK}


def court_of(office: str, field: str = "office") -> Court:
    """Return the courts that hear suits over rights of an office.

    Raises:
        Invalid: there are no figures for them.

    >>> court_of("EP").value
    'UPC'
    """
    if office in _OF_OFFICE:
        return _OF_OFFICE[office]
    national = {court.value: court for court in Court if court not in _OF_OFFICE.values()}
    if office in national:
        return national[office]
    known = ", ".join(sorted({*national, *_OF_OFFICE}))
    raise invalid(field, f"{office} has no figures of disputes", f"use one of {known}")
