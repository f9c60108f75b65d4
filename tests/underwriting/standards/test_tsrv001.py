"""tsrv.001: what is written is read back, by us and by the standard's own classes."""

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given, settings
from letters_drawn import LETTERS
from letters_sample import DEBTOR, GUARANTOR, a_letter, a_single_letter
from tsrv_schema import breaches, message_of, texts_at

from kernel.errors import Invalid
from underwriting.letters.terms import LetterTerms
from underwriting.standards.fold import unfold
from underwriting.standards.iso import Issued, read_tsrv, tsrv001
from underwriting.standards.iso.parts import FILE_MOST
from underwriting.standards.lines import stated
from underwriting.standards.mapping import by_label

SIGNED = b"%PDF-1.7\n" + bytes(range(256)) * 4


def test_the_sample_goes_and_comes_back() -> None:
    for letter in (a_letter(), a_single_letter()):
        expected = Issued(terms=replace(letter, security=()), signed=SIGNED)
        assert read_tsrv(tsrv001(letter, SIGNED)) == expected


@settings(max_examples=40)
@given(LETTERS)
def test_any_letter_goes_and_comes_back(letter: LetterTerms) -> None:
    xml = tsrv001(letter)
    assert read_tsrv(xml) == Issued(terms=letter, signed=None)
    assert breaches(xml) == []


def test_the_same_terms_make_the_same_bytes() -> None:
    assert tsrv001(a_letter(), SIGNED) == tsrv001(a_letter(), SIGNED)
    assert tsrv001(a_letter()) != tsrv001(a_letter(version=2))


@pytest.mark.parametrize("letter", [a_letter(), a_single_letter()], ids=["revolving", "single"])
def test_the_second_reader_finds_every_field_where_the_table_says(letter: LetterTerms) -> None:
    details = message_of(tsrv001(letter, SIGNED)).udrtkg_issnc.udrtkg_issnc_dtls
    told = {one.tp.prtry.id: one.txt for one in details.udrtkg_terms_and_conds if len(one.txt) == 1}
    for label, text in stated(letter, "tsrv"):
        row = by_label()[label]
        if label in ("BENEFROL", "BENEFNAM"):
            found = [x for one in details.udrtkg_terms_and_conds for x in one.txt]
        elif row.tsrv == "T+C":
            found = told[label]
        else:
            found = texts_at(details, row.tsrv)
        rows = [unfold(found, 70)] if row.tsrv.endswith("AdrLine") else found
        parts = text.split(", ") if row.kind == "codes" and row.tsrv != "T+C" else [text]
        medium = {"BOTH": "BOTH", "PAPER": "PAPR", "ELECTRONIC": "ELEC"}
        for part in parts:
            ways = {part, f"/{label}/{part}", medium.get(part, part)}
            said = {line for one in rows for line in one.split("\n")}
            assert ways & said, (label, part, found)


def test_the_second_reader_finds_districts_and_file_in_order() -> None:
    details = message_of(tsrv001(a_letter(), SIGNED)).udrtkg_issnc.udrtkg_issnc_dtls
    assert [one.id.org_id.othr[0].id for one in details.bnfcry] == ["7902", "2248"]
    assert [one.schme_nm.prtry for one in details.applcnt[0].id.org_id.othr] == [
        "USCC",
        "CUSTOMS",
        "LEI",
    ]
    (file,) = details.nclsd_file
    assert file.nclsr in (SIGNED, b64encode(SIGNED))
    assert file.id == "CGL2600000001E"
    assert str(details.udrtkg_amt.amt.value) == "5000000.00"
    assert details.udrtkg_amt.amt.ccy == "CNY"


def test_the_promise_stands_in_both_languages() -> None:
    text = tsrv001(a_letter(nature="independent")).decode()
    assert "independently of the obligation secured" in text
    assert "担保人独立于被担保义务" in text
    assert "连带" not in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"debtor": replace(DEBTOR, zh="长" * 141)}, "DEBTZH"),
        ({"debtor": replace(DEBTOR, address_zh="长" * 491)}, "DEBTADZH"),
        ({"debtor": replace(DEBTOR, bic="zhba")}, "DEBTBIC"),
        ({"debtor": replace(DEBTOR, zh="名\x00")}, "debtor.zh"),
        ({"debtor": replace(DEBTOR, register_id="1" * 36)}, "DEBTID"),
        ({"place_zh": "长" * 36}, "place_zh"),
        ({"obligation_zh": "长" * 2001}, "obligation_zh"),
        ({"beneficiaries": ()}, "beneficiaries"),
        ({"law_en": ""}, "law_en"),
        ({"law_en": "two  blanks"}, "law_en"),
        ({"guarantor": replace(GUARANTOR, contact="a\nb")}, "guarantor.contact"),
        ({"number": "N" * 36}, "number"),
    ],
)
def test_what_it_cannot_carry_is_refused_by_name(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        tsrv001(a_letter(**changes))
    assert field in {one.field for one in refused.value.faults}


def test_a_file_up_to_the_limit_passes() -> None:
    whole = bytes(FILE_MOST)
    assert read_tsrv(tsrv001(a_letter(), whole)).signed == whole
    for wrong in (whole + b"\0", b""):
        with pytest.raises(Invalid, match="signed: has"):
            tsrv001(a_letter(), wrong)
