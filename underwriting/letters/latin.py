"""Which characters messages between banks carry, and which exported words break them.

    foreign(text, charset) -> the first character that is outside, or None
    foreign_words(terms) -> every exported field whose English is missing or not carried

Field by field: names, addresses, places and law go into x fields, the texts of obligation and
demand into z fields.
"""

import string
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from underwriting.letters.terms import LetterTerms

Charset = Literal["x", "z"]

_ENDS: Final = "\r\n"
_LETTERS = string.ascii_letters + string.digits + " " + _ENDS
CARRIED: Final[dict[Charset, frozenset[str]]] = {
    "x": frozenset(_LETTERS + "/-?:().,'+"),
    "z": frozenset(_LETTERS + "/-?:().,'+" + '=!"%&*<>;{@#_'),
}
"""The x and the z set of SWIFT's standards of format."""


class Foreign(NamedTuple):
    """An exported field that a message cannot carry.

    Attributes:
        field: dotted path in the terms.
        character: the first that is not carried; None where the words are missing.
        charset: of the message's field.
    """

    field: str
    character: str | None
    charset: Charset


def foreign(text: str, charset: Charset) -> str | None:
    """Return the first character outside a set, or None; words of a letter hold no line's end.

    >>> foreign("Chengdu & Co.", "x"), foreign("Chengdu & Co.", "z")
    ('&', None)
    """
    return next((one for one in text if one not in CARRIED[charset] or one in _ENDS), None)


def foreign_words(terms: LetterTerms) -> Iterator[Foreign]:
    """Yield every exported field whose English is missing or holds a foreign character."""
    for field, text, charset in exported(terms):
        if not text.strip():
            yield Foreign(field, None, charset)
            continue
        character = foreign(text, charset)
        if character is not None:
            yield Foreign(field, character, charset)


def exported(terms: LetterTerms) -> Iterator[tuple[str, str, Charset]]:
    """Yield field, words and character set of everything that goes into messages."""
    for field, party in (("debtor", terms.debtor), ("guarantor.party", terms.guarantor.party)):
        yield f"{field}.en", party.en, "x"
        yield f"{field}.address_en", party.address_en, "x"
    yield "guarantor.branch_en", terms.guarantor.branch_en, "x"
    for place, district in enumerate(terms.beneficiaries):
        yield f"beneficiaries[{place}].en", district.en, "x"
    yield "place_en", terms.place_en, "x"
    yield "law_en", terms.law_en, "x"
    yield "court_en", terms.court_en, "x"
    yield "obligation_en", terms.obligation_en, "z"
    yield "demands.place_en", terms.demands.place_en, "z"
    for place, paper in enumerate(terms.demands.papers):
        yield f"demands.papers[{place}].en", paper.en, "z"
