"""An edition of a letter as a message between banks, as the house's faces offer it."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlmodel import Session

from underwriting.guarantees import store
from underwriting.letters.terms import LetterTerms
from underwriting.standards.iso import tsrv001
from underwriting.standards.mt import mt760

MESSAGES: Final[Mapping[str, Callable[[LetterTerms], bytes]]] = {
    "mt760": lambda terms: mt760(terms).encode("ascii"),
    "tsrv.001": tsrv001,
}
"""Kind of a message -> how it is written from the terms."""


def message_of(session: Session, letter_id: str, edition: int, kind: str) -> bytes:
    """Write an edition of a letter as a message of a kind in `MESSAGES`.

    Raises:
        NotFound: there is no such edition.
        Invalid: `not-exportable`: the message cannot carry what a field says.
    """
    return MESSAGES[kind](store.terms_of(store.version(session, letter_id, edition)))
