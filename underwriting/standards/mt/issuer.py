"""Who issues, as every message names it, and the address that sends or receives."""

from typing import NamedTuple

from underwriting.letters.terms import LetterTerms
from underwriting.standards.mt.message import NOBODY
from underwriting.standards.mt.parties import named_at


class Issuer(NamedTuple):
    """Field 52a of a guarantor: its tag, its text, and the labels that it states."""

    tag: str
    text: str
    labels: frozenset[str]


def issuer(terms: LetterTerms) -> Issuer:
    """Return who issues: by identifier code where there is one, else by name and address."""
    party = terms.guarantor.party
    if party.bic is not None:
        return Issuer("52A", party.bic, frozenset({"GUARBIC"}))
    text, both = named_at(party.en, party.address_en, "guarantor.party.en")
    return Issuer("52D", text, frozenset({"GUARNAME", *(["GUARADDR"] if both else [])}))


def terminal(terms: LetterTerms) -> str:
    """Return the sender's address of 12 characters; X where the guarantor is not on the network.

    >>> NOBODY
    'XXXXXXXXXXXX'
    """
    bic = terms.guarantor.party.bic
    return f"{bic[:8]}A{bic[8:] or 'XXX'}" if bic else NOBODY
