"""The sample letters are letters that may be issued: every number has its right check digit."""

import pytest
from letters_sample import DEBTOR, GUARANTOR, a_letter, a_single_letter
from stdnum import bic, lei
from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_36

from underwriting.letters.number import check_number
from underwriting.letters.terms import LetterTerms, Party

LETTERS = [a_letter(), a_single_letter()]


@pytest.mark.parametrize("letter", LETTERS, ids=["revolving", "single"])
def test_the_number_is_of_the_trade(letter: LetterTerms) -> None:
    assert mod_37_36.is_valid(letter.number)
    assert len(letter.number) <= 16
    check_number(letter.number)


@pytest.mark.parametrize("party", [DEBTOR, GUARANTOR.party], ids=["debtor", "guarantor"])
def test_the_parties_are_registered(party: Party) -> None:
    assert uscc.is_valid(party.register_id)
    assert lei.is_valid(party.lei)
    assert party.bic is None or bic.is_valid(party.bic)
    assert f"{party.en}{party.address_en}".isascii()


@pytest.mark.parametrize("letter", LETTERS, ids=["revolving", "single"])
def test_days_and_amounts_agree(letter: LetterTerms) -> None:
    assert letter.issued_on <= letter.usable_from <= letter.usable_until < letter.claim_until
    assert {one.role for one in letter.beneficiaries} == {"registering", "declaring"}
    assert sum(one.tax.minor for one in letter.declarations) <= letter.amount.minor
    assert all(letter.usable_from <= one.on <= letter.usable_until for one in letter.declarations)
    assert bool(letter.declarations) == (letter.mode == "single")


def test_a_change_changes_one_field() -> None:
    assert a_letter(version=2) != a_letter()
    assert a_letter(version=1) == a_letter()
