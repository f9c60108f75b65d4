"""Numbers of parties against second readings of their standards, and districts by regime."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_sample import DEBTOR, GUARANTOR, REGISTERING, a_letter

from underwriting.letters.parties import (
    is_bic,
    is_lei,
    is_uscc,
    letter_party_faults,
    party_faults,
)
from underwriting.letters.regimes import regime

SOCIAL = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def gb_32100(body: str) -> str:
    """31 characters, weights 3^i mod 31, check (31 - sum mod 31) mod 31."""
    total = sum(SOCIAL.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return SOCIAL[-total % 31]


def iso_17442(body: str) -> str:
    """98 less the number with letters from 10 to 35, two noughts behind it, modulo 97."""
    digits = "".join(str(int(one, 36)) for one in body + "00")
    return f"{98 - int(digits) % 97:02d}"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(SOCIAL, min_size=9, max_size=9))
def test_social_credit_code(region: str, organisation: str) -> None:
    body = region + organisation
    right = gb_32100(body)
    for check in SOCIAL:
        assert is_uscc(body + check) == (check == right)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_legal_entity_identifier(body: str) -> None:
    right = iso_17442(body)
    assert is_lei(body + right)
    wrong = f"{(int(right) + 1) % 100:02d}"
    assert not is_lei(body + wrong)
    assert not is_lei(body[:-1] + iso_17442(body[:-1])), "one character short"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("213800KUD8LAJWSQ9D15", True),
        ("213800KUD8LXJWSQ9D15", False),
        ("213800kud8lajwsq9d15", False),
        ("2138 00KUD8LAJWSQ9D15", False),
    ],
)
def test_published_identifiers(text: str, right: bool) -> None:  # noqa: FBT001 - one of a pair
    assert is_lei(text) is right


@pytest.mark.parametrize("text", ["BKCHCNBJ", "BKCHCNBJ110", "ZHBACNBC"])
def test_bic(text: str) -> None:
    assert is_bic(text)


@pytest.mark.parametrize("text", ["BKCHCNB", "BKCHXXBJ", "bkchcnbj", "BKCHCNBJ11", "1KCHCNBJ "])
def test_no_bic(text: str) -> None:
    assert not is_bic(text)


@pytest.mark.parametrize("dressed", [" {}", "{} ", "{}\n", "{}\u200b"])
def test_what_is_printed_is_taken_as_it_stands(dressed: str) -> None:
    """The library mends spaces and look-alikes before it looks; the paper would keep them."""
    assert not is_uscc(dressed.format(DEBTOR.register_id))
    assert not is_bic(dressed.format("BKCHCNBJ"))
    assert not is_lei(dressed.format("213800KUD8LAJWSQ9D15"))


def test_the_sample_has_no_fault() -> None:
    assert letter_party_faults(a_letter()) == ()


BROKEN = {
    "debtor.register_id": {"debtor": replace(DEBTOR, register_id=DEBTOR.register_id[:-1] + "0")},
    "debtor.lei": {"debtor": replace(DEBTOR, lei="836800SCJINGMI000149")},
    "debtor.bic": {"debtor": replace(DEBTOR, bic="XX")},
    "debtor.customs_code": {"debtor": replace(DEBTOR, customs_code="510136001")},
    "guarantor.party.register_id": {
        "guarantor": replace(GUARANTOR, party=replace(GUARANTOR.party, register_id="1"))
    },
    "guarantor.party.bic": {
        "guarantor": replace(GUARANTOR, party=replace(GUARANTOR.party, bic="ZHBA"))
    },
    "beneficiaries[0].code": {"beneficiaries": (replace(REGISTERING, code="790", role="both"),)},
}


@pytest.mark.parametrize("field", BROKEN)
def test_a_fault_names_its_field_and_its_cure(field: str) -> None:
    (fault,) = letter_party_faults(a_letter(**BROKEN[field]))
    assert fault.field == field
    assert fault.cure


def test_chinese_debtor_needs_a_customs_code_and_others_do_not() -> None:
    bare = replace(DEBTOR, customs_code=None)
    (fault,) = letter_party_faults(a_letter(debtor=bare))
    assert (fault.field, fault.problem) == ("debtor.customs_code", "is missing")
    foreign = replace(bare, register_id="DE1234567890")
    european = a_letter(
        regime="EU",
        debtor=foreign,
        guarantor=replace(GUARANTOR, party=replace(GUARANTOR.party, register_id="FR552100554")),
        beneficiaries=(replace(REGISTERING, code="DE003300"),),
    )
    assert letter_party_faults(european) == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("12-3456789", True),
        ("12-345678900", True),
        ("123-45-6789", True),
        ("181234-12345", True),
        ("123456789", False),
        ("12-34567890", False),
    ],
)
def test_importer_numbers(text: str, right: bool) -> None:  # noqa: FBT001 - one of a pair
    scheme = regime("US").parties.debtor
    party = replace(DEBTOR, register_id=text)
    assert (not list(party_faults(party, scheme, "debtor"))) is right
