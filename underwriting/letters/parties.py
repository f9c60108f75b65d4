"""Are the numbers of parties and districts well made? Each fault names its field and its cure.

    party_faults(party, scheme, field) -> faults of register number, LEI and BIC
    debtor_faults, guarantor_faults, district_faults(terms) -> faults

A number that passes is well made; whether the register holds it, only the register says. It is
taken as it stands: spaces, hyphens and small letters are faults, because the letter prints them.
"""

import re
from collections.abc import Callable, Iterator

from stdnum import bic, lei
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from kernel.errors import Fault
from underwriting.letters.regimes import regime
from underwriting.letters.terms import LetterTerms, Party

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}", re.ASCII)
"""The library leaves the length of an identifier unchecked."""


def letter_party_faults(terms: LetterTerms) -> tuple[Fault, ...]:
    """Return every fault in the numbers of debtor, guarantor and districts."""
    return (
        *debtor_faults(terms),
        *guarantor_faults(terms),
        *district_faults(terms),
    )


def debtor_faults(terms: LetterTerms) -> Iterator[Fault]:
    """Yield every fault in the numbers of the debtor, its customs code among them."""
    numbers = regime(terms.regime).parties
    yield from party_faults(terms.debtor, numbers.debtor, "debtor")
    code = terms.debtor.customs_code
    if code is None and numbers.customs_code_needed:
        yield Fault(
            "debtor.customs_code", "is missing",
            "give the ten characters of the firm's registration with customs",
        )  # fmt: skip
    if (
        code is not None
        and numbers.customs_code is not None
        and not _is(numbers.customs_code, code)
    ):
        yield Fault(
            "debtor.customs_code", f"{code!r} is no customs code",
            "give ten characters: four digits of the region, then six digits or capitals",
        )  # fmt: skip


def guarantor_faults(terms: LetterTerms) -> Iterator[Fault]:
    """Yield every fault in the numbers of the guarantor."""
    scheme = regime(terms.regime).parties.guarantor
    yield from party_faults(terms.guarantor.party, scheme, "guarantor.party")


def district_faults(terms: LetterTerms) -> Iterator[Fault]:
    """Yield every district whose code is none of its regime."""
    pattern = regime(terms.regime).parties.district
    for place, district in enumerate(terms.beneficiaries):
        if not _is(pattern, district.code):
            yield Fault(
                f"beneficiaries[{place}].code", f"{district.code!r} is no customs district",
                f"give the code as customs lists it: {pattern}",
            )  # fmt: skip


def party_faults(party: Party, scheme: str, field: str) -> Iterator[Fault]:
    """Yield every fault in a party's register number, LEI and BIC.

    `scheme` is `uscc`, or the pattern that a whole register number matches.
    """
    if scheme == "uscc":
        if not is_uscc(party.register_id):
            yield Fault(
                f"{field}.register_id",
                f"{party.register_id!r} is no unified social credit code: its check fails",
                "copy the 18 characters from the business licence",
            )
    elif not _is(scheme, party.register_id):
        yield Fault(
            f"{field}.register_id", f"{party.register_id!r} is not of the form of its register",
            f"write it as {scheme}",
        )  # fmt: skip
    if party.lei is not None and not is_lei(party.lei):
        yield Fault(
            f"{field}.lei", f"{party.lei!r} is no legal entity identifier: its check fails",
            "copy the 20 characters from the register of legal entities, or leave it out",
        )  # fmt: skip
    if party.bic is not None and not is_bic(party.bic):
        yield Fault(
            f"{field}.bic", f"{party.bic!r} is no BIC",
            "give the 8 or 11 characters of the bank's directory, or leave it out",
        )  # fmt: skip


def is_uscc(text: str) -> bool:
    """Say whether a unified social credit code is well made (GB 32100: 31 characters, mod 31).

    >>> is_uscc("91510100MA6E00017H"), is_uscc("91510100MA6E00017J"), is_uscc("9151 0100MA6E00017H")
    (True, False, False)
    """
    return _as_it_stands(uscc.validate, text)


def is_lei(text: str) -> bool:
    """Say whether a legal entity identifier is well made (ISO 17442: 20 characters, mod 97)."""
    return _LEI.fullmatch(text) is not None and _as_it_stands(lei.validate, text)


def is_bic(text: str) -> bool:
    """Say whether a business identifier code is well made (ISO 9362: 8 or 11 characters)."""
    return _as_it_stands(bic.validate, text)


def _as_it_stands(validate: Callable[[str], str], text: str) -> bool:
    """The library mends spaces, case and look-alikes before it looks; what is printed is not."""
    try:
        return validate(text) == text
    except ValidationError:
        return False


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text, re.ASCII) is not None
