"""What messages between banks carry: the two sets, and every exported field of a letter."""

import string
from dataclasses import replace

import pytest
from letters_sample import DEBTOR, DEMAND_PAPERS, GUARANTOR, a_letter

from underwriting.letters.latin import CARRIED, exported, foreign, foreign_words
from underwriting.letters.terms import LetterTerms

PUBLISHED_X = string.ascii_letters + string.digits + "/-?:().,'+ \r\n"
ONLY_Z = '=!"%&*<>;{@#_'


def test_the_sets_are_those_of_the_standard() -> None:
    assert CARRIED["x"] == set(PUBLISHED_X)
    assert CARRIED["z"] - CARRIED["x"] == set(ONLY_Z)
    assert CARRIED["x"] < CARRIED["z"]


@pytest.mark.parametrize(
    "character", [*"中é’—·¥$}[]|~^`", "\t", "\r", "\n", "\u200b", "\u202e", "Ａ"]
)
def test_never_carried(character: str) -> None:
    assert foreign(f"Chengdu {character}", "z") == character


@pytest.mark.parametrize("character", ONLY_Z)
def test_carried_by_z_alone(character: str) -> None:
    assert foreign(character, "x") == character
    assert foreign(character, "z") is None


def test_the_sample_is_carried() -> None:
    assert list(foreign_words(a_letter())) == []


def test_every_english_field_is_exported() -> None:
    """Each field whose name ends in `en` has its place in a message."""
    paths = {path for path, _, _ in exported(a_letter())}
    assert {path for path in paths if not path.rpartition(".")[2].endswith("en")} == set()
    assert len(paths) == 14
    assert {"debtor.en", "guarantor.branch_en", "beneficiaries[1].en", "court_en"} <= paths


BROKEN: dict[str, LetterTerms] = {
    "debtor.en": a_letter(debtor=replace(DEBTOR, en="Sichuan & Co.")),
    "guarantor.party.address_en": a_letter(
        guarantor=replace(GUARANTOR, party=replace(GUARANTOR.party, address_en="Chengdu “East”"))
    ),
    "demands.papers[1].en": a_letter(
        demands=replace(
            a_letter().demands, papers=(DEMAND_PAPERS[0], replace(DEMAND_PAPERS[1], en="[none]"))
        )
    ),
    "place_en": a_letter(place_en="成都"),
}
CHARACTERS = {
    "debtor.en": "&",
    "guarantor.party.address_en": "“",
    "demands.papers[1].en": "[",
    "place_en": "成",
}


@pytest.mark.parametrize("field", BROKEN)
def test_a_foreign_character_is_named(field: str) -> None:
    (found,) = foreign_words(BROKEN[field])
    assert (found.field, found.character) == (field, CHARACTERS[field])


def test_blank_words_are_missing() -> None:
    (found,) = foreign_words(a_letter(law_en="  "))
    assert (found.field, found.character) == ("law_en", None)
